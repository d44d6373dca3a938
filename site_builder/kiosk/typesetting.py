"""How much room a text takes, before there is a browser: never less than it will."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.content.problems import Lang

_ADVANCES = {
    0.3: " .,:;'’‘|!iIjl",
    0.4: '()[]/\\-frt"“”·`',
    0.56: "Jckszvxyaeg",
    0.62: "0123456789bdhnopqu–?LFETZ",
    0.7: "ABCPKSVXYR+=<>*#",
    0.8: "DGHNOQUw&",
    0.98: "mMW%@—…",
    2: "⸺",
    3: "⸻",
}
"""Width in em → characters: the widest of Arial, Roboto, Noto Sans and the Latin of Noto Sans CJK."""

_ADVANCE = {character: width for width, characters in _ADVANCES.items() for character in characters}
_SQUARE = "“”‘’…—·"
"""What a Chinese font sets a full square wide."""

_TOKEN = re.compile(
    r"\s+|(?:[^\s⺀-鿿＀-￯豈-﫿\U00020000-\U000323af“”‘’…—·\-–]|(?<=[^\W\d_])’(?=[^\W\d_]))+[-–]?|."
)
_PHRASE = re.compile(r"\s+|[（(]?[^\s（(]+")
_CLOSING = set("，。、；：！？）》〉」』】”’…—·,.;:!?)]")
_OPENING = set("（《〈「『【“‘([")

BORDER = 0.125
"""Space in em that browsers put between Chinese and Latin letters or digits (`text-autospace`)."""

EMOJI = 1.4
"""Width of one in em: Noto Color Emoji has 1.25, Segoe UI Emoji 1.37."""

_EMOJI = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")

_BORDERS = re.compile(r"[㐀-鿿](?=[A-Za-z0-9])|[A-Za-z0-9](?=[㐀-鿿])")

LEADING: dict[Lang, float] = {"zh": 1.5, "en": 1.4}
TITLE_LEADING: dict[Lang, float] = {"zh": 1.3, "en": 1.2}
"""Height of a line in em; `theme/kiosk/css` sets it so."""


def advance(text: str, lang: Lang) -> float:
    """Width of a text on one line, in em."""
    return sum(_advance(character, lang) for character in text) + BORDER * len(_BORDERS.findall(text))


@lru_cache(maxsize=4096)
def lines(text: str, lang: Lang, width: float, *, whole: bool = False) -> int | None:
    """How many lines a text takes where a line holds `width` em; None where a word does not fit.

    `whole`: it breaks at spaces and before brackets alone, as a date does.
    """
    count, used, gap, last = 1, 0.0, 0.0, ""
    for token in _PHRASE.findall(text) if whole else _tokens(text):
        if token.isspace():
            gap = max(_ADVANCE[" "], token.count("　"))  # that space alone is as wide as it is long
            continue
        size = advance(token, lang)
        if size > width:
            return None
        gap += BORDER if _BORDERS.match(last + token) else 0
        if used and used + gap + size > width:
            count, used = count + 1, size
        else:
            used += (gap if used else 0) + size
        gap, last = 0.0, token[-1]
    return count


@lru_cache(maxsize=4096)
def extent(text: str, lang: Lang) -> tuple[float, float]:
    """Width of a text on one line, and that of the widest part of it that does not break: in em, or more."""
    widths = [advance(token, lang) + BORDER for token in _tokens(text)]
    return sum(widths), max(widths, default=0.0)


def _tokens(text: str) -> Iterator[str]:
    """What stays together on a line: a word, a character with the marks that must not leave it, a space."""
    held = ""
    for token in _TOKEN.findall(text):
        if held and (token[0] in _CLOSING or held[-1] in _OPENING) and not held.isspace():
            held += token
        else:
            if held:
                yield held
            held = token
    if held:
        yield held


def _advance(character: str, lang: Lang) -> float:
    if lang == "zh" and character in _SQUARE:
        return 1.0
    return _ADVANCE.get(character) or (EMOJI if _EMOJI.match(character) else 1.0)


_SENTENCE = {
    "zh": re.compile(r"[^。！？；]+[。！？；”’）]*"),
    "en": re.compile(r".+?[.!?][”’)]*(?=\s|$)|.+$"),
}


def shortened(text: str, lang: Lang) -> Iterator[str]:
    """A text, then without its last sentence, without its last two, and so on to nothing."""
    sentences = [sentence.strip() for sentence in _SENTENCE[lang].findall(text)]
    for end in range(len(sentences), 0, -1):
        kept = ("" if lang == "zh" else " ").join(sentences[:end])
        yield kept[:-1] + "。" if kept.endswith("；") else kept
    yield ""


_CHINESE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U000323af]|[^\s⺀-￯\U00020000-\U000323af]+")


def length(text: str, lang: Lang) -> int:
    """How much there is to read: Chinese characters (a word or number in between counts as one); words."""
    return len(_CHINESE.findall(text)) if lang == "zh" else len(text.split())
