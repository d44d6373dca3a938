"""The pixels of a photo, as a browser shows them and as a file holds them; the only user of Pillow."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import pi_heif
import PIL
from PIL import Image, ImageCms, ImageColor, features

from site_builder.content.model.story import Box
from site_builder.content.problems import PhotoError
from site_builder.photos.plan import Recipe, Variant

MAX_PIXELS = 100_000_000
MAX_SIDE = 65_500
"""The longest side that libjpeg writes."""

MAX_SCANS = 100
"""Scans of a JPEG: encoders write about ten. Each is a pass over all pixels; a small file can hold hours."""

MAX_SQUARES = 12
"""A pixelated box keeps at most this many squares across: too few to know a face by."""

_READS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")  # Pillow reads MPO, of two-lens phones, as JPEG
_SIGNATURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG|RIFF.{4}WEBP|.{4}ftyp(?:avi[fs]|hei[cxms]|hev[cx]|mif1|msf1)|GIF8", re.DOTALL
)
"""How a file of each of them begins."""

_DRAWING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,2000})?(?:<!--.{0,2000})?(?:<!DOCTYPE svg.{0,2000})?<svg\b", re.DOTALL
)
"""How an SVG begins."""

_BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, struct.error, zlib.error)
"""Pillow's words for broken data, by format."""

_ORIENTATION = 0x0112
_SIDEWAYS = {5, 6, 7, 8}
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by its orientation (EXIF 2.32, tag 274)."""


@cache
def encoders() -> str:
    """The versions of everything that shapes a published byte."""
    parts = ("avif", "webp", "libjpeg_turbo", "littlecms2")
    versions = [f"{part} {features.version(part)}" for part in parts]
    return ", ".join([f"Pillow {PIL.__version__}", *versions, f"heif {pi_heif.libheif_version()}"])


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The image in `data`, its size checked, its pixels not yet decoded.

    Raises:
        PhotoError: when it is empty, no photo, more than 100 megapixels, or (also later, while
            its pixels are read in the `with` block) cut short.
    """
    _readers()
    if not data:
        raise PhotoError("photo-empty")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sizes, which are checked here, and of EXIF, which is dropped
        try:
            image = Image.open(io.BytesIO(data), formats=_READS)
        except Image.DecompressionBombError:
            raise PhotoError("photo-too-large", size="178+ MP", limit="100 MP") from None
        except _BROKEN:
            raise _unreadable(data) from None
        try:
            with image:
                _check(image, data)
                yield image
        except _BROKEN:
            raise PhotoError("photo-truncated") from None


@cache
def _readers() -> None:
    Image.init()  # without it Pillow knows of five formats only
    pi_heif.register_heif_opener()


def _unreadable(data: bytes) -> PhotoError:
    """Why Pillow cannot open a file, by how it begins."""
    if _DRAWING.match(data):
        return PhotoError("photo-svg")
    return PhotoError("photo-truncated" if _SIGNATURE.match(data) else "photo-not-an-image")


def _check(image: Image.Image, data: bytes) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PhotoError("photo-too-large", size=f"{width * height // 1_000_000} MP", limit="100 MP")
    if max(width, height) > MAX_SIDE:
        raise PhotoError("photo-too-large", size=f"{max(width, height)} px", limit=f"{MAX_SIDE} px")
    if image.format in {"JPEG", "MPO"} and data.count(b"\xff\xda") > MAX_SCANS:
        raise PhotoError("photo-too-many-scans", limit=MAX_SCANS)


def size_as_seen(image: Image.Image) -> tuple[int, int]:
    """Width and height in pixels after the orientation is applied."""
    width, height = image.size
    return (height, width) if _orientation(image) in _SIDEWAYS else (width, height)


