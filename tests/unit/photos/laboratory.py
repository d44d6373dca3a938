"""What tests of photos build on: photos laid in a folder, planned small, developed, looked at."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from PIL import Image

from site_builder.content.model.story import Box
from site_builder.photos import darkroom, reader
from site_builder.photos.plan import Development, Recipe, Size, Variant
from tests.unit.photos.pictures import encoded, plain

RECIPE = Recipe(encoders="tests", avif_quality=90, jpeg_quality=95)
PAPER = (0xFB, 0xF6, 0xEC)
CLAY = (200, 120, 60)
NOISE = Image.effect_noise((320, 240), 90)

JPEG, PNG = encoded(NOISE.convert("RGB")), encoded(NOISE, "PNG")
WEBP, AVIF, GIF, HEIF = (encoded(NOISE.convert("RGB"), kind) for kind in ("WEBP", "AVIF", "GIF", "HEIF"))
KINDS: Mapping[str, bytes] = {"jpeg": JPEG, "png": PNG, "webp": WEBP, "avif": AVIF, "gif": GIF, "heif": HEIF}
BROKEN: Mapping[str, tuple[bytes, str]] = {
    **{f"{kind}-half": (data[: len(data) // 2], "photo-truncated") for kind, data in KINDS.items()},
    "jpeg-start": (JPEG[:20], "photo-truncated"),
    "empty": (b"", "photo-empty"),
    "text": (b"A letter.\n" * 99, "photo-not-an-image"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-svg"),
    "svg-xml": (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<svg width='9'></svg>", "photo-svg"),
    "html": (b"<!doctype html><p><svg></svg>", "photo-not-an-image"),
    "pdf": (b"%PDF-1.7\n" + bytes(999), "photo-not-an-image"),
    "bmp": (encoded(NOISE, "BMP"), "photo-not-an-image"),
    "tiff": (encoded(NOISE, "TIFF"), "photo-not-an-image"),
    "video": (b"\0\0\0\x18ftypmp42" + bytes(999), "photo-not-an-image"),
}


def lay(root: Path, name: str, data: bytes) -> Path:
    file = root / "photos" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def work(root: Path, name: str, size: Size, blur: tuple[Box, ...] = ()) -> Development:
    """One variant of each format in the photo's own size, and a small one."""
    data = (root / "photos" / name).read_bytes()
    stem, small = f"media/{name}", (size[0] // 2, size[1] // 2)
    variants = (
        Variant(f"{stem}-small.avif", "avif", *small),
        Variant(f"{stem}.avif", "avif", *size),
        Variant(f"{stem}.jpg", "jpeg", *size),
    )
    return Development(f"photos/{name}", hashlib.sha256(data).hexdigest(), size, blur, variants)


def seen_size(data: bytes) -> Size:
    with reader.opened(data) as image:
        return reader.size_as_seen(image)


def developed(
    root: Path, pool: Executor, data: bytes, blur: tuple[Box, ...] = (), name: str = "a.jpg", **recipe: Any
) -> dict[str, bytes]:
    """The files made of one photo in its own size, by their extension."""
    lay(root, name, data)
    job = work(root, name, seen_size(data), blur)
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


def quarters(size: Size = (96, 64), colours: Any = None) -> Image.Image:
    """A picture of four colours, one a corner: top left, top right, bottom left, bottom right."""
    drawn = plain("RGB", CLAY, size)
    for at, colour in enumerate(colours or CORNERS):
        left, top = at % 2 * size[0] // 2, at // 2 * size[1] // 2
        drawn.paste(colour, (left, top, left + size[0] // 2, top + size[1] // 2))
    return drawn


RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (40, 60, 200), (240, 240, 240)
CORNERS = (RED, GREEN, BLUE, WHITE)


def corners(drawn: Image.Image) -> list[Any]:
    width, height = drawn.size
    across, down = (width // 5, width * 4 // 5), (height // 5, height * 4 // 5)
    return [drawn.getpixel((x, y)) for y in down for x in across]
