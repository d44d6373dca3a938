"""Events and festivals as calendars take them in (RFC 5545, RFC 7986)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar

from site_builder.content.model.story import Event, Venue
from site_builder.content.occurrences import HORIZON, Occurrence
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import cards, dates, festivals
from site_builder.web.addresses import address
from site_builder.web.edition import Edition

EVERYTHING = "calendar.ics"
"""The calendar of all events and festivals, in the folder of its language."""

_DAY = dt.timedelta(days=1)

_RANKS = ("expected", "confirmed", "postponed", "cancelled")
"""The order in which an event's status mostly changes."""


def path(story: Story) -> str:
    """Where an event's own calendar stands, in the folder of its language."""
    return f"{story.ref}.ics"


def dated(edition: Edition) -> list[Story]:
    """The events that have a calendar of their own: those with dates to come."""
    return [story for story in edition.site.section("events") if edition.upcoming(story)]


def calendars(edition: Edition, lang: Lang) -> dict[str, bytes]:
    """Address → iCalendar file: one of each event with dates to come, and one of everything."""
    entries = {story.ref: b"".join(_of_event(edition, lang, story)) for story in dated(edition)}
    files = {
        address(lang, path(story)): _calendar(
            edition, lang, cards.marked_title(edition, lang, story), path(story), entries[story.ref]
        )
        for story in dated(edition)
    }
    name = edition.say(lang, "ics.name", name=edition.site.identity.name.in_(lang))
    everything = b"".join([*entries.values(), *_of_festivals(edition, lang)])
    return {**files, address(lang, EVERYTHING): _calendar(edition, lang, name, EVERYTHING, everything)}


def uid(edition: Edition, ref: str, key: str) -> str:
    """The name of an entry, the same in both languages and for ever."""
    home = urlsplit(edition.site.identity.ids)
    steps = filter(None, f"{home.path}/{ref}/{key}".split("/"))
    return f"{'.'.join(steps)}@{home.netloc}"


def sequence(story: Story, occurrence: Occurrence) -> int:
    """A number that rises with each change of date or status, so that calendars take it over.

    It counts the notices of the date and follows the usual course of a status; where a status goes back,
    or the hours change, it is the story's `updated` that raises it.
    """
    facts = story.facts
    rank = _RANKS.index(facts.status) if isinstance(facts, Event) else 0
    return 10 * (facts.revised - facts.published).days + occurrence.notices + rank


def _of_event(edition: Edition, lang: Lang, story: Story) -> Iterator[bytes]:
    """One entry a date; what all have in common is written out once (folding takes longest)."""
    shared = _lines(_about_event(edition, lang, story))
    for each in edition.upcoming(story):
        start, end = dates.span(edition, each)
        own = {
            "uid": uid(edition, story.ref, each.key),
            "dtstart": start,
            "dtend": end,
            "sequence": sequence(story, each),
            "status": _status(story, each),
        }
        yield _entry(own, shared)


def _about_event(edition: Edition, lang: Lang, story: Story) -> dict[str, object]:
    page = edition.site.identity.base_url + address(lang, f"{story.ref}/")
    venue = edition.venue(story)
    position = venue.facts.location if venue and isinstance(venue.facts, Venue) else None
    return {
        "summary": cards.marked_title(edition, lang, story),
        "description": "\n".join(_description(edition, lang, story, page)),
        "location": _location(edition, lang, story, venue),
        "geo": position,
        "categories": [cards.kind(edition, lang, story)],
        "url": page,
        "dtstamp": _midnight(edition, story.facts.revised),
        "created": _midnight(edition, story.facts.published),
        "last-modified": _midnight(edition, story.facts.revised),
        "transp": "TRANSPARENT",
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


def _location(edition: Edition, lang: Lang, story: Story, venue: Story | None) -> str:
    """The venue with its address, else the community, else the subdistrict."""
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
        page = edition.site.identity.base_url + address(lang, f"festivals/{name}/")
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
            yield _entry(own, shared)


def _entry(own: Mapping[str, object], shared: bytes) -> bytes:
    return b"BEGIN:VEVENT\r\n" + _lines(own) + shared + b"END:VEVENT\r\n"


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


def _calendar(edition: Edition, lang: Lang, name: str, path: str, entries: bytes) -> bytes:
    """A calendar that who subscribes to it asks for once a day."""
    identity = edition.site.identity
    calendar = icalendar.Calendar()
    for key, value, kind in (
        ("prodid", f"-//{identity.name.en}//site-builder//{lang.upper()}", None),
        ("version", "2.0", None),
        ("calscale", "GREGORIAN", None),
        ("name", name, None),
        ("x-wr-calname", name, None),
        ("x-wr-timezone", identity.timezone, None),
        ("refresh-interval", _DAY, "DURATION"),
        ("x-published-ttl", "P1D", None),
        ("source", identity.base_url + address(lang, path), "URI"),
    ):
        calendar.add(key, value, parameters={"VALUE": kind} if kind else {})
    calendar.add_component(_timezone(identity.timezone))
    text: bytes = calendar.to_ical()
    end = text.rindex(b"END:VCALENDAR")
    return text[:end] + entries + text[end:]


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
