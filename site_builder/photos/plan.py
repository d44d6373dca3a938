"""Names, sizes and formats of everything made from a photo, before a pixel is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from site_builder.content.model.story import Box
from site_builder.content.story import StoryPhoto

Format = Literal["avif", "jpeg"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How photos are developed. `encoders` names the libraries whose change changes the bytes."""

    encoders: str
    widths: tuple[int, ...] = (320, 640, 960, 1440, 1920)
    jpeg_widths: tuple[int, ...] = (640, 1440)
    avif_quality: int = 55
    avif_speed: int = 9
    jpeg_quality: int = 80
    paper: str = "#fbf6ec"
    """What shows through transparent pictures; the page's own paper colour."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One file made from a photo; `path` is its address in the site, sizes are in pixels."""

    path: str
    format: Format
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Development:
    """One photo and all that is to be made of it; `source` is relative to the root."""

    source: str
    sha256: str
    blur: tuple[Box, ...]
    variants: tuple[Variant, ...]

    def of(self, format_: Format) -> tuple[Variant, ...]:
        """The variants of one format, narrowest first."""
        return tuple(variant for variant in self.variants if variant.format == format_)


def plan(ref: str, photo: StoryPhoto, recipe: Recipe) -> Development:
    """The development of one photo of the story `ref` (`venues/yonghe-plaza`)."""
    measured = photo.measured
    digest = _digest(photo, recipe)
    name = f"media/{ref}/{_stem(photo.facts.file)}-{digest}"

    def variant(format_: Format, width: int) -> Variant:
        height = max(1, round(measured.height * width / measured.width))
        extension = "jpg" if format_ == "jpeg" else format_
        return Variant(f"{name}-{width}.{extension}", format_, width, height)

    avif = [variant("avif", width) for width in widths(measured.width, recipe.widths)]
    jpeg = [variant("jpeg", width) for width in widths(measured.width, recipe.jpeg_widths, own=False)]
    return Development(photo.path, measured.sha256, photo.facts.blur, (*avif, *jpeg))


def widths(original: int, planned: Sequence[int], *, own: bool = True) -> tuple[int, ...]:
    """The planned widths that the original covers.

    Its own width comes last where none of the planned ones reaches it and it is below the largest
    (1501 → 320, 640, 960, 1440, 1501); with `own` false only where nothing else is left.
    """
    covered = tuple(width for width in planned if width <= original)
    if original < max(planned) and original not in covered and (own or not covered):
        return (*covered, original)
    return covered


def _digest(photo: StoryPhoto, recipe: Recipe) -> str:
    boxes = [(box.x, box.y, box.width, box.height) for box in photo.facts.blur]
    return hashlib.sha256(f"{photo.measured.sha256} {boxes} {recipe}".encode()).hexdigest()[:8]


def _stem(file: str) -> str:
    """The file's name as it may stand in an address; a name in Chinese becomes `photo`."""
    words = re.findall(r"[a-z0-9]+", PurePosixPath(file).stem.lower())
    return "-".join(words) or "photo"
