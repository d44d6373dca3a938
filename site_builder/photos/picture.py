"""The pixels of a photo, as a browser shows them and as a file holds them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import pi_heif
import PIL
from PIL import Image, ImageCms, ImageColor, features

from site_builder.content.model.story import Box
from site_builder.photos import reader
from site_builder.photos.plan import Recipe, Variant

MAX_SQUARES = 12
"""A pixelated box keeps at most this many squares across: too few to know a face by."""

_SPACES = {"CMYK": "CMYK", **dict.fromkeys(("1", "L", "LA", "La", "I", "I;16", "I;16B"), "GRAY")}
"""The colour space that a profile must be of (ICC), by Pillow's mode; RGB of all others."""

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


def as_seen(image: Image.Image, boxes: Sequence[Box], size: tuple[int, int], paper: str) -> Image.Image:
    """The whole picture at `size` (as seen): upright, boxes pixelated, in sRGB, opaque, free of metadata.

    The boxes are pixelated before anything is resized. Without boxes a JPEG is decoded at the
    smallest of its scales (1, 1/2, 1/4, 1/8) that covers `size`.
    """
    orientation = reader.orientation(image)
    if not boxes:
        image.draft("RGB", size[::-1] if orientation in reader.SIDEWAYS else size)
    space, profile = _SPACES.get(image.mode, "RGB "), image.info.get("icc_profile")
    picture = _plain(image)
    if orientation in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[orientation])
    for box in boxes:
        _pixelate(picture, box)
    picture = _in_srgb(resized(picture, size), space, profile)  # fewer pixels to convert, the same colours
    picture = _on_paper(picture, paper)
    picture.info.clear()
    return picture


def _plain(image: Image.Image) -> Image.Image:
    """The picture with 8 bits a channel as RGB, RGBA, CMYK or L, its own to be painted on."""
    image.load()
    picture: Image.Image = image
    if picture.mode.startswith("I"):
        wide, key = picture.convert("I"), picture.info.pop("transparency", None)
        picture = wide.point(lambda value: value / 256).convert("L")
        if key is not None:
            picture.putalpha(wide.point([255 * (value != key) for value in range(65536)], "L"))
    if picture.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    return picture if picture.mode in {"RGB", "RGBA", "CMYK", "L"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, space: str, profile: bytes | None) -> Image.Image:
    """By LittleCMS; a profile that it cannot use, or of another space, leaves the colours as they are."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        standard = ImageCms.getProfileDescription(source).startswith("sRGB")
        if standard or source.profile.xcolor_space != space:
            return picture
        colours = picture.convert("L" if space == "GRAY" else "RGB") if space != "CMYK" else picture
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(colours, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    assert converted is not None
    if picture.mode == "RGBA":
        converted.putalpha(picture.getchannel("A"))
    return converted


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
    step = max(2, -(-max(part.size) // MAX_SQUARES))
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
    if variant.format == "avif":  # by libaom, which libavif tunes for the eye (`tune=iq`)
        picture.save(data, "AVIF", quality=recipe.avif_quality, speed=recipe.avif_speed, max_threads=1)
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
