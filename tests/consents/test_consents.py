"""Nothing of those who must not be shown stands in any byte of the site or of what builds remember."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_builder import output
from site_builder.build import build
from site_builder.content.gate import Gate, admitted
from site_builder.content.model.consent import CHANNELS
from site_builder.output import Options
from site_builder.photos.darkroom import LEASE
from tests.conftest import GOLDEN, NOW, ROOT, copy_golden
from tests.consents.people import MARK, PEOPLE, TERMS, Person, dump, write
from tests.consents.reading import placeholders, told

TEXTS = "said.sqlite"
"""Remembers the texts of files that stand in `content/`, as long as they do."""


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(copy_golden(tmp_path_factory.mktemp("matrix")), PEOPLE)
    build(root, Options(NOW, release=True))
    return root


SHOWN = [person for person in PEOPLE if person.may_be_shown("web")]
MARKS = {mark for person in SHOWN for mark in person.marks}


def test_the_site_tells_of_those_who_agree_and_of_nobody_else(matrix: Path) -> None:
    site = told(matrix / "site")
    assert set(MARK.findall(site)) == MARKS != set()
    assert placeholders(site) == {each for person in SHOWN for each in person.placeholders}


ON_SCREENS = [person for person in SHOWN if person.may_be_shown("kiosk")]


def test_a_screen_in_the_site_tells_of_those_who_agree_to_both_and_of_nobody_else(matrix: Path) -> None:
    """Anybody may open its folder: a screen in a plaza is one thing, a page for the whole world another."""
    wall = told(matrix / "site/kiosk/wall")
    assert set(MARK.findall(wall)) == {mark for person in ON_SCREENS for mark in person.marks} != set()


def test_a_screen_in_a_bundle_tells_of_those_who_agree_to_screens(matrix: Path, tmp_path: Path) -> None:
    files = output.kiosk_folder(matrix, ROOT / "theme", Options(NOW, release=True), "wall")
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    agreeing = [person for person in PEOPLE if person.may_be_shown("kiosk")]
    assert set(MARK.findall(told(tmp_path))) == {mark for person in agreeing for mark in person.marks}
    stories = json.loads(files["playlist.json"])["stories"]
    assert {ref for ref, each in stories.items() if each["url"] is None} == {
        f"residents/{person.mark('slug', 'en')}" for person in agreeing if person not in ON_SCREENS
    }


def test_what_a_build_remembers_shows_nobody_else(matrix: Path) -> None:
    remembered = told(matrix / ".site_builder", leave=TEXTS)
    assert set(MARK.findall(remembered)) <= MARKS
    assert placeholders(remembered) == {each for person in SHOWN for each in person.placeholders}


def test_an_ethnicity_is_told_where_the_person_says_so(matrix: Path) -> None:
    site = told(matrix / "site")
    assert {word for word in ("景颇", "Jingpo", "普米", "Pumi") if word in site} == {"普米", "Pumi"}


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_shows_those_who_agree_to_it(matrix: Path, channel: Any) -> None:
    site, _ = output.read(matrix, day=NOW)
    shown, _ = admitted(site, Gate(channel, NOW))
    agreeing = {person for person in PEOPLE if person.may_be_shown(channel)}
    stories = {f"residents/{person.mark('slug', 'en')}" for person in agreeing}
    assert {ref for ref in shown.stories if "qzx" in ref} == stories != set()
    photos = {photo.facts.file for photo in shown.stories["venues/hall"].photos}
    assert {file for file in photos if "qzx" in file} == {
        person.photo("guest-")["file"] for person in agreeing
    }


ONE = Person(0)


@pytest.fixture
def one(golden: Path) -> Path:
    """A site that shows somebody, her photo, and her in somebody else's."""
    build(write(golden, [ONE]), Options(NOW))
    assert set(MARK.findall(told(golden / "site"))) == ONE.marks
    assert placeholders(told(golden / ".site_builder")) == ONE.placeholders
    return golden


def withdraw(root: Path) -> dt.date:
    dump(root / "content/consents/c-0.yml", ONE.record | {"status": "withdrawn"})
    return NOW


def let_expire(root: Path) -> dt.date:
    return TERMS[ONE.term][1]


def narrow(root: Path) -> dt.date:
    dump(root / "content/consents/c-0.yml", ONE.record | {"scopes": ["kiosk", "print"]})
    return NOW


@pytest.mark.parametrize("end", [withdraw, let_expire, narrow])
def test_the_end_of_a_consent_takes_the_person_out_of_all_bytes(
    one: Path, end: Callable[[Path], dt.date]
) -> None:
    day = end(one)
    report = build(one, Options(day))
    assert {each.code for each in report.remarks} >= {"left-out-consent-ended"} or end is narrow
    for text in (told(one / "site"), told(one / ".site_builder", leave=TEXTS)):
        assert MARK.findall(text) == []
        assert not placeholders(text)
    output.read(one, day=day)
    assert not placeholders(told(one / ".site_builder"))


def test_a_renewed_consent_brings_the_person_back(one: Path) -> None:
    before = told(one / "site")
    build(one, Options(withdraw(one)))
    dump(one / "content/consents/c-0.yml", ONE.record)
    build(one, Options(NOW))
    assert told(one / "site") == before


def test_a_story_that_is_deleted_leaves_nothing_to_remember(one: Path) -> None:
    shutil.rmtree(one / "content/residents" / ONE.mark("slug", "en"))
    (one / "content/venues/hall/photos" / ONE.photo("guest-")["file"]).unlink()
    shutil.copy(GOLDEN / "content/venues/hall/story.yml", one / "content/venues/hall/story.yml")
    (one / "content/consents/c-0.yml").unlink()
    for place in (one / ".site_builder/cache/media").rglob("*"):
        os.utime(place, (time.time() - 2 * LEASE,) * 2)
    build(one, Options(NOW))
    left = told(one / ".site_builder") + "".join(map(str, one.joinpath(".site_builder").rglob("*")))
    assert MARK.findall(left) == []
    assert not placeholders(left)