def as_seen(image: Image.Image, boxes: Sequence[Box], size: tuple[int, int], paper: str) -> Image.Image:
    """The whole picture at `size` (as seen): upright, boxes pixelated, in sRGB, opaque, free of metadata.

    The boxes are pixelated before anything is resized. Without boxes a JPEG is decoded at the
    smallest of its scales (1, 1/2, 1/4, 1/8) that covers `size`.
    """
    orientation = _orientation(image)
    if not boxes:
        image.draft("RGB", size[::-1] if orientation in _SIDEWAYS else size)
    profile = image.info.get("icc_profile")
    picture = _plain(image)
    if orientation in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[orientation])
    for box in boxes:
        _pixelate(picture, box)
    picture = _in_srgb(resized(picture, size), profile)  # fewer pixels to convert, the same colours
    picture = _on_paper(picture, paper)
    picture.info.clear()
    return picture


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (*_BROKEN, TypeError):  # broken EXIF says nothing of the picture
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """The picture with 8 bits a channel as RGB, RGBA, CMYK or L, its own to be painted on."""
    image.load()
    picture: Image.Image = image
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    return picture if picture.mode in {"RGB", "RGBA", "CMYK", "L"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """By LittleCMS; a profile that it cannot use leaves the colours as they are."""
    if not profile:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if ImageCms.getProfileDescription(source).startswith("sRGB"):
            return picture
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _on_paper(picture: Image.Image, paper: str) -> Image.Image:
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, ImageColor.getrgb(paper))
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _pixelate(picture: Image.Image, box: Box) -> None:
    width, height = picture.size
    left, top = min(width - 1, int(box.x * width)), min(height - 1, int(box.y * height))
    right = min(width, max(left + 1, round((box.x + box.width) * width)))
    bottom = min(height, max(top + 1, round((box.y + box.height) * height)))
    part = picture.crop((left, top, right, bottom))
    step = max(1, -(-max(part.size) // MAX_SQUARES))
    squares = (max(1, part.width // step), max(1, part.height // step))
    small = part.resize(squares, Image.Resampling.BOX)
    picture.paste(small.resize(part.size, Image.Resampling.NEAREST), (left, top))


def resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """By Lanczos; from the next larger picture it is as sharp as from the whole (SSIM 0.997)."""
    if picture.size == size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def cut(picture: Image.Image, variant: Variant, paper: str) -> Image.Image:
    """The part of the whole `picture` that a variant shows, on paper where it does not fill its size."""
    part = variant.crop
    assert part is not None
    left, top = part.left * picture.width, part.top * picture.height
    right, bottom = left + part.width * picture.width, top + part.height * picture.height
    box = (left, top, min(right, picture.width), min(bottom, picture.height))
    small = picture.resize(part.size, Image.Resampling.LANCZOS, box=box)
    if small.size == (variant.width, variant.height):
        return small
    ground = Image.new("RGB", (variant.width, variant.height), ImageColor.getrgb(paper))
    ground.paste(small, ((variant.width - small.width) // 2, (variant.height - small.height) // 2))
    return ground


def encoded(picture: Image.Image, variant: Variant, recipe: Recipe) -> bytes:
    """The bytes of a variant's file."""
    data = io.BytesIO()
    if variant.format == "avif":
        tune = {"tune": recipe.avif_tune}
        picture.save(
            data, "AVIF", quality=recipe.avif_quality, speed=recipe.avif_speed, max_threads=1, advanced=tune
        )
    else:
        picture.save(data, "JPEG", quality=recipe.jpeg_quality, progressive=True, optimize=True)
    return data.getvalue()


def as_placeholder(picture: Image.Image, limit: int) -> bytes:
    """A WebP of 16 pixels on its longer side, of no more than `limit` bytes (of 60 at least)."""
    scale = 16 / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.resize(size, Image.Resampling.BOX, reducing_gap=1.0)
    for quality in (60, 40, 20, 10, 0):
        data = io.BytesIO()
        small.save(data, "WEBP", quality=quality, method=6)
        if data.tell() <= limit:
            break
    return data.getvalue()
