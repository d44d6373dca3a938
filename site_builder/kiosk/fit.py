"""Sets a slide's words in type that is legible from the panel's distance, or finds that they do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.content.model.kiosk import Panel
from site_builder.content.problems import Lang
from site_builder.kiosk.layout import Copy, Frame, Sizes, columns, margin_px, parts
from site_builder.kiosk.panel import type_px
from site_builder.kiosk.slides import Kind
from site_builder.photos.plan import Size

TITLES = (1.9, 1.75, 1.6, 1.45, 1.3, 1.15, 1.0)
"""Font size of a title, in that of the smallest type."""


DISPLAY = (3.4, 3.0, 2.6, 2.2, *TITLES)
"""The same of a title that is all there is to see."""


TO_TEXT = 0.7
"""Font size of a title above a text that is set as large as a title, in that of the text."""


BOLD = (1.45, 1.15, 1.0)
"""The least size that is tried first: a larger photo is worth less than a title that is seen first."""


Copies = Mapping[Lang, Copy]

SCALES: Mapping[Kind, tuple[float, ...]] = {"screen": DISPLAY}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a slide is set: its photo's box in pixels, the room for its words, and its type."""

    photo: Size | None
    frame: Frame
    sizes: Mapping[Lang, Sizes]


def setting(
    panel: Panel,
    copies: Copies,
    kind: Kind = "story",
    *,
    photo: bool = False,
    code: int = 0,
    stacked: bool = False,
) -> Setting | None:
    """The best setting in which every copy fits alone (`stacked`: all together); None where there is none.

    `code` is the side of the QR code beside the words, 0 without one.
    """
    body = type_px(panel)
    groups = [copies] if stacked else [{lang: copy} for lang, copy in copies.items()]
    for least in BOLD:
        sizes = [_sizes(kind, body, scale) for scale in SCALES.get(kind, TITLES) if scale >= least]
        for box, column in columns(panel, kind, photo):
            frame = Frame(column, kind, body, code, margin_px(panel), bool(box))
            if fitting := _largest(groups, frame, sizes):
                return Setting(box, frame, fitting)
    return None


def _sizes(kind: Kind, body: int, scale: float) -> Sizes:
    if kind == "words":
        return Sizes(title=max(body, round(body * scale * TO_TEXT)), text=round(body * scale))
    return Sizes(title=round(body * scale), text=body)


def _largest(groups: Sequence[Copies], frame: Frame, sizes: Sequence[Sizes]) -> dict[Lang, Sizes] | None:
    """The largest type of each group, whose copies stand below each other.

    Where the smallest is too large, so is every other: one of five boxes holds it, so that it is tried first.
    """
    if not all(_holds(frame, group, sizes[-1]) for group in groups):
        return None
    return {
        lang: next(size for size in sizes if _holds(frame, group, size)) for group in groups for lang in group
    }


def _holds(frame: Frame, copies: Copies, size: Sizes) -> bool:
    found = [parts(copy, lang, frame, size) for lang, copy in copies.items()]
    known = [part for part in found if part]
    return len(known) == len(found) and frame.holds(known)
