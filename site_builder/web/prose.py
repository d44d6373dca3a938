"""A body as it stands on a page, its links leading from there."""

from __future__ import annotations

import re
from html import escape

from site_builder.content.body import Body, anchor, is_outside
from site_builder.content.markup import END, LINK, TABLE, TARGET, unquoted
from site_builder.content.story import PageText, Story
from site_builder.web import pictures
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import Block

_LINK = re.compile(f"{LINK}([^{TARGET}]*){TARGET}([^{END}]*){END}")


def blocks(edition: Edition, here: Here, text: Story | PageText, body: Body) -> tuple[Block, ...]:
    """The body in order: runs of HTML, and a figure wherever the text shows a photo.

    A photo or a page that is not let out leaves no gap: the figure is dropped, the link becomes text.
    """
    photos = {photo.facts.file: photo for photo in text.photos} if isinstance(text, Story) else {}
    table = escape(edition.say(here.lang, "story.table"))

    def linked(found: re.Match[str]) -> str:
        target, words = found[1], found[2]
        href = _leads(edition, here, target)
        if href is None:
            return words
        rel = ' rel="noopener external"' if is_outside(target) else ""
        return f'<a href="{escape(href)}"{rel}>{words}</a>'

    shown: list[Block] = []
    for passage in body.passages:
        if passage.photo in photos:
            shown.append(Block(figure=pictures.figure(edition, here, photos[passage.photo], pictures.BODY)))
        elif passage.html:
            shown.append(Block(html=_LINK.sub(linked, passage.html).replace(TABLE, table)))
    return tuple(shown)


def _leads(edition: Edition, here: Here, target: str) -> str | None:
    """Where a link leads as seen from `here`; None where its page is not let out."""
    if is_outside(target):
        return target
    site = edition.site
    name, _, fragment = target.partition("#")
    tail = f"#{anchor(unquoted(fragment))}" if fragment else ""
    if not name:
        return tail
    if name.startswith("pages/") and name.removeprefix("pages/") in site.pages:
        return here.page(f"{name.removeprefix('pages/')}/") + tail
    known = name in site.stories or name.removeprefix("communities/") in site.vocabulary.communities
    return here.page(f"{name}/") + tail if known else None
