"""Proposes an address for a Chinese title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count

from site_builder.content.model.scalars import SLUG

MAX_WORDS = 5
MAX_LENGTH = 40

_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9]+")


def proposed(title: str, taken: Collection[str] = (), fallback: str = "story") -> str:
    """The title's first words in pinyin without tones, joined by hyphens, such as `yonghe-guangchang`.

    A name that is taken gets a number. A title that cannot be written so gets `fallback`.
    """
    slug = ""
    for word in list(_words(title))[:MAX_WORDS]:
        longer = f"{slug}-{word}".strip("-")
        if len(longer) > MAX_LENGTH:
            break
        slug = longer
    return free(slug if re.fullmatch(SLUG, slug) else fallback, taken)


def free(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that nobody has."""
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _words(title: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", title)
    for run in _RUN.findall("".join(char for char in plain if not unicodedata.combining(char))):
        yield from (run.lower(),) if run.isascii() else _spelt(run)


def _spelt(run: str) -> Iterator[str]:
    """Chinese characters in pinyin, word by word.

    Most Chinese words have two characters: so are those taken that the dictionary of words does not know.
    """
    from pypinyin import lazy_pinyin  # late: it takes 0.15 s
    from pypinyin.seg import mmseg

    loose: list[str] = []
    for word in mmseg.seg.cut(run):
        spelt = [syllable for syllable in lazy_pinyin(word, errors="ignore") if syllable.isascii()]
        if len(word) > 1:
            yield from _pairs(loose)
            loose = []
            yield "".join(spelt)
        else:
            loose += spelt
    yield from _pairs(loose)


def _pairs(syllables: list[str]) -> Iterator[str]:
    for start in range(0, len(syllables) - len(syllables) % 2, 2):
        yield "".join(syllables[start : start + 2])
    if len(syllables) % 2:
        yield syllables[-1]
