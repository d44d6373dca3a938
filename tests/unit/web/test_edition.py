"""What belongs together, and what part of all a page looks at."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from site_builder.content.story import Story
from tests.conftest import NOW
from tests.unit.making import consent, edition, photo, story


def related(*stories: object, of: str) -> list[str]:
    whole = edition(*stories)  # type: ignore[arg-type]
    return [each.ref for each in whole.related(whole.site.stories[of])]


HALL, TEAM = story("venues/hall"), story("residents/team")
FEAST = story("events/feast", venue="venues/hall", related=["residents/team"])


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("events/feast", ["venues/hall", "residents/team"]),
        ("venues/hall", ["events/feast"]),
        ("residents/team", ["events/feast"]),
    ],
)
def test_a_relation_has_two_sides(of: str, expected: list[str]) -> None:
    assert related(HALL, TEAM, FEAST, of=of) == expected


def test_each_comes_once() -> None:
    both = story("venues/hall", related=["events/feast", "residents/team"])
    twice = story("events/feast", venue="venues/hall", related=["venues/hall"])
    assert related(both, twice, TEAM, of="venues/hall") == ["events/feast", "residents/team"]
    assert related(both, twice, TEAM, of="events/feast") == ["venues/hall"]


def test_what_is_not_let_out_is_not_named() -> None:
    assert related(TEAM, FEAST, of="events/feast") == ["residents/team"]
    assert related(HALL, TEAM, of="venues/hall") == []


def test_those_that_name_it_come_in_the_order_of_the_site() -> None:
    naming = [story(f"events/e{number}", venue="venues/hall") for number in (3, 1, 2)]
    assert related(*naming, HALL, of="venues/hall") == ["events/e3", "events/e1", "events/e2"]


def test_words_are_filled_in() -> None:
    whole = edition()
    assert whole.say("zh", "list.count", count=3) == "共3篇"
    assert whole.say("en", "list.count", count=3) == "3 stories"
    with pytest.raises(KeyError):
        whole.say("en", "no.such.word")


def fingerprint(*stories: Story, of: str = "venues/hall", **parts: Any) -> str:
    known = edition(*stories, **parts)
    return known.fingerprint([known.site.stories[of]])


def test_a_fingerprint_tells_every_change_of_its_stories_and_of_what_all_share() -> None:
    hall = story("venues/hall", photos=[photo()])
    same = fingerprint(hall)
    assert same == fingerprint(story("venues/hall", photos=[photo()]), story("venues/west"))
    others = [
        fingerprint(story("venues/hall")),
        fingerprint(story("venues/hall", photos=[photo(focus=[0.1, 0.2])])),
        fingerprint(story("venues/hall", zh="别的。", photos=[photo()])),
        fingerprint(story("venues/hall", en="Another.", photos=[photo()])),
        fingerprint(story("venues/hall", title={"zh": "别", "en": "Other"}, photos=[photo()])),
        fingerprint(hall, today=NOW + dt.timedelta(days=1)),
        fingerprint(hall, pages={}, consents={"R-001": consent()}),
    ]
    assert len({same, *others}) == len(others) + 1


def test_a_part_of_an_edition_has_no_other_stories() -> None:
    hall, west, show = story("venues/hall"), story("venues/west"), story("events/show", venue="venues/west")
    whole = edition(hall, west, show)
    part = whole.only([show, hall])
    assert list(part.site.stories) == ["venues/hall", "events/show"]
    assert (whole.venue(show), part.venue(show)) == (west, None)
    assert (whole.related(show), part.related(show)) == ((west,), ())
    assert part.upcoming(show) == whole.upcoming(show)
