"""The calendar: twelve months of festivals and events, in both calendars."""

from __future__ import annotations

import datetime as dt
from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence

from site_builder.content.festivals import lunar_date, solar_terms
from site_builder.content.occurrences import Occurrence
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import dates, festivals
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import CalendarDay, CalendarEntry, CalendarMonth, Link
from site_builder.web.typography import curly
from site_builder.web.views import CalendarView

MONTHS = 12

Entries = Mapping[dt.date, Sequence[CalendarEntry]]
"""What is on each day."""


def calendar_view(edition: Edition, here: Here) -> CalendarView:
    """Twelve months from the one of the edition's day."""
    lang, on = here.lang, entries(edition, here)
    return CalendarView(
        introduction=edition.say(lang, "section.calendar"),
        weekdays=tuple(edition.say(lang, f"weekday.{number}") for number in range(1, 8)),
        months=tuple(_month(edition, lang, on, first) for first in months(edition.today)),
        festivals=Link(edition.say(lang, "calendar.more"), here.page("festivals/")),
        subscribe=Link(edition.say(lang, "calendar.subscribe"), here.page("data/")),
    )


def months(today: dt.date) -> Iterator[dt.date]:
    """The first days of twelve months, of which today's is the first."""
    for number in range(today.month - 1, today.month - 1 + MONTHS):
        yield dt.date(today.year + number // 12, number % 12 + 1, 1)


def entries(edition: Edition, here: Here) -> Entries:
    """Festivals, then events by their hours, on every day that they last."""
    found: dict[dt.date, list[CalendarEntry]] = {}
    for day, entry in (*_festivals(edition, here), *_events(edition, here)):
        found.setdefault(day, []).append(entry)
    return {
        day: sorted(each, key=lambda entry: (entry.kind == "event", entry.time))
        for day, each in found.items()
    }


def _festivals(edition: Edition, here: Here) -> Iterator[tuple[dt.date, CalendarEntry]]:
    year = edition.today.year
    for name, festival in edition.site.vocabulary.festivals.items():
        text, href = festivals.title(here.lang, festival), here.page(f"festivals/{name}/")
        for date in festivals.in_years(edition, name, (year - 1, year, year + 1)):
            mark = festivals.mark(edition, here.lang, date)
            for day, which in _days(edition, here.lang, date.day, date.last):
                yield day, CalendarEntry("festival", text, href, which=which, mark=mark)


def _events(edition: Edition, here: Here) -> Iterator[tuple[dt.date, CalendarEntry]]:
    """The events that take place: not those postponed or cancelled, nor what is over."""
    lang = here.lang
    for story in edition.site.section("events"):
        if dates.next_of(edition, story) is None:
            continue
        text, href = curly(story.facts.title.in_(lang), lang), here.page(f"{story.ref}/")
        for each in edition.upcoming(story):
            for day, which in _days(edition, lang, each.day, each.final):
                start = f"{each.start:%H:%M}" if each.start and not which else ""
                yield day, CalendarEntry("event", text, href, start, which, _mark(edition, lang, story, each))


def _mark(edition: Edition, lang: Lang, story: Story, occurrence: Occurrence) -> str:
    expected = dates.is_expected(story, occurrence)
    return edition.say(lang, "status.expected") if expected else ""


def _days(edition: Edition, lang: Lang, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
    """Every day from the first to the last, those after the first with their number: 第2天."""
    for number in range((last - first).days + 1):
        which = edition.say(lang, "calendar.day", number=number + 1) if number else ""
        yield first + dt.timedelta(days=number), which


def _month(edition: Edition, lang: Lang, on: Entries, first: dt.date) -> CalendarMonth:
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    inside = [day for week in weeks for day in week if day.month == first.month]
    return CalendarMonth(
        iso=f"{first:%Y-%m}",
        name=dates.month_name(lang, first),
        short=dates.short_month(lang, first),
        weeks=tuple(
            tuple(_day(edition, lang, on, day) if day.month == first.month else None for day in week)
            for week in weeks
        ),
        quiet=not any(day in on for day in inside),
    )


def _day(edition: Edition, lang: Lang, on: Entries, day: dt.date) -> CalendarDay:
    found = tuple(on.get(day, ()))
    return CalendarDay(
        iso=day.isoformat(),
        number=day.day,
        weekday=edition.say(lang, f"weekday.{day.isoweekday()}") if found else "",
        lunar=_lunar(edition, lang, day, alone=bool(found)),
        entries=found,
    )


def _lunar(edition: Edition, lang: Lang, day: dt.date, *, alone: bool) -> str:
    """A day's place in the lunar calendar; where nothing else is on, the solar term that begins."""
    mark = dates.lunar_mark(lang, day, alone=alone)
    term = solar_terms(day.year).get(day)
    if alone or term is None:
        return mark
    name = edition.say(lang, f"term.{term}")
    return f"{mark} · {name}" if lunar_date(day)[1] == 1 else name
