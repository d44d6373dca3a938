"""What opens when somebody touches a screen: stories with their quizzes, the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from site_builder.content.body import Body
from site_builder.content.markup import END, LINK, TABLE, TARGET
from site_builder.content.model.event import Question
from site_builder.content.model.story import Event
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import Story, StoryPhoto
from site_builder.kiosk.playlist import dated, title, upcoming
from site_builder.kiosk.slides import Date, dates_as_json, photo_as_json
from site_builder.photos.plan import Recipe, Size, Variant, height_at, screen
from site_builder.web import cards, dates, stories
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.sharing import qr_code
from site_builder.web.typography import curly

WIDTH = 1440
"""Of a photo that is looked at closely, in pixels."""

ENTRIES = 24
"""How much the calendar shows, soonest first."""

A_EVENT = 3
"""How many dates of one event."""

_LINKED = re.compile(f"{LINK}[^{TARGET}]*{TARGET}([^{END}]*){END}")
_PARTS = {"h2": "h2", "h3": "h3", "h4": "h3", "p": "p", "li": "li", "tr": "p"}

Block = tuple[str, str | int]
"""A heading, a paragraph, an item of a list with its words; or `photo` with the number of one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A story to be read, with the photos it shows."""

    values: Mapping[str, Any]
    """The shape of `stories` in `playlist.json`."""
    photos: tuple[tuple[str, Variant], ...]
    """Their sources, and the files made of them."""


def reading(edition: Edition, story: Story, url: str | None, recipe: Recipe) -> Reading:
    """A story in both languages; links are words here, since nothing leads out of a screen."""
    numbers = {photo.facts.file: number for number, photo in enumerate(story.photos)}
    shown = tuple((photo.path, screen(story.ref, photo, recipe, _box(photo))) for photo in story.photos)
    event = story.facts if isinstance(story.facts, Event) else None
    coming = upcoming(edition, story)
    values: dict[str, Any] = {
        **{lang: _read(edition, lang, story, coming, numbers) for lang in LANGS},
        "url": url,
        "code": _code(url) if url else None,
        "photos": [
            {**photo_as_json(file.path, (file.width, file.height)), **_captions(story, number)}
            for number, (_, file) in enumerate(shown)
        ],
        "quiz": [_question(question) for question in event.quiz] if event else [],
        "dates": dates_as_json(coming),
    }
    return Reading(values, shown)


def _box(photo: StoryPhoto) -> Size:
    """The size of a photo to be looked at closely: all of it."""
    size = (photo.measured.width, photo.measured.height)
    width = min(size[0], WIDTH)
    return width, height_at(size, width)


def calendar(edition: Edition) -> list[dict[str, Any]]:
    """The next dates of all events that one can go to."""
    events = [story for story in edition.site.section("events") if dates.next_of(edition, story)]
    entries = [(each, story) for story in events for each in edition.upcoming(story)[:A_EVENT]]
    entries.sort(key=lambda entry: (entry[0].day, entry[0].start or dt.time(), entry[1].slug))
    return [_entry(edition, dated(edition, story, each), story) for each, story in entries[:ENTRIES]]


def _entry(edition: Edition, date: Date, story: Story) -> dict[str, Any]:
    venue = edition.venue(story)
    faces: dict[str, Any] = {
        lang: {
            "title": title(edition, lang, story),
            "when": date.texts[lang],
            "place": curly(venue.facts.title.in_(lang), lang) if venue else "",
            "mark": date.mark[lang] if date.mark else "",
        }
        for lang in LANGS
    }
    return {"story": story.ref, "from": date.first, "until": date.until, **faces}


def _read(
    edition: Edition, lang: Lang, story: Story, coming: tuple[Date, ...], photos: Mapping[str, int]
) -> dict[str, Any]:
    body = story.texts.in_(lang)
    place = cards.place(edition, lang, story)
    marks = cards.marks(edition, lang, story)
    return {
        "eyebrow": " · ".join(filter(None, [cards.kind(edition, lang, story), place])),
        "mark": marks[0] if marks else "",
        "title": title(edition, lang, story),
        "summary": curly(story.facts.summary.in_(lang), lang),
        "facts": list(_facts(edition, lang, story, coming)),
        "blocks": list(_blocks(body or story.texts.zh, lang if body else "zh", photos)),
        "untranslated": body is None,
    }


def _facts(edition: Edition, lang: Lang, story: Story, coming: tuple[Date, ...]) -> Iterator[list[str]]:
    """What is to be known beside the dates: how often, where, when it is open."""
    event = story.facts if isinstance(story.facts, Event) else None
    if event and not coming:
        yield [edition.say(lang, "fact.when"), dates.rhythm(edition, lang, event)]
    told = {edition.say(lang, key) for key in ("fact.when", "fact.later", "fact.earlier", "fact.map")}
    for fact in stories.story_facts(edition, Here("", lang), story):
        if fact.label not in told:
            texts = fact.texts or tuple(link.text for link in fact.links)
            yield [fact.label, edition.say(lang, "list.separator").join(texts)]


def _captions(story: Story, number: int) -> dict[str, Any]:
    facts = story.photos[number].facts
    return {
        lang: {
            "alt": facts.alt.in_(lang) if facts.alt else "",
            "caption": curly(facts.caption.in_(lang), lang) if facts.caption else "",
            "credit": curly(facts.credit.in_(lang), lang),
        }
        for lang in LANGS
    }


def _question(question: Question) -> dict[str, Any]:
    def face(lang: Lang) -> dict[str, Any]:
        choices = [curly(choice.in_(lang), lang) for choice in question.choices]
        return {
            "question": curly(question.in_(lang), lang),
            "choices": choices,
            "answer": choices[question.answer - 1],
        }

    return {"right": question.answer, **{lang: face(lang) for lang in LANGS}}


def _code(url: str) -> dict[str, Any]:
    code = qr_code(url)
    return {"size": code.size, "path": code.path}


def _blocks(body: Body, lang: Lang, photos: Mapping[str, int]) -> Iterator[Block]:
    for passage in body.passages:
        if passage.photo:
            if passage.photo in photos:
                yield "photo", photos[passage.photo]
        else:
            yield from blocks(passage.html, lang)


def blocks(html: str, lang: Lang) -> Iterable[Block]:
    """The words of a passage, part by part."""
    reader = _Reader()
    reader.feed(_LINKED.sub(r"\1", html).replace(TABLE, ""))
    reader.close()
    return [(part, curly(" ".join(text.split()), lang)) for part, text in reader.found if text.strip()]


class _Reader(HTMLParser):
    """Finds the words of headings, paragraphs, items and rows; a paragraph in an item belongs to it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PARTS and not (tag == "p" and self._open == "li"):
            self._open = tag
            self.found.append((_PARTS[tag], ""))
        if tag in {"td", "th"} and self.found and self.found[-1][1].strip():
            self.handle_data(" · ")
        if tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            part, text = self.found[-1]
            self.found[-1] = part, text + data
