"""Photos of every kind: their colours, their orientation, what is hidden in them, what is kept of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from site_builder.content.model.story import Box
from site_builder.photos import darkroom, picture, reader
from site_builder.photos.plan import PROCESS
from tests.unit.photos import pictures
from tests.unit.photos.laboratory import (
    BLUE,
    CLAY,
    CORNERS,
    GREEN,
    NOISE,
    PAPER,
    RED,
    WHITE,
    corners,
    developed,
    near,
    opened,
    quarters,
    seen_size,
)
from tests.unit.photos.pictures import encoded, plain, png


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
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_every_orientation_comes_out_upright(
    tmp_path: Path, pool: Executor, kind: str, orientation: int, stored: tuple[Any, ...]
) -> None:
    data = encoded(quarters((96, 64) if orientation < 5 else (64, 96), stored), kind, orientation)
    assert seen_size(data) == (96, 64)
    for made in developed(tmp_path, pool, data).values():
        upright = opened(made)
        assert upright.size == (96, 64)
        found = corners(upright)
        assert all(near(*pair, 12) for pair in zip(found, CORNERS, strict=True)), found


def test_an_orientation_that_is_no_number_changes_nothing(tmp_path: Path, pool: Executor) -> None:
    infinite = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x0b\0\x01\0\0\0\0\0\x80\x7f\0\0\0\0"
    for made in developed(tmp_path, pool, encoded(quarters(), exif=infinite)).values():
        assert near(corners(opened(made))[0], RED, 12)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_an_orientation_in_xmp_means_nothing_as_in_browsers(kind: str) -> None:
    told = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", told.decode())
    data = encoded(quarters(), kind, **({"pnginfo": info} if kind == "PNG" else {"xmp": told}))
    assert seen_size(data) == (96, 64)


@pytest.mark.parametrize("value", [0, 9, 255])
def test_an_orientation_that_does_not_exist_changes_nothing(
    tmp_path: Path, pool: Executor, value: int
) -> None:
    for made in developed(tmp_path, pool, encoded(quarters(), "JPEG", value)).values():
        assert near(corners(opened(made))[0], RED, 12)


def test_broken_exif_is_no_reason_to_refuse_a_photo(tmp_path: Path, pool: Executor) -> None:
    data = encoded(quarters(), exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    for made in developed(tmp_path, pool, data).values():
        assert near(corners(opened(made))[0], RED, 12)


def animated(kind: str) -> bytes:
    later = [plain("RGB", BLUE)]
    return encoded(plain("RGB", CLAY), kind, save_all=True, append_images=later, duration=100)


def palette(**options: Any) -> bytes:
    picture = plain("RGB", CLAY).quantize(4)
    return encoded(picture, "PNG", **options)


def keyed(name: str, bits: int, samples: bytes, key: bytes, seen: Any) -> Any:
    """A PNG of few or many bits of which one colour is transparent, 8 by 4 pixels."""
    data = png((8, 4), (b"\0" + samples) * 4, bits, 2 if len(key) > 2 else 0, tRNS=key)
    return pytest.param(data, seen, id=f"png-key-{name}")


KEYED = [
    keyed("16-grey", 16, b"\x80\x40" * 8, b"\x80\x40", PAPER),
    keyed("16-grey-other", 16, b"\x80\x40" * 8, b"\x10\x80", (128, 128, 128)),
    keyed("16", 16, b"\x80\x40\x10\x20\x30\x50" * 8, b"\x80\x40\x10\x20\x30\x50", PAPER),
    keyed("4-grey", 4, b"\x77" * 4, b"\0\x07", PAPER),
    keyed("4-grey-other", 4, b"\x77" * 4, b"\0\x08", (119, 119, 119)),
    keyed("2-grey", 2, b"\x55" * 2, b"\0\x01", PAPER),
    keyed("1-grey", 1, b"\xff", b"\0\x01", PAPER),
]

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
        *KEYED,
        pytest.param(encoded(plain("RGB", CLAY), "WEBP"), CLAY, id="webp"),
        pytest.param(
            encoded(plain("RGBA", (*CLAY, 0)), "WEBP", lossless=True, exact=True), PAPER, id="webp-alpha"
        ),
        pytest.param(animated("WEBP"), CLAY, id="webp-animated"),
        pytest.param(encoded(plain("RGB", CLAY), "AVIF"), CLAY, id="avif"),
        pytest.param(encoded(plain("RGBA", (*CLAY, 0)), "AVIF"), PAPER, id="avif-alpha"),
        pytest.param(animated("AVIF"), CLAY, id="avif-animated"),
        pytest.param(animated("PNG"), CLAY, id="png-animated"),
        pytest.param(encoded(plain("RGB", CLAY), "HEIF"), CLAY, id="heic"),
        pytest.param(encoded(plain("RGBA", (*CLAY, 0)), "HEIF"), PAPER, id="heic-alpha"),
        pytest.param(encoded(plain("L", 120), "HEIF"), (120, 120, 120), id="heic-grey"),
        pytest.param(encoded(plain("I;16", 120 * 257), "HEIF"), (120, 120, 120), id="heic-16"),
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


def test_a_profile_counts_for_what_is_seen_through_too(tmp_path: Path, pool: Executor) -> None:
    data = encoded(plain("RGBA", (*CLAY, 128)), "PNG", icc_profile=pictures.p3_profile())
    clay = pictures.in_srgb(CLAY)
    half = tuple((a * 128 + b * 127) // 255 for a, b in zip(clay, PAPER, strict=True))
    for found in as_published(tmp_path, pool, data):
        assert pictures.difference(found, half) < VISIBLE, (found, half)


def test_a_profile_of_another_space_leaves_the_colours(tmp_path: Path, pool: Executor) -> None:
    for mode, colour in (("RGBA", (*CLAY, 255)), ("RGB", CLAY)):
        data = encoded(plain(mode, colour), "PNG", icc_profile=pictures.grey_profile(1.4))
        for made in developed(tmp_path / mode, pool, data).values():
            assert near(opened(made).getpixel((16, 12)), CLAY)


PIXELS = {1: "acd55a57cfaab992"}
"""The pixels that each process makes: who changes them raises `plan.PROCESS`, and adds a line."""


def test_other_pixels_are_another_process() -> None:
    boxes = (Box(x=0.1, y=0.2, width=0.3, height=0.4),)
    ramps = [Image.radial_gradient("L"), Image.linear_gradient("L")]
    rgb = Image.merge("RGB", (ramps[0], ramps[1], ramps[0].transpose(Image.Transpose.ROTATE_90)))
    photos = [
        encoded(rgb, "PNG", 6),
        encoded(Image.merge("RGBA", (*rgb.split(), ramps[0])), "PNG", icc_profile=pictures.p3_profile()),
        encoded(Image.merge("LA", ramps), "PNG", icc_profile=pictures.grey_profile(1.4)),
    ]
    seen = hashlib.sha256()
    for data in photos:
        with reader.opened(data) as image:
            seen.update(picture.as_seen(image, boxes, (128, 128), "#fbf6ec").tobytes())
    assert PIXELS[PROCESS] == seen.hexdigest()[:16]


def as_published(root: Path, pool: Executor, data: bytes) -> Iterator[Any]:
    """The middle of what the house recipe makes of a photo, in each format."""
    house = darkroom.recipe()
    qualities = {"avif_quality": house.avif_quality, "jpeg_quality": house.jpeg_quality}
    for made in developed(root, pool, data, **qualities).values():
        yield opened(made).getpixel((16, 12))


VISIBLE = 2
"""A difference of colour (CIE 1976) that is not yet to be seen."""


@pytest.mark.parametrize("colour", [(200, 120, 60), (120, 160, 140), (90, 60, 160), (230, 90, 80)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_wide_gamut_becomes_srgb(
    tmp_path: Path, pool: Executor, kind: str, colour: tuple[int, int, int]
) -> None:
    options = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    data = encoded(plain("RGB", colour), kind, icc_profile=pictures.p3_profile(), **options)
    expected = pictures.in_srgb(colour)
    assert pictures.difference(expected, colour) > 2 * VISIBLE  # or the test would say nothing
    for found in as_published(tmp_path, pool, data):
        assert pictures.difference(found, expected) < VISIBLE, (found, expected)


@pytest.mark.parametrize("colour", [(200, 120, 60), (120, 160, 140), (90, 60, 160), (230, 90, 80)])
@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_a_wide_gamut_that_is_only_named_becomes_srgb(
    tmp_path: Path, pool: Executor, kind: str, colour: tuple[int, int, int]
) -> None:
    """As phones write AVIF and HEIC without a profile: Display P3 is number 12 of ITU-T H.273."""
    plainly = encoded(plain("RGB", colour, (64, 48)), kind, quality=100)
    with reader.opened(plainly) as image:  # both formats store a colour to the nearest step or two
        stored = image.convert("RGB").getpixel((16, 12))
    assert isinstance(stored, tuple)
    assert plainly.count(b"colrnclx\0\1\0\x0d") == 1
    named = plainly.replace(b"colrnclx\0\1\0\x0d", b"colrnclx\0\x0c\0\x0d")
    for name, data, expected in (("srgb", plainly, stored), ("p3", named, pictures.in_srgb(stored, None))):
        for found in as_published(tmp_path / name, pool, data):
            assert pictures.difference(found, expected) < VISIBLE, (name, found, expected)


@pytest.mark.parametrize("part", [0.3, 0.6, 1.0])
@pytest.mark.parametrize(("at", "ink"), [*enumerate("CMYK")])
def test_printing_inks_become_srgb(tmp_path: Path, pool: Executor, at: int, ink: str, part: float) -> None:
    level = round(255 * part)
    data = encoded(
        plain("CMYK", tuple(level if each == at else 0 for each in range(4))),
        quality=100,
        icc_profile=pictures.cmyk_profile(),
    )
    expected = pictures.ink_in_srgb(ink, level / 255)
    for found in as_published(tmp_path, pool, data):
        assert pictures.difference(found, expected) < VISIBLE, (found, expected)


@pytest.mark.parametrize("grey", [40, 120, 200])
@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "L"), ("PNG", "L"), ("PNG", "LA")])
def test_greys_keep_the_tone_of_their_profile(
    tmp_path: Path, pool: Executor, kind: str, mode: str, grey: int
) -> None:
    data = encoded(plain(mode, (grey, 255)[: len(mode)]), kind, icc_profile=pictures.grey_profile(1.4))
    level = round(255 * pictures.srgb_curve((grey / 255) ** 1.4))
    assert abs(level - grey) > 10  # or the test would say nothing
    for found in as_published(tmp_path, pool, data):
        assert pictures.difference(found, (level,) * 3) < VISIBLE


SRGB = {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}


@pytest.mark.parametrize("profile", [{}, SRGB], ids=["untagged", "tagged"])
@pytest.mark.parametrize("colour", [*CORNERS, CLAY, (0, 0, 0), (255, 255, 255)])
def test_an_ordinary_photo_keeps_its_colours(
    tmp_path: Path, pool: Executor, colour: tuple[int, int, int], profile: dict[str, bytes]
) -> None:
    for found in as_published(tmp_path, pool, encoded(plain("RGB", colour), "PNG", **profile)):
        assert pictures.difference(found, colour) < VISIBLE, found


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
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
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
    assert 1 < max(across, down) <= picture.MAX_SQUARES
    assert squares_across(NOISE.crop(pixels))[0] > picture.MAX_SQUARES
    before, after = NOISE.copy(), made.convert("L")
    for each in (before, after):
        each.paste(0, pixels)
    differing = [abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert max(differing) <= 3


@pytest.mark.parametrize("pixels", [2, 5, 11, 12, 13])
def test_a_small_box_hides_too(pixels: int) -> None:
    with reader.opened(encoded(NOISE, "PNG")) as image:
        box = Box(x=0.25, y=0.25, width=pixels / 320, height=pixels / 240)
        made = picture.as_seen(image, (box,), (320, 240), "#ffffff").convert("L")
    inside = (80, 60, 80 + pixels, 60 + pixels)
    assert made.crop(inside).tobytes() != NOISE.crop(inside).tobytes()
    assert max(squares_across(made.crop(inside))) <= max(1, pixels // 2)


def test_a_box_at_the_very_edge_is_no_crash(tmp_path: Path, pool: Executor) -> None:
    boxes = (Box(x=1, y=0, width=0.1, height=1), Box(x=0, y=1, width=1, height=0.1))
    assert developed(tmp_path, pool, encoded(plain("RGB", CLAY)), boxes)
