"""What is said of the fields: of every one, of no other, in a line, in both languages, with true examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, RootModel, TypeAdapter

from site_builder.content import source
from site_builder.content.fields import About, about, described
from site_builder.content.model.event import OnFestival, Repeating
from site_builder.content.model.kiosk import Languages, PlaySection
from site_builder.content.model.scalars import Bilingual
from site_builder.content.model.story import Event, Honour, OpeningHours, Resident, StoryFile, Summary, Venue
from site_builder.content.model.vocabulary import FirstBranchDay, SolarTerm
from site_builder.content.schema import TYPES
from site_builder.output import words_of
from tests.conftest import ROOT


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """All models that a type is made of, with those they derive from."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from (each for each in annotation.__mro__ if issubclass(each, BaseModel))
        inner = tuple(field.annotation for field in annotation.model_fields.values())
    else:
        inner = get_args(annotation)
    for each in inner:
        yield from models(each)


def words(annotation: Any) -> Iterator[str]:
    """The words that a field may hold, in lists too, but not those of the models in it."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for each in get_args(annotation):
            yield from words(each)


@cache
def fields() -> dict[tuple[str, str], tuple[type[BaseModel], Any]]:
    """Model and field, as editors write it → its model and its type, of all that is authored."""
    authored = {each for root in TYPES.values() for each in models(root) if not issubclass(each, RootModel)}
    return {
        (model.__name__, info.alias or name): (model, info.rebuild_annotation())
        for model in sorted(authored, key=lambda each: each.__name__)
        for name, info in model.model_fields.items()
    }


SAID = [
    pytest.param(entry, id=f"{model}.{name}")
    for model, entries in described().items()
    for name, entry in entries.items()
]


@pytest.mark.parametrize(("model", "name"), fields())
def test_every_field_is_described(model: str, name: str) -> None:
    assert about(fields()[model, name][0], name)


def test_nothing_is_described_that_does_not_exist() -> None:
    said = {(model, name) for model, entries in described().items() for name in entries}
    assert said <= set(fields())


@pytest.mark.parametrize("said", SAID)
def test_a_field_is_described_in_a_line(said: About) -> None:
    assert 1 <= len(said.zh) <= 45
    assert 1 <= len(said.en) <= 110
    assert "\n" not in said.zh + said.en


@pytest.mark.parametrize("said", SAID)
def test_both_languages_are_written_as_they_should_be(said: About) -> None:
    chinese = [said.zh, *(zh for zh, _ in said.choices.values())]
    english = [said.en, *(en for _, en in said.choices.values())]
    for text in chinese:
        assert re.search("[\u4e00-\u9fff]", text), text
        assert not re.search("[\u4e00-\u9fff”] ?[,;?!:.]|[,;?!:.][\u4e00-\u9fff“]", text), text
        assert not re.search("[\u4e00-\u9fff] [!-~]|[!-~] [\u4e00-\u9fff]", text), text
    for text in english:
        assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text), text


@pytest.mark.parametrize(("model", "name"), fields())
def test_an_example_may_stand_where_it_is_shown(model: str, name: str) -> None:
    owner, kind = fields()[model, name]
    example = about(owner, name).example
    if example is None:
        assert name in {"photos", "quiz", "legal"}  # too long for a line, or nobody's to invent
        return
    written = source.plain(f"{name}: {example}", "example.yml")
    assert not written.problems
    assert isinstance(written.data, dict)
    TypeAdapter(kind).validate_python(written.data[name])
    assert yaml.safe_load(example) is not None


@pytest.mark.parametrize(("model", "name"), fields())
def test_a_choice_says_what_each_of_its_words_means(model: str, name: str) -> None:
    owner, kind = fields()[model, name]
    assert list(about(owner, name).choices) == list(dict.fromkeys(words(kind)))


@pytest.mark.parametrize(
    ("model", "name", "keys"),
    [
        (Resident, "kind", "kind.{}"),
        (Venue, "kind", "kind.{}"),
        (Event, "kind", "kind.{}"),
        (Honour, "level", "level.{}"),
        (Venue, "facilities", "facility.{}"),
        (Event, "status", "status.{}"),
        (Event, "status", "mark.{}"),
        (Repeating, "every", "when.{}"),
        (PlaySection, "section", "menu.{}"),
        (SolarTerm, "term", "term.{}"),
        (FirstBranchDay, "first_day", "branch.{}"),
    ],
)
def test_a_word_is_called_what_the_site_calls_it(model: type[BaseModel], name: str, keys: str) -> None:
    site = words_of(ROOT / "theme")
    choices = about(model, name).choices
    shown = {word: keys.format(word) for word in choices if keys.format(word) in site["zh"]}
    assert shown
    assert {word: choices[word][0] for word in shown} == {
        word: site["zh"][key] for word, key in shown.items()
    }
    assert {word: choices[word][1].casefold() for word in shown} == {
        word: site["en"][key].casefold() for word, key in shown.items()
    }


@pytest.mark.parametrize(
    ("model", "name", "expected"),
    [
        (Venue, "published", "发布日期；晚于今天，就到那天才出现"),
        (StoryFile, "published", "发布日期；晚于今天，就到那天才出现"),
        (Bilingual, "zh", "中文"),
        (Summary, "zh", "中文摘要，20到90个字"),
        (OnFestival, "start", "几点开始，24小时制"),
        (OpeningHours, "from", "几点开门，24小时制"),
    ],
)
def test_a_field_is_described_by_the_nearest_model(model: type[BaseModel], name: str, expected: str) -> None:
    assert about(model, name).in_("zh") == expected


@pytest.mark.parametrize(("model", "name"), [(Venue, "when"), (OpeningHours, "from_"), (Languages, "zh")])
def test_nothing_is_said_of_a_field_that_does_not_exist(model: type[BaseModel], name: str) -> None:
    with pytest.raises(KeyError):
        about(model, name)
