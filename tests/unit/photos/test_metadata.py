"""Files of every kind with all the metadata they can carry: what stripping takes, what it leaves."""

from __future__ import annotations

import io
import random
import struct
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest
from PIL import Image, ImageOps, ImageSequence

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import jpeg, png, webp
from site_builder.photos.metadata import located, stripped
from tests.unit.photos import telling
from tests.unit.photos.pictures import avif_items, encoded, jpeg_segments, plain
from tests.unit.photos.telling import ICC, KINDS, SECRET, exif, mp4, picture, segment, xmp

PLAIN = encoded(picture())
PLAIN_PNG = encoded(picture(), "PNG")


@pytest.fixture(autouse=True)
def odd_files_are_meant() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Image appears to be a malformed MPO")  # our MPF holds only words
        yield


def opened(data: bytes) -> Image.Image:
    if data[8:12] == b"heic":
        import pillow_heif

        return pillow_heif.open_heif(data).to_pillow()
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def frames(data: bytes) -> list[tuple[bytes, object]]:
    with Image.open(io.BytesIO(data)) as image:
        return [
            (each.convert("RGBA").tobytes(), each.info.get("duration"))
            for each in ImageSequence.Iterator(image)
        ]


def refused(data: bytes) -> str:
    with pytest.raises(PhotoError) as caught:
        stripped(data)
    return caught.value.code


@pytest.mark.parametrize("gps", [True, False], ids=["gps", "no-gps"])
@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_it_tells_a_place_until_it_is_stripped(self, kind: str, gps: bool) -> None:
        data = telling.full(kind, gps=gps)
        assert located(data) is gps
        assert not located(stripped(data))

    def test_nothing_secret_is_left(self, kind: str, gps: bool) -> None:
        data = telling.full(kind, 6, gps)
        assert SECRET in data
        clean = stripped(data)
        for secret in (SECRET, SECRET[:6], b"Phone", b"GPSL", b"\xa9xyz", b"loci", b"JFXX", b"rdf:"):
            assert secret not in clean

    def test_stripping_twice_is_stripping_once(self, kind: str, gps: bool) -> None:
        once = stripped(telling.full(kind, 6, gps))
        assert stripped(once) == once

    def test_pixels_and_colours_stay(self, kind: str, gps: bool) -> None:
        data = telling.full(kind, gps=gps)
        before, after = opened(data), opened(stripped(data))
        assert (before.size, before.mode, before.tobytes()) == (after.size, after.mode, after.tobytes())
        assert after.info.get("icc_profile") == (None if kind == "GIF" else ICC)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "GIF"])
def test_it_lies_as_before(kind: str, orientation: int) -> None:
    data = telling.full(kind, orientation)
    before, after = (ImageOps.exif_transpose(opened(each)) for each in (data, stripped(data)))
    assert before.size == ((48, 64) if orientation > 4 else (64, 48))
    assert (before.size, before.tobytes()) == (after.size, after.tobytes())


@pytest.mark.parametrize("big", [True, False], ids=["big-endian", "little-endian"])
def test_both_byte_orders_are_read(big: bool) -> None:
    data = telling.after_soi(PLAIN, telling.jpeg_exif(exif(8, big=big)))
    assert located(data)
    assert opened(stripped(data)).getexif() == {0x0112: 8}


def test_an_orientation_in_a_raw_profile_becomes_exif() -> None:
    data = telling.after_ihdr(PLAIN_PNG, telling.raw_profile(b"exif", b"Exif\0\0" + exif(6)))
    assert ImageOps.exif_transpose(opened(data)).size == (48, 64)
    assert opened(stripped(data)).getexif() == {0x0112: 6}


