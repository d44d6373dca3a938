"""The room that each part of a slide takes, as `theme/kiosk/css` lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from site_builder.content.model.kiosk import Panel
from site_builder.content.problems import Lang
from site_builder.kiosk.panel import is_portrait, type_px
from site_builder.kiosk.slides import Kind
from site_builder.kiosk.typesetting import LEADING, TITLE_LEADING, advance, extent, lines
from site_builder.photos.plan import Size

MARGIN = 0.06
"""Around words, of the panel's shorter side."""


GAP = 0.5
"""Between the parts of a slide, of the smallest type."""


PHOTO_HEIGHTS = tuple(share / 100 for share in range(62, 28, -2))
"""Of a portrait panel, the best first."""


PHOTO_WIDTHS = (0.56, 0.52, 0.48, 0.44, 0.4)
"""Of a landscape one."""


COUNT = 1.6
"""Font size of a countdown."""


EMBLEM = 2.4
"""Height of the emblem beside a code, in the smallest type."""


EMBLEM_HEIGHT, EMBLEM_WIDTH = 0.45, 0.4
"""What the emblem on a screen's own slide takes of a portrait, and of a landscape panel."""


NOTICE_HEAD = 4.2
"""Height of a notice's head in the smallest type."""


FACTS = 6
"""Width of the facts beside a code at least, in the smallest type."""


LETTER = 1.5
"""Side of the letter before a choice."""


BETWEEN = 1.5
"""Between choices in a row, in the smallest type."""


SHORTEST = 8
"""Of lines that hold any mark, in em."""


Foot = Literal["row", "side", "stack"]


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
class Column:
    """The room that the words have, in pixels."""

    width: float
    height: float


def columns(panel: Panel, kind: Kind, photo: bool) -> Iterator[tuple[Size | None, Column]]:
    """The boxes that a photo may have, the largest first, and what they leave to the words."""
    across, down = panel.px
    margins, upright = 2 * margin_px(panel), is_portrait(panel.px)
    if not photo:
        emblem = 0.0 if kind != "screen" else EMBLEM_HEIGHT * down if upright else EMBLEM_WIDTH * across
        yield None, Column(across - margins - (0 if upright else emblem), down - margins - upright * emblem)
    elif upright:
        for share in PHOTO_HEIGHTS:
            height = round(down * share)
            yield (across, height), Column(across - margins, down - height - margins)
    else:
        for share in PHOTO_WIDTHS:
            width = round(across * share)
            yield (width, down), Column(across - width - margins, down - margins)


def margin_px(panel: Panel) -> int:
    return ceil(MARGIN * min(panel.px))


@dataclass(frozen=True, slots=True)
class Frame:
    """The room for a slide's words, and what stands there besides: sizes in pixels."""

    column: Column
    kind: Kind
    body: int
    code: int
    margin: int
    photo: bool

    @property
    def gap(self) -> float:
        return GAP * self.body

    @property
    def foot(self) -> Foot:
        """Where the code stands: beside the facts, beneath them, or in a column of its own."""
        wide = self.column.width >= self.column.height
        if self.code and wide and not self.photo and self.kind != "screen":
            return "side"
        left = self.column.width - self.code - self.gap
        return "row" if self.code and left >= FACTS * self.body else "stack"

    @property
    def width(self) -> float:
        """That of all words but the facts."""
        return self.column.width - (self.code + self.margin if self.foot == "side" else 0)

    @property
    def says(self) -> Column:
        """The room of all words but the facts."""
        return Column(self.width, self.column.height)

    @property
    def facts_width(self) -> float:
        return self.width - (self.code + self.gap if self.foot == "row" else 0)

    def holds(self, parts: Sequence[Parts]) -> bool:
        """Whether the words of one language, or of all, stand in the column together with the code."""
        says = self.pile([part.says for part in parts])
        facts = self.pile([part.facts for part in parts])
        if self.foot == "row":
            emblem = EMBLEM * self.body if self.kind in {"story", "code"} else 0
            return self.pile([says, max(self.code, self.pile([emblem, facts]))]) <= self.column.height
        if self.foot == "side":
            return max(self.pile([says, facts]), self.code) <= self.column.height
        return self.pile([says, facts, self.code]) <= self.column.height

    def pile(self, heights: Iterable[float]) -> float:
        """Height of parts below each other; what is empty leaves no gap."""
        parts = [height for height in heights if height]
        return sum(parts) + self.gap * max(0, len(parts) - 1)


