"""English variants of official terms and names, and what is to be written instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from site_builder.content.orthography import Slip
from site_builder.content.story import Vocabulary

_SPACE = r"(?:[ \t]+\n?|\n)[ \t]*"
"""Between the words of a term: a line may end there, a paragraph may not."""


class Terminology:
    """What `terms.yml` and `ethnic_groups.yml` say is not to be used."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._right = {
            _key(variant): (code, term)
            for code, terms in (
                ("term-variant", vocabulary.terms),
                ("group-spelling", vocabulary.ethnic_groups.values()),
            )
            for term in terms
            for variant in term.avoid
        }
        self._looked_for = {each for key in self._right for each in (key, key.replace("'", "’"))}
        self._pattern = _pattern(self._right)

    def is_suspected(self, text: str) -> bool:
        """Whether a text, each of its paragraphs one line, may hold a variant; sure only where it says no."""
        lower = text.lower()
        return any(each in lower for each in self._looked_for)  # a fifth of the time of the pattern

    def slips(self, text: str) -> Iterator[Slip]:
        """The variants in an English text."""
        for found in self._pattern.finditer(text):
            code, term = self._right[_key(found[1])]
            yield Slip(found.start(), code, {"value": " ".join(found[0].split()), "right": term.en})


def _key(variant: str) -> str:
    return " ".join(variant.lower().replace("’", "'").split())


def _pattern(keys: Collection[str]) -> re.Pattern[str]:
    """Any of the variants as whole words, in the plural too; the longest of those that begin alike."""
    ordered = sorted(keys, key=len, reverse=True)
    spelt = (re.escape(key).replace("\\ ", _SPACE).replace("'", "['’]") for key in ordered)
    return re.compile(rf"\b({'|'.join(spelt) or '(?!)'})(?:e?s)?\b", re.IGNORECASE)
