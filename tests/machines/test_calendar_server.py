"""Imports into a real calendar server (Radicale), as a calendar program does them: by UID and SEQUENCE."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from icalendar import Calendar, Event

from site_builder.build import build
from site_builder.output import Options
from tests.machines.conftest import LANGS, TODAY
from tests.machines.feasts import EVENTS, feasts, write

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
ALL = """<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<prop><c:calendar-data/></prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>
</c:calendar-query>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Radicale on a free loopback port, without accounts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("radicale")
    options = [f"--server-hosts=127.0.0.1:{port}", f"--storage-filesystem-folder={folder}"]
    options += ["--auth-type=none", "--rights-type=authenticated", "--config="]
    log, address = folder / "log", f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "radicale", *options]
    with log.open("wb") as said, subprocess.Popen(command, stderr=said) as process:
        try:
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, log.read_text("utf-8")
        try:
            asked("GET", address)
        except HTTPError:
            return
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Radicale does not answer")


def asked(method: str, address: str, body: bytes = b"", **headers: str) -> bytes:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    names["Authorization"] = "Basic YTpi"
    request = urllib.request.Request(address, body or None, names, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        data: bytes = answer.read()
    return data


class Agenda:
    """A calendar on the server, and what a program knows of it."""

    def __init__(self, server: str) -> None:
        self.address = f"{server}a/{uuid.uuid4()}/"
        asked("MKCALENDAR", self.address)

    def entries(self) -> dict[str, tuple[str, Event]]:
        """UID → address and entry of all that the server holds."""
        answer = asked("REPORT", self.address, ALL.encode(), Content_Type="application/xml", Depth="1")
        found = {}
        for part in ElementTree.fromstring(answer).findall(f"{DAV}response"):
            href, text = part.findtext(f"{DAV}href"), part.findtext(f".//{CALDAV}calendar-data")
            assert href and text
            for event in Calendar.from_ical(text).walk("VEVENT"):
                assert str(event["UID"]) not in found, "doubled"
                found[str(event["UID"])] = (urljoin(self.address, href), event)
        return found

    def take_in(self, file: Path) -> int:
        """Imports a file: a known UID is updated unless its SEQUENCE is lower (RFC 5546); how many were."""
        known, calendar, updated = self.entries(), Calendar.from_ical(file.read_bytes()), 0
        for event in calendar.walk("VEVENT"):
            address, before = known.get(str(event["UID"]), (f"{self.address}{uuid.uuid4()}.ics", None))
            if before is not None:
                assert event["SEQUENCE"] >= before["SEQUENCE"]
                if event.to_ical() == before.to_ical():
                    continue
                updated += 1
            alone = Calendar()
            for key in ("PRODID", "VERSION"):
                alone.add(key, calendar[key])
            for part in (*calendar.walk("VTIMEZONE"), event):
                alone.add_component(part)
            asked("PUT", address, alone.to_ical(), Content_Type="text/calendar")
        return updated


@pytest.mark.parametrize("lang", LANGS, ids=["zh", "en"])
def test_a_second_import_updates_and_doubles_nothing(server: str, tmp_path: Path, lang: str) -> None:
    root = feasts(tmp_path)
    file = root / "site" / lang / "calendar.ics"
    build(root, Options(TODAY))
    agenda = Agenda(server)
    agenda.take_in(file)
    first = agenda.entries()
    assert len(first) == len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) > 100
    assert agenda.take_in(file) == 0

    changed = EVENTS["evening-class"] | {"status": "cancelled"}
    write(root, "events/evening-class", **changed)
    build(root, Options(TODAY))
    assert agenda.take_in(file) == 24
    second = agenda.entries()
    assert second.keys() == first.keys()
    assert [href for href, _ in second.values()] == [href for href, _ in first.values()]
    for uid, (_, event) in second.items():
        moved = "evening-class" in uid
        assert event["STATUS"] == "CANCELLED" if moved else event.to_ical() == first[uid][1].to_ical()
        assert (event["SEQUENCE"] > first[uid][1]["SEQUENCE"]) == moved


def announce(root: Path, *days: str) -> None:
    file = root / "content/vocabulary/festivals.yml"
    known = yaml.safe_load(file.read_text("utf-8"))
    known["torch"]["announced"] = {2027: [{"date": day, "source": "通知"} for day in days]}
    file.write_text(yaml.safe_dump(known, allow_unicode=True), "utf-8")


def test_an_announced_date_moves_an_event_whose_name_stays(server: str, tmp_path: Path) -> None:
    root = feasts(tmp_path)
    uid = "street.events.torch-night.2027@www.example.org"
    agenda, sequences, entries = Agenda(server), [], []
    for days in ((), ("2027-07-28",), ("2027-07-28", "2027-08-26")):
        if days:
            announce(root, *days)
        build(root, Options(TODAY))
        agenda.take_in(root / "site/events/torch-night.ics")
        known = agenda.entries()
        assert len(known) == 2
        entries.append(known[uid])
        sequences.append(int(known[uid][1]["SEQUENCE"]))
    assert [f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}" for _, event in entries] == [
        "2027-07-28 20:00",
        "2027-07-29 20:00",
        "2027-08-27 20:00",
    ]
    assert [event["STATUS"] for _, event in entries] == ["TENTATIVE", "CONFIRMED", "CONFIRMED"]
    assert sequences == sorted(set(sequences))
    assert len({urlsplit(href).path for href, _ in entries}) == 1


def test_the_server_takes_the_whole_file_as_it_is(server: str, tmp_path: Path) -> None:
    """As a collection of its own, which Radicale reads strictly."""
    root = feasts(tmp_path)
    build(root, Options(TODAY))
    address = f"{server}a/{uuid.uuid4()}/"
    data = (root / "site/calendar.ics").read_bytes()
    asked("PUT", address, data, Content_Type="text/calendar")
    stored = Calendar.from_ical(asked("GET", address))
    assert len(stored.walk("VEVENT")) == len(Calendar.from_ical(data).walk("VEVENT"))
