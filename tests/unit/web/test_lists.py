"""Lists: their pages, their filters, their order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from site_builder.content.story import Story
from site_builder.web.addresses import Here
from site_builder.web.lists import Selection, label, list_view, selections
from site_builder.web.parts import Link
from tests.unit.making import edition, story


def venues(count: int, **facts: Any) -> list[Story]:
    return [story(f"venues/v{number}", **facts) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [0]), (1, [1]), (24, [24]), (25, [24, 1]), (48, [24, 24]), (49, [24, 24, 1])],
)
def test_24_stories_a_page(count: int, pages: list[int]) -> None:
    (whole, *_) = selections(edition(*venues(count)), "venues")
    assert [len(whole.on_page(number)) for number in whole.pages] == pages


def test_the_pages_of_a_list_lead_to_each_other() -> None:
    whole = edition(*venues(25))
    every = selections(whole, "venues")
    first = list_view(whole, Here("venues/", "zh"), every, every[0], 1)
    second = list_view(whole, Here("venues/page/2/", "zh"), every, every[0], 2)
    assert first.pages == (Link("1", "./", True), Link("2", "page/2/"))
    assert (first.previous, first.following) == (None, Link("下一页", "page/2/"))
    assert second.pages == (Link("1", "../../"), Link("2", "./", True))
    assert (second.previous, second.following) == (Link("上一页", "../../"), None)
    assert (first.count, second.count) == ("共25篇", "共25篇")
    assert second.cards[0].href == "../../v24/"


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1* 2 … 9"), (3, "1 2 3* 4 … 9"), (5, "1 … 4 5* 6 … 9"), (8, "1 … 7 8* 9"), (9, "1 … 8 9*")],
)
def test_of_many_pages_a_list_names_those_around(number: int, shown: str) -> None:
    whole = edition(*venues(24 * 9))
    every = selections(whole, "venues")
    here = Here("venues/" if number == 1 else f"venues/page/{number}/", "zh")
    pages = list_view(whole, here, every, every[0], number).pages
    assert " ".join(page.text + "*" * page.current if page else "…" for page in pages) == shown


def test_a_list_of_one_page_has_no_row_of_pages() -> None:
    whole = edition(story("venues/a"))
    every = selections(whole, "venues")
    view = list_view(whole, Here("en/venues/", "en"), every, every[0], 1)
    assert (view.pages, view.previous, view.following, view.count) == ((), None, None, "1 story")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([{}], []),
        ([{}, {}], []),
        ([{"kind": "plaza"}, {"kind": "plaza"}], []),
        ([{"kind": "plaza"}, {"kind": "hall"}], ["kind"]),
        ([{"community": "east"}, {}], []),  # one choice is none
        ([{"community": "east"}, {"community": "west"}], ["community"]),
        ([{"published": "2025-12-31"}, {"published": "2026-01-01"}], ["year"]),
        (
            [{"kind": "plaza", "community": "east"}, {"kind": "hall", "community": "west"}],
            ["kind", "community"],
        ),
    ],
)
def test_a_filter_has_at_least_two_choices(facts: list[dict[str, Any]], expected: list[str]) -> None:
    stories = [story(f"venues/v{number}", **each) for number, each in enumerate(facts)]
    found = selections(edition(*stories), "venues")
    assert list(dict.fromkeys(each.by for each in found if each.by)) == expected


def test_filters_are_plain_pages_that_count() -> None:
    stories = [
        story("venues/a", kind="plaza", community="west"),
        story("venues/b", kind="plaza", community="east"),
        story("venues/c", kind="hall"),
    ]
    whole = edition(*stories)
    every = selections(whole, "venues")
    assert [(each.path, [one.slug for one in each.stories]) for each in every] == [
        ("venues/", ["a", "b", "c"]),
        ("venues/kind/plaza/", ["a", "b"]),
        ("venues/kind/hall/", ["c"]),
        ("venues/community/east/", ["b"]),  # in the order of the vocabulary
        ("venues/community/west/", ["a"]),
    ]
    view = list_view(whole, Here("venues/kind/hall/", "zh"), every, every[2], 1)
    kinds, communities = view.filters
    assert kinds.choices == (
        Link("全部", "../../"),
        Link("文化广场 2", "../plaza/"),
        Link("服务场所 1", "./", True),
    )
    assert communities.choices[0] == Link("全部", "../../", True)
    assert [label(whole, "en", each) for each in every[1:]] == [
        "Culture plaza",
        "Service point",
        "East Community",
        "West Community",
    ]


def test_a_long_filter_has_pages_of_its_own() -> None:
    stories = [*venues(30, kind="plaza"), story("venues/other", kind="hall")]
    (plazas,) = (each for each in selections(edition(*stories), "venues") if each.value == "plaza")
    assert [plazas.page_path(number) for number in plazas.pages] == [
        "venues/kind/plaza/",
        "venues/kind/plaza/page/2/",
    ]


def test_events_by_their_next_date_then_unknown_then_over() -> None:
    events = [
        story("events/past", when={"past": "2021"}),
        story("events/later", when={"announced_later": "true"}),
        story("events/autumn", when={"festival": "mid-autumn"}),
        story("events/over", when={"dates": [{"start": "2026-05-01T09:00"}]}),
        story("events/cancelled", when={"every": "week", "weekday": "1"}, status="cancelled"),
        story("events/july", when={"dates": [{"start": "2026-07-01T09:00"}]}),
        story("events/monday", when={"every": "week", "weekday": "1"}),
    ]
    (whole, *_) = selections(edition(*events, today=dt.date(2026, 6, 1)), "events")
    assert [each.slug for each in whole.stories] == [
        "monday",
        "july",
        "autumn",
        "later",
        "cancelled",
        "past",
        "over",
    ]


def test_events_belong_to_the_year_they_took_place_in() -> None:
    events = [
        story("events/a", when={"past": "2021"}),
        story("events/b", when={"dates": [{"start": "2027-01-01T09:00"}, {"start": "2026-12-31T09:00"}]}),
        story("events/c", when={"festival": "mid-autumn"}),
    ]
    years = {each.value: each for each in selections(edition(*events), "events") if each.by == "year"}
    assert {year: [one.slug for one in each.stories] for year, each in years.items()} == {
        "2026": ["b"],
        "2021": ["a"],
    }
    assert list(years) == ["2026", "2021"]
    assert isinstance(years["2021"], Selection)