@dataclass(frozen=True, slots=True)
class Parts:
    """Heights of a copy in pixels: of what it says, of the facts at its foot."""

    says: float
    facts: float


def parts(copy: Copy, lang: Lang, frame: Frame, sizes: Sizes) -> Parts | None:
    """How high a copy stands; None where a word is too wide."""
    body, width, beside = frame.body, frame.width, frame.facts_width
    above = copy.eyebrow if frame.photo else "　".join(filter(None, (copy.eyebrow, copy.mark)))
    says = [
        _block(above, lang, width, body, LEADING[lang], most=1),
        _block(copy.title, lang, width, sizes.title, TITLE_LEADING[lang]),
        _block(copy.text, lang, width, sizes.text, LEADING[lang]),
        *_choices(copy, lang, frame.says, body),
    ]
    facts = [
        _block(copy.count, lang, beside, body * COUNT, TITLE_LEADING[lang], most=1),
        _block(copy.when, lang, beside, body, LEADING[lang], whole=True),
        *(
            _block(text, lang, beside, body, LEADING[lang])
            for text in (copy.place, copy.rhythm, copy.caption)
        ),
    ]
    if None in says or None in facts:
        return None
    return Parts(frame.pile(filter(None, says)), frame.pile(filter(None, facts)))


def _choices(copy: Copy, lang: Lang, column: Column, body: int) -> list[float | None]:
    """Heights of the rows of choices, each with its letter before it."""
    least = LETTER * body
    if in_a_row(copy, lang, column, body):
        return [max(least, ceil(body * LEADING[lang]))]
    room = column.width - least - GAP * body
    heights = [_block(text, lang, room, body, LEADING[lang]) for text in copy.choices]
    return [None if height is None else max(least, height) for height in heights]


def is_roomy(panel: Panel, title: str, lang: Lang) -> bool:
    """Whether a slide of nothing but a title has room to spare, however badly its lines break.

    Nobody has to look closer then: the titles of 1,000 stories on three screens take 60 ms instead of 240.
    """
    body, margins = type_px(panel), 2 * margin_px(panel)
    line, (whole, widest) = (panel.px[0] - margins) / body * ROOM, extent(title, lang)
    if line < SHORTEST or widest > line / 2:
        return False
    count = 1 + whole / (line - widest)
    return count * body * TITLE_LEADING[lang] < (panel.px[1] - margins) / 2


def holds_notice(panel: Panel, text: str, lang: Lang) -> bool:
    """Whether a notice can be read: it fills the panel but for its head, which names its level in both
    languages, and the line that says whose it is."""
    body, margins = type_px(panel), 2 * margin_px(panel)
    around = body * (NOTICE_HEAD + LEADING["zh"]) + 3 * margins
    height = _block(text, lang, panel.px[0] - margins, body, LEADING[lang])
    return height is not None and height <= panel.px[1] - around


def in_a_row(copy: Copy, lang: Lang, column: Column, body: int) -> bool:
    """Whether all choices stand side by side: they are short, and the panel is wide."""
    count = len(copy.choices)
    if not count or column.width < column.height:
        return False
    each = (column.width - (count - 1) * BETWEEN * body) / count - (LETTER + GAP) * body
    return all(advance(text, lang) * body <= each * ROOM for text in copy.choices)


def _block(
    text: str,
    lang: Lang,
    width: float,
    px: float,
    leading: float,
    most: int | None = None,
    *,
    whole: bool = False,
) -> float | None:
    """Height of a text in a column; None where a word is too wide, or it takes more lines than `most`."""
    if not text:
        return 0.0
    count = lines(text, lang, round(width / px * ROOM, 3), whole=whole) if width > 0 else None
    return None if count is None or (most and count > most) else ceil(count * px * leading)


def fits_beside(panel: Panel, mark: str, eyebrow: str, lang: Lang) -> bool:
    """Whether the line above a title holds both, however narrow the photo leaves the column."""
    width = panel.px[0] * (1 if is_portrait(panel.px) else 1 - PHOTO_WIDTHS[0]) - 2 * margin_px(panel)
    return advance(f"{mark}　{eyebrow}", lang) * type_px(panel) <= width * ROOM
