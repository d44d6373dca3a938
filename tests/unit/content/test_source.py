"""YAML as editors write it: into values, or into problems that stand where the fault is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from site_builder.content import source
from site_builder.content.model.event import OnDates, OnFestival, Repeating
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.model.scalars import Authored, Bilingual, Text
from site_builder.content.model.story import Event, InfoPage, Resident, Venue
from site_builder.content.model.vocabulary import Festivals
from site_builder.content.problems import Problem
from site_builder.content.source import Source

STORY = """\
title: {zh: 标题, en: Title}
summary:
  zh: 一二三四五六七八九十一二三四五六七八九十
  en: one two three four five six seven eight
published: 2026-01-01
sample: true
"""
EVENT = STORY + "kind: show\n"
FULL_WIDTH_COLON = "\uff1a"


def problems(text: str, model: type[BaseModel]) -> list[tuple[int, int, str]]:
    found = source.parse(text, "story.yml", model)
    assert isinstance(found, tuple), found
    return sorted((each.spot.line, each.spot.column, each.code) for each in found)


def value(text: str, model: type[BaseModel]) -> BaseModel:
    found = source.parse(text, "story.yml", model)
    assert isinstance(found, Source), found
    return found.value


class Note(Authored):
    text: Text


@pytest.mark.parametrize(
    "written",
    ["19:30", "no", "1_000", "2026-09-25", "~", "null", "1e3", "0x10", "=", "是", "'it''s'", '"a: b"'],
)
def test_a_scalar_is_the_text_that_was_written(written: str) -> None:
    plain = {"'it''s'": "it's", '"a: b"': "a: b"}.get(written, written)
    assert value(f"text: {written}", Note) == Note(text=plain)


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        # what a story says
        (InfoPage, "", [(1, 1, "missing-field"), (1, 1, "missing-field")]),
        (Note, "text:", [(1, 6, "empty-value")]),
        (Note, 'text: ""', [(1, 7, "empty-value")]),
        (Note, "text: {a: b}", [(1, 7, "expected-text")]),
        (Note, "- text", [(1, 1, "expected-fields")]),
        (Note, "text: a\nTitle: b", [(2, 1, "unknown-field")]),
        (Bilingual, "zh: 甲", [(1, 1, "missing-field")]),
        (Venue, STORY + "kind: plazza", [(7, 7, "not-a-choice")]),
        (Venue, STORY + "kind: plaza\ndraft: 是", [(8, 8, "expected-yes-no")]),
        (Venue, STORY + "kind: plaza\nlocation: [25, 1020]", [(8, 16, "number-range")]),
        (Venue, STORY + "kind: plaza\ntags: plaza", [(8, 7, "expected-list")]),
        (
            Venue,
            STORY + 'kind: plaza\nhours:\n  - {days: [1, 9], from: "09:00", to: "9:30"}',
            [(9, 16, "number-range"), (9, 39, "bad-time")],
        ),
        (
            Venue,
            STORY + "kind: plaza\nphotos:\n  - file: a.jpg\n    decorative: true\n"
            "    credit: {zh: 甲, en: A}\n    people: nobody\n    blurr: []",
            [(12, 13, "not-a-choice"), (13, 5, "unknown-field")],
        ),
        (Resident, STORY + "kind: collective\nhonours: [{title: x, level: city}]", [(8, 29, "not-a-choice")]),
        # through the forms of a union
        (Event, EVENT, [(1, 1, "missing-field")]),
        (Event, EVENT + "when: 2026", [(8, 7, "when-form")]),
        (Event, EVENT + "when: {past: 2021, every: week}", [(8, 7, "when-form")]),
        (Event, EVENT + "when: {past: long ago}", [(8, 14, "expected-number")]),
        (Event, EVENT + "when: {every: year}", [(8, 15, "not-a-choice")]),
        (Event, EVENT + "when: {every: month, weekday: 8, nth: 1}", [(8, 31, "number-range")]),
        (Event, EVENT + "when: {every: month, weekday: 6}", [(8, 15, "weekday-without-nth")]),
        (Event, EVENT + "when: {every: week, days: 6}", [(8, 21, "unknown-field")]),
        (Event, EVENT + "when:\n  festival: x\n  start: 18.30", [(10, 10, "bad-time")]),
        (Event, EVENT + "when:\n  festival: x\n  festivel: y", [(10, 3, "unknown-field")]),
        (Event, EVENT + "when:\n  dates:\n    - start: 2026-09-25", [(10, 14, "bad-date-time")]),
        (Event, EVENT + "when:\n  dates:\n    - end: 2026-09-25T21:00", [(10, 7, "missing-field")]),
        (Festivals, "x: {zh: 甲, en: A, rule: {lunar: 8/15}}", [(1, 33, "bad-lunar-day")]),
        (Festivals, "x: {zh: 甲, en: A, rule: {term: qingming, term2: a}}", [(1, 42, "unknown-field")]),
        (
            Festivals,
            "x: {zh: 甲, en: A, rule: {lunar_month: 13, first_day: chen}}",
            [(1, 39, "number-range")],
        ),
        (
            Kiosk,
            "title: {zh: 甲, en: A}\npanel: {diagonal_in: 55, px: [1080, 1920], distance_m: 2}\n"
            "default:\n  - story: halls/x\n  - {section: venues, latest: 99}\n  - {quiz: venues/x}\n  - {}",
            [
                (4, 12, "bad-reference"),
                (5, 31, "number-range"),
                (6, 12, "bad-event-reference"),
                (7, 5, "play-form"),
            ],
        ),
        # what YAML allows but content does not
        (Note, "text: a\ntext: b", [(2, 1, "duplicate-key")]),
        (Note, "text: !!python/name:os.system b", [(1, 7, "yaml-tag")]),
        (Note, "text: !x b", [(1, 7, "yaml-tag")]),
        (Note, "text: &a b", [(1, 7, "yaml-alias")]),
        (Note, "text: &a [b]\nmore: *a", [(1, 7, "yaml-alias"), (2, 7, "yaml-alias")]),
        (Note, "text: " + "[" * 30 + "]" * 30, [(1, 26, "yaml-depth")]),
        (Note, "text: a\n---\ntext: b", [(2, 1, "yaml-syntax")]),
        (Note, "text: a\n\tmore: b", [(2, 1, "yaml-tab")]),
        (Bilingual, f"zh{FULL_WIDTH_COLON}甲\nen: A", [(1, 3, "yaml-full-width")]),
        (Bilingual, f"en: A\nzh{FULL_WIDTH_COLON}甲", [(2, 3, "yaml-full-width")]),
    ],
)
def test_a_problem_stands_where_the_fault_is(
    model: type[BaseModel], text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert problems(text, model) == sorted(expected)


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_nesting_without_end_is_a_problem_and_not_a_crash(bracket: str) -> None:
    assert [code for _, _, code in problems(bracket * 200_000, Note)] == ["yaml-depth"]


def test_a_long_file_is_read_like_a_short_one() -> None:
    assert value("text: " + "长" * 20_000, Note) == Note(text="长" * 20_000)


def test_a_misspelt_key_names_the_right_one() -> None:
    (found,) = source.parse("zh: 甲\nen: A\nehn: B", "x.yml", Bilingual)
    assert '"en"' in found.en
    assert found.hint_en == "Fields known here: zh, en"


@pytest.mark.parametrize(
    ("form", "model"),
    [
        ("{festival: mid-autumn, day: -1}", OnFestival),
        ("{every: month, weekday: 6, nth: 2, from: 2026-01-01}", Repeating),
        ("{dates: [{start: 2026-09-25T18:30}]}", OnDates),
    ],
)
def test_the_key_tells_the_form(form: str, model: type[Authored]) -> None:
    event = value(EVENT + f"when: {form}", Event)
    assert isinstance(event, Event)
    assert type(event.when) is model


def test_every_value_can_be_found_again() -> None:
    read = source.parse(EVENT + "when:\n  dates:\n    - start: 2026-09-25T18:30\n", "story.yml", Event)
    assert isinstance(read, Source)
    places = {
        ("title", "en"): (1, 21),
        ("when",): (9, 3),
        ("when", "dates", 0, "start"): (10, 14),
        ("when", "dates", "dates", 0, "start"): (10, 14),  # with the tag of the union, as pydantic says it
        ("when", "dates", 7): (10, 5),
        ("nowhere",): (1, 1),
    }
    found = {loc: (read.at(*loc).line, read.at(*loc).column) for loc in places}
    assert found == places


GBK = "标题".encode("gb18030")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeff标题".encode(), "标题"),
        (b"", ""),
    ],
)
def test_text_is_read_whatever_editor_wrote_it(tmp_path: Path, data: bytes, expected: str) -> None:
    file = tmp_path / "zh.md"
    file.write_bytes(data)
    assert source.read_text(file, "zh.md") == expected


@pytest.mark.parametrize(
    ("data", "code", "line", "says"),
    [
        (b"a\nb " + GBK, "not-utf8", 2, "GBK"),
        (b"\xff\xfe", "not-utf8", 1, "UTF-8"),
        (b"a" * (1024 * 1024 + 1), "file-too-large", 1, "1025 KiB"),
    ],
)
def test_what_is_no_text_is_a_problem(tmp_path: Path, data: bytes, code: str, line: int, says: str) -> None:
    file = tmp_path / "story.yml"
    file.write_bytes(data)
    found = source.read_text(file, "content/story.yml")
    assert isinstance(found, Problem)
    assert (found.code, found.spot.path, found.spot.line) == (code, "content/story.yml", line)
    assert says in found.en
