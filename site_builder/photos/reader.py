"""Opens the photos that phones and cameras write, and refuses all else."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pi_heif
from PIL import Image

from site_builder.content.problems import PhotoError
from site_builder.photos import metadata, profiles
from site_builder.photos.formats import heif, jpeg

MAX_PIXELS = 100_000_000
MAX_SIDE = 65_500
"""The longest side that libjpeg writes."""

MAX_SCANS = 100
"""Scans of a JPEG: encoders write about ten. Each is a pass over all pixels; a small file can hold hours."""

_HEAD = 6_000
"""Bytes in which a drawing says that it is one."""

_READS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")  # Pillow reads MPO, of two-lens phones, as JPEG
_DRAWING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg)")
"""How an SVG may begin; within its first bytes stands `<svg`."""

_BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, RuntimeError, EOFError),
    *(ArithmeticError, LookupError, AttributeError, struct.error, zlib.error),
)
"""Pillow's words for broken data, by format and by what is broken."""

_KEY_SCALES = {"L;2": 85, "L;4": 17}
"""From the greys of a PNG of two or four bits to those of eight."""

_ORIENTATION = 0x0112
SIDEWAYS = {5, 6, 7, 8}
"""The orientations in which width and height change places (EXIF 2.32, tag 274)."""


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The image in `data`, its size checked, its pixels not yet decoded.

    Raises:
        PhotoError: when it is empty, no photo, too large, in too many scans, or (also later, while
            its pixels are read in the `with` block) cut short.
    """
    _readers()
    if not data:
        raise PhotoError("photo-empty")
    try:
        with _image(data) as image:
            _check(image, data)
            _scale_key(image)
            _add_profile(image, data)
            yield image
    except _BROKEN:
        raise PhotoError("photo-truncated") from None


@cache
def _readers() -> None:
    Image.init()  # without it Pillow knows of five formats only
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # `_check` counts them, before any is decoded
    warnings.filterwarnings("ignore", module=r"PIL\.")  # of broken EXIF, which is dropped anyway


def _image(data: bytes) -> Image.Image:
    """What Pillow opens; long texts and the like, which it refuses in a PNG, are taken out first."""
    try:
        return Image.open(io.BytesIO(data), formats=_READS)
    except _BROKEN:
        if not metadata.is_picture(data):
            drawn = _DRAWING.match(data) and b"<svg" in data[:_HEAD]
            raise PhotoError("photo-svg" if drawn else "photo-not-an-image") from None
    return Image.open(io.BytesIO(metadata.stripped(data)), formats=_READS)


def _check(image: Image.Image, data: bytes) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        pixels, limit = -(-width * height // 1_000_000), MAX_PIXELS // 1_000_000
        raise PhotoError("photo-too-large", size=f"{pixels} MP", limit=f"{limit} MP")
    if max(width, height) > MAX_SIDE:
        raise PhotoError("photo-too-large", size=f"{max(width, height)} px", limit=f"{MAX_SIDE} px")
    if image.format in {"JPEG", "MPO"} and _has_too_many_scans(data):
        raise PhotoError("photo-too-many-scans", limit=MAX_SCANS)


def _scale_key(image: Image.Image) -> None:
    """Brings the transparent colour of a PNG of few or many bits to the eight of Pillow's pixels."""
    key, tiles = image.info.get("transparency"), getattr(image, "tile", None)
    if image.format == "PNG" and key is not None and tiles:
        stored = tiles[0][3]
        if stored == "RGB;16B":
            image.info["transparency"] = tuple(value >> 8 for value in key)
        elif stored in _KEY_SCALES:
            image.info["transparency"] = key * _KEY_SCALES[stored]


def _add_profile(image: Image.Image, data: bytes) -> None:
    """Gives an AVIF or HEIC that only says that it is in Display P3 the profile that says how."""
    untagged = image.format in {"AVIF", "HEIF"} and not image.info.get("icc_profile")
    if untagged and heif.primaries_and_curve(data) == (profiles.P3, profiles.SRGB_CURVE):
        image.info["icc_profile"] = profiles.display_p3()


def _has_too_many_scans(data: bytes) -> bool:
    """Counted exactly only where it may be so: a video that a phone appends holds such bytes by chance."""
    return data.count(b"\xff\xda") > MAX_SCANS and jpeg.scans(data) > MAX_SCANS


def size_as_seen(image: Image.Image) -> tuple[int, int]:
    """Width and height in pixels after the orientation is applied."""
    width, height = image.size
    return (height, width) if orientation(image) in SIDEWAYS else (width, height)


def orientation(image: Image.Image) -> int:
    """As EXIF tells; what XMP tells no browser heeds, and in AVIF and HEIC the picture knows better."""
    for name in ("xmp", "XML:com.adobe.xmp"):
        image.info.pop(name, None)
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:  # broken EXIF says nothing of the picture
        return 1
