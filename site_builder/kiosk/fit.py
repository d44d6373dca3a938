"""Sets a slide's words in type that is legible from the panel's distance, or finds that they do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Literal

from site_builder.content.model.kiosk import Panel
from site_builder.content.problems import Lang
from site_builder.kiosk.panel import is_portrait, type_px
from site_builder.kiosk.typesetting import LEADING, TITLE_LEADING, advance, lines
from site_builder.photos.plan import Size

MARGIN = 0.06
"""Around words, of the panel's shorter side."""

GAP = 0.5
"""Between the parts of a slide, of the smallest type."""

PHOTO_HEIGHTS = tuple(share / 100 for share in range(62, 28, -2))
"""Of a portrait panel, the best first."""

PHOTO_WIDTHS = (0.56, 0.52, 0.48, 0.44, 0.4)
"""Of a landscape one."""

TITLES = (1.9, 1.75, 1.6, 1.45, 1.3, 1.15, 1.0)
"""Font size of a title, in that of the smallest type."""

DISPLAY = (3.4, 3.0, 2.6, 2.2, *TITLES)
"""The same of a title that is all there is to see."""

TO_TEXT = 0.7
"""Font size of a title above a text that is set as large as a title, in that of the text."""

BOLD = (1.45, 1.15, 1.0)
"""The least size that is tried first: a larger photo is worth less than a title that is seen first."""

Style = Literal["poster", "text", "display"]
_SCALES: Mapping[Style, tuple[float, ...]] = {"poster": TITLES, "text": TITLES, "display": DISPLAY}

COUNT = 1.6
"""Font size of a countdown."""

ROOM = 0.97
"""How much of a line is planned with: bold type is wider."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a slide says in one language."""

    title: str
    eyebrow: str = ""
    mark: str = ""
    text: str = ""
    count: str = ""
    """The longest countdown that there may be."""
    when: str = ""
    """The longest of its dates."""
    rhythm: str = ""
    place: str = ""
    caption: str = ""
    """Beside the code."""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sizes:
    """Font sizes in pixels."""

    title: int
    text: int


@dataclass(frozen=True, slots=True)
class Setting:
    """How a slide is set: its photo's box in pixels, and its type."""

    photo: Size | None
    sizes: Mapping[Lang, Sizes]


@dataclass(frozen=True, slots=True)
class Column:
    """The room that the words have, in pixels."""

    width: float
    height: float


def setting(
    panel: Panel,
    copies: Mapping[Lang, Copy],
    *,
    photo: bool = False,
    code: int = 0,
    stacked: bool = False,
    style: Style = "poster",
) -> Setting | None:
    """The best setting in which every copy fits alone (`stacked`: all together); None where there is none.

    `code` is the side of the QR code beside the words, 0 without one.
    """
    body = type_px(panel)
    for least in BOLD:
        tried = [scale for scale in _SCALES[style] if scale >= least]
        sizes = [_sizes(style, body, scale) for scale in tried]
        for box, column in _columns(panel, photo):
            frame = _Frame(column, code, body)
            fitting = _together(copies, frame, sizes) if stacked else _each(copies, frame, sizes)
            if fitting:
                return Setting(box, fitting)
    return None


def _sizes(style: Style, body: int, scale: float) -> Sizes:
    if style == "text":
        return Sizes(title=max(body, round(body * scale * TO_TEXT)), text=round(body * scale))
    return Sizes(title=round(body * scale), text=body)


def _columns(panel: Panel, photo: bool) -> Iterator[tuple[Size | None, Column]]:
    """The boxes that a photo may have, the largest first, and what they leave to the words."""
    across, down = panel.px
    margins = 2 * margin_px(panel)
    if not photo:
        yield None, whole(panel)
    elif is_portrait(panel.px):
        for share in PHOTO_HEIGHTS:
            height = round(down * share)
            yield (across, height), Column(across - margins, down - height - margins)
    else:
        for share in PHOTO_WIDTHS:
            width = round(across * share)
            yield (width, down), Column(across - width - margins, down - margins)


def whole(panel: Panel) -> Column:
    """The room of a slide without a photo."""
    margins = 2 * margin_px(panel)
    return Column(panel.px[0] - margins, panel.px[1] - margins)


