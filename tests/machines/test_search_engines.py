"""What search engines are told: the map by its schema, JSON-LD by the vocabulary of schema.org."""

from __future__ import annotations

import datetime as dt
import json
import re
from enum import Enum
from pathlib import Path
from typing import Any

import schema_org
from lxml import etree

from tests.conftest import ROOT


def things(file: Path) -> list[dict[str, Any]]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', file.read_text("utf-8"))
    assert len(scripts) <= 1
    return [thing for script in scripts for thing in json.loads(script)["@graph"]]


def built(thing: dict[str, Any]) -> Any:
    """As the strict model of its type, which knows every property and what it may hold."""
    model = getattr(schema_org, thing["@type"])
    ranges = {each.schema_name: each.ranges for each in model.SCHEMA_PROPERTIES}
    return model(
        **{key: value_of(value, ranges[key]) for key, value in thing.items() if not key.startswith("@")}
    )


def value_of(value: Any, ranges: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [value_of(each, ranges) for each in value]
    if isinstance(value, dict):
        return built(value)
    if "DateTime" in ranges:
        return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    if "Time" in ranges:
        return dt.time.fromisoformat(value)
    for name in ranges if isinstance(value, str) else ():
        choices = getattr(schema_org, name, None)
        if isinstance(choices, type) and issubclass(choices, Enum):
            return choices(value)
    return value


def test_the_map_is_valid(site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(ROOT / "tests/machines/schemas/sitemap.xsd"))
    schema.assertValid(etree.parse(site / "sitemap.xml"))


def test_every_thing_is_one_of_schema_org(site: Path) -> None:
    kinds = set()
    for file in site.rglob("*.html"):
        for thing in things(file):
            built(thing)
            kinds.add(thing["@type"])
    assert kinds == {"Article", "BreadcrumbList", "Event", "Place"}


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