@pytest.mark.parametrize(
    "data",
    [
        telling.after_soi(PLAIN, telling.jpeg_xmp(xmp(orientation=6))),
        telling.after_ihdr(
            PLAIN_PNG, telling.chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + xmp(orientation=6))
        ),
        encoded(picture(), "WEBP", xmp=xmp(orientation=6)),
    ],
    ids=["jpeg", "png", "webp"],
)
def test_an_orientation_in_xmp_means_nothing_as_in_browsers(data: bytes) -> None:
    assert 0x0112 not in opened(stripped(data)).getexif()


JPEGS = {
    "baseline": PLAIN,
    "progressive": encoded(picture(), progressive=True),
    "restarts": encoded(picture((400, 300)), restart_marker_blocks=3),
    "grey": encoded(picture(mode="L")),
    "cmyk": encoded(picture(mode="CMYK")),
    "profile": encoded(picture(), icc_profile=ICC * 100),
    "noise": encoded(Image.effect_noise((640, 480), 120), quality=95),
}


@pytest.mark.parametrize("name", JPEGS)
def test_a_jpeg_keeps_its_tables_and_scans_byte_for_byte(name: str) -> None:
    data = JPEGS[name]
    told = [
        telling.jpeg_exif(telling.with_thumbnail(exif(5))),
        telling.jpeg_xmp(xmp()),
        segment(0xFE, SECRET),
    ]
    clean = stripped(telling.after_soi(data, *told) + mp4())
    assert jpeg_segments(clean) == jpeg_segments(data) | {
        "APP1": b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\5\0\0\0\0\0\0"
    }
    assert clean[clean.index(b"\xff\xda") :] == data[data.index(b"\xff\xda") :]
    assert opened(clean).tobytes() == opened(data).tobytes()
    assert stripped(data) == data


def test_a_scan_may_hold_metadata_behind_it() -> None:
    data = JPEGS["progressive"]
    scan = [part for part in jpeg.segments(data) if part.kind == b"\xda"][2]
    told = data[: scan.stop] + telling.jpeg_exif(exif()) + data[scan.stop :]
    assert located(told)
    assert stripped(told) == data


def mpo(gps_in: int) -> bytes:
    seen = [picture(), picture().rotate(180)]
    for at, each in enumerate(seen):
        each.encoderinfo = {"exif": b"Exif\0\0" + exif(gps=at == gps_in)}  # type: ignore[attr-defined]
    return encoded(
        seen[0], "MPO", save_all=True, append_images=seen[1:], exif=b"Exif\0\0" + exif(gps=gps_in == 0)
    )


@pytest.mark.parametrize(("gps_in", "tells"), [(0, True), (1, True), (2, False)])
def test_of_several_pictures_the_first_stays(gps_in: int, tells: bool) -> None:
    data = mpo(gps_in)
    assert opened(data).n_frames == 2  # type: ignore[attr-defined]
    assert located(data) is tells
    clean = opened(stripped(data))
    assert (clean.format, clean.tobytes()) == ("JPEG", opened(data).tobytes())


GIF, WEBP, AVIF = (encoded(picture(), kind) for kind in ("GIF", "WEBP", "AVIF"))


