"""A planned photo as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from site_builder.content.story import Story, StoryPhoto
from site_builder.photos.plan import Size, Variant
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import Figure, Picture
from site_builder.web.typography import curly


@dataclass(frozen=True, slots=True)
class Step:
    """How wide a place of the layout is (CSS pixels) from the viewport width `least` on.

    `ratio` is that of the box which a picture is cropped to fill there, None where it is not cropped.
    """

    least: int
    width: str
    ratio: float | None = None

    def laid_out(self, photo: Size) -> str:
        """How wide a photo of these proportions is here, with what its crop hides."""
        stretch = photo[0] / photo[1] / self.ratio if self.ratio else 1.0
        if stretch > 1.02:
            return f"calc({stretch:.2f} * ({self.width}))"
        return f"calc({self.width})" if " " in self.width else self.width


Slot = tuple[Step, ...]
"""A place of the layout for pictures, widest viewport first; `theme/css/` lays it out so."""

_FULL = (Step(450, "92vw"), Step(0, "100vw - 36px"))
_CARD_IN_ROWS = (
    Step(1314, "391px", 3 / 2),
    Step(1090, "33.3vw - 47px", 3 / 2),
    Step(720, "46vw - 13px", 3 / 2),
)
_CARD_ALONE = (Step(450, "92vw", 3 / 2), Step(0, "100vw - 36px", 3 / 2))

COVER: Slot = (Step(1314, "1224px", 2), Step(1125, "100vw - 90px", 2), Step(768, "92vw", 2), *_FULL)
CARD: Slot = (*_CARD_IN_ROWS, *_CARD_ALONE)
COMPACT: Slot = (*_CARD_IN_ROWS, Step(600, "92vw", 3 / 2), Step(0, "140px", 1))
LEAD: Slot = (
    Step(1314, "653px", 3 / 2),
    Step(1000, "53vw - 57px", 3 / 2),
    Step(768, "370px", 1),
    *_CARD_ALONE,
)
BODY: Slot = (Step(1110, "666px"), Step(960, "86vw - 285px"), Step(738, "666px"), *_FULL)


def sizes(slot: Slot, photo: Size) -> str:
    """The `sizes` (HTML) of a photo of these proportions."""
    steps = [(step.least, step.laid_out(photo)) for step in slot]
    named = [step for step, below in pairwise(steps) if step[1] != below[1]]
    return ", ".join([*(f"(min-width: {least}px) {width}" for least, width in named), steps[-1][1]])


def picture(edition: Edition, here: Here, photo: StoryPhoto, slot: Slot, *, first: bool = False) -> Picture:
    """The photo in all its widths, for a place of the layout."""
    work = edition.photos[photo.path]
    avif, jpeg = work.of("avif"), work.of("jpeg")
    return Picture(
        avif=_srcset(here, avif),
        jpeg=_srcset(here, jpeg),
        src=here.to(jpeg[0].path),
        large=here.to(jpeg[-1].path),
        width=avif[-1].width,
        height=avif[-1].height,
        alt=photo.facts.alt.in_(here.lang) if photo.facts.alt else "",
        sizes=sizes(slot, work.size),
        placeholder=photo.measured.placeholder,
        focus=focus(*photo.facts.focus),
        first=first,
    )


def cover(edition: Edition, here: Here, story: Story, slot: Slot, *, first: bool = False) -> Picture | None:
    """The first photo of a story that may be shown."""
    return picture(edition, here, story.photos[0], slot, first=first) if story.photos else None


def figure(edition: Edition, here: Here, photo: StoryPhoto, slot: Slot, *, first: bool = False) -> Figure:
    caption = photo.facts.caption
    return Figure(
        picture=picture(edition, here, photo, slot, first=first),
        caption=curly(caption.in_(here.lang), here.lang) if caption else "",
        credit=curly(photo.facts.credit.in_(here.lang), here.lang),
    )


def _srcset(here: Here, variants: tuple[Variant, ...]) -> str:
    return ", ".join(f"{here.to(variant.path)} {variant.width}w" for variant in variants)


def focus(across: float, down: float) -> str:
    """The focal point to the nearest quarter, as classes; nothing where it is the middle."""
    quarters = (("x", round(across * 4) * 25), ("y", round(down * 4) * 25))
    return " ".join(f"{axis}-{percent}" for axis, percent in quarters if percent != 50)
