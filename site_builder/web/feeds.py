"""What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1.

Feeds carry summaries alone: what readers have stored of a person cannot be taken back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zoneinfo import ZoneInfo

from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import cards
from site_builder.web.addresses import CODES, address
from site_builder.web.edition import Edition
from site_builder.web.typography import curly

ATOM = "feed.xml"
JSON = "feed.json"
"""Their places in the folder of their language."""

ENTRIES = 50

_NAMESPACE = "http://www.w3.org/2005/Atom"
_VERSION = "https://jsonfeed.org/version/1.1"


def atom(edition: Edition, lang: Lang) -> bytes:
    """The newest stories, those revised last before the others."""
    identity, stories = edition.site.identity, newest(edition)
    home = edition.url(lang, "")
    feed = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": CODES[lang]})
    _add(feed, "title", identity.long_name.in_(lang))
    _add(feed, "subtitle", curly(identity.introduction.in_(lang), lang))
    _add(feed, "id", identity.ids + address(lang, ""))
    _add(feed, "updated", moment(edition, max(map(_revised, stories), default=edition.today)))
    _add(feed, "link", href=edition.url(lang, ATOM), rel="self", type="application/atom+xml")
    _add(feed, "link", href=home, rel="alternate", type="text/html", hreflang=CODES[lang])
    _add(feed, "icon", identity.base_url + edition.assets["favicon.svg"])
    _add(SubElement(feed, "author"), "name", identity.organiser.in_(lang))
    for story in stories:
        _entry(edition, lang, SubElement(feed, "entry"), story)
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def json_feed(edition: Edition, lang: Lang) -> bytes:
    """The same stories."""
    identity = edition.site.identity
    feed = {
        "version": _VERSION,
        "title": identity.long_name.in_(lang),
        "description": curly(identity.introduction.in_(lang), lang),
        "home_page_url": edition.url(lang, ""),
        "feed_url": edition.url(lang, JSON),
        "favicon": identity.base_url + edition.assets["favicon.svg"],
        "language": CODES[lang],
        "authors": [{"name": identity.organiser.in_(lang)}],
        "items": [_item(edition, lang, story) for story in newest(edition)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def newest(edition: Edition) -> list[Story]:
    """What was revised last comes first."""
    return sorted(edition.site.stories.values(), key=_revised, reverse=True)[:ENTRIES]


def moment(edition: Edition, day: dt.date) -> str:
    """The first moment of a day (RFC 3339)."""
    return dt.datetime.combine(day, dt.time.min, ZoneInfo(edition.site.identity.timezone)).isoformat()


def image_of(edition: Edition, story: Story) -> str:
    """The absolute address of a story's share card, if it has one."""
    card = edition.photos[story.photos[0].path].card if story.photos else None
    return edition.site.identity.base_url + card.path if card else ""


def _revised(story: Story) -> dt.date:
    return story.facts.revised


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text or None


def _labels(edition: Edition, lang: Lang, story: Story) -> Iterable[tuple[str, str]]:
    """Section and kind, each with its name."""
    yield story.section, edition.say(lang, f"menu.{story.section}")
    yield story.facts.kind, cards.kind(edition, lang, story)


def _entry(edition: Edition, lang: Lang, entry: Element, story: Story) -> None:
    identity, facts, page = edition.site.identity, story.facts, address(lang, f"{story.ref}/")
    _add(entry, "title", cards.marked_title(edition, lang, story))
    _add(entry, "id", identity.ids + page)
    _add(
        entry,
        "link",
        href=edition.url(lang, f"{story.ref}/"),
        rel="alternate",
        type="text/html",
        hreflang=CODES[lang],
    )
    if image := image_of(edition, story):
        _add(entry, "link", href=image, rel="enclosure", type="image/jpeg")
    _add(entry, "published", moment(edition, facts.published))
    _add(entry, "updated", moment(edition, facts.revised))
    _add(entry, "summary", curly(facts.summary.in_(lang), lang))
    for term, label in _labels(edition, lang, story):
        _add(entry, "category", term=term, label=label)


def _item(edition: Edition, lang: Lang, story: Story) -> dict[str, Any]:
    identity, facts, page = edition.site.identity, story.facts, address(lang, f"{story.ref}/")
    item = {
        "id": identity.ids + page,
        "url": edition.url(lang, f"{story.ref}/"),
        "title": cards.marked_title(edition, lang, story),
        "content_text": curly(facts.summary.in_(lang), lang),
        "image": image_of(edition, story),
        "date_published": moment(edition, facts.published),
        "date_modified": moment(edition, facts.revised),
        "tags": [label for _, label in _labels(edition, lang, story)],
        "language": CODES[lang],
    }
    return {key: value for key, value in item.items() if value}
