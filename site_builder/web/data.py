"""Stories, events and festivals as data for mini-programs and apps, and the JSON Schemas of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter

from site_builder.content import gate
from site_builder.content.model.story import Event, Resident, Venue
from site_builder.content.occurrences import HORIZON, Occurrence
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import Story, StoryPhoto
from site_builder.web import cards, dates, festivals, ics
from site_builder.web.addresses import CODES, address
from site_builder.web.edition import Edition
from site_builder.web.records import (
    EventRecord,
    Events,
    FestivalRecord,
    Hours,
    Image,
    Location,
    Name,
    OccurrenceRecord,
    Place,
    Stories,
    StoryRecord,
)
from site_builder.web.stories import honours
from site_builder.web.typography import curly

VERSION = 1
"""Raised when a field goes or changes its meaning; fields that are added do not raise it."""

STORIES = "data/stories.json"
EVENTS = "data/events.json"


FILES: Mapping[str, type[Stories | Events]] = {STORIES: Stories, EVENTS: Events}


def schema_path(path: str) -> str:
    """Where the schema of a file stands, for both languages."""
    return path.replace(".json", ".schema.json")


def stories(edition: Edition, lang: Lang) -> bytes:
    """`data/stories.json`: every story that the site shows."""
    records = tuple(_story(edition, lang, story) for story in edition.site.stories.values())
    return _adapter(STORIES).dump_json(Stories(*_head(edition, lang, STORIES), records)) + b"\n"


def events(edition: Edition, lang: Lang) -> bytes:
    """`data/events.json`: every event and festival, with its dates up to two years ahead."""
    found = Events(
        *_head(edition, lang, EVENTS),
        edition.today,
        tuple(_event(edition, lang, story) for story in edition.site.section("events")),
        tuple(_festival(edition, lang, name) for name in edition.site.vocabulary.festivals),
    )
    return _adapter(EVENTS).dump_json(found) + b"\n"


def schemas(edition: Edition) -> dict[str, bytes]:
    """Address → JSON Schema (2020-12) of each file, its fields described in both languages."""
    found = {}
    for path in FILES:
        place = edition.site.identity.base_url + schema_path(path)
        described = cast(dict[str, Any], _described(edition, schema(path)))
        text = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": place, **described}
        found[schema_path(path)] = (json.dumps(text, ensure_ascii=False, indent=1) + "\n").encode()
    return found


@cache
def schema(path: str) -> dict[str, Any]:
    """The fields of a file as JSON Schema, without descriptions."""
    return cast(dict[str, Any], _bare(_adapter(path).json_schema(mode="serialization")))


@cache
def _adapter(path: str) -> TypeAdapter[Any]:
    return TypeAdapter(FILES[path])


def _bare(node: object) -> object:
    """Without the titles that pydantic makes of names."""
    if isinstance(node, dict):
        return {
            key: _bare(value) for key, value in node.items() if key != "title" or not isinstance(value, str)
        }
    return [_bare(item) for item in node] if isinstance(node, list) else node


def _described(edition: Edition, node: object, name: str = "") -> object:
    """With what each property means: `data.url` of the interface's words."""
    if isinstance(node, list):
        return [_described(edition, item) for item in node]
    if not isinstance(node, dict):
        return node
    said = {"description": " / ".join(edition.say(lang, f"data.{name}") for lang in LANGS)} if name else {}
    return said | {
        key: {each: _described(edition, value, each) for each, value in inner.items()}
        if key == "properties"
        else _described(edition, inner)
        for key, inner in node.items()
    }


def _head(edition: Edition, lang: Lang, path: str) -> tuple[str, int, str, str]:
    base = edition.site.identity.base_url
    return base + schema_path(path), VERSION, CODES[lang], base + address(lang, "")


def _story(edition: Edition, lang: Lang, story: Story) -> StoryRecord:
    facts, site = story.facts, edition.site
    return StoryRecord(
        id=story.ref,
        url=edition.url(lang, f"{story.ref}/"),
        section=story.section,
        kind=Name(facts.kind, cards.kind(edition, lang, story)),
        title=curly(facts.title.in_(lang), lang),
        summary=curly(facts.summary.in_(lang), lang),
        published=facts.published,
        updated=facts.revised,
        until=gate.shown_until(site, story),
        sample=facts.sample,
        channels=gate.channels(site, story.consents),
        community=_community(edition, lang, story),
        ethnic_groups=_groups(edition, lang, facts.ethnic_groups),
        tags=facts.tags,
        honours=honours(edition, lang, facts) if isinstance(facts, Resident) else (),
        place=_place(edition, lang, facts) if isinstance(facts, Venue) else None,
        related=tuple(other.ref for other in edition.related(story)),
        images=tuple(_image(edition, lang, photo) for photo in story.photos),
    )


