"""The page of a community: its stories, and the way to all of them."""

from __future__ import annotations

import pytest

from site_builder.web.addresses import Here
from site_builder.web.parts import Link
from site_builder.web.places import community_view
from tests.unit.making import edition, story

HERE = Here("communities/east/", "zh")


def test_its_stories_stand_by_section_and_no_others() -> None:
    whole = edition(
        story("venues/hall", community="east"),
        story("events/feast", community="east"),
        story("residents/team", community="west"),
    )
    groups = community_view(whole, HERE, "east").groups
    assert [(group.heading, [card.href for card in group.cards], group.more) for group in groups] == [
        ("场所", ["../../venues/hall/"], None),
        ("活动", ["../../events/feast/"], None),
    ]


@pytest.mark.parametrize(("other", "path"), [("west", "venues/community/east/"), ("east", "venues/")])
def test_of_many_stories_only_the_first_are_shown(other: str, path: str) -> None:
    """Where no other community has any, the section's own list has them all."""
    ours = [story(f"venues/v{number:02}", community="east") for number in range(13)]
    whole = edition(*ours, story("venues/w", community=other))
    (group,) = community_view(whole, HERE, "east").groups
    count = 13 if other == "west" else 14
    assert len(group.cards) == 12
    assert group.more == Link(f"查看全部{count}篇", f"../../{path}")
