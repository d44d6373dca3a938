"""The dates on which an event takes place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from site_builder.content.festivals import Almanac
from site_builder.content.model.event import OnDates, OnFestival, Repeating, When

HORIZON = dt.timedelta(days=731)
"""Events are expanded two years ahead."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that an event takes place, in the site's time zone.

    `last` is its last day where that is a later one than the first; `key` names it among those of the
    event and stays when it is moved; `notices` counts how often its date was announced; `expected` says
    that the date follows from a rule and still awaits a notice.
    """

    day: dt.date
    start: dt.time | None = None
    end: dt.time | None = None
    last: dt.date | None = None
    key: str = ""
    notices: int = 0
    expected: bool = False

    @property
    def final(self) -> dt.date:
        """The day on which it ends; hours after midnight belong to the evening before."""
        return self.last or self.day


def upcoming(when: When, almanac: Almanac, today: dt.date) -> tuple[Occurrence, ...]:
    """What is on `today` or later, up to the horizon, earliest first; none where no date is known."""
    found = _between(when, almanac, today, today + HORIZON)
    return tuple(sorted((each for each in found if today <= each.final), key=_by_clock))


def past(when: When, almanac: Almanac, since: dt.date, today: dt.date) -> tuple[Occurrence, ...]:
    """What is over `today` and began on `since` or later, latest first; of dates that are listed, all."""
    first = dt.date.min if isinstance(when, OnDates) else since
    found = _between(when, almanac, first, today)
    return tuple(sorted((each for each in found if each.final < today), key=_by_clock, reverse=True))


def _by_clock(occurrence: Occurrence) -> tuple[dt.date, dt.time]:
    return occurrence.day, occurrence.start or dt.time.min


def _between(when: When, almanac: Almanac, first: dt.date, last: dt.date) -> Iterator[Occurrence]:
    """What ends on `first` or later and begins on `last` or earlier."""
    if isinstance(when, OnFestival):
        found = _on_festival(when, almanac, first, last)
    elif isinstance(when, Repeating):
        found = _repeated(when, first, last)
    elif isinstance(when, OnDates):
        found = _listed(when)
    else:
        return
    yield from (each for each in found if first <= each.final and each.day <= last)


def _on_festival(when: OnFestival, almanac: Almanac, first: dt.date, last: dt.date) -> Iterator[Occurrence]:
    for year in range(first.year - 1, last.year + 2):
        for each in almanac(when.festival, year):
            day = each.day + dt.timedelta(days=when.day)
            yield Occurrence(day, when.start, when.end, None, str(each.year), each.notices, each.expected)


def _listed(when: OnDates) -> Iterator[Occurrence]:
    """The first one listed of a year has the key of that year, as an event on a festival would."""
    numbers: dict[int, Iterator[int]] = {}
    for span in when.dates:
        end = span.end or span.start
        last = end.date() if end.date() > span.start.date() else None
        number = next(numbers.setdefault(span.start.year, count(1)))
        key = f"{span.start.year}" if number == 1 else f"{span.start.year}-{number}"
        closing = end.time() if span.end else None
        yield Occurrence(span.start.date(), span.start.time(), closing, last, key, notices=1)


def _repeated(when: Repeating, first: dt.date, last: dt.date) -> Iterator[Occurrence]:
    if when.weekday is None:
        return
    first = max(first, when.from_ or first)
    last = min(last, when.until or last)
    day = first + dt.timedelta(days=(when.weekday - first.isoweekday()) % 7)
    while day <= last:
        if _in_turn(when, day):
            yield Occurrence(day, when.start, when.end, key=_turn(when, day))
        day += dt.timedelta(weeks=1)


def _in_turn(when: Repeating, day: dt.date) -> bool:
    """A quarter's event takes place in its first month."""
    if when.every == "week":
        return True
    return (day.day - 1) // 7 + 1 == when.nth and (when.every == "month" or day.month % 3 == 1)


def _turn(when: Repeating, day: dt.date) -> str:
    """The week (ISO 8601), the month or the quarter, in which an event keeps its name on another day."""
    if when.every == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-w{week:02}"
    return f"{day:%Y-%m}" if when.every == "month" else f"{day:%Y}-q{(day.month + 2) // 3}"
