"""Events and festivals as calendars take them in (RFC 5545, RFC 7986)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import icalendar

from site_builder.content.model.story import Event, Venue
from site_builder.content.occurrences import HORIZON, Occurrence
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import Story
from site_builder.web import cards, dates, festivals
from site_builder.web.addresses import address
from site_builder.web.edition import Edition
from site_builder.web.ics import EVERYTHING, dated, path, sequence, uid

_DAY = dt.timedelta(days=1)


def calendars(edition: Edition) -> dict[str, bytes]:
    """Address → iCalendar file, in both languages: one of each event with dates to come, one of everything.

    What entries have in common is written out once: escaping and folding take longest.
    """
    whenever = {story.ref: tuple(_dates(edition, story)) for story in dated(edition)}
    files: dict[str, bytes] = {}
    for lang in LANGS:
        begin, end = _around(edition, lang, {})
        entries = {}
        for story in dated(edition):
            said = _lines(_said(edition, lang, story))
            entries[path(story)] = b"".join(_entry(each, said) for each in whenever[story.ref])
        files |= {address(lang, name): begin + each + end for name, each in entries.items()}
        begin, end = _around(edition, lang, _subscribed(edition, lang))
        everything = b"".join([begin, *entries.values(), *_of_festivals(edition, lang), end])
        files[address(lang, EVERYTHING)] = everything
    return files


def _subscribed(edition: Edition, lang: Lang) -> dict[str, object]:
    """What a calendar says to who subscribes to it: its name, where it is, to come back daily."""
    name = edition.say(lang, "ics.name", name=edition.site.identity.name.in_(lang))
    place = edition.url(lang, EVERYTHING)
    return {
        "name": name,
        "x-wr-calname": name,
        "refresh-interval": icalendar.vDuration(_DAY, {"VALUE": "DURATION"}),
        "x-published-ttl": "P1D",
        "source": icalendar.vUri(place, params={"VALUE": "URI"}),
    }


def _dates(edition: Edition, story: Story) -> Iterator[bytes]:
    """What each of an event's entries says in every language."""
    revised, venue = _midnight(edition, story.facts.revised), edition.venue(story)
    position = venue.facts.location if venue and isinstance(venue.facts, Venue) else None
    shared = _lines({"dtstamp": revised, "last-modified": revised, "transp": "TRANSPARENT", "geo": position})
    for each in edition.upcoming(story):
        start, end = dates.span(edition, each)
        own = {
            "uid": uid(edition, story.ref, each.key),
            "dtstart": start,
            "dtend": end,
            "sequence": sequence(story, each),
            "status": _status(story, each),
        }
        yield _lines(own) + shared


def _said(edition: Edition, lang: Lang, story: Story) -> dict[str, object]:
    """What an event's entries say in one language."""
    page = edition.url(lang, f"{story.ref}/")
    return {
        "summary": cards.marked_title(edition, lang, story),
        "description": "\n".join(_description(edition, lang, story, page)),
        "location": _location(edition, lang, story),
        "categories": [cards.kind(edition, lang, story)],
        "url": page,
    }


def _description(edition: Edition, lang: Lang, story: Story, page: str) -> Iterator[str]:
    event = story.facts
    assert isinstance(event, Event)
    yield event.summary.in_(lang)
    for item in event.programme:
        yield f"{item.time:%H:%M} {item.in_(lang)}" if item.time else item.in_(lang)
    if event.status == "expected":
        yield edition.say(lang, "when.ask")
    yield page


def _location(edition: Edition, lang: Lang, story: Story) -> str:
    """The venue with its address, else the community, else the subdistrict."""
    venue = edition.venue(story)
    if venue and isinstance(venue.facts, Venue):
        place = venue.facts.address
        return edition.say(lang, "list.separator").join(
            [venue.facts.title.in_(lang), *([place.in_(lang)] if place else [])]
        )
    return cards.place(edition, lang, story) or edition.site.identity.long_name.in_(lang)


def _status(story: Story, occurrence: Occurrence) -> str:
    """What is postponed does not take place on that date; its entry comes back with the new one."""
    assert isinstance(story.facts, Event)
    if story.facts.status in {"postponed", "cancelled"}:
        return "CANCELLED"
    return "TENTATIVE" if dates.is_expected(story, occurrence) else "CONFIRMED"


def _of_festivals(edition: Edition, lang: Lang) -> Iterator[bytes]:
    for name, festival in edition.site.vocabulary.festivals.items():
        page = edition.url(lang, f"festivals/{name}/")
        whose = festivals.whose(edition, lang, festival)
        rule = festivals.rule_text(edition, lang, festival)
        shared = _lines(
            {
                "summary": festivals.title(lang, festival),
                "description": f"{whose}\n{rule}\n{page}",
                "categories": [edition.say(lang, "calendar.festival")],
                "url": page,
                "transp": "TRANSPARENT",
            }
        )
        for each in festivals.ahead(edition, name, edition.today + HORIZON):
            own = {
                "uid": uid(edition, f"festivals/{name}", str(each.year)),
                "dtstamp": _midnight(edition, dt.date(each.day.year - 1, 1, 1)),
                "dtstart": each.day,
                "dtend": each.last + _DAY,
                "sequence": each.notices,
                "status": "TENTATIVE" if each.expected else "CONFIRMED",
            }
            yield _entry(_lines(own), shared)


def _entry(*lines: bytes) -> bytes:
    return b"".join([b"BEGIN:VEVENT\r\n", *lines, b"END:VEVENT\r\n"])


def _lines(properties: Mapping[str, object]) -> bytes:
    """Properties as folded lines, without those that are None."""
    event = icalendar.Event()
    for name, value in properties.items():
        if value is not None:
            event.add(name, value)
    return _between(event.to_ical())


def _between(component: bytes) -> bytes:
    """A component without its first and last line."""
    return component[component.index(b"\r\n") + 2 : component.rindex(b"END:")]


def _midnight(edition: Edition, day: dt.date) -> dt.datetime:
    """The first moment of a day, in UTC."""
    zone = ZoneInfo(edition.site.identity.timezone)
    return dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC)


def _around(edition: Edition, lang: Lang, properties: Mapping[str, object]) -> tuple[bytes, bytes]:
    """What stands before the entries of a calendar, and after them."""
    identity = edition.site.identity
    calendar = icalendar.Calendar()
    for key, value in {
        "prodid": f"-//{identity.name.en}//site-builder//{lang.upper()}",
        "version": "2.0",
        "calscale": "GREGORIAN",
        "x-wr-timezone": identity.timezone,
        **properties,
    }.items():
        calendar.add(key, value)
    calendar.add_component(_timezone(identity.timezone))
    begin, end, rest = calendar.to_ical().rpartition(b"END:VCALENDAR")
    return begin, end + rest


def _timezone(name: str) -> icalendar.Timezone:
    """China's time as it has been all year since 1992 (tz database)."""
    offset = dt.timedelta(hours=8)
    standard = icalendar.TimezoneStandard()
    for key, value in {
        "dtstart": dt.datetime(1992, 1, 1),
        "tzoffsetfrom": offset,
        "tzoffsetto": offset,
        "tzname": "CST",
    }.items():
        standard.add(key, value)
    zone = icalendar.Timezone()
    zone.add("tzid", name)
    zone.add_component(standard)
    return zone
