"""A screen's folder: equal input gives equal bytes, and its manifest names every one of them."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.assets import KioskTheme, kiosk_theme
from site_builder.content.model.kiosk import Kiosk
from site_builder.kiosk.folder import files
from site_builder.kiosk.screens import Screen, screen
from tests.conftest import NOW, ROOT
from tests.unit.kiosk.test_playlist import FACTS
from tests.unit.making import RECIPE, edition, photo, site, story

THEME = kiosk_theme(ROOT / "theme")
HALL = story("venues/hall", photos=[photo("a.jpg"), photo("b.jpg")])
NOTICE = {"id": "n-1", "level": "warning", "zh": "大雨", "en": "Rain", "from": "2026-06-01T08:00"}


def planned(**facts: Any) -> Screen:
    today = facts.pop("today", NOW)
    shown = edition(HALL, today=today, kiosks={"plaza": Kiosk.model_validate(FACTS | facts)})
    everything = site(HALL, story("residents/withdrawn"))
    return screen(shown, everything, "plaza", [HALL.ref], RECIPE)


def made(theme: KioskTheme = THEME, **facts: Any) -> Mapping[str, bytes]:
    one = planned(**facts)
    return files(one, theme, {each.path: random.Random(each.path).randbytes(99) for each in one.media})


def value(folder: Mapping[str, bytes], name: str) -> Any:
    return json.loads(folder[name])


def test_the_manifest_names_every_file_by_its_hash() -> None:
    folder = made()
    listed = value(folder, "manifest.json")
    assert listed["schema"] == 1
    assert listed["files"] == {
        path: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for path, data in folder.items()
        if path not in {"manifest.json", "notice.json"}
    }
    assert {"index.html", "sw.js", "playlist.json", "playlist.js"} <= listed["files"].keys()


def test_the_release_is_that_of_page_playlist_and_manifest() -> None:
    folder = made()
    release = value(folder, "manifest.json")["release"]
    assert value(folder, "playlist.json")["release"] == release
    assert f'data-release="{release}"' in folder["index.html"].decode()


def test_the_script_holds_the_same_playlist() -> None:
    folder = made()
    script = folder["playlist.js"].decode()
    assert json.loads(script.removeprefix("window.KIOSK_PLAYLIST = ").rstrip(";\n")) == value(
        folder, "playlist.json"
    )


def test_the_day_alone_changes_no_release_and_everything_else_does() -> None:
    first, later = made(), made(today=NOW.replace(day=2))
    assert value(first, "manifest.json")["built_at"] == "2026-06-01T00:00:00+08:00"
    assert value(later, "manifest.json")["built_at"] == "2026-06-02T00:00:00+08:00"
    releases = [
        value(folder, "manifest.json")["release"]
        for folder in (
            first,
            later,
            made(quiet={"from": "22:00", "to": "06:00"}),
            made(KioskTheme(THEME.page, THEME.style + b" ", THEME.script, THEME.worker)),
            made(title={"zh": "别的屏", "en": "Another screen"}),
        )
    ]
    assert releases[0] == releases[1]
    assert len(set(releases)) == 4


def test_a_notice_changes_no_release() -> None:
    quiet, loud = made(), made(notices=[NOTICE | {"until": "2026-06-01T20:00"}])
    assert value(quiet, "manifest.json") == value(loud, "manifest.json")
    (notice,) = value(loud, "notice.json")["notices"]
    assert (notice["from"], notice["until"]) == ("2026-06-01T08:00:00+08:00", "2026-06-01T20:00:00+08:00")
    assert (
        value(
            made(notices=[NOTICE | {"until": "2026-06-01T20:00"}], today=NOW.replace(day=2)), "notice.json"
        )["notices"]
        == []
    )


def test_english_notices_have_curly_quotes_as_all_texts() -> None:
    said = NOTICE | {"until": "2026-06-01T20:00", "en": 'It\'s "wet"'}
    (notice,) = value(made(notices=[said]), "notice.json")["notices"]
    assert notice["en"] == "It’s “wet”"


def test_a_day_that_is_written_twice_counts_once() -> None:
    part = {"days": [7, 6, 7], "from": "18:00", "to": "21:30", "play": [{"section": "venues"}]}
    assert value(made(dayparts=[part]), "playlist.json")["dayparts"][0]["days"] == [6, 7]


def test_a_checkout_with_other_ends_of_lines_makes_the_same_screen(tmp_path: Path) -> None:
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    for file in (file for file in (theme / "kiosk").rglob("*") if file.is_file()):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert kiosk_theme(theme) == THEME


def test_a_later_notice_has_a_higher_number() -> None:
    numbers = [value(made(today=NOW.replace(day=day)), "notice.json")["seq"] for day in (1, 2, 30)]
    assert numbers == sorted(set(numbers))


def test_who_must_vanish_is_revoked_and_not_named() -> None:
    notice = made()["notice.json"]
    digest = hashlib.sha256(b"residents/withdrawn").hexdigest()
    assert json.loads(notice)["revoke"] == [f"sha256:{digest}"]
    assert b"withdrawn" not in notice


def test_a_panel_without_touch_carries_no_texts_and_no_photos_to_read() -> None:
    dumb = planned(panel={**FACTS["panel"], "touch": False})
    assert dumb.plan["stories"] == {}
    assert dumb.plan["calendar"] == []
    assert {each.width for each in dumb.media} == {1080}
    assert {each.width for each in planned().media} == {1080, 1440}


def test_titles_are_escaped_in_the_page() -> None:
    page = made(title={"zh": '<b>"屏"', "en": "A & B"})["index.html"].decode()
    assert "&lt;b&gt;&quot;屏&quot; · A &amp; B" in page
    assert "<b>" not in page


def test_the_page_asks_nothing_of_others_and_runs_no_script_inside() -> None:
    page = made()["index.html"].decode()
    assert "default-src &#x27;self&#x27;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert " style=" not in page
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all(re.fullmatch(r' src="[\w.-]+\.js"', attributes) for attributes in scripts)
    assert len(scripts) == 2
