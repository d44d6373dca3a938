"""Data for mini-programs and apps, by the schemas beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.machines.conftest import both_languages, events


def strict(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def closed(node: Any) -> Any:
    """A schema under which a field that it does not describe is a fault."""
    if isinstance(node, dict):
        inner = {key: closed(value) for key, value in node.items()}
        return inner | ({"additionalProperties": False} if "properties" in node else {})
    return [closed(item) for item in node] if isinstance(node, list) else node


@both_languages
@pytest.mark.parametrize("name", ["stories", "events"])
def test_it_keeps_the_schema_beside_it(site: Path, lang: str, name: str) -> None:
    data = json.loads((site / lang / f"data/{name}.json").read_bytes())
    schema = json.loads((site / f"data/{name}.schema.json").read_bytes())
    assert data["schema"] == schema["$id"] and data["version"] == 1
    strict(closed(schema)).validate(data)


@pytest.mark.parametrize("name", ["stories", "events"])
def test_every_field_is_described(site: Path, name: str) -> None:
    schema = json.loads((site / f"data/{name}.schema.json").read_bytes())
    for record in (schema, *schema["$defs"].values()):
        assert all(" / " in field["description"] for field in record["properties"].values())
        assert set(record["required"]) == set(record["properties"])


def test_stories_are_those_of_the_site(site: Path) -> None:
    found = json.loads((site / "data/stories.json").read_bytes())["stories"]
    pages = {
        file.parent.relative_to(site).as_posix()
        for section in ("residents", "venues", "events")
        for file in (site / section).glob("*/index.html")
    } - {"events/kind", "events/page"}
    assert {story["id"] for story in found} == pages


def test_it_says_where_and_how_long_a_story_may_be_shown(root: Path) -> None:
    found = {
        each["id"]: each for each in json.loads((root / "site/data/stories.json").read_bytes())["stories"]
    }
    agreed, film = found["residents/agreed"], found["events/weekly-film"]
    assert (agreed["channels"], agreed["until"]) == (["web", "print"], "2027-06-30")
    assert (film["channels"], film["until"]) == (["web", "kiosk", "wechat", "print"], None)


def test_dates_are_those_of_the_calendar(site: Path) -> None:
    data = json.loads((site / "data/events.json").read_bytes())
    occurrences = [
        each for kind in ("events", "festivals") for one in data[kind] for each in one["occurrences"]
    ]
    calendar = events(site / "calendar.ics")
    assert {each["id"] for each in occurrences} == calendar.keys()
    for each in occurrences:
        start = calendar[each["id"]]["DTSTART"].dt
        assert each["start"] == start.isoformat()
