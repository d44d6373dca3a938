"""The dates on which an event takes place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.content import festivals
from site_builder.content.model.event import OnDates, OnFestival, Repeating, When
from site_builder.content.model.vocabulary import Festival

HORIZON = dt.timedelta(days=731)
"""Events are expanded two years ahead."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that an event takes place, in the site's time zone.

    `last` is its last day where that is a later one than the first; `announced` says that an
    authority set the date.
    """

    day: dt.date
    start: dt.time | None = None
    end: dt.time | None = None
    announced: bool = False
    last: dt.date | None = None


def upcoming(when: When, calendar: Mapping[str, Festival], today: dt.date) -> tuple[Occurrence, ...]:
    """What is on `today` or later, up to the horizon, earliest first; none where no date is known."""
    found = (
        each
        for each in _all(when, calendar, today)
        if today <= (each.last or each.day) and each.day <= today + HORIZON
    )
    return tuple(sorted(found, key=lambda each: (each.day, each.start or dt.time.min)))


def _all(when: When, calendar: Mapping[str, Festival], today: dt.date) -> Iterator[Occurrence]:
    if isinstance(when, OnFestival):
        for year in range(today.year - 1, (today + HORIZON).year + 2):
            for each in festivals.dates(calendar, when.festival, year):
                yield Occurrence(each.day + dt.timedelta(days=when.day), when.start, when.end, each.announced)
    elif isinstance(when, Repeating):
        yield from _repeated(when, today)
    elif isinstance(when, OnDates):
        for span in when.dates:
            end = span.end or span.start
            last = end.date() if end.date() > span.start.date() else None
            closing = end.time() if span.end else None
            yield Occurrence(span.start.date(), span.start.time(), closing, announced=True, last=last)


def _repeated(when: Repeating, today: dt.date) -> Iterator[Occurrence]:
    if when.weekday is None:
        return
    first = max(today, when.from_ or today)
    last = min(today + HORIZON, when.until or today + HORIZON)
    day = first + dt.timedelta(days=(when.weekday - first.isoweekday()) % 7)
    while day <= last:
        if _in_turn(when, day):
            yield Occurrence(day, when.start, when.end)
        day += dt.timedelta(weeks=1)


def _in_turn(when: Repeating, day: dt.date) -> bool:
    """A quarter's event takes place in its first month."""
    if when.every == "week":
        return True
    return (day.day - 1) // 7 + 1 == when.nth and (when.every == "month" or day.month % 3 == 1)
