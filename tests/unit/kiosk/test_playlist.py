"""What a screen plays follows from its file, the stories it may show, and the day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from site_builder.content.model.kiosk import Kiosk
from site_builder.content.story import Story
from site_builder.kiosk.playlist import Playlist, longest_count, playlist, upcoming
from tests.conftest import NOW
from tests.unit.making import RECIPE, edition, photo, story

FACTS: dict[str, Any] = {
    "title": {"zh": "广场屏", "en": "Plaza screen"},
    "panel": {"diagonal_in": 55, "px": [1080, 1920], "distance_m": 2, "touch": True},
    "default": [{"section": "venues"}],
}
QUESTION = {
    "zh": "中秋节在哪一天？",
    "en": "When is Mid-Autumn?",
    "choices": [{"zh": "八月十五", "en": "15 of the 8th"}, {"zh": "九月初九", "en": "9 of the 9th"}],
    "answer": 1,
}


def planned(
    *stories: Story, today: dt.date = NOW, web: tuple[str, ...] | None = None, **facts: Any
) -> Playlist:
    shown = edition(*stories, today=today, kiosks={"plaza": Kiosk.model_validate(FACTS | facts)})
    return playlist(shown, "plaza", [each.ref for each in stories] if web is None else web, RECIPE)


def event(slug: str, day: str, **facts: Any) -> Story:
    when = {"dates": [{"start": f"{day}T18:30", "end": f"{day}T21:00"}]}
    return story(f"events/{slug}", when=when, **({"status": "confirmed"} | facts))


def test_the_latest_stories_of_a_section() -> None:
    venues = [story(f"venues/v{number}") for number in range(4)]
    assert planned(*venues, default=[{"section": "venues", "latest": 2}]).default == (
        "venues/v0",
        "venues/v1",
    )


def test_the_next_events_soonest_first_without_those_that_have_no_date() -> None:
    events = [event("late", "2026-09-01"), event("soon", "2026-06-02"), story("events/some-day")]
    events += [event("over", "2026-05-01"), event("off", "2026-06-03", status="cancelled")]
    assert planned(*events, default=[{"section": "events", "next": 4}]).default == (
        "events/soon",
        "events/late",
    )


def test_what_stands_twice_in_a_list_plays_once() -> None:
    twice = [{"story": "venues/a"}, {"section": "venues"}]
    assert planned(story("venues/a"), story("venues/b"), default=twice).default == ("venues/a", "venues/b")


def test_a_quiz_is_asked_question_by_question_and_not_endlessly() -> None:
    asked = story("events/quiz", quiz=[QUESTION] * 5)
    found = planned(asked, default=[{"quiz": "events/quiz"}])
    assert found.default == ("quiz/quiz", "quiz/quiz/2", "quiz/quiz/3")
    slide = found.slides["quiz/quiz"]
    assert slide.faces["zh"].choices == ("八月十五", "九月初九")
    assert slide.story == "events/quiz"


def test_dayparts_have_their_own_lists() -> None:
    part = {"days": [6, 7], "from": "18:00", "to": "21:30", "play": [{"story": "venues/b"}]}
    found = planned(story("venues/a"), story("venues/b"), default=[{"story": "venues/a"}], dayparts=[part])
    assert (found.default, found.dayparts) == (("venues/a",), (("venues/b",),))
    assert found.slides.keys() == {"screen/plaza", "venues/a", "venues/b"}


def test_with_nothing_to_play_today_the_screen_still_says_whose_it_is() -> None:
    found = planned(story("events/some-day"), default=[{"section": "events", "next": 3}])
    assert found.default == ()
    own = found.slides[found.fallback]
    assert (own.kind, own.photo, own.dates) == ("screen", None, ())
    assert own.faces["zh"].title == "小街"


def test_an_event_knows_its_dates_and_whether_they_may_change() -> None:
    found = planned(event("film", "2026-06-02", status="expected"), default=[{"story": "events/film"}])
    (date,) = found.slides["events/film"].dates
    assert (date.first, date.until) == ("2026-06-02T18:30:00+08:00", "2026-06-02T21:00:00+08:00")
    assert date.texts == {"zh": "6月2日 星期二 18:30–21:00", "en": "Tuesday 2 June 18:30–21:00"}
    assert date.mark == {"zh": "预计", "en": "Expected"}


@pytest.mark.parametrize(
    ("when", "until", "zh", "en"),
    [
        (
            {"dates": [{"start": "2026-06-02T09:00", "end": "2026-06-05T17:00"}]},
            "2026-06-05T17:00:00+08:00",
            "6月2日 星期二 09:00至6月5日 星期五 17:00",
            "Tuesday 2 June 09:00 to Friday 5 June 17:00",
        ),
        (
            {"dates": [{"start": "2026-06-02T22:00", "end": "2026-06-03T01:00"}]},
            "2026-06-03T01:00:00+08:00",
            "6月2日 星期二 22:00至6月3日 星期三 01:00",
            "Tuesday 2 June 22:00 to Wednesday 3 June 01:00",
        ),
        (
            {"every": "week", "weekday": 2, "start": "22:00", "end": "01:00"},
            "2026-06-03T01:00:00+08:00",
            "6月2日 星期二 22:00–01:00",
            "Tuesday 2 June 22:00–01:00",
        ),
        ({"every": "week", "weekday": 2}, "2026-06-03T00:00:00+08:00", "6月2日 星期二", "Tuesday 2 June"),
    ],
)
def test_a_date_says_when_it_begins_and_ends(when: dict[str, Any], until: str, zh: str, en: str) -> None:
    told = story("events/film", when=when, status="confirmed")
    first = planned(told, default=[{"story": "events/film"}]).slides["events/film"].dates[0]
    assert (first.until, first.texts) == (until, {"zh": zh, "en": en})


@pytest.mark.parametrize("distance", [2, 4, 7])
def test_every_slide_of_an_event_ends_with_it(distance: float) -> None:
    panel = {**FACTS["panel"], "distance_m": distance}
    shown = event("film", "2026-06-02", photos=[photo()])
    slides = planned(shown, panel=panel, default=[{"story": "events/film"}]).slides
    told = [slide for slide in slides.values() if slide.story]
    assert told
    assert all(slide.dates for slide in told)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        ((1,), "还有2天", "Tomorrow"),  # wider than “In 2 days”
        ((40,), "还有40天", "In 40 days"),
        ((1, 200), "还有199天", "In 199 days"),  # when the first is over
    ],
)
def test_there_is_room_for_the_widest_countdown(days: tuple[int, ...], zh: str, en: str) -> None:
    dates = [{"start": f"{NOW + dt.timedelta(each)}T18:30"} for each in days]
    told = edition(story("events/film", when={"dates": dates}))
    coming = upcoming(told, told.site.stories["events/film"])
    assert (longest_count(told, "zh", coming), longest_count(told, "en", coming)) == (zh, en)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nobody_is_called_to_what_does_not_take_place(status: str) -> None:
    slide = planned(event("film", "2026-06-02", status=status), default=[{"story": "events/film"}]).slides
    assert slide["events/film"].dates == ()
    assert slide["events/film"].faces["zh"].mark == {"cancelled": "已取消", "postponed": "已延期"}[status]


def test_a_repeated_event_has_dates_enough_for_weeks_without_a_network() -> None:
    weekly = story("events/film", when={"every": "week", "weekday": 5}, status="confirmed")
    found = planned(weekly, default=[{"story": "events/film"}])
    assert [date.first[:10] for date in found.slides["events/film"].dates] == [
        f"2026-{day}" for day in ("06-05", "06-12", "06-19", "06-26", "07-03", "07-10")
    ]


def test_only_what_stands_on_the_web_has_a_code() -> None:
    found = planned(story("venues/a", photos=[photo()]), default=[{"story": "venues/a"}], web=())
    assert [slide.url for slide in found.slides.values() if slide.story] == [None]
    assert not found.slides["venues/a"].code


@pytest.mark.parametrize(("mode", "path"), [("alternate", ""), ("stacked", ""), ("zh", ""), ("en", "en/")])
def test_a_code_leads_to_a_page_in_a_language_that_is_shown(mode: str, path: str) -> None:
    found = planned(story("venues/a"), default=[{"story": "venues/a"}], languages={"mode": mode})
    base = found.slides[found.fallback].url
    assert base
    assert base.endswith(path or "/")
    assert base.endswith("en/") == bool(path)
    assert found.slides["venues/a"].url == f"{base}venues/a/"


def test_a_sample_is_marked_once() -> None:
    sample = story("venues/a", sample=True, title={"zh": "示例：一个广场", "en": "Sample: A Plaza"})
    face = planned(sample, default=[{"story": "venues/a"}]).slides["venues/a"].faces
    assert (face["zh"].mark, face["zh"].title) == ("示例", "一个广场")
    assert (face["en"].mark, face["en"].title) == ("Sample", "A Plaza")
