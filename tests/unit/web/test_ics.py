"""What calendars compare entries by: names that stay, and a number that rises."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from icalendar import Calendar

from site_builder.web.ics import sequence, uid
from site_builder.web.vcalendar import calendars
from tests.unit.making import edition, site, story

TODAY = dt.date(2026, 6, 1)


def number(**facts: Any) -> int:
    event = story("events/feast", **{"when": {"festival": "mid-autumn"}, **facts})
    return sequence(event, edition(event, today=TODAY).upcoming(event)[0])


def test_the_usual_course_of_an_event_raises_its_number() -> None:
    numbers = [number(status=each) for each in ("expected", "confirmed", "postponed", "cancelled")]
    assert numbers == sorted(set(numbers))


def test_a_status_that_goes_back_is_raised_by_the_day_of_the_update() -> None:
    course = [
        {"status": "cancelled"},
        {"status": "confirmed", "updated": "2026-01-02"},
        {"status": "postponed", "updated": "2026-01-02"},
        {"status": "expected", "updated": "2026-01-03"},
        {"status": "expected", "updated": "2026-05-01"},
    ]
    assert all(before < after for before, after in pairwise(number(**facts) for facts in course))


def test_a_date_that_was_set_is_more_than_one_that_was_calculated() -> None:
    day = {"when": {"dates": [{"start": "2026-09-25T18:30"}]}}
    assert number(**day) == number() + 1


def test_a_date_set_for_a_festival_keeps_the_name_of_the_entry() -> None:
    names = set()
    for when in ({"festival": "mid-autumn"}, {"dates": [{"start": "2026-09-26T18:30"}]}):
        event = story("events/feast", when=when)
        known = edition(event, today=TODAY)
        names.add(uid(known, event.ref, known.upcoming(event)[0].key))
    assert names == {"street.events.feast.2026@www.example.org"}


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://www.example.cn/", "events.feast.2026@www.example.cn"),
        ("https://www.example.cn/a/b/", "a.b.events.feast.2026@www.example.cn"),
    ],
)
def test_a_name_tells_whose_it_is(base: str, expected: str) -> None:
    identity = site().identity.model_copy(update={"base_url": base})
    assert uid(edition(identity=identity), "events/feast", "2026") == expected


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        ({}, "某市小街街道", "Little Street Subdistrict"),
        ({"community": "west"}, "西社区", "West Community"),
        ({"venue": "venues/hall"}, "标题hall", "Title hall"),
        ({"venue": "venues/house"}, "标题house、东路1号", "Title house, 1 East Road"),
    ],
)
def test_where_an_event_is(facts: dict[str, Any], zh: str, en: str) -> None:
    house = story("venues/house", address={"zh": "东路1号", "en": "1 East Road"}, location=[25.03, 102.69])
    feast = story("events/feast", when={"festival": "mid-autumn"}, **facts)
    known = edition(feast, house, story("venues/hall"), today=TODAY)
    found = []
    for prefix in ("", "en/"):
        entry = Calendar.from_ical(calendars(known)[f"{prefix}events/feast.ics"]).events[0]
        found.append(str(entry["LOCATION"]))
        assert ("GEO" in entry) == ("house" in facts.get("venue", ""))
    assert found == [zh, en]


def test_without_any_event_the_calendar_has_its_festivals() -> None:
    files = calendars(edition(today=TODAY))
    assert list(files) == ["calendar.ics", "en/calendar.ics"]
    assert {str(entry["SUMMARY"]) for entry in Calendar.from_ical(files["calendar.ics"]).events} == {
        *("中秋节", "春节", "除夕")
    }
