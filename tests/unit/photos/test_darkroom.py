"""Photos of every kind, developed: what comes out, and what is said of those that cannot be."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from site_builder import atomic
from site_builder.content.model.story import Box
from site_builder.content.problems import PhotoError
from site_builder.photos import darkroom
from site_builder.photos.plan import Development, Recipe, Variant
from tests.unit.photos import pictures
from tests.unit.photos.pictures import encoded, plain, png

RECIPE = Recipe(encoders="tests", avif_quality=90, jpeg_quality=95)
PAPER = (0xFB, 0xF6, 0xEC)
CLAY = (200, 120, 60)
NOISE = Image.effect_noise((320, 240), 90)


@pytest.fixture
def pool() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


def work(root: Path, name: str, size: tuple[int, int], blur: tuple[Box, ...] = ()) -> Development:
    """One variant of each format in the photo's own size, and a small one."""
    data = (root / "photos" / name).read_bytes()
    stem, small = f"media/{name}", (size[0] // 2, size[1] // 2)
    variants = (
        Variant(f"{stem}-small.avif", "avif", *small),
        Variant(f"{stem}.avif", "avif", *size),
        Variant(f"{stem}.jpg", "jpeg", *size),
    )
    return Development(f"photos/{name}", hashlib.sha256(data).hexdigest(), blur, variants)


def lay(root: Path, name: str, data: bytes) -> Path:
    file = root / "photos" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return file


def developed(
    root: Path, pool: Executor, data: bytes, blur: tuple[Box, ...] = (), name: str = "a.jpg", **recipe: Any
) -> dict[str, bytes]:
    """The files made of one photo, by their extension; measured first, as in a build."""
    measured = darkroom.measure(lay(root, name, data).read_bytes())
    job = work(root, name, (measured.width, measured.height), blur)
    kitchen = Recipe(**{"encoders": "tests", "avif_quality": 90, "jpeg_quality": 95} | recipe)
    done = darkroom.develop(root, [job], kitchen, root / "cache", pool)
    assert (done.made, done.problems) == (1, ())
    files = [darkroom.cached(root / "cache", variant) for variant in job.variants[1:]]
    return {file.suffix: file.read_bytes() for file in files}


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == "RGB"
        image.load()
    return image


def near(found: Any, expected: tuple[int, ...], tolerance: int = 6) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(found, expected, strict=True))


RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (40, 60, 200), (240, 240, 240)
AS_SEEN = (RED, GREEN, BLUE, WHITE)  # top left, top right, bottom left, bottom right


