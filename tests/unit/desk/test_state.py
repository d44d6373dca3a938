"""What needs an editor's eye."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder import output
from site_builder.desk.state import located, status
from tests.test_cases import drawn
from tests.unit.desk.git import edit

TODAY = dt.date(2026, 6, 1)
RECORD = """\
subject: R-002
role: group
scopes: [web]
granted: 2026-01-01
expires: 2027-01-01
status: active
"""
HALL = "content/venues/hall/story.yml"


def rows(root: Path, today: dt.date = TODAY) -> list[tuple[str, str, str]]:
    found = status(output.check(root)[0], root, today)
    return [(each.matter, each.name, str(each.day or each.gaps or "")) for each in found.entries]


def test_where_all_is_well_there_is_nothing_to_see(golden: Path) -> None:
    edit(golden / "content/pages/about/page.yml", "title:", "# as it was\ntitle:")
    assert [row for row in rows(golden) if row[0] not in {"festival", "missing"}] == []


@pytest.mark.parametrize(
    ("find", "put", "row"),
    [
        ("published: 2026-01-10", "published: 2026-06-02", ("scheduled", "venues/hall", "2026-06-02")),
        ("kind: hall", "kind: hall\nexpires: 2026-07-31", ("expiring", "venues/hall", "2026-07-31")),
        ("kind: hall", "kind: hall\nexpires: 2026-08-01", None),
        ("kind: hall", "kind: hall\nexpires: 2026-05-31", ("expiring", "venues/hall", "2026-05-31")),
        ("kind: hall", "kind: hall\ndraft: true", ("draft", "venues/hall", "")),
        ("{zh: 小礼堂, en", "{zh: 【待写】标题, en", None),
    ],
)
def test_a_story_is_listed_for_what_it_needs(
    golden: Path, find: str, put: str, row: tuple[str, str, str] | None
) -> None:
    if "【待写】" in put:
        edit(golden / HALL, "kind: hall", "kind: hall\ndraft: true")
        row = ("draft", "venues/hall", "1")
    edit(golden / HALL, find, put)
    assert [each for each in rows(golden) if each[1] == "venues/hall"] == [row] * (row is not None)


def test_english_that_is_missing_or_behind_is_listed(golden: Path) -> None:
    (golden / "content/residents/helpers/en.md").unlink(missing_ok=True)
    edit(golden / "content/venues/hall/zh.md", "小礼堂不大", "小礼堂不小")
    found = {row[:2] for row in rows(golden)}
    assert {("missing", "residents/helpers"), ("stale", "venues/hall")} <= found


@pytest.mark.parametrize(
    ("find", "put", "day"),
    [
        ("expires:", "expires: 2026-07-31 #", "2026-07-31"),
        ("expires:", "expires: 2026-08-01 #", None),
        ("status: active", "status: withdrawn", ""),
    ],
)
def test_a_consent_that_ends_is_listed_while_something_rests_on_it(
    golden: Path, find: str, put: str, day: str | None
) -> None:
    edit(golden / "content/consents/c-1.yml", find, put)
    found = [row[1:] for row in rows(golden) if row[0] == "consent"]
    assert found == ([] if day is None else [("c-1", day)])
    story = golden / "content/residents/helpers/story.yml"
    story.write_text(story.read_text("utf-8").replace("c-1", "c-2"), "utf-8")
    record = golden / "content/consents/c-1.yml"
    record.with_name("c-2.yml").write_text(RECORD, "utf-8")
    assert [row for row in rows(golden) if row[0] == "consent"] == []


def test_a_photo_that_tells_its_place_is_listed_although_the_content_cannot_be_loaded(golden: Path) -> None:
    (golden / "content/venues/hall/photos/b.jpg").write_bytes(drawn((800, 600), "JPEG", location=True))
    assert [each.name for each in located(golden)] == ["content/venues/hall/photos/b.jpg"]


@pytest.mark.parametrize(("ahead", "listed"), [(60, True), (61, False), (0, True), (-1, False)])
def test_a_festival_without_an_event_is_listed_as_it_comes_near(
    golden: Path, ahead: int, listed: bool
) -> None:
    day = dt.date(2026, 9, 25) - dt.timedelta(days=ahead)
    row = ("festival", "mid-autumn", "2026-09-25")
    assert row not in rows(golden, day)
    event = golden / "content/events/mid-autumn/story.yml"
    edit(event, 'festival: mid-autumn, start: "18:30", end: "21:00"', "past: 2021")
    assert (row in rows(golden, day)) == listed
