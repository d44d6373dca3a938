"""Dates of festivals against public almanacs (Purple Mountain Observatory, State Council notices)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from lunar_python import Lunar
from pydantic import ValidationError

from site_builder.content.festivals import FestivalDate, dates, lunar_date
from site_builder.content.model.vocabulary import Festival


def festival(rule: dict[str, object], announced: dict[int, dict[str, str]] | None = None) -> Festival:
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
        ("eid", 2026, []),  # the Islamic calendar is not calculated
    ],
)
def test_years_with_none_or_two(name: str, year: int, expected: list[str]) -> None:
    assert [found.day.isoformat() for found in dates(FESTIVALS, name, year)] == expected


def test_an_announced_date_wins_and_says_so() -> None:
    assert dates(FESTIVALS, "moved", 2026) == (FestivalDate(dt.date(2026, 4, 14), 3, announced=True),)
    assert dates(FESTIVALS, "moved", 2027) == (FestivalDate(dt.date(2027, 4, 13), 3),)


@pytest.mark.parametrize("year", range(2017, 2034))
def test_the_hani_year_begins_on_a_dragon_day_in_the_first_twelve_of_the_tenth_month(year: int) -> None:
    (found,) = dates(FESTIVALS, "hani", year)
    month, day = lunar_date(found.day)
    branch = Lunar.fromDate(dt.datetime.combine(found.day, dt.time(12))).getDayZhi()
    assert (month, branch) == (10, "辰")
    assert 1 <= day <= 12


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