@pytest.mark.parametrize(
    ("orientation", "stored"),
    [
        # where the corners of the picture stand in the file (EXIF 2.32, tag 274)
        (1, (RED, GREEN, BLUE, WHITE)),
        (2, (GREEN, RED, WHITE, BLUE)),
        (3, (WHITE, BLUE, GREEN, RED)),
        (4, (BLUE, WHITE, RED, GREEN)),
        (5, (RED, BLUE, GREEN, WHITE)),
        (6, (GREEN, WHITE, RED, BLUE)),
        (7, (WHITE, GREEN, BLUE, RED)),
        (8, (BLUE, RED, WHITE, GREEN)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_orientation_comes_out_upright(
    tmp_path: Path, pool: Executor, kind: str, orientation: int, stored: tuple[Any, ...]
) -> None:
    width, height = (96, 64) if orientation < 5 else (64, 96)
    picture = Image.new("RGB", (width, height))
    for at, colour in enumerate(stored):
        left, top = at % 2 * width // 2, at // 2 * height // 2
        picture.paste(colour, (left, top, left + width // 2, top + height // 2))
    data = encoded(picture, kind, orientation)
    assert (darkroom.measure(data).width, darkroom.measure(data).height) == (96, 64)
    for made in developed(tmp_path, pool, data).values():
        upright = opened(made)
        assert upright.size == (96, 64)
        corners = [upright.getpixel(point) for point in ((20, 14), (76, 14), (20, 50), (76, 50))]
        assert all(near(found, seen, 12) for found, seen in zip(corners, AS_SEEN, strict=True)), corners


def animated(kind: str) -> bytes:
    later = [plain("RGB", BLUE)]
    return encoded(plain("RGB", CLAY), kind, save_all=True, append_images=later, duration=100)


def palette(**options: Any) -> bytes:
    picture = plain("RGB", CLAY).quantize(4)
    return encoded(picture, "PNG", **options)


GREY16 = (120 * 257).to_bytes(2, "big")
CLAY16 = b"".join((value * 257).to_bytes(2, "big") for value in CLAY)


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        pytest.param(encoded(plain("RGB", CLAY)), CLAY, id="jpeg"),
        pytest.param(encoded(plain("RGB", CLAY), progressive=True), CLAY, id="jpeg-progressive"),
        pytest.param(encoded(plain("L", 120)), (120, 120, 120), id="jpeg-grey"),
        pytest.param(encoded(plain("CMYK", (0, 102, 179, 0))), (255, 153, 76), id="jpeg-cmyk"),
        pytest.param(
            encoded(plain("RGB", CLAY), "MPO", save_all=True, append_images=[plain("RGB", BLUE)]),
            CLAY,
            id="mpo",
        ),
        pytest.param(encoded(plain("RGB", CLAY), "PNG"), CLAY, id="png"),
        pytest.param(encoded(plain("RGBA", (*CLAY, 255)), "PNG"), CLAY, id="png-opaque"),
        pytest.param(encoded(plain("RGBA", (*CLAY, 0)), "PNG"), PAPER, id="png-transparent"),
        pytest.param(
            encoded(plain("RGBA", (*CLAY, 128)), "PNG"),
            tuple((a + b) // 2 for a, b in zip(CLAY, PAPER, strict=True)),
            id="png-half",
        ),
        pytest.param(encoded(plain("LA", (120, 255)), "PNG"), (120, 120, 120), id="png-grey-alpha"),
        pytest.param(encoded(plain("LA", (120, 0)), "PNG"), PAPER, id="png-grey-transparent"),
        pytest.param(encoded(plain("L", 120), "PNG"), (120, 120, 120), id="png-grey"),
        pytest.param(encoded(plain("L", 120), "PNG", transparency=120), PAPER, id="png-grey-key"),
        pytest.param(encoded(plain("1", 1), "PNG"), (255, 255, 255), id="png-black-white"),
        pytest.param(palette(), CLAY, id="png-palette"),
        pytest.param(palette(transparency=0), PAPER, id="png-palette-transparent"),
        pytest.param(png((4, 4), (b"\0" + GREY16 * 4) * 4, colour_type=0), (120, 120, 120), id="png-grey-16"),
        pytest.param(png((4, 4), (b"\0" + CLAY16 * 4) * 4), CLAY, id="png-16"),
        pytest.param(
            png((4, 4), (b"\0" + (CLAY16 + b"\0\0") * 4) * 4, colour_type=6), PAPER, id="png-16-transparent"
        ),
        pytest.param(
            png((4, 4), (b"\0" + GREY16 * 4) * 4, colour_type=0, tRNS=GREY16), PAPER, id="png-16-key"
        ),
        pytest.param(encoded(plain("RGB", CLAY), "WEBP"), CLAY, id="webp"),
        pytest.param(
            encoded(plain("RGBA", (*CLAY, 0)), "WEBP", lossless=True, exact=True), PAPER, id="webp-alpha"
        ),
        pytest.param(animated("WEBP"), CLAY, id="webp-animated"),
        pytest.param(encoded(plain("RGB", CLAY), "AVIF"), CLAY, id="avif"),
        pytest.param(encoded(plain("RGBA", (*CLAY, 0)), "AVIF"), PAPER, id="avif-alpha"),
        pytest.param(encoded(plain("RGB", CLAY), "GIF"), CLAY, id="gif"),
        pytest.param(animated("GIF"), CLAY, id="gif-animated"),
    ],
)
def test_every_kind_of_file_gives_its_colours(
    tmp_path: Path, pool: Executor, data: bytes, colour: tuple[int, ...]
) -> None:
    for extension, made in developed(tmp_path, pool, data).items():
        picture = opened(made)
        found = picture.getpixel((picture.width // 2, picture.height // 2))
        assert near(found, colour), (extension, found)


@pytest.mark.parametrize("name", ["PLAZA.JPG", "广场.jpeg", "a b (1).jpg", "no-extension"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, pool: Executor, name: str) -> None:
    assert set(developed(tmp_path, pool, encoded(plain("RGB", CLAY)), name=name)) == {".avif", ".jpg"}


@pytest.mark.parametrize("colour", [(200, 120, 60), (120, 160, 140), (90, 60, 160), (230, 200, 180)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_wide_gamut_becomes_srgb(
    tmp_path: Path, pool: Executor, kind: str, colour: tuple[int, int, int]
) -> None:
    options = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    data = encoded(plain("RGB", colour), kind, icc_profile=pictures.p3_profile(), **options)
    expected = pictures.in_srgb(colour)
    assert not near(expected, colour, 4)  # or the test would say nothing
    for made in developed(tmp_path, pool, data).values():
        assert near(opened(made).getpixel((16, 12)), expected, 4)


@pytest.mark.parametrize(
    "profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), b"not a profile"]
)
def test_a_profile_of_no_use_leaves_the_colours(tmp_path: Path, pool: Executor, profile: bytes) -> None:
    data = encoded(plain("RGB", CLAY), icc_profile=profile)
    for made in developed(tmp_path, pool, data).values():
        assert near(opened(made).getpixel((16, 12)), CLAY)


def telling(kind: str) -> bytes:
    """A photo that tells where it was taken, in every way its format has."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET description"
    exif[pictures.ORIENTATION] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 3.0), 3: "E", 4: (102.0, 41.0, 0.0)})
    options: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": pictures.p3_profile()}
    if kind == "JPEG":
        options |= {"xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>", "comment": b"SECRET comment", "dpi": (300, 300)}
    if kind in {"WEBP", "AVIF"}:
        options["xmp"] = b"<x:xmpmeta>SECRET</x:xmpmeta>"
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", "SECRET")
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SECRET</x:xmpmeta>")
    data = encoded(plain("RGB", CLAY), kind, **options)
    if kind == "JPEG":  # Photoshop's block with IPTC, which Pillow does not write
        iptc = b"Photoshop 3.0\0SECRET"
        data = data[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + data[2:]
    assert b"SECRET" in data
    return data


@pytest.mark.parametrize("blur", [(), (Box(x=0, y=0, width=0.5, height=0.5),)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_but_the_picture_is_published(
    tmp_path: Path, pool: Executor, kind: str, blur: tuple[Box, ...]
) -> None:
    made = developed(tmp_path, pool, telling(kind), blur)
    segments = pictures.jpeg_segments(made[".jpg"])
    assert set(segments) == {"APP0", "DQT", "SOF2", "DHT", "SOS"}
    assert segments["APP0"][:5] == b"JFIF\0"
    assert segments["APP0"][-2:] == b"\0\0"  # no thumbnail
    assert pictures.avif_items(made[".avif"]) == {b"av01"}
    boxes = pictures.avif_boxes(made[".avif"])
    assert {content[:4] for name, content in boxes if name == b"colr"} <= {b"nclx"}
    assert not {name for name, _ in boxes} & {b"uuid", b"Exif", b"udta"}
    for data in made.values():
        assert b"SECRET" not in data
        assert not set(opened(data).info) & {"exif", "xmp", "icc_profile", "comment", "photoshop"}


def squares_across(picture: Image.Image) -> tuple[int, int]:
    """How many squares a picture has from left to right and from top to bottom, by its steps in grey."""
    grey = picture.convert("L")

    def steps(across: Image.Image) -> int:
        rows = [list(across.crop((0, y, across.width, y + 1)).tobytes()) for y in range(across.height)]
        edges = {x for row in rows for x in range(1, across.width) if abs(row[x] - row[x - 1]) > 3}
        return len(edges) + 1

    return steps(grey), steps(grey.transpose(Image.Transpose.TRANSPOSE))


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize(
    ("box", "pixels"),
    [
        (Box(x=0.25, y=0.25, width=0.5, height=0.5), (80, 60, 240, 180)),
        (Box(x=0.0, y=0.5, width=0.125, height=0.5), (0, 120, 40, 240)),
        (Box(x=0.75, y=0.75, width=0.5, height=0.5), (240, 180, 320, 240)),  # reaches beyond the edge
    ],
)
def test_a_box_is_pixelated_and_nothing_else(
    tmp_path: Path, pool: Executor, orientation: int, box: Box, pixels: tuple[int, int, int, int]
) -> None:
    turned = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}[orientation]
    stored = NOISE.transpose(turned) if turned else NOISE
    data = encoded(stored.convert("RGB"), "PNG", orientation)
    made = opened(developed(tmp_path, pool, data, (box,), avif_quality=100)[".avif"])
    inside = made.crop(pixels)
    across, down = squares_across(inside)
    assert 1 < max(across, down) <= darkroom.MAX_SQUARES
    assert squares_across(NOISE.crop(pixels))[0] > darkroom.MAX_SQUARES
    before, after = NOISE.copy(), made.convert("L")
    for picture in (before, after):
        picture.paste(0, pixels)
    differing = [abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert max(differing) <= 3


def test_a_box_at_the_very_edge_is_no_crash(tmp_path: Path, pool: Executor) -> None:
    boxes = (Box(x=1, y=0, width=0.1, height=1), Box(x=0, y=1, width=1, height=0.1))
    assert developed(tmp_path, pool, encoded(plain("RGB", CLAY)), boxes)


JPEG, PNG = encoded(NOISE.convert("RGB")), encoded(NOISE, "PNG")
WEBP, AVIF, GIF = (encoded(NOISE.convert("RGB"), kind) for kind in ("WEBP", "AVIF", "GIF"))
BROKEN = [
    pytest.param(JPEG[: len(JPEG) // 2], "photo-truncated", id="jpeg-half"),
    pytest.param(PNG[: len(PNG) // 2], "photo-truncated", id="png-half"),
    pytest.param(GIF[: len(GIF) // 2], "photo-truncated", id="gif-half"),
    pytest.param(WEBP[: len(WEBP) // 2], "photo-truncated", id="webp-half"),
    pytest.param(AVIF[: len(AVIF) // 2], "photo-truncated", id="avif-half"),
    pytest.param(JPEG[:20], "photo-truncated", id="jpeg-start"),
    pytest.param(b"", "photo-empty", id="empty"),
    pytest.param(b"A letter.\n" * 99, "photo-not-an-image", id="text"),
    pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-not-an-image", id="svg"),
    pytest.param(encoded(NOISE, "BMP"), "photo-not-an-image", id="bmp"),
    pytest.param(encoded(NOISE, "TIFF"), "photo-not-an-image", id="tiff"),
]


@pytest.mark.parametrize(("data", "code"), BROKEN)
def test_a_broken_photo_is_named_and_costs_the_others_nothing(
    tmp_path: Path, pool: Executor, data: bytes, code: str
) -> None:
    good = encoded(plain("RGB", CLAY))
    laid = {"first.jpg": good, "broken.jpg": data, "last.jpg": good}
    for name, each in laid.items():
        lay(tmp_path, name, each)
    jobs = [work(tmp_path, name, (32, 24)) for name in laid]
    told: list[tuple[int, int]] = []
    done = darkroom.develop(tmp_path, jobs, RECIPE, tmp_path / "cache", pool, lambda *step: told.append(step))
    assert (done.made, done.cached) == (2, 0)
    assert [(each.code, each.spot.path) for each in done.problems] == [(code, "photos/broken.jpg")]
    made = {file.name for file in (tmp_path / "cache").rglob("*.*")}
    assert {name.split(".")[0] for name in made} == {"first", "last"}
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("data", "code"), BROKEN)
def test_measuring_a_broken_photo_says_what_it_can(data: bytes, code: str) -> None:
    try:
        measured = darkroom.measure(data)
    except PhotoError as error:
        assert error.code == code
    else:  # the header is whole: only developing reads the rest
        assert (measured.width, measured.height, code) == (320, 240, "photo-truncated")


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("data", [JPEG, PNG, WEBP, AVIF, GIF], ids=["jpeg", "png", "webp", "avif", "gif"])
def test_bytes_that_rot_are_a_problem_and_never_a_crash(
    tmp_path: Path, pool: Executor, data: bytes, seed: int
) -> None:
    rotten = bytearray(data)
    for step in range(1, 6):
        rotten[(seed * 7919 * step + step * step * 31) % len(rotten)] ^= 0x5A + step
        rotten[seed * 3 + step] ^= 0xFF if step == 5 else 0  # the headers stand at the start
    lay(tmp_path, "a.jpg", bytes(rotten))
    try:
        darkroom.measure(bytes(rotten))
    except PhotoError as error:
        assert error.code in {"photo-truncated", "photo-not-an-image", "photo-too-large"}
    done = darkroom.develop(tmp_path, [work(tmp_path, "a.jpg", (32, 24))], RECIPE, tmp_path / "cache", pool)
    assert done.made + len(done.problems) == 1


@pytest.mark.parametrize(
    ("size", "says"),
    [
        ((20_000, 6_000), "120 MP"),
        ((10_001, 10_000), "100 MP"),
        ((60_000, 60_000), "178+ MP"),
        ((70_000, 10), "70000 px"),
    ],
)
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int], says: str) -> None:
    with pytest.raises(PhotoError) as caught:
        darkroom.measure(png(size, b"\0"))  # holds no such number of pixels: nothing is decoded
    assert caught.value.code == "photo-too-large"
    assert says in str(caught.value.values["size"])


def test_a_bomb_that_comes_late_is_a_problem_too(tmp_path: Path, pool: Executor) -> None:
    lay(tmp_path, "a.jpg", png((60_000, 60_000), b"\0"))
    done = darkroom.develop(tmp_path, [work(tmp_path, "a.jpg", (32, 24))], RECIPE, tmp_path / "cache", pool)
    assert [each.code for each in done.problems] == ["photo-too-large"]


def test_what_is_in_the_cache_is_not_developed_again(tmp_path: Path, pool: Executor) -> None:
    names = [f"{number}.jpg" for number in range(3)]
    for name in names:
        lay(tmp_path, name, encoded(plain("RGB", CLAY)))
    jobs = [work(tmp_path, name, (32, 24)) for name in names]
    cache = tmp_path / "cache"
    first = darkroom.develop(tmp_path, jobs, RECIPE, cache, pool)
    before = {file: file.stat().st_mtime_ns for file in cache.rglob("*.*")}
    again = darkroom.develop(tmp_path, jobs, RECIPE, cache, pool)
    assert [(each.made, each.cached) for each in (first, again)] == [(3, 0), (0, 3)]
    assert {file: file.stat().st_mtime_ns for file in cache.rglob("*.*")} == before
    darkroom.cached(cache, jobs[1].variants[0]).unlink()
    assert darkroom.develop(tmp_path, jobs, RECIPE, cache, pool).made == 1


def test_the_cache_holds_whole_files_only(tmp_path: Path, pool: Executor) -> None:
    developed(tmp_path, pool, encoded(plain("RGB", CLAY)))
    assert sorted(file.name for file in (tmp_path / "cache" / "media").iterdir()) == [
        "a.jpg-small.avif",
        "a.jpg.avif",
        "a.jpg.jpg",
    ]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.txt"
    atomic.write(file, b"old")
    with pytest.raises(TypeError):
        atomic.write(file, None)  # type: ignore[arg-type]
    assert file.read_bytes() == b"old"
    atomic.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert [each.name for each in file.parent.iterdir()] == ["a.txt"]


def test_it_makes_its_own_processes_and_the_same_bytes(tmp_path: Path, pool: Executor) -> None:
    lay(tmp_path, "a.jpg", JPEG)
    jobs = [work(tmp_path, "a.jpg", (64, 48))]
    for cache, executor in (("here", pool), ("there", None)):
        assert darkroom.develop(tmp_path, jobs, RECIPE, tmp_path / cache, executor).made == 1
    one, other = (
        [(tmp_path / cache / variant.path).read_bytes() for variant in jobs[0].variants]
        for cache in ("here", "there")
    )
    assert one == other


def test_pruning_leaves_only_what_is_kept(tmp_path: Path, pool: Executor) -> None:
    developed(tmp_path, pool, JPEG)
    cache = tmp_path / "cache"
    darkroom.prune(cache, {"media/a.jpg.avif"})
    assert [file.name for file in (cache / "media").iterdir()] == ["a.jpg.avif"]


def test_an_executor_that_was_lent_stays_open(tmp_path: Path, pool: Executor) -> None:
    developed(tmp_path, pool, JPEG)
    assert pool.submit(int, "1").result() == 1


class TestMeter:
    def test_it_remembers_by_size_and_time(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "cache" / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        first = darkroom.Meter(memory)
        measured = first(file)
        assert (measured.width, measured.height) == (320, 240)
        first.remember()
        stat = file.stat()
        file.write_bytes(b"x" * stat.st_size)
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert darkroom.Meter(memory)(file) == measured  # without reading it: these are no pixels

    def test_a_changed_file_is_measured_anew(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        meter = darkroom.Meter(memory)
        before = meter(file)
        meter.remember()
        file.write_bytes(encoded(plain("RGB", CLAY)))
        later = darkroom.Meter(memory)
        assert later(file) != before
        assert (later(file).width, later(file).height) == (32, 24)

    def test_a_change_of_the_time_alone_reads_the_bytes(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        meter = darkroom.Meter(memory)
        before = meter(file)
        meter.remember()
        os.utime(file, ns=(1, 1))
        assert darkroom.Meter(memory)(file) == before

    @pytest.mark.parametrize(
        "memory", [b"", b"not json", b"[]", b'{"a": 1}', b"\xff", b'{"a": [1, 2]}', b"null"]
    )
    def test_a_broken_memory_is_forgotten(self, tmp_path: Path, memory: bytes) -> None:
        (tmp_path / "measured.json").write_bytes(memory)
        file = lay(tmp_path, "a.jpg", JPEG)
        meter = darkroom.Meter(tmp_path / "measured.json")
        assert meter(file).width == 320
        meter.remember()
        assert darkroom.Meter(tmp_path / "measured.json")(file).width == 320

    def test_what_is_gone_is_forgotten(self, tmp_path: Path) -> None:
        memory = tmp_path / "measured.json"
        for name in ("a.jpg", "b.jpg"):
            meter = darkroom.Meter(memory)
            meter(lay(tmp_path, name, JPEG))
            meter.remember()
        assert b"a.jpg" not in memory.read_bytes()


def test_the_house_recipe_names_its_encoders() -> None:
    recipe = darkroom.recipe()
    assert all(part in recipe.encoders for part in ("Pillow", "avif", "libjpeg_turbo", "littlecms2"))
    assert "None" not in recipe.encoders
