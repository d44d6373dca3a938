"""The schemas of authored files: they take what is right, refuse what is wrong, and explain each field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from site_builder.content.problems import catalogue
from site_builder.content.schema import TYPES, schemas
from tests.conftest import GOLDEN, ROOT
from tests.unit.content.editor import name_of, refusals, validator

WRITTEN = [
    pytest.param(file, id=str(file.relative_to(ROOT)))
    for root in (ROOT, GOLDEN)
    for file in sorted((root / "content").rglob("*.yml"))
]
STORY = """\
title: {zh: 标题, en: Title}
summary: {zh: 摘要, en: Summary}
published: 2026-01-01
"""
VENUE = STORY + "kind: plaza\n"
EVENT = STORY + "kind: show\n"
PHOTO = VENUE + "photos:\n  - {file: a.jpg, credit: {zh: 甲, en: A}, people: none"
KIOSK = "title: {zh: 屏, en: Screen}\ndefault: [{section: events, next: 4}]\n"
FESTIVAL = "x: {zh: 节, en: X, rule: {lunar: 8-15}, "
PANEL = "panel: {diagonal_in: 55, px: [1080, 1920], distance_m: 2}\n"


@pytest.mark.parametrize("name", TYPES)
def test_a_schema_is_one_itself(name: str) -> None:
    Draft7Validator.check_schema(schemas()[f"{name}.json"])
    Draft7Validator.check_schema(validator(name, vocabulary=True).schema)
    assert "$ref" not in json.dumps(schemas()[f"{name}.json"])


@pytest.mark.parametrize("vocabulary", [False, True])
@pytest.mark.parametrize("file", WRITTEN)
def test_what_is_written_is_accepted(file: Path, vocabulary: bool) -> None:
    name = name_of(file.as_posix())
    assert refusals(name, file.read_text("utf-8"), vocabulary) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("venue", VENUE + "draft: no\nsample: off"),
        ("venue", VENUE + "tags: [2026, plaza]"),
        ("venue", VENUE + "community: newly-added"),
        ("venue", VENUE.replace("Title", "2021")),
        ("venue", VENUE + "hours: [{days: [1, '2'], from: 09:00, to: '17:30'}]"),
        ("venue", VENUE + "location: ['25.03', 102]"),
        ("resident", STORY + "kind: family\nhonours: [{title: model-family, year: '2021', level: national}]"),
        ("event", EVENT + "when: {announced_later: true}"),
        ("event", EVENT + "when: {every: month, weekday: 6, nth: 2, from: 2026-01-01}"),
        ("event", EVENT + "when: {dates: [{start: 2026-09-25T18:30}]}"),
        ("event", EVENT + "when: {past: 2021}"),
        ("page", "title: {zh: 一, en: true}\nsummary: {zh: 二, en: 3.5}"),
        (
            "festivals",
            FESTIVAL + "announced: {2027: {date: 2027-02-06, source: 甲}}}",
        ),
        (
            "festivals",
            FESTIVAL + "announced: {2027: [{date: 2027-02-06, source: 甲}]}}",
        ),
    ],
)
def test_what_editors_may_write_is_accepted(name: str, text: str) -> None:
    assert refusals(name, text) == refusals(name, text, vocabulary=True) == []


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("venue", VENUE + "sumary: x", ""),
        ("venue", VENUE.partition("\n")[2], ""),
        ("venue", VENUE.replace("plaza", "plazza"), "kind"),
        ("venue", VENUE.replace(", en: Title", ""), "title"),
        ("venue", VENUE.replace("{zh: 标题, en: Title}", "标题"), "title"),
        ("venue", VENUE.replace("标题", '""'), "title/zh"),
        ("venue", VENUE.replace("2026-01-01", "2026-13-01"), "published"),
        ("venue", VENUE.replace("2026-01-01", "2026/1/1"), "published"),
        ("venue", VENUE.replace("2026-01-01", "20260101"), "published"),
        ("venue", VENUE + "draft: 是", "draft"),
        ("venue", VENUE + "tags: plaza", "tags"),
        ("venue", VENUE + "tags: [广场]", "tags/0"),
        ("venue", VENUE + "community: Yonghe", "community"),
        ("venue", VENUE + "ethnic_groups: YI", "ethnic_groups"),
        ("venue", VENUE + "related: [yonghe-plaza]", "related/0"),
        ("venue", VENUE + "location: [25.03, 1020]", "location/1"),
        ("venue", VENUE + "location: [25.03]", "location"),
        ("venue", VENUE + "facilities: [厕所]", "facilities/0"),
        ("venue", VENUE + "hours: [{days: [], from: '09:00', to: '17:30'}]", "hours/0/days"),
        ("venue", VENUE + "hours: [{days: [8], from: '09:00', to: '17:30'}]", "hours/0/days/0"),
        ("venue", VENUE + "hours: [{days: [1], from: 9:00, to: '17:30'}]", "hours/0/from"),
        ("venue", VENUE + "hours: [{days: [1], from: '09:00', to: '24:00'}]", "hours/0/to"),
        ("venue", PHOTO + ", blur: [[0.1, 0.2, 0.3]]}", "photos/0/blur/0"),
        ("venue", PHOTO + ", focus: [50, 0.5]}", "photos/0/focus/0"),
        ("venue", PHOTO.replace("people: none", "people: nobody") + "}", "photos/0/people"),
        ("venue", PHOTO.replace(", people: none", "") + "}", "photos/0"),
        ("event", EVENT, ""),
        ("event", EVENT + "when: 中秋", "when"),
        ("event", EVENT + "when: {}", "when"),
        ("event", EVENT + "when: {past: 2021, announced_later: true}", "when"),
        ("event", EVENT + "when: {festival: mid-autumn, strat: '18:30'}", "when"),
        ("event", EVENT + "when: {past: 1911}", "when"),
        ("event", EVENT + "when: {dates: [{start: 2026-09-25 18:30}]}", "when"),
        ("event", EVENT + "when: {past: 2021}\nvenue: events/x", "venue"),
        ("consent", "subject: 张三\nrole: subject", "subject"),
        ("kiosk", KIOSK, ""),
        ("kiosk", KIOSK + PANEL.replace("55", "55寸"), "panel/diagonal_in"),
        ("kiosk", KIOSK.replace("section", "setcion") + PANEL, "default/0"),
        ("communities", "Yonghe: {zh: 永和, en: Yonghe}", ""),
        ("festivals", "x: {zh: 节, en: X}", "x"),
        ("festivals", FESTIVAL.replace("8-15", "08-15") + "}", "x/rule"),
        ("festivals", FESTIVAL + "announced: {明年: []}}", "x/announced"),
        ("terms", "{zh: 街道, en: subdistrict}", ""),
        ("site", "base_url: https://www.example.org", "base_url"),
    ],
)
def test_a_mistake_is_refused_where_it_stands(name: str, text: str, place: str) -> None:
    assert place in refusals(name, text)
    assert place in refusals(name, text, vocabulary=True)


def test_a_field_is_explained_in_both_languages() -> None:
    kind = validator("resident").schema["properties"]["kind"]
    assert kind == {
        "description": "写的是谁 / Who it is about",
        "examples": ["collective"],
        "enum": ["individual", "family", "building", "collective"],
        "enumDescriptions": ["个人 / Individual", "家庭 / Family", "楼栋 / Building", "集体 / Group"],
    }


def test_the_remedy_for_a_wrong_form_is_that_of_a_check() -> None:
    published = validator("venue").schema["properties"]["published"]
    hint = catalogue()["bad-date"]
    assert published["patternErrorMessage"] == f"{hint['hint_zh']} / {hint['hint_en']}"


@pytest.mark.parametrize(
    ("name", "path", "proposed"),
    [
        ("venue", "community", "永和社区 / Yonghe Community"),
        ("venue", "ethnic_groups/items", "彝族 / Yi"),
        ("resident", "honours/items/properties/title", "道德模范 / Moral Role Model"),
        ("event", "when/oneOf/0/properties/festival", "中秋节 / the Mid-Autumn Festival"),
        ("festivals", "rule/oneOf/1/properties/eve_of", "端午节 / the Dragon Boat Festival"),
        ("festivals", "groups/items", "白族 / Bai"),
    ],
)
def test_ids_of_the_vocabulary_are_proposed(name: str, path: str, proposed: str) -> None:
    schema: Any = validator(name, vocabulary=True).schema
    node = (schema["additionalProperties"] if name == "festivals" else schema)["properties"]
    for step in path.split("/"):
        node = node[int(step) if step.isdigit() else step]
    ids = node["anyOf"][0]
    assert proposed in ids["enumDescriptions"]
    assert len(ids["enum"]) == len(ids["enumDescriptions"])
