"""Dates of festivals against public almanacs (Purple Mountain Observatory, State Council notices)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from borax.calendars.lunardate import LCalendars, LunarDate, TermUtils
from lunar_python import Lunar
from pydantic import ValidationError

from site_builder.content.festivals import FestivalDate, dates, lunar_date, strays
from site_builder.content.model.vocabulary import Festival


def festival(rule: dict[str, object], announced: dict[int, Any] | None = None) -> Festival:
    return Festival.model_validate({"zh": "节", "en": "day", "rule": rule, "announced": announced or {}})


FESTIVALS = {
    "spring": festival({"lunar": "1-1"}),
    "eve": festival({"eve_of": "spring"}),
    "lantern": festival({"lunar": "1-15"}),
    "qingming": festival({"term": "qingming"}),
    "dragon-boat": festival({"lunar": "5-5"}),
    "mid-autumn": festival({"lunar": "8-15"}),
    "double-ninth": festival({"lunar": "9-9"}),
    "dongzhi": festival({"term": "dongzhi"}),
    "laba": festival({"lunar": "12-8"}),
    "last-day": festival({"lunar": "12-30"}),
    "torch": festival({"lunar": "6-24", "days": 3}),
    "water": festival({"solar": "04-13", "days": 3}),
    "new-year": festival({"solar": "01-01"}),
    "eve-of-new-year": festival({"eve_of": "new-year"}),
    "hani": festival({"lunar_month": 10, "first_day": "chen"}),
    "eid": festival({"hijri": "10-1"}, {2027: {"date": "2027-03-10", "source": "notice"}}),
    "adha": festival({"hijri": "12-10"}),
    "moved": festival(
        {"solar": "04-13", "days": 3}, {2026: {"date": "2026-04-14", "source": "Xishuangbanna"}}
    ),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("spring", "2024-02-10"),
        ("spring", "2025-01-29"),
        ("spring", "2026-02-17"),
        ("spring", "2027-02-06"),
        ("eve", "2024-02-09"),  # the 30th of a long twelfth month
        ("eve", "2025-01-28"),  # the 29th: no 30th from 2025 to 2029
        ("eve", "2026-02-16"),
        ("eve", "2027-02-05"),
        ("lantern", "2026-03-03"),
        ("qingming", "2024-04-04"),
        ("qingming", "2025-04-04"),
        ("qingming", "2026-04-05"),
        ("qingming", "2027-04-05"),
        ("dragon-boat", "2025-05-31"),
        ("dragon-boat", "2026-06-19"),
        ("torch", "2017-07-17"),  # a leap sixth month follows
        ("torch", "2024-07-29"),
        ("torch", "2025-07-18"),  # a leap sixth month follows
        ("torch", "2026-08-06"),
        ("mid-autumn", "2025-10-06"),
        ("mid-autumn", "2026-09-25"),
        ("mid-autumn", "2027-09-15"),
        ("double-ninth", "2025-10-29"),
        ("double-ninth", "2026-10-18"),
        ("dongzhi", "2023-12-22"),
        ("dongzhi", "2024-12-21"),
        ("dongzhi", "2025-12-21"),
        ("dongzhi", "2026-12-22"),
        ("laba", "2024-01-18"),
        ("laba", "2026-01-26"),
        ("water", "2026-04-13"),
        ("hani", "2024-11-12"),
        ("hani", "2025-12-01"),
        ("hani", "2026-11-14"),
        ("eve-of-new-year", "2026-12-31"),
        ("eid", "2027-03-10"),
        ("moved", "2026-04-14"),
        ("moved", "2027-04-13"),
    ],
)
def test_one_date_a_year(name: str, expected: str) -> None:
    day = dt.date.fromisoformat(expected)
    assert [found.day for found in dates(FESTIVALS, name, day.year)] == [day]


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("laba", 2022, ["2022-01-10", "2022-12-30"]),  # those of lunar 2021 and 2022
        ("laba", 2023, []),
        ("laba", 2012, ["2012-01-01"]),
        ("last-day", 2025, []),  # a twelfth month of 29 days has no 30th
        ("last-day", 2024, ["2024-02-09"]),
        ("eid", 2026, ["2026-03-20"]),
        ("eid", 2000, ["2000-01-08", "2000-12-27"]),
        ("eid", 2033, ["2033-01-02", "2033-12-23"]),
        ("eid", 2078, []),  # beyond the tables
        ("eid", 1923, []),
        ("adha", 2006, ["2006-01-10", "2006-12-31"]),
        ("adha", 2039, ["2039-01-05", "2039-12-26"]),
    ],
)
def test_years_with_none_or_two(name: str, year: int, expected: list[str]) -> None:
    assert [found.day.isoformat() for found in dates(FESTIVALS, name, year)] == expected


def test_an_announced_date_wins_and_says_so() -> None:
    assert dates(FESTIVALS, "moved", 2026) == (FestivalDate(dt.date(2026, 4, 14), 3, 2026, notices=1),)
    assert dates(FESTIVALS, "moved", 2027) == (FestivalDate(dt.date(2027, 4, 13), 3, 2027),)


@pytest.mark.parametrize("year", range(2017, 2034))
def test_the_hani_year_begins_on_a_dragon_day_in_the_first_twelve_of_the_tenth_month(year: int) -> None:
    (found,) = dates(FESTIVALS, "hani", year)
    month, day = lunar_date(found.day)
    branch = Lunar.fromDate(dt.datetime.combine(found.day, dt.time(12))).getDayZhi()
    assert (month, branch) == (10, "辰")
    assert 1 <= day <= 12


LEAP = {"lunar": "6-24", "days": 3}


@pytest.mark.parametrize(
    ("rule", "announced", "year", "expected"),
    [
        # in the leap sixth month of 2025, and in the ordinary one
        (LEAP, {2025: [{"date": "2025-08-17"}]}, 2025, ["2025-08-17 2025 1"]),
        (LEAP, {2025: [{"date": "2025-07-18"}]}, 2025, ["2025-07-18 2025 1"]),
        # moved once more: the last word counts
        (LEAP, {2026: [{"date": "2026-08-05"}, {"date": "2026-08-07"}]}, 2026, ["2026-08-07 2026 2"]),
        # one of two in a Gregorian year; the other one stays
        ({"hijri": "10-1"}, {2033: {"date": "2033-12-24"}}, 2033, ["2033-01-02 1454 0", "2033-12-24 1455 1"]),
        # both of them
        (
            {"hijri": "10-1"},
            {2033: [{"date": "2033-01-03"}, {"date": "2033-12-24"}]},
            2033,
            ["2033-01-03 1454 1", "2033-12-24 1455 1"],
        ),
        # over the end of a year, either way
        ({"hijri": "10-1"}, {2032: {"date": "2032-12-31"}}, 2032, ["2032-01-14 1453 0", "2032-12-31 1454 1"]),
        ({"hijri": "10-1"}, {2032: {"date": "2032-12-31"}}, 2033, ["2033-12-23 1455 0"]),
        ({"hijri": "12-10"}, {2007: {"date": "2007-01-01"}}, 2006, ["2006-01-10 1426 0"]),
        (
            {"hijri": "12-10"},
            {2007: {"date": "2007-01-01"}},
            2007,
            ["2007-01-01 1427 1", "2007-12-20 1428 0"],
        ),
        # nobody moved another year
        (LEAP, {2025: [{"date": "2025-08-17"}]}, 2026, ["2026-08-06 2026 0"]),
    ],
)
def test_a_notice_moves_the_date_that_it_is_nearest_to(
    rule: dict[str, object], announced: dict[int, Any], year: int, expected: list[str]
) -> None:
    notices = {
        year: [{"source": "通知", **each} for each in (given if isinstance(given, list) else [given])]
        for year, given in announced.items()
    }
    found = dates({"moved": festival(rule, notices)}, "moved", year)
    assert [f"{each.day} {each.year} {each.notices}" for each in found] == expected


def test_one_notice_needs_no_list_around_it() -> None:
    one = {"date": "2026-04-14", "source": "通知"}
    assert festival({"solar": "04-13"}, {2026: one}) == festival({"solar": "04-13"}, {2026: [one]})


def test_a_date_waits_for_its_notice() -> None:
    notice = {2027: {"date": "2027-07-28", "source": "通知"}}
    torch = Festival.model_validate(
        {"zh": "节", "en": "day", "rule": LEAP, "groups": ["YI"], "announced": notice}
    )
    known = {"torch": torch, "eve": festival({"eve_of": "torch"}), "mid": festival({"lunar": "8-15"})}
    found = {
        name: [dates(known, name, year)[0].expected for year in (2026, 2027)]
        for name in ("torch", "eve", "mid")
    }
    assert found == {"torch": [True, False], "eve": [True, False], "mid": [False, False]}
    assert [str(dates(known, "eve", year)[0].day) for year in (2026, 2027)] == ["2026-08-05", "2027-07-27"]


@pytest.mark.parametrize(
    ("day", "strayed"),
    [("2025-07-18", []), ("2025-08-17", []), ("2025-05-20", [(2025, 0)]), ("2025-12-20", [(2025, 0)])],
)
def test_a_notice_far_from_every_date_has_strayed(day: str, strayed: list[tuple[int, int]]) -> None:
    known = {"torch": festival(LEAP, {2025: {"date": day, "source": "通知"}})}
    assert list(strays(known, "torch")) == strayed


LUNAR = [
    "1-1",
    "1-3",
    "1-15",
    "2-8",
    "3-3",
    "3-15",
    "5-5",
    "6-6",
    "6-24",
    "6-25",
    "8-15",
    "9-9",
    "12-8",
    "12-30",
]
BORAX_DIFFERS = {
    # A new moon within minutes of midnight, of 4 September 2089 here and of the 5th there.
    (2089, 8): dt.timedelta(days=1),
}
"""Lunar year and month → how much later the other library lets it begin."""


@pytest.mark.parametrize("rule", LUNAR)
def test_two_libraries_agree_on_every_lunar_rule_from_1950_to_2090(rule: str) -> None:
    month, day = map(int, rule.split("-"))
    known = {"day": festival({"lunar": rule})}
    ours = {each.year: each.day for year in range(1949, 2092) for each in dates(known, "day", year)}
    for year in range(1950, 2091):
        if day > LCalendars.ndays(year, month):
            assert year not in ours
            continue
        theirs = LunarDate(year, month, day).to_solar_date()
        assert ours[year] == theirs - BORAX_DIFFERS.get((year, month), dt.timedelta()), year


def test_two_libraries_agree_on_eves_terms_and_branch_days_from_1950_to_2090() -> None:
    for year in range(1950, 2091):
        (eve,) = dates(FESTIVALS, "eve", year)
        assert eve.day == LunarDate(year, 1, 1).to_solar_date() - dt.timedelta(days=1)
        for name, term in (("qingming", "清明"), ("dongzhi", "冬至")):
            (found,) = dates(FESTIVALS, name, year)
            assert found.day == TermUtils.nth_term_day(year, term_name=term), (name, year)
        first = LunarDate(year, 10, 1)
        theirs = next(first.after(step) for step in range(12) if first.after(step).gz_day[1] == "辰")
        hani = {each.year: each.day for near in (year, year + 1) for each in dates(FESTIVALS, "hani", near)}
        assert hani[year] == theirs.to_solar_date(), year


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Umm al-Qura calendar; notices in China were a day later.
        ("eid", ["2023-04-21", "2024-04-10", "2025-03-30", "2026-03-20"]),
        ("adha", ["2023-06-28", "2024-06-16", "2025-06-06", "2026-05-27"]),
    ],
)
def test_islamic_festivals_are_calculated(name: str, expected: list[str]) -> None:
    known = {name: festival({"hijri": {"eid": "10-1", "adha": "12-10"}[name]})}
    assert [str(dates(known, name, year)[0].day) for year in range(2023, 2027)] == expected
    assert all(dates(known, name, year)[0].expected for year in range(2023, 2027))


def test_the_eve_is_always_the_day_before() -> None:
    for year in range(2020, 2041):
        (spring,), (eve,) = dates(FESTIVALS, "spring", year), dates(FESTIVALS, "eve", year)
        assert spring.day - eve.day == dt.timedelta(days=1)


def test_a_lunar_festival_comes_every_twelve_or_thirteen_months() -> None:
    days = [found.day for year in range(2015, 2041) for found in dates(FESTIVALS, "laba", year)]
    assert {(after - before).days for before, after in pairwise(days)} <= {353, 354, 355, 383, 384, 385}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-09-25", (8, 15)),
        ("2025-07-24", (6, 30)),
        ("2025-07-25", (-6, 1)),  # the leap sixth month
        ("2025-08-23", (7, 1)),
        ("2026-02-16", (12, 29)),
    ],
)
def test_the_lunar_day_of_a_date(day: str, expected: tuple[int, int]) -> None:
    assert lunar_date(dt.date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    "rule",
    [
        {"lunar": "13-1"},
        {"lunar": "1-31"},
        {"lunar": "8/15"},
        {"solar": "4-13"},
        {"solar": "02-29"},  # three years in four have none
        {"solar": "02-30"},
        {"solar": "04-31"},
        {"solar": "W01-1"},
        {"solar": "13-01"},
        {"term": "lichun"},
        {"lunar_month": 10, "first_day": "dragon"},
        {"lunar": "1-1", "solar": "01-01"},
        {},
    ],
)
def test_a_rule_that_gives_no_date_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        festival(rule)


def test_an_announcement_needs_its_source() -> None:
    with pytest.raises(ValidationError):
        festival({"hijri": "10-1"}, {2027: {"date": "2027-03-10"}})
