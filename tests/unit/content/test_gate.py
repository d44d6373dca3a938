"""What each output may show: drafts, samples, dates and consents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from site_builder.content.gate import Gate, admitted, channels, shown_until
from tests.unit.making import consent, photo, site, story

TODAY = dt.date(2026, 6, 1)
OPEN: dict[str, Any] = {}


def codes(facts: dict[str, Any], channel: str = "web", **gate: bool) -> list[str]:
    """Why a story is left out; empty where it is shown."""
    whole = site(story("residents/team", **facts), consents={"c-1": consent()})
    shown, notices = admitted(whole, Gate(channel, TODAY, **gate))
    assert bool(shown.stories) != bool(notices)
    assert {notice.severity for notice in notices} <= {"notice"}
    return [notice.code.removeprefix("left-out-") for notice in notices]


@pytest.mark.parametrize(
    ("facts", "gate", "expected"),
    [
        ({}, {}, []),
        ({}, {"release": True}, []),
        ({"draft": True}, {}, ["draft"]),
        ({"draft": True}, {"drafts": True}, []),
        ({"sample": True}, {}, []),
        ({"sample": True}, {"release": True}, ["sample"]),
        ({"sample": True, "draft": True}, {"release": True}, ["draft", "sample"]),
        ({"published": "2026-06-01"}, {}, []),
        ({"published": "2026-06-02"}, {}, ["scheduled"]),
        ({"published": "2026-06-02"}, {"drafts": True}, []),
        ({"expires": "2026-06-02"}, {}, []),
        ({"expires": "2026-06-01"}, {}, ["expired"]),
        ({"expires": "2026-06-01"}, {"drafts": True}, ["expired"]),
    ],
)
def test_a_story_by_its_flags_and_dates(
    facts: dict[str, Any], gate: dict[str, bool], expected: list[str]
) -> None:
    assert codes(facts, **gate) == expected


CONSENTS = [
    ({}, "web", None),
    ({}, "kiosk", None),
    ({"scopes": ["web"]}, "web", None),
    ({"scopes": ["web"]}, "kiosk", "consent-scope"),
    ({"scopes": ["kiosk", "print"]}, "web", "consent-scope"),
    ({"scopes": ["kiosk", "print"]}, "kiosk", None),
    ({"scopes": ["kiosk", "print"]}, "print", None),
    ({"scopes": ["kiosk", "print"]}, "wechat", "consent-scope"),
    ({"scopes": ["name", "ethnicity"]}, "web", "consent-scope"),
    ({"status": "withdrawn"}, "web", "consent-ended"),
    ({"status": "withdrawn"}, "kiosk", "consent-ended"),
    ({"status": "withdrawn", "scopes": ["kiosk"]}, "web", "consent-ended"),
    ({"granted": "2026-06-01"}, "web", None),
    ({"granted": "2026-06-02"}, "web", "consent-ended"),
    ({"expires": "2026-06-02"}, "web", None),
    ({"expires": "2026-06-01"}, "web", "consent-ended"),
    ({"expires": "2026-06-01"}, "print", "consent-ended"),
]


@pytest.mark.parametrize("release", [False, True])
@pytest.mark.parametrize(("record", "channel", "expected"), CONSENTS)
def test_a_story_by_the_consent_of_its_person(
    record: dict[str, Any], channel: str, expected: str | None, release: bool
) -> None:
    told = story("residents/team", kind="individual", consents=["c-1"])
    whole = site(told, consents={"c-1": consent(**record)})
    shown, notices = admitted(whole, Gate(channel, TODAY, release))
    assert (not shown.stories) == bool(expected)
    assert [notice.code for notice in notices] == ([f"left-out-{expected}"] if expected else [])


@pytest.mark.parametrize(("record", "channel", "expected"), CONSENTS)
def test_a_photo_by_the_consents_of_the_people_in_it(
    record: dict[str, Any], channel: str, expected: str | None
) -> None:
    told = story("venues/hall", photos=[photo("a.jpg", people=["c-1"]), photo("b.jpg", people="crowd")])
    whole = site(told, consents={"c-1": consent(**record)})
    shown, notices = admitted(whole, Gate(channel, TODAY))
    left = [each.facts.file for each in shown.stories["venues/hall"].photos]
    assert left == (["b.jpg"] if expected else ["a.jpg", "b.jpg"])
    assert [(notice.code, notice.spot.path) for notice in notices] == (
        [(f"left-out-{expected}", "content/venues/hall/photos/a.jpg")] if expected else []
    )


def test_everybody_has_to_agree() -> None:
    told = story(
        "residents/two", kind="family", consents=["c-1", "c-2"], photos=[photo(people=["c-1", "c-2"])]
    )
    records = {"c-1": consent(), "c-2": consent(scopes=["kiosk"])}
    assert not admitted(site(told, consents=records), Gate("web", TODAY))[0].stories
    assert admitted(site(told, consents=records), Gate("kiosk", TODAY))[0].stories


@pytest.mark.parametrize(
    ("ref", "scopes", "groups"),
    [
        ("residents/one", ["web", "ethnicity"], ("YI",)),
        ("residents/one", ["web", "name"], ()),
        ("residents/one", ["web"], ()),
        ("residents/none", [], ("YI",)),  # a group nobody of whom is named
        ("venues/hall", [], ("YI",)),
        ("events/feast", [], ("YI",)),
    ],
)
def test_the_ethnicity_of_a_person_is_shown_where_the_consent_says_so(
    ref: str, scopes: list[str], groups: tuple[str, ...]
) -> None:
    facts: dict[str, Any] = {"kind": "individual", "consents": ["c-1"]} if scopes else {}
    whole = site(
        story(ref, ethnic_groups=["YI"], **facts), consents={"c-1": consent(scopes=scopes or ["web"])}
    )
    shown, notices = admitted(whole, Gate("web", TODAY))
    assert shown.stories[ref].facts.ethnic_groups == groups
    assert [notice.code for notice in notices] == ([] if groups else ["left-out-ethnicity"])


def test_whose_ethnic_groups_nobody_wrote_misses_none() -> None:
    whole = site(
        story("residents/one", kind="individual", consents=["c-1"]), consents={"c-1": consent(scopes=["web"])}
    )
    assert not admitted(whole, Gate("web", TODAY))[1]


def test_the_site_that_came_in_stays_as_it_is() -> None:
    whole = site(story("venues/a", draft=True), story("venues/b"))
    shown, _ = admitted(whole, Gate("web", TODAY))
    assert (list(whole.stories), list(shown.stories)) == (["venues/a", "venues/b"], ["venues/b"])


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ([], ("web", "kiosk", "wechat", "print")),
        ([["web", "name"]], ("web",)),
        ([["web", "kiosk", "print"], ["wechat", "print", "web"]], ("web", "print")),
        ([["name"]], ()),
    ],
)
def test_the_channels_to_which_all_agree(scopes: list[list[str]], expected: tuple[str, ...]) -> None:
    records = {f"c-{number}": consent(scopes=each) for number, each in enumerate(scopes)}
    assert channels(site(consents=records), records) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"expires": "2027-05-01"}, "2027-05-01"),
        ({"consents": ["c-1"]}, "2027-03-01"),
        ({"consents": ["c-1", "c-2"], "expires": "2027-05-01"}, "2027-02-01"),
        ({"photos": [photo(people=["c-2"])], "expires": "2027-05-01"}, "2027-02-01"),
    ],
)
def test_until_when_a_story_may_be_shown(facts: dict[str, Any], expected: str | None) -> None:
    records = {"c-1": consent(expires="2027-03-01"), "c-2": consent(expires="2027-02-01")}
    one = story("residents/one", **facts)
    assert str(shown_until(site(one, consents=records), one)) == str(expected)
