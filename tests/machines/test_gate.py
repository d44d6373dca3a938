"""What the gate keeps back stands in no file; the day and an edit show in all that tell of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.output import Options
from tests.machines.conftest import TODAY, events
from tests.machines.feasts import EVENTS, KEPT_BACK, feasts, write


def holding(folder: Path, word: str) -> list[str]:
    return [
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and (word.encode() in file.read_bytes() or word in file.as_posix())
    ]


@pytest.mark.parametrize("ref", KEPT_BACK)
def test_nothing_tells_of_what_is_kept_back(root: Path, ref: str) -> None:
    assert holding(root / "site", ref.partition("/")[2]) == []


def test_a_release_tells_of_no_sample(tmp_path: Path) -> None:
    root = feasts(tmp_path)
    assert build(root, Options(TODAY)) and holding(root / "site", "try-out")
    build(root, Options(TODAY, release=True))
    assert holding(root / "site", "try-out") == []


def test_the_day_moves_all_of_it(root: Path, tmp_path: Path) -> None:
    """The same day gives the same bytes; another one other dates, the same names."""
    later = feasts(tmp_path)
    build(later, Options(dt.date(2027, 8, 1)))
    first, second = (events(at / "site/calendar.ics") for at in (root, later))
    assert "street.events.porridge.2026@www.example.org" in first.keys() - second.keys()
    assert "street.events.porridge.2028@www.example.org" in second.keys() - first.keys()
    for uid in first.keys() & second.keys():
        assert first[uid].to_ical() == second[uid].to_ical()
    build(later, Options(TODAY))
    for name in ("calendar.ics", "en/data/events.json", "feed.xml", "data/stories.json"):
        assert (later / "site" / name).read_bytes() == (root / "site" / name).read_bytes()


def test_an_edit_shows_in_every_file_that_tells_of_it(tmp_path: Path) -> None:
    root = feasts(tmp_path)
    build(root, Options(TODAY))
    write(
        root, "events/weekly-film", **EVENTS["weekly-film"], title={"zh": "坝坝电影", "en": "Open air film"}
    )
    build(root, Options(TODAY))
    told = {name for name in holding(root / "site", "坝坝电影") if not name.endswith(".html")}
    assert {"calendar.ics", "events/weekly-film.ics", "feed.xml", "feed.json"} <= told
    assert {"data/stories.json", "data/events.json"} <= told
