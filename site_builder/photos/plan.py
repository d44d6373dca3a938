"""Names, sizes and formats of everything made from a photo, before a pixel is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import PurePosixPath
from typing import Literal

from site_builder.content.model.story import Box
from site_builder.content.story import StoryPhoto

Format = Literal["avif", "jpeg"]
Size = tuple[int, int]
"""Width and height in pixels, as seen."""


PROCESS = 1
"""Raised whenever our own code makes other pixels of the same photo, so that they get other names."""

MAX_STEM = 60
"""Characters of a photo's own name that its addresses keep: file systems end at 255."""

PAPER = "#fbf6ec"
"""The page's own paper colour: what shows through transparent pictures and around small ones."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How photos are developed. `encoders` names the libraries whose change changes the bytes.

    Formats, speeds and qualities are those of the measurements in `benchmarks/README.md`.
    """

    encoders: str
    process: int = PROCESS
    widths: tuple[int, ...] = (320, 640, 960, 1440, 1920)
    jpeg_widths: tuple[int, ...] = (640, 1440)
    card: Size = (1200, 630)
    """Of the picture that is shown where a page is shared (Open Graph)."""
    avif_quality: int = 55
    avif_speed: int = 9
    jpeg_quality: int = 80
    paper: str = PAPER


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a photo, in fractions of the photo as seen, and the size in pixels at which it is shown."""

    left: float
    top: float
    width: float
    height: float
    size: Size


@dataclass(frozen=True, slots=True)
class Variant:
    """One file made from a photo; `path` is its address in the site, sizes are in pixels.

    Without a crop it shows the whole photo. A crop smaller than the variant stands on paper.
    """

    path: str
    format: Format
    width: int
    height: int
    crop: Crop | None = None

    @property
    def whole_width(self) -> int:
        """How wide the whole photo is at the scale of this variant."""
        return ceil(self.crop.size[0] / self.crop.width - 1e-6) if self.crop else self.width


@dataclass(frozen=True, slots=True)
class Development:
    """One photo and all that is to be made of it; `source` is relative to the root."""

    source: str
    sha256: str
    size: Size
    blur: tuple[Box, ...]
    variants: tuple[Variant, ...]
    """The whole photo in its formats and widths."""
    card: Variant | None = None
    """The share card, where the photo is the cover of its story."""
    crops: tuple[Variant, ...] = ()
    """What screens show, each made by itself: its bytes do not depend on what else is made of the photo."""

    @property
    def series(self) -> tuple[Variant, ...]:
        """What is made one from the other, the largest first."""
        return (*self.variants, self.card) if self.card else self.variants

    @property
    def files(self) -> tuple[Variant, ...]:
        """Everything that is to be made."""
        return (*self.series, *self.crops)

    def of(self, format_: Format) -> tuple[Variant, ...]:
        """The variants of one format, narrowest first."""
        return tuple(variant for variant in self.variants if variant.format == format_)


def plan(ref: str, photo: StoryPhoto, recipe: Recipe, *, cover: bool = False) -> Development:
    """The development of one photo of the story `ref` (`venues/yonghe-plaza`); of a cover its card too."""
    size = (photo.measured.width, photo.measured.height)
    name = prefix(ref, photo) + _digest(photo, recipe)

    def variant(format_: Format, width: int) -> Variant:
        extension = "jpg" if format_ == "jpeg" else format_
        return Variant(f"{name}-{width}.{extension}", format_, width, height_at(size, width))

    avif = [variant("avif", width) for width in widths(size[0], recipe.widths)]
    jpeg = [variant("jpeg", width) for width in widths(size[0], recipe.jpeg_widths, own=False)]
    card = _card(ref, photo, recipe) if cover else None
    return Development(photo.path, photo.measured.sha256, size, photo.facts.blur, (*avif, *jpeg), card)


def prefix(ref: str, photo: StoryPhoto) -> str:
    """How the addresses of everything made from a photo begin, whatever its pixels and recipe."""
    return f"media/{ref}/{_stem(photo.facts.file)}-"


def widths(original: int, planned: Sequence[int], *, own: bool = True) -> tuple[int, ...]:
    """The planned widths that the original covers.

    Its own width comes last where none of the planned ones reaches it and it is below the largest
    (1501 → 320, 640, 960, 1440, 1501); with `own` false only where nothing else is left.
    """
    covered = tuple(width for width in planned if width <= original)
    if original < max(planned) and original not in covered and (own or not covered):
        return (*covered, original)
    return covered


def height_at(size: Size, width: int) -> int:
    """The height that keeps the proportions of `size` at another width."""
    return max(1, round(size[1] * width / size[0]))


def crop(size: Size, frame: Size, focus: tuple[float, float]) -> Crop:
    """The largest part of a photo of `size` that fills `frame`, as near as can be around `focus`.

    A photo that does not cover the frame is shown whole in it, and never enlarged.
    """
    scale = max(frame[0] / size[0], frame[1] / size[1])
    if scale > 1:
        scale = min(1, frame[0] / size[0], frame[1] / size[1])
        return Crop(0, 0, 1, 1, (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))))
    width, height = (min(1.0, side / scale / whole) for side, whole in zip(frame, size, strict=True))
    left = min(max(focus[0] - width / 2, 0), 1 - width)
    top = min(max(focus[1] - height / 2, 0), 1 - height)
    return Crop(left, top, width, height, frame)


def screen(ref: str, photo: StoryPhoto, recipe: Recipe, box: Size) -> Variant:
    """A photo of the story `ref` as it fills a box of a screen."""
    part = crop((photo.measured.width, photo.measured.height), box, photo.facts.focus)
    digest = _digest(photo, recipe, photo.facts.focus, box)
    name = f"{prefix(ref, photo)}{digest}-{box[0]}x{box[1]}.jpg"
    return Variant(name, "jpeg", *box, part)


def together(developments: Iterable[Development]) -> tuple[Development, ...]:
    """One development a photo, of everything that any of these make of it."""
    found: dict[str, Development] = {}
    for each in developments:
        known = found.get(each.source)
        if known:
            crops = {variant.path: variant for variant in (*known.crops, *each.crops)}
            each = replace(known if known.series else each, crops=tuple(crops.values()))
        found[each.source] = each
    return tuple(found.values())


def _card(ref: str, photo: StoryPhoto, recipe: Recipe) -> Variant:
    part = crop((photo.measured.width, photo.measured.height), recipe.card, photo.facts.focus)
    digest = _digest(photo, recipe, photo.facts.focus)
    return Variant(f"{prefix(ref, photo)}{digest}-card.jpg", "jpeg", *recipe.card, part)


def _digest(photo: StoryPhoto, recipe: Recipe, *more: object) -> str:
    boxes = [(box.x, box.y, box.width, box.height) for box in photo.facts.blur]
    made_of = f"{photo.measured.sha256} {boxes} {recipe} {more}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:8]


def _stem(file: str) -> str:
    """The file's name as it may stand in an address; a name in Chinese becomes `photo`."""
    words = re.findall(r"[a-z0-9]+", PurePosixPath(file).stem.lower())
    return "-".join(words)[:MAX_STEM].rstrip("-") or "photo"
