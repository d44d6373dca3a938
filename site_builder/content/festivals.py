"""From a festival's rule to the dates of a year.

`lunar-python` needs 3 ms for a year that it has not just computed: they are kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lunar_python import Lunar as LunarDay
from lunar_python import LunarYear
from lunar_python import Solar as SolarDay

from site_builder.content.model.vocabulary import (
    EveOf,
    Festival,
    FirstBranchDay,
    Hijri,
    Lunar,
    Solar,
    SolarTerm,
)

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


@dataclass(frozen=True, slots=True, order=True)
class FestivalDate:
    """The first day of one festival, how many days it lasts, and whether an authority set it."""

    day: dt.date
    days: int = 1
    announced: bool = False

    @property
    def last(self) -> dt.date:
        return self.day + dt.timedelta(days=self.days - 1)


def dates(festivals: Mapping[str, Festival], name: str, year: int) -> tuple[FestivalDate, ...]:
    """The occurrences of `name` that begin in the Gregorian `year`: none, one or two.

    An announced date wins over the calculated one. Calendars: GB/T 33661-2017 for the Chinese
    one, as `lunar-python` computes it. Hijri rules have only announced dates here.
    """
    festival = festivals[name]
    if announced := festival.announced.get(year):
        return (FestivalDate(announced.date, _days(festival), announced=True),)
    found = sorted(day for day in _calculated(festivals, festival, year) if day.year == year)
    return tuple(FestivalDate(day, _days(festival)) for day in found)


def awaits_notice(festival: Festival) -> bool:
    """Whether its date is only expected until somebody announces it.

    The festivals that everybody keeps follow the calendar; those of some peoples are set by the
    places that keep them.
    """
    return bool(festival.groups) or isinstance(festival.rule, Hijri)


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


def _days(festival: Festival) -> int:
    return getattr(festival.rule, "days", 1)


def _calculated(festivals: Mapping[str, Festival], festival: Festival, year: int) -> list[dt.date]:
    rule = festival.rule
    if isinstance(rule, EveOf):
        around = (found for near in (year, year + 1) for found in dates(festivals, rule.eve_of, near))
        return [found.day - dt.timedelta(days=1) for found in around]
    if isinstance(rule, Lunar):
        month, day = map(int, rule.lunar.split("-"))
        return [found for near in (year - 1, year) if (found := _lunar_day(near, month, day))]
    if isinstance(rule, SolarTerm):
        return [_solar_term(year, _TERMS[rule.term])]
    if isinstance(rule, Solar):
        return [dt.date.fromisoformat(f"{year}-{rule.solar}")]
    if isinstance(rule, FirstBranchDay):
        return [_first_branch_day(near, rule.lunar_month, rule.first_day) for near in (year - 1, year)]
    assert isinstance(rule, Hijri)
    return []


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