@pytest.mark.parametrize(
    ("tells", "data"),
    [
        pytest.param(True, telling.after_soi(PLAIN, telling.jpeg_xmp(xmp())), id="xmp"),
        pytest.param(True, telling.after_soi(PLAIN, telling.jpeg_xmp(xmp(element=True))), id="xmp-element"),
        pytest.param(True, telling.after_soi(PLAIN, telling.jpeg_xmp(xmp().upper())), id="xmp-capitals"),
        pytest.param(
            True,
            telling.after_soi(PLAIN, telling.jpeg_xmp(xmp().decode().encode("utf-16"))),
            id="xmp-utf-16",
        ),
        pytest.param(
            True,
            telling.after_soi(
                PLAIN,
                segment(0xE1, telling.EXTENDED_XMP + b"<exif:GPSLat"),
                segment(0xE1, telling.EXTENDED_XMP + b"itude>31,13N"),
            ),
            id="xmp-extended-across-segments",
        ),
        pytest.param(False, telling.after_soi(PLAIN, telling.jpeg_xmp(xmp(gps=False))), id="xmp-without"),
        pytest.param(True, telling.after_soi(PLAIN, telling.jpeg_exif(exif(version=False))), id="exif"),
        pytest.param(False, telling.after_soi(PLAIN, telling.jpeg_exif(exif(gps=False))), id="version-alone"),
        pytest.param(
            True,
            telling.after_soi(PLAIN, telling.jpeg_exif(exif()[:100]), telling.jpeg_exif(exif()[100:])),
            id="exif-across-segments",
        ),
        pytest.param(True, PLAIN + mp4(), id="video-xyz"),
        pytest.param(True, PLAIN + b"MotionPhoto_Data" + mp4(b"loci") + b"SEFT", id="video-loci"),
        pytest.param(
            True, PLAIN + mp4(b"com.apple.quicktime.location.ISO6709"[:4]) + mp4(), id="video-second"
        ),
        pytest.param(False, PLAIN + mp4(b""), id="video-without"),
        pytest.param(
            True,
            telling.after_ihdr(PLAIN_PNG, telling.raw_profile(b"APP1", b"Exif\0\0" + exif())),
            id="png-raw",
        ),
        pytest.param(
            True, telling.after_ihdr(PLAIN_PNG, telling.raw_profile(b"xmp", xmp())), id="png-raw-xmp"
        ),
        pytest.param(
            False,
            telling.after_ihdr(PLAIN_PNG, telling.raw_profile(b"exif", b"Exif\0\0" + exif(gps=False))),
            id="png-raw-without",
        ),
        pytest.param(True, telling.after_ihdr(PLAIN_PNG, telling.chunk(b"eXIf", exif())), id="png-exif"),
        pytest.param(True, PLAIN_PNG + mp4(), id="png-video"),
        pytest.param(True, encoded(picture(), "WEBP", xmp=xmp()), id="webp-xmp"),
        pytest.param(True, telling.in_riff(WEBP, telling.riff_chunk(b"EXIF", exif())), id="webp-exif"),
        pytest.param(True, telling.before_trailer(GIF, telling.gif_xmp(xmp())), id="gif-xmp"),
        pytest.param(True, encoded(picture(), "AVIF", xmp=xmp()), id="avif-xmp"),
        pytest.param(True, encoded(picture(), "AVIF", exif=exif()), id="avif-exif"),
        pytest.param(False, encoded(picture(), "AVIF", exif=exif(gps=False)), id="avif-without"),
        pytest.param(True, AVIF + telling.box(b"uuid", bytes(16) + xmp()), id="avif-uuid"),
        pytest.param(True, AVIF + mp4(), id="avif-video"),
        pytest.param(True, AVIF + telling.box(b"mpvd", mp4()), id="avif-video-in-a-box"),
        pytest.param(False, AVIF + telling.box(b"mpvd", mp4(b"")), id="avif-video-without"),
        pytest.param(True, telling.after_soi(PLAIN, telling.jpeg_exif(exif()))[:-2], id="cut-short"),
        pytest.param(True, encoded(picture(), "AVIF", exif=exif()) + b"\xff" * 9, id="avif-then-rubbish"),
        pytest.param(True, mp4(), id="a-video"),
        pytest.param(False, b"Exif\0\0" + exif(), id="exif-is-no-image"),
        pytest.param(False, b"", id="empty"),
    ],
)
def test_located(data: bytes, tells: bool) -> None:
    assert located(data) is tells
    with suppress(PhotoError):
        assert not located(stripped(data))


