"""From a festival's rule to the dates of a year.

`lunar-python` needs 3 ms for a year that it has not just computed: they are kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from hijridate import Gregorian, Hijri
from hijridate.ummalqura import GREGORIAN_RANGE
from lunar_python import Lunar as LunarDay
from lunar_python import LunarYear
from lunar_python import Solar as SolarDay

from site_builder.content.model.vocabulary import (
    EveOf,
    Festival,
    FirstBranchDay,
    Lunar,
    Rule,
    Solar,
    SolarTerm,
)
from site_builder.content.model.vocabulary import Hijri as HijriRule

_TERMS = dict(
    zip(
        (
            *("xiaohan", "dahan", "lichun", "yushui", "jingzhe", "chunfen"),
            *("qingming", "guyu", "lixia", "xiaoman", "mangzhong", "xiazhi"),
            *("xiaoshu", "dashu", "liqiu", "chushu", "bailu", "qiufen"),
            *("hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue", "dongzhi"),
        ),
        re.findall(
            "..",
            "小寒大寒立春雨水惊蛰春分清明谷雨立夏小满芒种夏至小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至",
        ),
        strict=True,
    )
)
TERMS = tuple(_TERMS)
"""The 24 solar terms in the order of the Gregorian year."""

_BRANCHES = ("zi", "chou", "yin", "mao", "chen", "si", "wu", "wei", "shen", "you", "xu", "hai")
"""子丑寅卯辰巳午未申酉戌亥, which count the days too."""

_DAY_OF_ZI = dt.date(1949, 10, 1)
"""A day 甲子."""


Almanac = Callable[[str, int], "tuple[FestivalDate, ...]"]
"""Festival and Gregorian year → its occurrences that begin in it."""

NEAR = dt.timedelta(days=45)
"""How far from its calculated date a festival may be announced: a leap twin is 30 days away."""


@dataclass(frozen=True, slots=True, order=True)
class FestivalDate:
    """The first day of one festival, and how many days it lasts.

    `year` is that of the festival's own calendar, which no notice changes: 1448 for an Eid of 2027,
    2026 for the Laba of January 2027. `notices` counts the announcements of this date, of which the
    last one set it; where there was none, `expected` says that one is still to come.
    """

    day: dt.date
    days: int = 1
    year: int = 0
    notices: int = 0
    expected: bool = False

    @property
    def last(self) -> dt.date:
        return self.day + dt.timedelta(days=self.days - 1)


def dates(festivals: Mapping[str, Festival], name: str, year: int) -> tuple[FestivalDate, ...]:
    """The occurrences of `name` that begin in the Gregorian `year`: none, one or two.

    An announcement takes the place of the calculated date that it is nearest to. Calendars: GB/T
    33661-2017 for the Chinese one, as `lunar-python` computes it, Umm al-Qura for the Islamic one, as
    `hijridate` does (until 2077).
    """
    found = (each for near in (year - 1, year, year + 1) for each in _noticed(festivals, name, near))
    return tuple(sorted({each for each in found if each.day.year == year}))


def almanac(festivals: Mapping[str, Festival]) -> Almanac:
    """`dates` of these festivals, each found out once."""
    return cache(partial(dates, festivals))


def strays(festivals: Mapping[str, Festival], name: str) -> Iterator[tuple[int, int]]:
    """The announcements that are near no date of the festival: year and number."""
    for year, notices in festivals[name].announced.items():
        around = [each.day for near in (year - 1, year, year + 1) for each in _begun(festivals, name, near)]
        for number, notice in enumerate(notices):
            if around and min(abs(notice.date - day) for day in around) > NEAR:
                yield year, number


def awaits_notice(festival: Festival) -> bool:
    """Whether its date is only expected until somebody announces it.

    The festivals that everybody keeps follow the calendar; those of some peoples are set by the
    places that keep them.
    """
    return bool(festival.groups) or isinstance(festival.rule, HijriRule)


@cache
def solar_terms(year: int) -> Mapping[dt.date, str]:
    """The days of the 24 solar terms in a Gregorian year, each with its name in `TERMS`."""
    return {_solar_term(year, chinese): name for name, chinese in _TERMS.items()}


@cache
def lunar_date(day: dt.date) -> tuple[int, int]:
    """Month and day of the Chinese calendar; a leap month is negative."""
    months = {**_months(day.year - 1), **_months(day.year)}
    (_, month), (first, _) = max(
        (each for each in months.items() if each[1][0] <= day), key=lambda each: each[1][0]
    )
    return month, (day - first).days + 1


def _noticed(festivals: Mapping[str, Festival], name: str, year: int) -> Iterator[FestivalDate]:
    """The dates that the rule gives for a Gregorian year, each moved to where it was announced."""
    festival = festivals[name]
    notices = [notice.date for each in festival.announced.values() for notice in each]
    for begun in _begun(festivals, name, year):
        near = [notice for notice in notices if _nearest(festivals, name, notice) == begun]
        if near:
            yield replace(begun, day=near[-1], notices=begun.notices + len(near), expected=False)
        else:
            yield begun


def _nearest(festivals: Mapping[str, Festival], name: str, day: dt.date) -> FestivalDate | None:
    years = (day.year - 1, day.year, day.year + 1)
    around = (each for year in years for each in _begun(festivals, name, year))
    return min(around, key=lambda each: abs(each.day - day), default=None)


def _begun(festivals: Mapping[str, Festival], name: str, year: int) -> list[FestivalDate]:
    """What the rule says of a Gregorian year."""
    festival = festivals[name]
    if isinstance(festival.rule, EveOf):
        return _eves(festivals, festival.rule.eve_of, year)
    days = getattr(festival.rule, "days", 1)
    return [
        FestivalDate(day, days, own, expected=awaits_notice(festival))
        for own, day in _calculated(festival.rule, year)
        if day.year == year
    ]


def _eves(festivals: Mapping[str, Festival], name: str, year: int) -> list[FestivalDate]:
    """The eve moves with the festival whose eve it is."""
    around = (found for near in (year, year + 1) for found in dates(festivals, name, near))
    eves = (replace(found, day=found.day - dt.timedelta(days=1), days=1) for found in around)
    return [eve for eve in eves if eve.day.year == year]


def _calculated(rule: Rule, year: int) -> list[tuple[int, dt.date]]:
    """The dates that may fall in a Gregorian year, each with the year of its own calendar."""
    if isinstance(rule, Lunar):
        month, day = map(int, rule.lunar.split("-"))
        return [(near, found) for near in (year - 1, year) if (found := _lunar_day(near, month, day))]
    if isinstance(rule, FirstBranchDay):
        month, branch = rule.lunar_month, rule.first_day
        return [(near, _first_branch_day(near, month, branch)) for near in (year - 1, year)]
    if isinstance(rule, SolarTerm):
        return [(year, _solar_term(year, _TERMS[rule.term]))]
    if isinstance(rule, Solar):
        return [(year, dt.date.fromisoformat(f"{year}-{rule.solar}"))]
    assert isinstance(rule, HijriRule)
    month, day = map(int, rule.hijri.split("-"))
    return list(_hijri_days(year, month, day))


@cache
def _hijri_days(year: int, month: int, day: int) -> tuple[tuple[int, dt.date], ...]:
    """The days of the Islamic calendar that begin in a Gregorian year: none beyond its tables."""
    first, last = GREGORIAN_RANGE[0][0], GREGORIAN_RANGE[1][0]
    if not first < year < last:
        return ()
    begins = Gregorian(year, 1, 1).to_hijri().year
    found = (
        (own, dt.date(*Hijri(own, month, day).to_gregorian().datetuple()))
        for own in (begins, begins + 1)
        if day <= Hijri(own, month, 1).month_length()
    )
    return tuple((own, each) for own, each in found if each.year == year)


@cache
def _lunar_year(year: int) -> LunarYear:
    return LunarYear.fromYear(year)


@cache
def _months(year: int) -> Mapping[tuple[int, int], tuple[dt.date, int]]:
    """The months of a lunar year: year and month, a leap one negative → first day, number of days."""
    return {
        (year, month.getMonth()): (
            _gregorian(SolarDay.fromJulianDay(month.getFirstJulianDay())),
            month.getDayCount(),
        )
        for month in _lunar_year(year).getMonthsInYear()
    }


def _gregorian(solar: SolarDay) -> dt.date:
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def _lunar_day(year: int, month: int, day: int) -> dt.date | None:
    """None where the month has only 29 days that year."""
    first, days = _months(year)[year, month]
    return first + dt.timedelta(days=day - 1) if day <= days else None


@cache
def _terms(year: int) -> Mapping[str, dt.date]:
    """The solar terms from one winter solstice to the next."""
    days = map(SolarDay.fromJulianDay, _lunar_year(year).getJieQiJulianDays())
    return {name: _gregorian(day) for name, day in zip(LunarDay.JIE_QI_IN_USE, days, strict=True)}


def _solar_term(year: int, term: str) -> dt.date:
    """Two tables hold those of a Gregorian year."""
    return next(day for near in (year, year + 1) if (day := _terms(near)[term]).year == year)


def _first_branch_day(year: int, month: int, branch: str) -> dt.date:
    """The day branches follow one another without end."""
    first, _ = _months(year)[year, month]
    begins = (first - _DAY_OF_ZI).days
    return first + dt.timedelta(days=(_BRANCHES.index(branch) - begins) % len(_BRANCHES))