def margin_px(panel: Panel) -> int:
    return ceil(MARGIN * min(panel.px))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The room for a slide's words, the side of its code, the smallest type, in pixels."""

    column: Column
    code: int
    body: int


def _together(copies: Mapping[Lang, Copy], frame: _Frame, sizes: Iterable[Sizes]) -> dict[Lang, Sizes] | None:
    """The largest type in which all copies stand below each other."""
    for each in sizes:
        heights = [_height(copy, lang, frame, each) for lang, copy in copies.items()]
        known = [height for height in heights if height is not None]
        if len(known) == len(heights) and sum(known) + frame.body <= frame.column.height:
            return dict.fromkeys(copies, each)
    return None


def _each(copies: Mapping[Lang, Copy], frame: _Frame, sizes: Iterable[Sizes]) -> dict[Lang, Sizes] | None:
    """The largest type of each copy alone."""
    found: dict[Lang, Sizes] = {}
    for lang, copy in copies.items():
        for each in sizes:
            height = _height(copy, lang, frame, each)
            if height is not None and height <= frame.column.height:
                found[lang] = each
                break
        else:
            return None
    return found


def _height(copy: Copy, lang: Lang, frame: _Frame, sizes: Sizes) -> float | None:
    """How high a copy stands in a column; None where a word or the code is too wide for it."""
    column, code, body = frame.column, frame.code, frame.body
    above = "　".join(filter(None, (copy.mark, copy.eyebrow)))
    upper = [
        _block(above, lang, column.width, body, LEADING[lang], most=1),
        _block(copy.title, lang, column.width, sizes.title, TITLE_LEADING[lang]),
        _block(copy.text, lang, column.width, sizes.text, LEADING[lang]),
        *_choices(copy, lang, column, body),
    ]
    foot = _foot(copy, lang, column.width - (code + GAP * body if code else 0), body)
    if foot is None or None in upper:
        return None
    parts = [part for part in (*upper, max(code, foot)) if part]
    return sum(parts) + GAP * body * (len(parts) - 1)


def _foot(copy: Copy, lang: Lang, width: float, body: int) -> float | None:
    """The lines about when and where, and how to read on."""
    heights = [_block(copy.count, lang, width, body * COUNT, TITLE_LEADING[lang])]
    heights += [
        _block(text, lang, width, body, LEADING[lang])
        for text in (copy.when, copy.rhythm, copy.place, copy.caption)
    ]
    if None in heights:
        return None
    parts = [height for height in heights if height]
    return sum(parts) + GAP * body * max(0, len(parts) - 1)


def _choices(copy: Copy, lang: Lang, column: Column, body: int) -> list[float | None]:
    """Heights of the rows of choices, each with its letter before it."""
    if in_a_row(copy, lang, column, body):
        return [ceil(body * LEADING[lang]) + GAP * body]
    heights = [_block(text, lang, column.width - 2 * body, body, LEADING[lang]) for text in copy.choices]
    return [None if height is None else height + GAP * body for height in heights]


def in_a_row(copy: Copy, lang: Lang, column: Column, body: int) -> bool:
    """Whether all choices stand side by side: they are short, and the panel is wide."""
    count = len(copy.choices)
    if not count or column.width < column.height:
        return False
    each = (column.width - (count - 1) * GAP * body) / count - 2 * body
    return all(advance(text, lang) * body <= each * ROOM for text in copy.choices)


def _block(
    text: str, lang: Lang, width: float, px: float, leading: float, most: int | None = None
) -> float | None:
    """Height of a text in a column; None where a word is too wide, or it takes more lines than `most`."""
    if not text:
        return 0.0
    count = lines(text, lang, round(width / px * ROOM, 3)) if width > 0 else None
    return None if count is None or (most and count > most) else ceil(count * px * leading)


def fits_beside(panel: Panel, mark: str, eyebrow: str, lang: Lang) -> bool:
    """Whether the line above a title holds both, however narrow the photo leaves the column."""
    width = panel.px[0] * (1 if is_portrait(panel.px) else 1 - PHOTO_WIDTHS[0]) - 2 * margin_px(panel)
    return advance(f"{mark}　{eyebrow}", lang) * type_px(panel) <= width * ROOM