class TestPng:
    def test_chunks_that_are_seen_stay_as_they_are(self) -> None:
        seen = {b"gAMA": b"\0\0\xb1\x8f", b"cICP": b"\x0c\x0d\0\1", b"pHYs": bytes(9), b"sBIT": b"\5\6\5"}
        data = telling.after_ihdr(PLAIN_PNG, *(telling.chunk(*each) for each in seen.items()))
        dropped = telling.after_ihdr(data, telling.chunk(b"tIME", bytes(7)), telling.chunk(b"vpAg", SECRET))
        assert stripped(dropped) == data

    def test_an_orientation_is_a_chunk_with_a_checksum(self) -> None:
        kept = list(png.chunks(stripped(telling.full("PNG", 3))))
        assert [part.kind for part in kept[:2]] == [b"IHDR", b"eXIf"]
        opened(stripped(telling.full("PNG", 3)))  # Pillow verifies checksums


class TestWebp:
    @pytest.mark.parametrize(("orientation", "flags"), [(6, 0x28), (1, 0x20), (None, 0x20)])
    def test_the_header_tells_what_is_left(self, orientation: int | None, flags: int) -> None:
        clean = stripped(telling.full("WEBP", orientation))
        first, *others = webp.chunks(clean)
        assert (first.kind, clean[first.body]) == (b"VP8X", flags)
        assert (b"EXIF" in {part.kind for part in others}) == bool(flags & 8)
        assert len(clean) == 8 + struct.unpack_from("<I", clean, 4)[0]

    def test_a_simple_file_stays_simple(self) -> None:
        assert stripped(WEBP) == WEBP
        assert stripped(telling.in_riff(WEBP, telling.riff_chunk(b"EXIF", exif(6))) + SECRET) == WEBP

    def test_frames_hide_nothing(self) -> None:
        data = telling.animated("WEBP")
        frame = next(part for part in webp.chunks(data) if part.kind == b"ANMF")
        grown = telling.riff_chunk(b"ANMF", frame.payload(data) + telling.riff_chunk(b"ABCD", SECRET))
        content = data[8 : frame.start] + grown + data[frame.stop :]
        assert stripped(b"RIFF" + struct.pack("<I", len(content)) + content) == data


class TestHeif:
    @pytest.mark.parametrize("kind", ["AVIF", "HEIC"])
    def test_nothing_moves(self, kind: str) -> None:
        data = telling.full(kind, 6)
        clean = stripped(data)
        assert len(clean) == len(data)
        changed = sum(a != b for a, b in zip(data, clean, strict=True))
        assert changed < len(exif(6)) + 3 * len(xmp()) + len(mp4()) + 8

    def test_an_item_stays_readable(self) -> None:
        clean = stripped(encoded(picture(), "AVIF", exif=exif(), xmp=xmp()))
        assert {b"av01", b"Exif", b"mime"} <= avif_items(clean)
        assert opened(clean).getexif() == {}
        assert opened(clean).info["xmp"].strip() == b""

    @pytest.mark.parametrize(("version", "method"), [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1)])
    def test_items_of_every_table(self, version: int, method: int) -> None:
        data = hand_made(version, method)
        assert located(data)
        clean = stripped(data)
        assert (len(clean), SECRET in clean, located(clean)) == (len(data), False, False)
        assert stripped(clean) == clean
        assert b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6" in clean

    def test_an_item_beyond_the_data_is_refused(self) -> None:
        assert refused(hand_made(1, 0, shift=10_000)) == "photo-not-an-image"
        assert refused(hand_made(1, 2)) == "photo-not-an-image"  # counted from another item

    def test_descriptions_are_emptied(self) -> None:
        described = telling.box(b"udes", bytes(4) + b"en\0" + SECRET + b"\0\0\0")
        meta = telling.box(b"meta", bytes(4) + telling.box(b"iprp", telling.box(b"ipco", described)))
        clean = stripped(telling.box(b"ftyp", b"heic\0\0\0\0") + meta)
        assert (SECRET in clean, b"udes" in clean) == (False, True)


