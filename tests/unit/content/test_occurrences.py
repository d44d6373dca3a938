"""The dates of an event, as its rule and the day of the build give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter

from site_builder.content.festivals import almanac
from site_builder.content.model.event import When, WhenForm
from site_builder.content.occurrences import HORIZON, Occurrence, past, upcoming
from tests.unit.content.test_festivals import FESTIVALS

ALMANAC = almanac(FESTIVALS)


def when(**form: Any) -> When:
    return TypeAdapter(WhenForm).validate_python(form)


def first_days(form: dict[str, Any], today: str, count: int = 3) -> list[str]:
    found = upcoming(when(**form), ALMANAC, dt.date.fromisoformat(today))
    return [each.day.isoformat() for each in found[:count]]


SATURDAY = {"weekday": "6"}


@pytest.mark.parametrize(
    ("form", "today", "expected"),
    [
        ({"every": "week", **SATURDAY}, "2026-06-01", ["2026-06-06", "2026-06-13", "2026-06-20"]),
        ({"every": "week", **SATURDAY}, "2026-06-06", ["2026-06-06", "2026-06-13", "2026-06-20"]),
        ({"every": "week", **SATURDAY}, "2026-12-27", ["2027-01-02", "2027-01-09", "2027-01-16"]),
        (
            {"every": "week", **SATURDAY, "from": "2026-07-01", "until": "2026-07-11"},
            "2026-06-01",
            ["2026-07-04", "2026-07-11"],
        ),
        ({"every": "week", **SATURDAY, "until": "2026-05-31"}, "2026-06-01", []),
        ({"every": "week", **SATURDAY, "from": "2030-01-01"}, "2026-06-01", []),  # beyond the horizon
        (
            {"every": "month", **SATURDAY, "nth": "2"},
            "2026-06-01",
            ["2026-06-13", "2026-07-11", "2026-08-08"],
        ),
        (
            {"every": "month", **SATURDAY, "nth": "2"},
            "2026-12-13",
            ["2027-01-09", "2027-02-13", "2027-03-13"],
        ),
        # only some months have a fifth Saturday
        (
            {"every": "month", **SATURDAY, "nth": "5"},
            "2026-06-01",
            ["2026-08-29", "2026-10-31", "2027-01-30"],
        ),
        (
            {"every": "month", "weekday": "1", "nth": "1"},
            "2026-06-01",
            ["2026-06-01", "2026-07-06", "2026-08-03"],
        ),
        (
            {"every": "quarter", "weekday": "7", "nth": "1"},
            "2026-06-01",
            ["2026-07-05", "2026-10-04", "2027-01-03"],
        ),
        ({"every": "month"}, "2026-06-01", []),  # the day is announced each time
        ({"every": "week"}, "2026-06-01", []),
        ({"festival": "mid-autumn"}, "2026-06-01", ["2026-09-25", "2027-09-15"]),
        ({"festival": "mid-autumn"}, "2026-09-25", ["2026-09-25", "2027-09-15"]),
        ({"festival": "mid-autumn"}, "2026-09-26", ["2027-09-15"]),
        ({"festival": "mid-autumn", "day": "-2"}, "2026-06-01", ["2026-09-23", "2027-09-13"]),
        # a festival of the year before or after, moved over New Year
        ({"festival": "laba", "day": "5"}, "2023-01-01", ["2023-01-04", "2024-01-23"]),
        ({"festival": "laba", "day": "-30"}, "2026-12-25", ["2027-12-05", "2028-12-23"]),
        (
            {
                "dates": [
                    {"start": "2026-10-01T09:00"},
                    {"start": "2026-06-02T09:00"},
                    {"start": "2026-05-31T09:00"},
                ]
            },
            "2026-06-01",
            ["2026-06-02", "2026-10-01"],
        ),
        # an exhibition is on until its last day
        ({"dates": [{"start": "2026-05-30T09:00", "end": "2026-06-01T17:00"}]}, "2026-06-01", ["2026-05-30"]),
        ({"dates": [{"start": "2026-05-30T09:00", "end": "2026-06-01T17:00"}]}, "2026-06-02", []),
        ({"past": "2021"}, "2026-06-01", []),
        ({"announced_later": "true"}, "2026-06-01", []),
    ],
)
def test_the_next_days(form: dict[str, Any], today: str, expected: list[str]) -> None:
    assert first_days(form, today) == expected


def test_the_horizon_is_two_years() -> None:
    today = dt.date(2026, 6, 1)
    found = upcoming(when(every="week", weekday="1"), almanac({}), today)
    assert (found[0].day, found[-1].day) == (today, dt.date(2028, 5, 29))
    assert found[-1].day <= today + HORIZON


def test_hours_come_along() -> None:
    form = when(festival="mid-autumn", start="18:30", end="21:00")
    (first, *_) = upcoming(form, ALMANAC, dt.date(2026, 6, 1))
    assert first == Occurrence(dt.date(2026, 9, 25), dt.time(18, 30), dt.time(21), key="2026")


def test_two_on_one_day_come_by_the_clock() -> None:
    form = when(
        dates=[{"start": "2026-07-01T19:00", "end": "2026-07-01T20:00"}, {"start": "2026-07-01T09:00"}]
    )
    found = upcoming(form, almanac({}), dt.date(2026, 6, 1))
    assert [(each.start, each.end) for each in found] == [(dt.time(9), None), (dt.time(19), dt.time(20))]


def test_dates_that_somebody_set_are_announced() -> None:
    today = dt.date(2026, 4, 1)
    assert [each.notices for each in upcoming(when(festival="moved"), ALMANAC, today)] == [1, 0]
    assert upcoming(when(dates=[{"start": "2026-05-01T09:00"}]), almanac({}), today)[0].notices == 1


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        # the year of the festival's own calendar, on whatever day it is held
        ({"festival": "laba"}, ["2026", "2027"]),
        ({"festival": "laba", "day": "-30"}, ["2026", "2027"]),
        ({"festival": "eid"}, ["1448", "1449"]),
        # the week, the month, the quarter
        ({"every": "week", "weekday": "1", "until": "2026-06-10"}, ["2026-w23", "2026-w24"]),
        ({"every": "week", "weekday": "7", "until": "2026-06-10"}, ["2026-w23"]),
        ({"every": "month", "weekday": "1", "nth": "1", "until": "2026-07-31"}, ["2026-06", "2026-07"]),
        ({"every": "month", "weekday": "6", "nth": "2", "until": "2026-07-31"}, ["2026-06", "2026-07"]),
        ({"every": "quarter", "weekday": "7", "nth": "1", "until": "2026-12-31"}, ["2026-q3", "2026-q4"]),
        # the place in the list of its year
        (
            {"dates": [{"start": f"{day}T09:00"} for day in ("2026-03-01", "2026-09-01", "2027-01-01")]},
            ["2026-2", "2027"],
        ),
        ({"dates": [{"start": f"{day}T09:00"} for day in ("2026-09-02", "2026-09-01")]}, ["2026-2", "2026"]),
    ],
)
def test_an_occurrence_has_a_name_that_no_other_date_takes_from_it(
    form: dict[str, Any], expected: list[str]
) -> None:
    found = upcoming(when(**form), ALMANAC, dt.date(2026, 6, 1))
    assert [each.key for each in found][:2] == expected


@pytest.mark.parametrize(
    ("form", "since", "expected"),
    [
        ({"festival": "mid-autumn"}, "2024-01-01", ["2025-10-06", "2024-09-17"]),
        ({"festival": "mid-autumn"}, "2024-10-01", ["2025-10-06"]),
        ({"festival": "mid-autumn"}, "2026-05-01", []),
        ({"every": "month", "weekday": "1", "nth": "1"}, "2026-03-15", ["2026-05-04", "2026-04-06"]),
        ({"every": "week", "weekday": "1", "from": "2026-05-20"}, "2026-01-01", ["2026-05-25"]),
        # what is listed took place, however long ago
        (
            {"dates": [{"start": "2019-05-01T09:00"}, {"start": "2026-09-01T09:00"}]},
            "2026-01-01",
            ["2019-05-01"],
        ),
        # on until today
        ({"dates": [{"start": "2026-05-01T09:00", "end": "2026-06-01T09:00"}]}, "2026-01-01", []),
        ({"past": "2021"}, "2020-01-01", []),
        ({"announced_later": "true"}, "2020-01-01", []),
    ],
)
def test_what_is_over(form: dict[str, Any], since: str, expected: list[str]) -> None:
    found = past(when(**form), ALMANAC, dt.date.fromisoformat(since), dt.date(2026, 6, 1))
    assert [str(each.day) for each in found] == expected
