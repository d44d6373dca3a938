"""The calendar: months, weeks, and what is on each day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from site_builder.content.model.vocabulary import Festival
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import Story
from site_builder.web.addresses import Here
from site_builder.web.calendar import calendar_view, months
from site_builder.web.parts import CalendarDay
from site_builder.web.views import CalendarView
from tests.unit.making import edition, site, story


def view(*stories: Story, today: str = "2026-06-01", lang: Lang = "zh", **festivals: Any) -> CalendarView:
    """The calendar of these stories and festivals alone."""
    vocabulary = site().vocabulary
    made = {name.replace("_", "-"): Festival.model_validate(facts) for name, facts in festivals.items()}
    whole = edition(
        *stories,
        today=dt.date.fromisoformat(today),
        vocabulary=type(vocabulary)(
            vocabulary.communities, vocabulary.ethnic_groups, made, vocabulary.honours, vocabulary.terms
        ),
    )
    return calendar_view(whole, Here("calendar/" if lang == "zh" else "en/calendar/", lang))


def festival(rule: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"zh": "大节", "en": "the Great Day", "rule": rule, **facts}


def days(shown: CalendarView) -> dict[str, CalendarDay]:
    return {day.iso: day for month in shown.months for week in month.weeks for day in week if day}


def on(shown: CalendarView) -> dict[str, list[str]]:
    """What stands on each day that has something, as it reads."""
    return {
        iso: [" ".join(filter(None, (e.time, e.text, e.which, e.mark))) for e in day.entries]
        for iso, day in days(shown).items()
        if day.entries
    }


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("2026-01-01", "2026-01-01", "2026-12-01"),
        ("2026-01-31", "2026-01-01", "2026-12-01"),
        ("2026-02-01", "2026-02-01", "2027-01-01"),
        ("2026-11-23", "2026-11-01", "2027-10-01"),
        ("2026-12-31", "2026-12-01", "2027-11-01"),
        ("2028-02-29", "2028-02-01", "2029-01-01"),
        ("2090-12-31", "2090-12-01", "2091-11-01"),
    ],
)
def test_twelve_months_from_that_of_today(today: str, first: str, last: str) -> None:
    found = list(months(dt.date.fromisoformat(today)))
    assert len(found) == 12
    assert (found[0].isoformat(), found[-1].isoformat()) == (first, last)
    shown = view(today=today)
    assert [month.iso for month in shown.months] == [f"{each:%Y-%m}" for each in found]
    start, end = found[0], (found[-1] + dt.timedelta(days=31)).replace(day=1)
    every = [(start + dt.timedelta(days=step)).isoformat() for step in range((end - start).days)]
    assert list(days(shown)) == every


@pytest.mark.parametrize(
    ("today", "number", "before", "weeks", "after"),
    [
        ("2027-02-01", 0, 0, 4, 0),  # 28 days from a Monday
        ("2026-11-01", 0, 6, 6, 6),  # from a Sunday
        ("2028-02-01", 0, 1, 5, 5),  # 29 days
        ("2026-12-01", 1, 4, 5, 0),  # January 2027 ends on a Sunday
    ],
)
def test_weeks_begin_on_monday(today: str, number: int, before: int, weeks: int, after: int) -> None:
    month = view(today=today).months[number]
    assert len(month.weeks) == weeks
    assert {len(week) for week in month.weeks} == {7}
    assert [day for day in month.weeks[0][:before] if day] == [] and month.weeks[0][before]
    assert sum(day is None for day in month.weeks[-1]) == after
    assert all(
        dt.date.fromisoformat(day.iso).weekday() == column
        for week in month.weeks
        for column, day in enumerate(week)
        if day
    )


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2026-09-12", "初二", "8/2"),
        ("2026-09-11", "八月", "8th month"),
        ("2026-09-30", "二十", "8/20"),
        ("2026-12-22", "冬至", "Winter Solstice"),
        ("2027-05-06", "四月 · 立夏", "4th month · Start of Summer"),
        ("2028-06-23", "闰五月", "leap 5th month"),
        ("2028-06-24", "初二", "leap 5/2"),
        ("2028-07-22", "六月 · 大暑", "6th month · Major Heat"),
        ("2027-02-06", "正月", "1st month"),
        ("2027-01-05", "小寒", "Minor Cold"),
    ],
)
def test_each_day_in_the_lunar_calendar(day: str, zh: str, en: str) -> None:
    found = [days(view(today=f"{day[:8]}01", lang=lang))[day].lunar for lang in LANGS]
    assert found == [zh, en]


def test_a_day_with_something_says_its_whole_date() -> None:
    shown = [view(lang=lang, great=festival({"lunar": "8-15"})) for lang in LANGS]
    found = [days(each)["2026-09-25"] for each in shown]
    assert [day.lunar for day in found] == ["农历八月十五", "lunar 8/15"]
    assert [day.weekday for day in found] == ["周五", "Fri"]
    assert [(e.kind, e.text, e.href) for e in found[1].entries] == [
        ("festival", "Great Day", "../festivals/great/")
    ]


@pytest.mark.parametrize(
    ("rule", "today", "expected"),
    [
        # over the end of a month, and of the year
        ({"solar": "06-29", "days": 3}, "2026-06-01", ["2026-06-29", "2026-06-30", "2026-07-01"]),
        ({"solar": "12-31", "days": 2}, "2026-12-01", ["2026-12-31", "2027-01-01"]),
        ({"solar": "12-31", "days": 2}, "2027-01-01", ["2027-01-01", "2027-12-31"]),
        ({"lunar": "1-1"}, "2026-02-01", ["2026-02-17"]),
        ({"lunar": "1-1"}, "2026-02-18", ["2026-02-17"]),  # the month at hand is shown as a whole
        ({"lunar": "1-1"}, "2026-03-01", ["2027-02-06"]),
        # 12-8 comes twice in 2025/2026 and not at all in some years
        ({"lunar": "12-8"}, "2025-02-01", ["2026-01-26"]),
        ({"lunar": "5-5"}, "2028-05-01", ["2028-05-28"]),  # not in the leap month
        ({"hijri": "10-1"}, "2026-06-01", ["2027-03-09"]),
    ],
)
def test_a_festival_stands_on_all_its_days(rule: dict[str, Any], today: str, expected: list[str]) -> None:
    assert list(on(view(today=today, great=festival(rule)))) == expected


def test_days_are_numbered_from_the_second() -> None:
    shown = on(view(great=festival({"solar": "06-29", "days": 3}, groups=["DA"])))
    assert shown == {
        "2026-06-29": ["大节 预计"],
        "2026-06-30": ["大节 第2天 预计"],
        "2026-07-01": ["大节 第3天 预计"],
    }


def test_an_announced_date_is_not_expected() -> None:
    announced = {2027: {"date": "2027-03-10", "source": "通知"}}
    eid = festival({"hijri": "10-1"}, groups=["HU"], announced=announced)
    assert on(view(eid=eid)) == {"2027-03-10": ["大节"]}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "expected"}, {"2026-09-25": ["18:30 标题feast 预计"]}),
        ({"status": "confirmed"}, {"2026-09-25": ["18:30 标题feast"]}),
        ({"status": "postponed"}, {}),
        ({"status": "cancelled"}, {}),
    ],
)
def test_what_does_not_take_place_is_not_shown(facts: dict[str, Any], expected: dict[str, list[str]]) -> None:
    when = {"dates": [{"start": "2026-09-25T18:30", "end": "2026-09-25T20:00"}]}
    assert on(view(story("events/feast", when=when, **facts))) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-06-30", ["2026-06-30", "2026-07-01"]),
        ("2026-07-01", ["2026-07-01"]),
        ("2026-07-02", []),
    ],
)
def test_an_event_spans_its_days_until_it_is_over(today: str, expected: list[str]) -> None:
    when = {"dates": [{"start": "2026-06-30T09:00", "end": "2026-07-01T17:00"}]}
    shown = on(view(story("events/show", when=when, status="confirmed"), today=today))
    assert list(shown) == expected
    said = {text for each in shown.values() for text in each}
    assert said <= {"09:00 标题show", "标题show 第2天"}


def test_festivals_come_before_events_and_these_by_their_hours() -> None:
    late, early, unknown = (
        story(f"events/{name}", status="confirmed", when={"festival": "great", **hours})
        for name, hours in (("late", {"start": "19:00"}), ("early", {"start": "09:00"}), ("any", {}))
    )
    shown = on(view(late, early, unknown, great=festival({"lunar": "8-15"})))
    assert shown == {"2026-09-25": ["大节", "标题any", "09:00 标题early", "19:00 标题late"]}


def test_a_month_with_nothing_is_quiet() -> None:
    shown = view(great=festival({"solar": "06-30", "days": 2}))
    assert [month.iso for month in shown.months if not month.quiet] == ["2026-06", "2026-07"]
    assert [month.quiet for month in view().months] == [True] * 12


def test_months_have_their_names() -> None:
    zh, en = (view(today="2026-12-01", lang=lang).months[:2] for lang in LANGS)
    assert [(month.name, month.short) for month in zh] == [("2026年12月", "12月"), ("2027年1月", "2027年1月")]
    assert [(month.name, month.short) for month in en] == [
        ("December 2026", "Dec"),
        ("January 2027", "Jan 2027"),
    ]