def hand_made(version: int, method: int, shift: int = 0) -> bytes:
    """A HEIC file with nothing but an Exif item in two extents (ISO/IEC 14496-12, 8.11.3)."""
    item = b"\0\0\0\6Exif\0\0" + exif(6)
    entry = telling.box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif") + b"\0")
    iinf = telling.box(b"iinf", struct.pack(">IH", 0, 1) + entry)
    ftyp = telling.box(b"ftyp", b"mif1\0\0\0\0heic")

    def meta(base: int) -> bytes:
        id_width = ">I" if version == 2 else ">H"
        iloc = struct.pack(">BxxxH", version, 0x4440) + struct.pack(id_width, 1) + struct.pack(id_width, 1)
        iloc += struct.pack(">H", method) if version else b""
        iloc += struct.pack(">HIH", 0, base, 2) + struct.pack(">4I", 0, 40, 40, len(item) - 40)
        idat = telling.box(b"idat", item) if method == 1 else b""
        return telling.box(b"meta", bytes(4) + iinf + telling.box(b"iloc", iloc) + idat)

    base = 0 if method == 1 else len(ftyp) + len(meta(0)) + 8 + shift
    return ftyp + meta(base) + telling.box(b"mdat", item if method != 1 else b"pixels")


class TestAnimation:
    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
    def test_every_frame_stays(self, kind: str) -> None:
        told = {"comment": SECRET} if kind == "GIF" else {"exif": exif(), "icc_profile": ICC}
        data = telling.animated(kind, **told)
        clean = stripped(data)
        assert SECRET in data
        assert SECRET not in clean
        assert len(frames(clean)) == 3
        assert frames(clean) == frames(data)
        assert opened(clean).info.get("loop") == opened(data).info.get("loop")

    def test_a_gif_keeps_loop_and_profile(self) -> None:
        profile = b"!\xff\x0bICCRGBG1012\x04icc!\0"
        kept = telling.before_trailer(telling.animated("GIF"), profile, b"!\x01\x01x\0")
        assert b"NETSCAPE2.0" in kept
        assert stripped(kept) == kept
        assert stripped(telling.before_trailer(kept, b"!\xfe\x03abc\0", telling.gif_xmp(xmp()))) == kept


