"""A planned photo as a page shows it."""

from __future__ import annotations

from site_builder.content.story import Story, StoryPhoto
from site_builder.photos.plan import Variant
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.typography import curly
from site_builder.web.views import Figure, Picture

COVER = "(min-width: 1320px) 1224px, 94vw"
CARD = "(min-width: 1320px) 392px, (min-width: 760px) 46vw, 94vw"
BODY = "(min-width: 760px) 690px, 94vw"


def picture(edition: Edition, here: Here, photo: StoryPhoto, sizes: str, *, first: bool = False) -> Picture:
    """The photo in all its widths; `sizes` is how wide the layout shows it."""
    work = edition.photos[photo.path]
    avif, jpeg = work.of("avif"), work.of("jpeg")
    return Picture(
        avif=_srcset(here, avif),
        jpeg=_srcset(here, jpeg),
        src=here.to(jpeg[0].path),
        width=avif[-1].width,
        height=avif[-1].height,
        alt=photo.facts.alt.in_(here.lang) if photo.facts.alt else "",
        sizes=sizes,
        focus=_focus(*photo.facts.focus),
        first=first,
    )


def cover(edition: Edition, here: Here, story: Story, sizes: str, *, first: bool = False) -> Picture | None:
    """The first photo of a story that may be shown."""
    return picture(edition, here, story.photos[0], sizes, first=first) if story.photos else None


def figure(edition: Edition, here: Here, photo: StoryPhoto, sizes: str, *, first: bool = False) -> Figure:
    caption = photo.facts.caption
    return Figure(
        picture=picture(edition, here, photo, sizes, first=first),
        caption=curly(caption.in_(here.lang), here.lang) if caption else "",
        credit=curly(photo.facts.credit.in_(here.lang), here.lang),
    )


def _srcset(here: Here, variants: tuple[Variant, ...]) -> str:
    return ", ".join(f"{here.to(variant.path)} {variant.width}w" for variant in variants)


def _focus(across: float, down: float) -> str:
    """The focal point to the nearest quarter, as classes; nothing where it is the middle."""
    quarters = (("x", round(across * 4) * 25), ("y", round(down * 4) * 25))
    return " ".join(f"{axis}-{percent}" for axis, percent in quarters if percent != 50)
