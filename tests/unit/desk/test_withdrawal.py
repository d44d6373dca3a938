"""Somebody takes a consent back: what is marked, and what is found to rest on it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder import output
from site_builder.build import build
from site_builder.content.problems import ContentError
from site_builder.desk.withdrawal import Withdrawal, mark, withdrawal
from site_builder.output import Options
from tests.conftest import NOW, ROOT
from tests.unit.desk.git import edit

RECORD = """\
# Written by hand; every line of it stays.
subject: R-002
role: subject
scopes: [web, kiosk, wechat, print, name]   # all
granted: 2026-01-01
expires: 2027-01-01
status: {status}  # active until somebody says otherwise
"""
PERSON = """\
title: {zh: 热心邻居, en: A Kind Neighbour}
summary:
  zh: 东社区的一位热心邻居，总在楼道里帮大家修灯、搬东西、看孩子。
  en: A neighbour who mends lamps and carries things for everybody in the house.
published: 2026-02-02
kind: individual
community: east
sources: [{title: {zh: 小街简报, en: Street Bulletin}}]
consents: [c-2]
"""
HALL = "content/venues/hall/story.yml"


@pytest.fixture
def street(golden: Path) -> Path:
    """The golden site with a person, who can also be recognised in the photo of the hall."""
    (golden / "content/consents/c-2.yml").write_text(RECORD.format(status="active"), "utf-8")
    story = golden / "content/residents/neighbour"
    story.mkdir()
    (story / "story.yml").write_text(PERSON, "utf-8")
    (story / "zh.md").write_text("正文。", "utf-8")
    edit(golden / HALL, "people: none", "people: [c-2]")
    return golden


def found(root: Path, record: str = "c-2") -> Withdrawal:
    return withdrawal(output.check(root)[0], ROOT / "theme", record, NOW)[0]


def test_what_rests_on_a_record_is_found(street: Path) -> None:
    told = found(street)
    assert told.stories == ("residents/neighbour",)
    assert told.photos == ("content/venues/hall/photos/hall.png",)
    assert told.sources == ("content/residents/neighbour", "content/venues/hall/photos/hall.png")
    assert told.by_hand == ("wechat", "print")
    assert told.kiosks == ("hall",)
    assert {"residents/neighbour/index.html", "en/residents/neighbour/index.html"} <= {*told.gone}
    assert "residents/helpers/index.html" not in told.gone
    assert {"residents/index.html", "venues/hall/index.html", "feed.xml", "data/stories.json"} <= {
        *told.changed
    }


def test_what_vanishes_from_the_next_build_is_what_was_named(street: Path, tmp_path: Path) -> None:
    def files() -> dict[str, bytes]:
        site = build(street, Options(NOW), tmp_path / "site").site_dir
        return {
            file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()
        }

    told, before = found(street), files()
    assert mark(street, "c-2")
    after = files()
    pagefind = {address for address in before if "pagefind/" in address}
    changed = {address for address in before.keys() & after if before[address] != after[address]}
    assert set(told.gone) == before.keys() - after.keys() - pagefind
    assert changed - pagefind - {"sitemap.xml"} <= set(told.changed)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("written", ["active", '"active"', "'active'", ">-{end}  active{end}#"])
@pytest.mark.parametrize("mark_", ["", "\ufeff"])
def test_only_the_status_of_the_record_is_changed(street: Path, end: str, written: str, mark_: str) -> None:
    file = street / "content/consents/c-2.yml"
    text = mark_ + RECORD.replace("\n", end)
    written = written.replace("{end}", end)
    file.write_bytes(text.format(status=written).encode())
    assert mark(street, "c-2")
    assert file.read_bytes().decode() == text.format(status=written.replace("active", "withdrawn"))
    assert not mark(street, "c-2")


def test_a_record_that_cannot_be_read_is_left_alone(street: Path) -> None:
    file = street / "content/consents/c-2.yml"
    file.write_text("status: active\nscope: []", "utf-8")
    with pytest.raises(ContentError):
        mark(street, "c-2")
    assert file.read_text("utf-8") == "status: active\nscope: []"


def test_a_record_that_has_lapsed_or_was_withdrawn_is_still_traced(street: Path) -> None:
    told = found(street)
    edit(street / "content/consents/c-2.yml", "expires: 2027-01-01", f"expires: {NOW - dt.timedelta(days=1)}")
    assert found(street) == told
    mark(street, "c-2")
    assert found(street) == told


def test_a_record_that_nobody_uses_leads_nowhere(street: Path) -> None:
    (street / "content/consents/c-3.yml").write_text(RECORD.format(status="active"), "utf-8")
    assert found(street, "c-3") == Withdrawal("c-3", (), (), (), (), (), ())
