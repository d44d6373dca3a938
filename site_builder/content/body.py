"""The Markdown of one story in one language: parsed once, checked, with its headings and links."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, count, pairwise, repeat

from markdown_it import MarkdownIt
from markdown_it.token import Token

from site_builder.content.markup import Passage, passages, unquoted, words
from site_builder.content.problems import Problem, Spot, problem

MAX_BYTES = 64 * 1024
"""Some 20,000 Chinese characters: what is longer is no story, and takes the parser longer by its square."""

_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'\\]+", re.IGNORECASE)
_STAMP = re.compile(r"---\nof: ([0-9a-f]{8})\n---\n")
_UNSAFE = re.compile(r"\]\(\s*<?((?:javascript|vbscript|data|file):(?:\([^()\s]*\)|[^()\s])*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 to 4 with the anchor that leads to it."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an image as written, and where it stands."""

    target: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class _Written:
    """A text as it was written, which tells where in the file a token stands."""

    path: str
    text: str
    begins: tuple[int, ...]
    """Where in the text each line begins, and one that would follow the last."""
    offset: int
    """Lines of the file above the text."""

    def at(self, token: Token) -> Spot:
        """Where a block begins."""
        return Spot(self.path, (token.map or [0])[0] + self.offset + 1)

    def find(self, token: Token, wanted: str) -> Spot:
        """The first place of `wanted` in a block; the block's beginning where it is written otherwise."""
        return next(self._places(token, wanted), self.at(token))

    def targets(self, token: Token, target: str) -> Iterator[Spot]:
        """The places of a link's target, percent-encoded by the parser, one for each time it stands."""
        written = unquoted(target)
        for before in ("](", "](<"):
            for place in self._places(token, before + written):
                yield replace(place, column=place.column + len(before))
        yield from repeat(self.find(token, written))

    def _places(self, token: Token, wanted: str) -> Iterator[Spot]:
        first, last = token.map or [0, 1]
        start, end = self.begins[first], self.begins[min(last, len(self.begins) - 1)]
        while (start := self.text.find(wanted, start, end)) >= 0:
            line = bisect_right(self.begins, start)
            yield Spot(self.path, line + self.offset, start - self.begins[line - 1] + 1)
            start += 1


def _written(path: str, text: str, offset: int) -> _Written:
    begins = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    return _Written(path, text, tuple(begins), offset)


@dataclass(frozen=True, slots=True)
class Body:
    """A checked text. `translates` is the fingerprint of the Chinese text that an English one follows."""

    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    """The words of each paragraph, heading, list item and table cell."""
    headings: tuple[Heading, ...]
    links: tuple[Reference, ...]
    images: tuple[Reference, ...]
    fingerprint: str
    sha256: str
    """Of what was written: bodies with the same one are equal."""
    translates: str | None = None


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits that change when the words of a text do, and not with its line ends."""
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).strip().split("\n"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def parse(text: str, path: str) -> tuple[Body, tuple[Problem, ...]]:
    """Reads the text of one body; problems name their line and column in the file."""
    stamp = _STAMP.match(text)
    prose = text[stamp.end() :] if stamp else text
    offset = text.count("\n", 0, stamp.end()) if stamp else 0
    written = _written(path, prose, offset)
    tokens = tuple(_parser().parse(prose))
    body = _body(written, prose, tokens, stamp[1] if stamp else None)
    if text.startswith("---\n") and (not stamp or path.endswith("/zh.md")):
        return body, (problem(Spot(path), "body-front-matter"),)
    if not prose.strip():
        return body, (problem(Spot(path, offset + 1), "body-empty"),)
    return body, tuple(_faults(written, tokens))


def without_stamp(text: str) -> str:
    """The prose of an English text."""
    return _STAMP.sub("", text, count=1) if _STAMP.match(text) else text


def stamped(text: str) -> str | None:
    """The fingerprint of the Chinese text that an English one follows, if it says so."""
    stamp = _STAMP.match(text)
    return stamp[1] if stamp else None


def is_outside(target: str) -> bool:
    """Whether a link leads out of the site in a way that is allowed."""
    return bool(_OUTSIDE.fullmatch(target))


def anchor(text: str) -> str:
    """The id of a heading: its letters and digits, words joined by hyphens."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())
    return "-".join(words) or "section"


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and curly quotes; raw HTML is recognised so that it can be refused by name."""
    return MarkdownIt("commonmark", {"html": True, "typographer": True}).enable(["table", "smartquotes"])


def _body(written: _Written, text: str, tokens: tuple[Token, ...], translates: str | None) -> Body:
    references = list(_references(written, tokens))
    headings = tuple(_headings(tokens))
    return Body(
        passages=tuple(passages(tokens, [heading.anchor for heading in headings])),
        texts=tuple(words(tokens)),
        headings=headings,
        links=tuple(found for kind, found in references if kind == "link_open"),
        images=tuple(found for kind, found in references if kind == "image"),
        fingerprint=fingerprint(text),
        sha256=hashlib.sha256(f"{translates} {text}".encode()).hexdigest(),
        translates=translates,
    )


def _headings(tokens: tuple[Token, ...]) -> Iterator[Heading]:
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
    taken: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            text = plain(inline)
            name = first = anchor(text)
            while name in taken:
                name = f"{first}-{next(numbers[first])}"
            taken.add(name)
            yield Heading(int(opening.tag[1]), text, name)


def plain(inline: Token) -> str:
    """The words of an inline token, without marks."""
    return "".join(child.content for child in inline.children or () if child.type in {"text", "code_inline"})


def _references(written: _Written, tokens: tuple[Token, ...]) -> Iterator[tuple[str, Reference]]:
    for token in tokens:
        places: dict[str, Iterator[Spot]] = {}
        for child in token.children or ():
            if child.type in {"link_open", "image"}:
                target = str(child.attrs.get("href") or child.attrs.get("src") or "")
                places.setdefault(target, written.targets(token, target))
                yield child.type, Reference(target, next(places[target]))


def _faults(written: _Written, tokens: tuple[Token, ...]) -> Iterator[Problem]:
    level, before = 1, None
    for token in tokens:
        if token.type == "html_block":
            yield problem(written.find(token, "<"), "body-html")
        if token.type == "heading_open":
            depth = int(token.tag[1])
            if depth == 1:
                yield problem(written.at(token), "body-heading-one")
            elif depth > level + 1:
                yield problem(written.at(token), "body-heading-jump")
            level = depth
        if token.type == "inline":
            yield from _inline_faults(written, token)
            images = [child for child in token.children or [] if child.type == "image"]
            paragraph = before is not None and before.type == "paragraph_open" and before.level == 0
            if images and not (paragraph and token.children == images[:1]):
                yield problem(written.find(token, "!["), "body-image-inline")
        before = token


def _inline_faults(written: _Written, token: Token) -> Iterator[Problem]:
    for child in token.children or []:
        if child.type == "html_inline":
            yield problem(written.find(token, child.content), "body-html")
        if child.type == "text" and "**" in child.content and "**" in token.content:
            yield problem(written.find(token, "**"), "body-bold-open")
    for unsafe in _UNSAFE.finditer(token.content):
        yield problem(written.find(token, unsafe[1]), "body-link-unsafe", value=unsafe[1])