def _community(edition: Edition, lang: Lang, story: Story) -> Name | None:
    slug = story.facts.community
    return Name(slug, cards.place(edition, lang, story)) if slug else None


def _groups(edition: Edition, lang: Lang, codes: Iterable[str]) -> tuple[Name, ...]:
    return tuple(Name(code, edition.site.vocabulary.ethnic_groups[code].in_(lang)) for code in codes)


def _place(edition: Edition, lang: Lang, venue: Venue) -> Place:
    return Place(
        address=venue.address.in_(lang) if venue.address else "",
        location=Location(*venue.location) if venue.location else None,
        hours=tuple(Hours(each.days, f"{each.from_:%H:%M}", f"{each.to:%H:%M}") for each in venue.hours),
        facilities=tuple(Name(name, edition.say(lang, f"facility.{name}")) for name in venue.facilities),
        services=tuple(curly(service.in_(lang), lang) for service in venue.services),
    )


def _image(edition: Edition, lang: Lang, photo: StoryPhoto) -> Image:
    largest, facts = edition.photos[photo.path].of("jpeg")[-1], photo.facts
    return Image(
        url=edition.site.identity.base_url + largest.path,
        width=largest.width,
        height=largest.height,
        alt=facts.alt.in_(lang) if facts.alt else "",
        caption=curly(facts.caption.in_(lang), lang) if facts.caption else "",
        credit=curly(facts.credit.in_(lang), lang),
        channels=gate.channels(edition.site, facts.consents),
    )


def _event(edition: Edition, lang: Lang, story: Story) -> EventRecord:
    facts, site, venue = story.facts, edition.site, edition.venue(story)
    assert isinstance(facts, Event)
    upcoming = edition.upcoming(story)
    festival = festivals.of_event(facts)
    return EventRecord(
        id=story.ref,
        url=edition.url(lang, f"{story.ref}/"),
        kind=Name(facts.kind, cards.kind(edition, lang, story)),
        title=curly(facts.title.in_(lang), lang),
        summary=curly(facts.summary.in_(lang), lang),
        status=facts.status,
        over=dates.is_over(edition, story),
        until=gate.shown_until(site, story),
        sample=facts.sample,
        channels=gate.channels(site, story.consents),
        community=_community(edition, lang, story),
        venue=Name(venue.ref, curly(venue.facts.title.in_(lang), lang)) if venue else None,
        festival=Name(festival, festivals.title(lang, site.vocabulary.festivals[festival]))
        if festival
        else None,
        rhythm=dates.rhythm(edition, lang, facts),
        calendar=edition.url(lang, ics.path(story)) if upcoming else None,
        occurrences=tuple(_occurrence(edition, lang, story, each) for each in upcoming),
    )


def _occurrence(edition: Edition, lang: Lang, story: Story, each: Occurrence) -> OccurrenceRecord:
    start, end = dates.span(edition, each)
    return OccurrenceRecord(
        id=ics.uid(edition, story.ref, each.key),
        start=start,
        end=end if each.start else each.final,
        lunar=dates.lunar_text(lang, each.day),
        expected=dates.is_expected(story, each),
    )


def _festival(edition: Edition, lang: Lang, name: str) -> FestivalRecord:
    festival = edition.site.vocabulary.festivals[name]
    return FestivalRecord(
        id=name,
        url=edition.url(lang, f"festivals/{name}/"),
        name=festivals.title(lang, festival),
        ethnic_groups=_groups(edition, lang, festival.groups),
        rule=festivals.rule_text(edition, lang, festival),
        occurrences=tuple(_festival_dates(edition, lang, name)),
    )


def _festival_dates(edition: Edition, lang: Lang, name: str) -> Iterator[OccurrenceRecord]:
    for each in festivals.ahead(edition, name, edition.today + HORIZON):
        yield OccurrenceRecord(
            id=ics.uid(edition, f"festivals/{name}", str(each.year)),
            start=each.day,
            end=each.last,
            lunar=dates.lunar_text(lang, each.day),
            expected=each.expected,
        )
