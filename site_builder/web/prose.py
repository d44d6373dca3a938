"""A body as HTML that is safe to show, its links leading from where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from site_builder.content.body import Body, anchor, is_outside, unquoted
from site_builder.content.story import PageText, Story
from site_builder.web import pictures
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import Block

Find = Callable[[str], str | None]


def blocks(edition: Edition, here: Here, text: Story | PageText, body: Body) -> tuple[Block, ...]:
    """The body in order: runs of HTML, and a figure wherever the text shows a photo.

    A photo or a page that is not let out leaves no gap: the figure is dropped, the link becomes text.
    """
    photos = {photo.facts.file: photo for photo in text.photos} if isinstance(text, Story) else {}
    anchors = iter([heading.anchor for heading in body.headings])
    table = edition.say(here.lang, "story.table")
    env = {"anchors": anchors, "find": _finder(edition, here), "table": table}
    found: list[Block] = []
    for name, run in _runs(body.tokens):
        if name is None:
            found.append(Block(html=_renderer().render(run, _options(), env)))
        elif name in photos:
            found.append(Block(figure=pictures.figure(edition, here, photos[name], pictures.BODY)))
    return tuple(found)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[str | None, Sequence[Token]]]:
    """Stretches of tokens between images; an image (alone in its paragraph) gives its name instead."""
    start = 0
    for number, token in enumerate(tokens):
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            if start < number - 1:
                yield None, tokens[start : number - 1]
            yield unquoted(str(children[0].attrs["src"])), ()
            start = number + 2
    if start < len(tokens):
        yield None, tokens[start:]


def _finder(edition: Edition, here: Here) -> Find:
    site = edition.site

    def find(target: str) -> str | None:
        """Where a link leads as seen from `here`; None where its page is not let out."""
        if is_outside(target):
            return target
        name, _, fragment = target.partition("#")
        tail = f"#{anchor(unquoted(fragment))}" if fragment else ""
        if not name:
            return tail
        if name.startswith("pages/") and name.removeprefix("pages/") in site.pages:
            return here.page(f"{name.removeprefix('pages/')}/") + tail
        known = name in site.stories or name.removeprefix("communities/") in site.vocabulary.communities
        return here.page(f"{name}/") + tail if known else None

    return find


@cache
def _options() -> OptionsDict:
    return MarkdownIt("commonmark", {"html": False}).options


@cache
def _renderer() -> RendererHTML:
    return _Renderer()


Env = MutableMapping[str, Any]


class _Renderer(RendererHTML):
    """Anchors on headings, site links resolved, tables that scroll by themselves, no raw HTML."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return f'<{tokens[idx].tag} id="{escape(next(env["anchors"]))}">'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        target = env["find"](str(tokens[idx].attrs.get("href", "")))
        if target is None:
            env["linked"] = False
            return ""
        env["linked"] = True
        rel = ' rel="noopener external"' if is_outside(target) else ""
        return f'<a href="{escape(target)}"{rel}>'

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return "</a>" if env["linked"] else ""

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return f'<div class="table" role="region" aria-label="{escape(env["table"])}" tabindex="0"><table>\n'

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
