"""What search engines are told: the map by its schema, JSON-LD by the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from lxml import etree

from site_builder.build import Report
from tests.conftest import ROOT


def things(file: Path) -> list[dict[str, Any]]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', file.read_text("utf-8"))
    assert len(scripts) <= 1
    return [thing for script in scripts for thing in json.loads(script)["@graph"]]


def test_the_map_is_valid(site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(ROOT / "tests/machines/schemas/sitemap.xsd"))
    schema.assertValid(etree.parse(site / "sitemap.xml"))


WRONG = [
    ({"@type": "Place", "startDate": "2026-09-25"}, "startDate"),  # nothing that a place has
    ({"@type": "Event", "startDate": "25 September"}, "isoformat"),
    ({"@type": "Event", "eventStatus": "https://schema.org/Postponed"}, "EventStatusType"),
    ({"@type": "Event", "location": {"@type": "ListItem"}}, "location"),
    ({"@type": "Happening"}, "Happening"),
]


def test_every_thing_is_one_of_schema_org(root: Path, real_site: tuple[Path, Report]) -> None:
    """And a thing that is none is found out."""
    files = (file for site in (root / "site", real_site[0]) for file in site.rglob("*.html"))
    found = list({shape(thing): thing for file in files for thing in things(file)}.values())
    assert {thing["@type"] for thing in found} == {"Article", "BreadcrumbList", "Event", "Place"}
    complaints = check([*found, *(thing for thing, _ in WRONG)])
    assert [each for each in complaints[: len(found)] if each] == []
    for (_, expected), complaint in zip(WRONG, complaints[len(found) :], strict=True):
        assert expected in complaint


def shape(value: Any) -> object:
    """What two things have in common that differ in their texts and numbers alone; a type is no text."""
    if isinstance(value, dict):
        return tuple((key, value[key] if key == "@type" else shape(value[key])) for key in sorted(value))
    if isinstance(value, list):
        return tuple(map(shape, value))
    return re.sub(r"[^-:T/]+", "x", value) if isinstance(value, str) else type(value)


def check(found: list[dict[str, Any]]) -> list[str]:
    """What is wrong with each thing."""
    command = [sys.executable, "-m", "tests.machines.vocabulary"]
    done = subprocess.run(command, input=json.dumps(found), capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    complaints: list[str] = json.loads(done.stdout)
    return complaints


def test_an_event_is_the_next_one(root: Path) -> None:
    event = next(
        each for each in things(root / "site/events/torch-night/index.html") if each["@type"] == "Event"
    )
    assert (event["startDate"], event["endDate"]) == (
        "2027-07-28T20:00:00+08:00",
        "2027-07-29T01:00:00+08:00",
    )
    status = {
        name: next(iter(things(root / f"site/events/{name}/index.html")))["eventStatus"].rpartition("/")[2]
        for name in ("torch-night", "riddles", "choir")
    }
    assert list(status.values()) == ["EventScheduled", "EventPostponed", "EventCancelled"]


def test_samples_are_not_told_of(root: Path) -> None:
    assert things(root / "site/events/try-out/index.html") == []


def test_no_text_ends_the_script(root: Path) -> None:
    page = (root / "site/en/events/weekly-film/index.html").read_text("utf-8")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "<" not in script and json.loads(script)["@graph"][0]["name"] == "Title 'weekly-film', \\ & <good>"