class TestRefusals:
    @pytest.mark.parametrize(
        "data",
        [b"", b"\xff", b"hello" * 9, b"%PDF-1.7\n", b"BM" + bytes(60), b"RIFF\x04\0\0\0WAVE", mp4(), exif()],
    )
    def test_what_is_no_image(self, data: bytes) -> None:
        assert refused(data) == "photo-not-an-image"
        assert located(data) is (data in (mp4(), exif()))

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
    @pytest.mark.parametrize("kind", KINDS)
    def test_what_ends_early(self, kind: str, share: float) -> None:
        data = telling.heic(picture()) if kind == "HEIC" else encoded(picture(), kind)
        assert refused(data[: int(len(data) * share)]) == "photo-truncated"

    @pytest.mark.parametrize(
        "data",
        [
            b"\xff\xd8\xff\xd9",
            png.SIGNATURE + telling.chunk(b"IEND", b""),
            b"RIFF\4\0\0\0WEBP",
            b"GIF89a" + bytes(7) + b";",
            telling.box(b"ftyp", b"avif\0\0\0\0"),
        ],
        ids=["jpeg", "png", "webp", "gif", "avif"],
    )
    def test_a_file_without_a_picture(self, data: bytes) -> None:
        assert refused(data) == "photo-truncated"


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Rotten bytes, cuts, doubled pieces, wild lengths; mostly near the beginning, where the structure is."""
    rotten = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(min(len(rotten), chance.choice([64, 400, 10_000])))
        what = chance.randrange(5)
        if what == 0:
            rotten[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        elif what == 1:
            rotten[at : at + 4] = chance.choice([bytes(4), b"\xff" * 4, b"\0\0\0\1", b"\1\0\0\0"])
        elif what == 2:
            del rotten[max(16, at) : at + chance.randint(1, 40)]
        elif what == 3:
            rotten[at:at] = rotten[at : at + chance.randint(1, 200)]
        else:
            rotten = rotten[: max(16, at)] if chance.random() < 0.3 else rotten
    return bytes(rotten)


SEEDS: dict[str, Callable[[], bytes]] = {
    **{kind: partial(telling.full, kind, 6) for kind in KINDS},
    "MPO": lambda: mpo(1),
    "items": lambda: hand_made(2, 1),
    "sequence": lambda: telling.animated("AVIF", exif=exif(), xmp=xmp()),
}


@pytest.mark.parametrize("name", SEEDS)
def test_rotten_files_are_refused_and_never_crash(name: str) -> None:
    seed = SEEDS[name]()
    chance = random.Random(name)
    start = time.process_time()
    for _ in range(400):
        data = mutated(seed, chance)
        located(data)
        try:
            clean = stripped(data)
        except PhotoError as error:
            assert error.code in {"photo-truncated", "photo-not-an-image"}
        else:
            assert stripped(clean) == clean
            assert not located(clean)
    assert time.process_time() - start < 5


def _cycle() -> bytes:
    """A directory that names itself as the next, and holds itself as its GPS."""
    entries = struct.pack(">HHII", 0x8825, 4, 1, 8) * 499
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", 499) + entries + struct.pack(">I", 8)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "cycle": lambda: telling.after_soi(PLAIN, telling.jpeg_exif(_cycle())),
    "many-pictures": lambda: PLAIN + b"\xff\xd8\xff\xe1\xff\xff" * 100_000,
    "many-starts": lambda: PLAIN + b"\xff\xd8\xff" * 100_000,
    "fill-bytes": lambda: PLAIN[:-2] + b"\xff" * 2_000_000,
    "many-videos": lambda: PLAIN + b"\0\0\0\x08ftyp" * 100_000,
    "zero-boxes": lambda: encoded(plain("RGB", 0), "AVIF") + bytes(2_000_000),
    "deep-boxes": lambda: telling.box(b"ftyp", b"avif\0\0\0\0") + b"\0\0\0\0moov" * 100_000,
    "many-tiffs": lambda: telling.after_ihdr(PLAIN_PNG, telling.chunk(b"eXIf", b"MM\0*\0\0\0\4" * 200_000)),
    "bombs": lambda: telling.after_ihdr(PLAIN_PNG, *[telling.raw_profile(b"exif", bytes(5_000_000))] * 30),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_no_time(name: str) -> None:
    data = HOSTILE[name]()
    start = time.process_time()
    assert located(data) is (name == "cycle")  # its GPS directory does hold more than a version
    try:
        stripped(data)
    except PhotoError as error:
        assert error.code == "photo-truncated"
    assert time.process_time() - start < 3


def test_many_extents_over_the_same_bytes_are_refused() -> None:
    extents = 60_000
    entry = telling.box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif") + b"\0")
    iinf = telling.box(b"iinf", struct.pack(">IH", 0, 1) + entry)
    idat = telling.box(b"idat", bytes(1_000_000))
    header = struct.pack(">IHHHHHH", 1 << 24, 0x4400, 1, 1, 1, 0, extents)
    iloc = telling.box(b"iloc", header + struct.pack(">II", 0, 900_000) * extents)
    meta = telling.box(b"meta", bytes(4) + iinf + iloc + idat)
    start = time.process_time()
    assert refused(telling.box(b"ftyp", b"heic\0\0\0\0") + meta) == "photo-not-an-image"
    assert time.process_time() - start < 2


def test_a_large_photo_is_judged_at_once() -> None:
    scan = random.Random(7).randbytes(10_000_000).replace(b"\xff", b"\xff\0")
    large = PLAIN[:-2] + scan + PLAIN[-2:]
    took = []
    for _ in range(5):
        start = time.process_time()
        assert not located(large)
        took.append(time.process_time() - start)
    assert min(took) < 0.1  # 12 ms on a busy machine
    assert stripped(large) == large
