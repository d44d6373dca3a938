"""The Markdown of one story in one language: parsed once, checked, with its headings and links."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import count, pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from site_builder.content.problems import Problem, Spot, problem

_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'\\]+", re.IGNORECASE)
_STAMP = re.compile(r"---\nof: ([0-9a-f]{8})\n---\n")


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
class Body:
    """A checked text. `translates` is the fingerprint of the Chinese text that an English one follows."""

    tokens: tuple[Token, ...]
    headings: tuple[Heading, ...]
    links: tuple[Reference, ...]
    images: tuple[Reference, ...]
    fingerprint: str
    translates: str | None = None


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits that change when the words of a text do, and not with its line ends."""
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).strip().split("\n"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def parse(text: str, path: str) -> tuple[Body, tuple[Problem, ...]]:
    """Reads the text of one body; problems name their line and column in the file."""
    stamp = _STAMP.match(text)
    if text.startswith("---\n") and (not stamp or path.endswith("/zh.md")):
        return _body(text, path, None), (problem(Spot(path), "body-front-matter"),)
    prose = text[stamp.end() :] if stamp else text
    offset = text.count("\n", 0, stamp.end()) if stamp else 0
    body = _body(prose, path, stamp[1] if stamp else None, offset)
    if not prose.strip():
        return body, (problem(Spot(path, offset + 1), "body-empty"),)
    return body, tuple(_faults(body, prose, path, offset))


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


def _body(text: str, path: str, translates: str | None, offset: int = 0) -> Body:
    tokens = tuple(_parser().parse(text))
    references = list(_references(tokens, text.split("\n"), path, offset))
    return Body(
        tokens=tokens,
        headings=tuple(_headings(tokens)),
        links=tuple(found for kind, found in references if kind == "link_open"),
        images=tuple(found for kind, found in references if kind == "image"),
        fingerprint=fingerprint(text),
        translates=translates,
    )


def _headings(tokens: tuple[Token, ...]) -> Iterator[Heading]:
    taken: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            text = plain(inline)
            name = _free(anchor(text), taken)
            taken.add(name)
            yield Heading(int(opening.tag[1]), text, name)


def _free(name: str, taken: set[str]) -> str:
    """The name itself, or with the first number from 2 that makes it a new one."""
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def plain(inline: Token) -> str:
    """The words of an inline token, without marks."""
    return "".join(child.content for child in inline.children or () if child.type in {"text", "code_inline"})


def _references(
    tokens: tuple[Token, ...], lines: list[str], path: str, offset: int
) -> Iterator[tuple[str, Reference]]:
    for token in tokens:
        told: dict[str, int] = {}
        for child in token.children or ():
            if child.type in {"link_open", "image"}:
                target = str(child.attrs.get("href") or child.attrs.get("src") or "")
                earlier = told[target] = told.get(target, -1) + 1
                yield child.type, Reference(target, _find_target(target, earlier, token, lines, path, offset))


def _places(wanted: str, token: Token, lines: list[str], path: str, offset: int) -> list[Spot]:
    """Where `wanted` stands within the lines that a block token covers."""
    first, end = token.map or [0, 1]
    return [
        Spot(path, number + offset + 1, found.start() + 1)
        for number in range(first, min(end, len(lines)))
        for found in re.finditer(re.escape(wanted), lines[number])
    ]


def _find(wanted: str, token: Token, lines: list[str], path: str, offset: int) -> Spot:
    """The first place of `wanted`; the beginning of the block where it is written in another way."""
    places = _places(wanted, token, lines, path, offset)
    return places[0] if places else Spot(path, (token.map or [0])[0] + offset + 1)


def _find_target(target: str, earlier: int, token: Token, lines: list[str], path: str, offset: int) -> Spot:
    """The place of a link's target, which the parser has percent-encoded, after `earlier` equal ones."""
    written = unquoted(target)
    for before in ("](", "](<"):
        places = _places(before + written, token, lines, path, offset)
        if earlier < len(places):
            return replace(places[earlier], column=places[earlier].column + len(before))
    return _find(written, token, lines, path, offset)


def _faults(body: Body, text: str, path: str, offset: int) -> Iterator[Problem]:
    lines = text.split("\n")
    level = 1
    for before, token in zip((None, *body.tokens), body.tokens, strict=False):
        here = Spot(path, (token.map or [0])[0] + offset + 1)
        if token.type == "html_block":
            yield problem(_find("<", token, lines, path, offset), "body-html")
        if token.type == "heading_open":
            depth = int(token.tag[1])
            if depth == 1:
                yield problem(here, "body-heading-one")
            elif depth > level + 1:
                yield problem(here, "body-heading-jump")
            level = depth
        if token.type == "inline":
            yield from _inline_faults(token, lines, path, offset)
            paragraph = before is not None and before.type == "paragraph_open" and before.level == 0
            images = [child for child in token.children or [] if child.type == "image"]
            if images and not (paragraph and token.children == images[:1]):
                yield problem(_find("![", token, lines, path, offset), "body-image-inline")


def _inline_faults(token: Token, lines: list[str], path: str, offset: int) -> Iterator[Problem]:
    children = token.children or []
    for child in children:
        if child.type == "html_inline":
            yield problem(_find(child.content, token, lines, path, offset), "body-html")
        if child.type == "text" and "**" in child.content and "**" in token.content:
            yield problem(_find("**", token, lines, path, offset), "body-bold-open")
    for unsafe in re.finditer(
        r"\]\(\s*<?((?:javascript|vbscript|data|file):(?:\([^()\s]*\)|[^()\s])*)",
        token.content,
        re.IGNORECASE,
    ):
        spot = _find(unsafe[1], token, lines, path, offset)
        yield problem(spot, "body-link-unsafe", value=unsafe[1])


def unquoted(fragment: str) -> str:
    """A fragment or a file's name as written, after the parser has percent-encoded it."""
    return unquote(fragment)
