"""What a commit touches, and what only the version before it can tell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.content.problems import Spot, problem
from site_builder.desk.changes import Changes, remarks
from site_builder.desk.git import HistoryError
from tests.unit.desk.git import committed, edit, git

TODAY = dt.date(2026, 9, 20)
EVENT = "content/events/mid-autumn/story.yml"
HALL = "content/venues/hall/zh.md"


def staged(root: Path) -> Changes:
    git(root, "add", "--update")
    return Changes.found(root, None)


def told(root: Path, made: Changes) -> list[str]:
    found = (
        f"{each.spot.path}:{each.spot.line}:{each.spot.column} {each.code}"
        for each in remarks(root, made, TODAY)
    )
    return [each.removeprefix("content/") for each in found]


def concerned(made: Changes, path: str) -> bool:
    return made.concern(problem(Spot(path), "empty-value"))


def test_a_commit_concerns_the_stories_that_it_touches(golden: Path) -> None:
    edit(committed(golden) / HALL, "小礼堂不大", "小礼堂不小")
    made = staged(golden)
    assert made.paths == {HALL}
    assert concerned(made, "content/venues/hall/story.yml")
    assert not concerned(made, EVENT)


def test_what_is_shared_concerns_everybody(golden: Path) -> None:
    edit(committed(golden) / "content/vocabulary/communities.yml", "西社区", "西边社区")
    assert concerned(staged(golden), EVENT)


def test_what_is_gone_concerns_everybody_who_may_have_named_it(golden: Path) -> None:
    (committed(golden) / "content/venues/hall/photos/hall.png").unlink()
    assert concerned(staged(golden), EVENT)


def test_a_commit_of_other_files_concerns_nobody(golden: Path) -> None:
    edit(committed(golden) / "mkdocs.yml", "site_name:", "# a comment\nsite_name:")
    assert not concerned(staged(golden), HALL)


def test_the_first_commit_touches_all(golden: Path) -> None:
    git(golden, "init", "--quiet")
    git(golden, "add", "content")
    assert {HALL, EVENT} <= Changes.found(golden, None).paths


def test_since_a_commit_all_that_came_after_is_touched(golden: Path) -> None:
    edit(committed(golden) / HALL, "小礼堂不大", "小礼堂不小")
    committed(golden)
    assert Changes.found(golden, "HEAD~1").paths == {HALL}
    assert Changes.found(golden, "HEAD").paths == set()


def test_a_checkout_within_a_repository_sees_its_own_files(golden: Path, tmp_path: Path) -> None:
    inner = tmp_path / "永昌 网站"
    inner.mkdir()
    for name in ("content", "mkdocs.yml"):
        (golden / name).rename(inner / name)
    committed(tmp_path)
    edit(inner / HALL, "小礼堂不大", "小礼堂不小")
    assert staged(inner).paths == {HALL}


def test_a_file_that_was_forgotten_is_told(golden: Path) -> None:
    edit(committed(golden) / HALL, "小礼堂不大", "小礼堂不小")
    (golden / "content/venues/hall/photos/新 图.svg").write_text("<svg/>", "utf-8")
    (golden / "content/events/mid-autumn/photos/other.svg").write_text("<svg/>", "utf-8")
    made = staged(golden)
    assert told(golden, made) == ["venues/hall/photos/新 图.svg:1:1 not-added"]
    (found,) = remarks(golden, made, TODAY)
    assert (found.zh, found.en) == ("这个文件还没有加进这次提交", "This file is not part of the commit")


@pytest.mark.parametrize(
    ("find", "put", "expected"),
    [
        ('start: "18:30", end', 'start: "19:00", end', ["event-not-updated"]),
        ("venue: venues/hall\n", "", ["event-not-updated"]),
        ('start: "18:30", end: "21:00"}', 'start: "19:00", end: "21:00"}\nupdated: 2026-09-20', []),
        ("published:", "tags: [moon]\npublished:", []),
    ],
)
def test_an_event_that_moved_without_a_word_to_calendars_is_told(
    golden: Path, find: str, put: str, expected: list[str]
) -> None:
    edit(committed(golden) / EVENT, find, put)
    found = list(remarks(golden, staged(golden), TODAY))
    assert [each.code for each in found] == expected


def test_it_is_told_what_moved_and_what_to_write(golden: Path) -> None:
    edit(committed(golden) / EVENT, 'start: "18:30", end', 'start: "19:00", end')
    (found,) = remarks(golden, staged(golden), TODAY)
    assert (found.spot.line, found.spot.column) == (6, 7)
    assert (found.zh, found.en) == (
        "活动的when改了，updated没有跟着改",
        'The "when" of the event has changed, and "updated" has not',
    )
    assert "updated: 2026-09-20" in found.hint_zh


def test_an_event_that_is_gone_from_the_disk_alone_is_no_reason_to_fail(golden: Path) -> None:
    edit(committed(golden) / EVENT, 'start: "18:30", end', 'start: "19:00", end')
    made = staged(golden)
    (golden / EVENT).unlink()
    assert list(remarks(golden, made, TODAY)) == []


def test_without_a_history_that_is_said(golden: Path) -> None:
    with pytest.raises(HistoryError, match="not a git repository"):
        Changes.found(golden, None)
    committed(golden)
    with pytest.raises(HistoryError, match="nowhere"):
        Changes.found(golden, "nowhere")
