"""A text's tokens as HTML that is safe to show, before anybody knows where its links lead."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

LINK, TARGET, END = "\x01", "\x02", "\x03"
"""Around a link in the HTML of a passage: LINK, where it leads as written, TARGET, its text, END.

No text holds such characters: who writes one is told so (`control-character`).
"""

TABLE = "\x04"
"""Stands for the word that names a table to those who cannot see it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text as HTML, or a photo that stands between two of them, by its file's name."""

    html: str = ""
    photo: str = ""


def passages(tokens: Sequence[Token], anchors: Sequence[str]) -> Iterator[Passage]:
    """The text in order; `anchors` are the ids of its headings."""
    env: Env = {"anchors": iter(anchors)}
    for photo, run in _runs(tokens):
        yield Passage(photo=photo) if photo else Passage(_renderer().render(run, _options(), env))


def words(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of every paragraph, heading, list item and table cell."""
    for token in tokens:
        children = token.children or ()
        text = "".join(
            " " if each.type.endswith("break") else each.content for each in children if each.type != "image"
        )
        if text.strip():
            yield text


def unquoted(fragment: str) -> str:
    """A fragment or a file's name as written, after the parser has percent-encoded it."""
    return unquote(fragment)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """Stretches of tokens between images; an image (alone in its paragraph) gives its name instead."""
    start = 0
    for number, token in enumerate(tokens):
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            if start < number - 1:
                yield "", tokens[start : number - 1]
            yield unquoted(str(children[0].attrs["src"])), ()
            start = number + 2
    if start < len(tokens):
        yield "", tokens[start:]


@cache
def _options() -> OptionsDict:
    return MarkdownIt("commonmark", {"html": False}).options


@cache
def _renderer() -> RendererHTML:
    return _Renderer()


Env = MutableMapping[str, Any]


class _Renderer(RendererHTML):
    """Anchors on headings, links marked, tables that scroll by themselves, no raw HTML."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return f'<{tokens[idx].tag} id="{escape(next(env["anchors"]))}">'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return f"{LINK}{tokens[idx].attrs.get('href', '')}{TARGET}"

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return END

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return f'<div class="table" role="region" aria-label="{TABLE}" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Alignment as a class: an inline style would break a strict Content-Security-Policy."""
        alignment = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        return f'<{tokens[idx].tag} class="{escape(alignment)}">' if alignment else f"<{tokens[idx].tag}>"

    td_open = th_open

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return escape(tokens[idx].content)

    html_inline = html_block
