"""What belongs together: both sides know of a relation that one of them writes."""

from __future__ import annotations

import pytest

from tests.unit.making import edition, story


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
