"""Calendars as RFC 5545 has them, and as they are made from events and festivals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from tests.machines.conftest import LANGS, both_languages, events
from tests.machines.feasts import EVENTS


def calendar_files(site: Path, lang: str) -> Iterator[Path]:
    yield site / lang / "calendar.ics"
    yield from sorted((site / lang / "events").glob("*.ics"))


@both_languages
def test_each_file_is_what_rfc_5545_says(site: Path, lang: str) -> None:
    files = list(calendar_files(site, lang))
    assert len(files) > 3
    for file in files:
        data = file.read_bytes()
        lines = data.split(b"\r\n")
        assert lines[-1] == b"" and b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode("utf-8")  # no character is cut in two
        calendar = Calendar.from_ical(data)
        assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
        assert not [error for part in calendar.walk() for error in part.errors]
        for event in calendar.walk("VEVENT"):
            assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "URL"} <= set(event)
            assert event["DTSTAMP"].to_ical().endswith(b"Z")
            if "DTEND" in event:
                assert type(event["DTEND"].dt) is type(event["DTSTART"].dt)
                assert event["DTEND"].dt > event["DTSTART"].dt
        vobject.readOne(data.decode()).validate(raiseException=True)


def test_both_languages_name_the_same_entries(site: Path) -> None:
    zh, en = (events(site / lang / "calendar.ics") for lang in LANGS)
    assert zh.keys() == en.keys()
    for uid, entry in zh.items():
        for same in ("DTSTART", "SEQUENCE", "STATUS"):
            assert entry[same].to_ical() == en[uid][same].to_ical()
    assert all(re.search("[一-鿿]", entry["SUMMARY"]) for entry in zh.values())
    assert not any(re.search("[一-鿿]", entry["SUMMARY"]) for entry in en.values())


@both_languages
def test_the_whole_calendar_holds_what_each_event_says(site: Path, lang: str) -> None:
    whole, *single = calendar_files(site, lang)
    every = events(whole)
    apart = {uid: event for file in single for uid, event in events(file).items()}
    assert apart.items() <= every.items()
    assert all(uid.partition("@")[0].find("festivals.") >= 0 for uid in every.keys() - apart.keys())


@pytest.mark.parametrize(
    ("name", "count", "uid", "start", "end", "status"),
    [
        ("torch-night", 2, "2027", "2027-07-28T20:00+0800", "2027-07-29T01:00+0800", "TENTATIVE"),
        ("porridge", 2, "2026", "2027-01-15", "2027-01-16", "TENTATIVE"),
        ("weekly-film", 105, "2026-w48", "2026-11-28T19:30+0800", None, "CONFIRMED"),
        ("evening-class", 24, "2026-12", "2026-12-01T15:00+0800", "2026-12-01T17:00+0800", "TENTATIVE"),
        ("paintings", 1, "2026", "2026-11-20T09:00+0800", "2026-12-10T17:00+0800", "CONFIRMED"),
        ("riddles", 1, "2026", "2026-12-24T19:00+0800", None, "CANCELLED"),
        ("choir", 1, "2026", "2026-12-31T19:00+0800", None, "CANCELLED"),
    ],
)
def test_an_event_two_years_ahead(
    root: Path, name: str, count: int, uid: str, start: str, end: str | None, status: str
) -> None:
    found = events(root / f"site/events/{name}.ics")
    assert len(found) == count
    first = min(found.values(), key=lambda event: str(event["DTSTART"].dt))

    def text(moment: Any) -> str:
        return f"{moment:%Y-%m-%dT%H:%M%z}" if isinstance(moment, dt.datetime) else str(moment)

    assert first["UID"] == f"street.events.{name}.{uid}@www.example.org"
    assert text(first["DTSTART"].dt) == start
    assert ("DTEND" in first and text(first["DTEND"].dt)) == (end or False)
    assert first["STATUS"] == status
    assert all(entry["DTSTART"].dt.isoformat()[:10] <= "2028-11-25" for entry in found.values())


def test_what_has_no_date_to_come_has_no_calendar(root: Path) -> None:
    there = {file.stem for file in (root / "site/events").glob("*.ics")}
    dated = {name for name, facts in EVENTS.items() if not facts["when"].keys() & {"past", "announced_later"}}
    assert there == dated | {"mid-autumn"}


def test_text_is_kept_whole_and_cannot_break_out(root: Path) -> None:
    (event, *_) = events(root / "site/en/events/weekly-film.ics").values()
    assert event["SUMMARY"] == "Title ‘weekly-film’, \\ & <good>"
    said, page = str(event["DESCRIPTION"]).split("\n")
    assert said == "Summary of weekly-film; two, three four five six seven"
    assert page == event["URL"] == "https://www.example.org/street/en/events/weekly-film/"


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("riddles", "【已延期】标题"),
        ("choir", "【已取消】标题"),
        ("try-out", "【示例】标题"),
        ("porridge", "标题"),
    ],
)
def test_a_title_says_what_else_stands_beside_it(root: Path, name: str, summary: str) -> None:
    (event, *_) = events(root / f"site/events/{name}.ics").values()
    assert event["SUMMARY"].startswith(summary)


def test_festivals_are_in_the_calendar_as_days(root: Path) -> None:
    torch = events(root / "site/calendar.ics")["street.festivals.torch.2027@www.example.org"]
    assert (torch["DTSTART"].dt, torch["DTEND"].dt) == (dt.date(2027, 7, 27), dt.date(2027, 7, 30))
    assert (torch["STATUS"], torch["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
