"""Dates as readers of the two languages write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from site_builder.content.occurrences import Occurrence
from site_builder.web import dates
from site_builder.web.parts import DateBadge
from tests.unit.making import edition, story

MID_AUTUMN = dt.date(2026, 9, 25)


def test_long_dates() -> None:
    assert dates.long_date("zh", MID_AUTUMN) == "2026年9月25日"
    assert dates.long_date("en", MID_AUTUMN) == "25 September 2026"
    assert dates.long_date("zh", MID_AUTUMN, weekday=True) == "2026年9月25日 星期五"
    assert dates.long_date("en", MID_AUTUMN, weekday=True) == "Friday 25 September 2026"
    assert dates.long_date("zh", dt.date(2027, 1, 2)) == "2027年1月2日"


def test_a_badge_is_a_leaf_of_a_calendar() -> None:
    assert dates.badge("zh", MID_AUTUMN) == DateBadge("2026-09-25", "9月", "25", "星期五")
    assert dates.badge("en", dt.date(2026, 10, 3)) == DateBadge("2026-10-03", "Oct", "3", "Sat")


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2026-09-25", "农历八月十五", "15th day of the 8th lunar month"),
        ("2026-02-17", "农历正月初一", "1st day of the 1st lunar month"),
        ("2026-02-18", "农历正月初二", "2nd day of the 1st lunar month"),
        ("2026-02-19", "农历正月初三", "3rd day of the 1st lunar month"),
        ("2026-02-26", "农历正月初十", "10th day of the 1st lunar month"),
        ("2026-02-27", "农历正月十一", "11th day of the 1st lunar month"),
        ("2026-02-28", "农历正月十二", "12th day of the 1st lunar month"),
        ("2026-03-01", "农历正月十三", "13th day of the 1st lunar month"),
        ("2026-03-07", "农历正月十九", "19th day of the 1st lunar month"),
        ("2026-03-08", "农历正月二十", "20th day of the 1st lunar month"),
        ("2026-03-09", "农历正月廿一", "21st day of the 1st lunar month"),
        ("2026-03-10", "农历正月廿二", "22nd day of the 1st lunar month"),
        ("2026-03-11", "农历正月廿三", "23rd day of the 1st lunar month"),
        ("2026-03-17", "农历正月廿九", "29th day of the 1st lunar month"),
        ("2026-03-18", "农历正月三十", "30th day of the 1st lunar month"),
        ("2026-01-18", "农历冬月三十", "30th day of the 11th lunar month"),
        ("2026-01-26", "农历腊月初八", "8th day of the 12th lunar month"),
        ("2025-12-01", "农历十月十二", "12th day of the 10th lunar month"),
        ("2025-07-25", "农历闰六月初一", "1st day of the leap 6th lunar month"),
        ("2025-08-22", "农历闰六月廿九", "29th day of the leap 6th lunar month"),
        ("2025-08-23", "农历七月初一", "1st day of the 7th lunar month"),
    ],
)
def test_lunar_dates(day: str, zh: str, en: str) -> None:
    found = [dates.lunar_text(lang, dt.date.fromisoformat(day)) for lang in ("zh", "en")]
    assert found == [zh, en]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, ""),
        (dt.time(9), None, "09:00"),
        (dt.time(18, 30), dt.time(21), "18:30–21:00"),
        (dt.time(0), dt.time(1), "00:00–01:00"),
    ],
)
def test_hours(start: dt.time | None, end: dt.time | None, expected: str) -> None:
    assert dates.hours(Occurrence(MID_AUTUMN, start, end)) == expected


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (Occurrence(MID_AUTUMN), "2026年9月25日 星期五", "Friday 25 September 2026"),
        (
            Occurrence(MID_AUTUMN, dt.time(18, 30)),
            "2026年9月25日 星期五 18:30",
            "Friday 25 September 2026 18:30",
        ),
        (
            Occurrence(MID_AUTUMN, dt.time(9), dt.time(17), last=dt.date(2026, 9, 27)),
            "2026年9月25日 星期五 09:00至2026年9月27日 星期日 17:00",
            "Friday 25 September 2026 09:00 to Sunday 27 September 2026 17:00",
        ),
    ],
)
def test_dates_in_full(found: Occurrence, zh: str, en: str) -> None:
    assert [dates.in_full(edition(), lang, found) for lang in ("zh", "en")] == [zh, en]


@pytest.mark.parametrize(
    ("when", "over"),
    [
        ({"past": "2021"}, True),
        ({"dates": [{"start": "2026-05-31T09:00"}]}, True),
        ({"dates": [{"start": "2026-05-31T09:00", "end": "2026-06-01T09:00"}]}, False),
        ({"every": "month", "until": "2026-05-31"}, True),
        ({"every": "month"}, False),
        ({"festival": "mid-autumn"}, False),
        ({"announced_later": "true"}, False),
    ],
)
def test_what_is_over(when: dict[str, Any], over: bool) -> None:
    event = story("events/x", when=when)
    assert dates.is_over(edition(event, today=dt.date(2026, 6, 1)), event) == over


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        ({"festival": "mid-autumn"}, "每年中秋节", "Every year at the Mid-Autumn Festival"),
        ({"every": "week"}, "每周", "Every week"),
        ({"every": "month"}, "每月一次", "Once a month"),
        ({"every": "quarter"}, "每季度一次", "Once a quarter"),
        ({"past": "2021"}, "2021年", "2021"),
        ({"announced_later": "true"}, "时间另行通知", "Date to be announced"),
        ({"dates": [{"start": "2026-09-25T18:30"}]}, "2026年9月25日", "25 September 2026"),
    ],
)
def test_rhythms(when: dict[str, Any], zh: str, en: str) -> None:
    event = story("events/x", when=when)
    whole = edition(event)
    assert [dates.rhythm(whole, lang, event.facts) for lang in ("zh", "en")] == [zh, en]


@pytest.mark.parametrize(
    ("status", "today", "expected"),
    [
        ("expected", "2026-06-01", "2026-09-25"),
        ("confirmed", "2026-09-25", "2026-09-25"),
        ("confirmed", "2026-09-26", "2027-09-15"),
        ("cancelled", "2026-06-01", None),
        ("postponed", "2026-06-01", None),
    ],
)
def test_the_next_of_an_event(status: str, today: str, expected: str | None) -> None:
    event = story("events/x", when={"festival": "mid-autumn"}, status=status)
    found = dates.next_of(edition(event, today=dt.date.fromisoformat(today)), event)
    assert (found.day.isoformat() if found else None) == expected
