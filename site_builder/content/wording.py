"""Says in an editor's words what pydantic found."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, RootModel, Tag
from pydantic_core import ErrorDetails

from site_builder.content.fields import About, about
from site_builder.content.problems import Problem, Spot, catalogue, problem

_CODES = {
    "string_type": "expected-text",
    "list_type": "expected-list",
    "tuple_type": "expected-list",
    "dict_type": "expected-fields",
    "model_type": "expected-fields",
    "model_attributes_type": "expected-fields",
    "bool_parsing": "expected-yes-no",
    "bool_type": "expected-yes-no",
    "int_parsing": "expected-number",
    "int_parsing_size": "expected-number",
    "int_type": "expected-number",
    "int_from_float": "expected-number",
    "float_parsing": "expected-number",
    "float_type": "expected-number",
    "finite_number": "expected-number",
    "literal_error": "not-a-choice",
    "date_type": "bad-date",
    "time_type": "bad-time",
    "datetime_type": "bad-date-time",
}
_MOST_COMPARED = 100
"""Misspelt names of one group that are compared with what it lacks."""
_LIMITS = {
    "greater_than": ("gt", "大于", "more than "),
    "greater_than_equal": ("ge", "不小于", "at least "),
    "less_than": ("lt", "小于", "less than "),
    "less_than_equal": ("le", "不大于", "at most "),
}


def reword(fault: ErrorDetails, model: type[BaseModel], spot: Spot) -> Problem:
    """The problem of the catalogue that says what `fault` says."""
    kind, value, context = fault["type"], fault["input"], fault.get("ctx", {})
    name = str(fault["loc"][-1]) if fault["loc"] else ""
    if kind in catalogue():
        return problem(spot, kind, **{key: _shown(given) for key, given in context.items()})
    if kind == "missing":
        return problem(spot, "missing-field", name=name, example=_example(model, fault["loc"]))
    if kind == "extra_forbidden":
        known = _fields(model, fault["loc"][:-1])
        return problem(spot, "unknown-field", name=name, known=", ".join(known), **nearest(name, known))
    if value is None:
        return problem(spot, "empty-value")
    if kind == "literal_error":
        return _not_a_choice(fault, model, spot)
    if kind in _LIMITS:
        bound, zh, en = _LIMITS[kind]
        return problem(
            spot,
            "number-range",
            value=_shown(value),
            limit_zh=f"{zh}{context[bound]}",
            limit_en=f"{en}{context[bound]}",
        )
    if kind == "too_short":
        return problem(spot, "too-few", count=context["min_length"])
    if kind == "too_long":
        return problem(spot, "too-many", count=context["max_length"])
    return problem(spot, _CODES.get(kind, "invalid"), value=_shown(value))


def _shown(value: object) -> object:
    """A value as a message shows it: a group or a list as its brackets, a long text by its beginning."""
    if isinstance(value, str):
        return value if len(value) <= 40 else value[:40] + "…"
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list | tuple) else value


def nearest(word: str, known: Iterable[str]) -> dict[str, str]:
    """`near` and `near_en`: the known word most like `word`, as a question; empty where none is close.

    A word that differs only in capital letters, as on Windows, is close.
    """
    right = _closest(word, known)
    if right is None:
        return {"near": "", "near_en": ""}
    return {"near": f"，是不是“{right}”？", "near_en": f'; did you mean "{right}"?'}


def _closest(word: str, known: Iterable[str]) -> str | None:
    spelt = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(word.casefold(), spelt, n=1, cutoff=0.6)
    return spelt[close[0]] if close else None


def without_echoes(faults: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The faults without those that are there only because of another one.

    A list is too short since some of its items are wrong; a field is missing since its name is misspelt.
    """
    strange: dict[Sequence[str | int], list[str]] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            strange.setdefault(fault["loc"][:-1], []).append(str(fault["loc"][-1]))
    for fault in faults:
        misspelt = strange.get(fault["loc"][:-1], [])[:_MOST_COMPARED]
        if fault["type"] == "missing" and any(_closest(each, [str(fault["loc"][-1])]) for each in misspelt):
            continue
        if fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"]:
            continue
        yield fault


def _example(model: type[BaseModel], loc: Sequence[str | int]) -> str:
    known = _described(model, loc)
    return f"{loc[-1]}: {(known and known.example) or '…'}"


def _not_a_choice(fault: ErrorDetails, model: type[BaseModel], spot: Spot) -> Problem:
    """Names the words, with what they mean; a word's meaning in its place names the word."""
    told, value = str(fault["ctx"]["expected"]), str(fault["input"])
    words = [choice.strip("'") for choice in told.replace(" or ", ", ").split(", ")]
    known = _described(model, fault["loc"]) or _described(model, fault["loc"][:-1])
    meanings = {word: known.choices.get(word) if known else None for word in words}
    meant = next((word for word, meaning in meanings.items() if meaning and value in meaning), value)
    return problem(
        spot,
        "not-a-choice",
        value=_shown(fault["input"]),
        about_zh=f"{known.zh}。" if known else "",
        about_en=f"{known.en}. " if known else "",
        known_zh="、".join(f"{word}（{said[0]}）" if said else word for word, said in meanings.items()),
        known_en=", ".join(words),
        **nearest(meant, words),
    )


def _described(model: type[BaseModel], loc: Sequence[str | int]) -> About | None:
    """What is said of the field at `loc`, if it is one."""
    for each in _models_at(model, loc[:-1]) if loc else ():
        with suppress(KeyError):
            return about(each, str(loc[-1]))
    return None


def _fields(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys that the model at `loc` knows, in the order of its definition."""
    found = _models_at(model, loc)
    return [field.alias or name for each in found for name, field in each.model_fields.items()]


def _models_at(annotation: Any, loc: Sequence[str | int]) -> list[type[BaseModel]]:
    """Models that `annotation` may hold after the steps of `loc`; several in a union without a tag."""
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return _models_at(annotation.model_fields["root"].annotation, loc)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _inside(annotation, loc)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _models_at(arguments[0], loc)
    if origin in (typing.Union, types.UnionType):
        tagged = [member for member in arguments if loc and Tag(str(loc[0])) in typing.get_args(member)[1:]]
        rest = loc[1:] if tagged else loc
        return [found for member in tagged or arguments for found in _models_at(member, rest)]
    if origin is tuple:
        return _models_at(arguments[0], loc[1:]) if loc else []
    if origin in (dict, Mapping):
        return _models_at(arguments[1], loc[1:]) if loc else []
    return []


def _inside(model: type[BaseModel], loc: Sequence[str | int]) -> list[type[BaseModel]]:
    if not loc:
        return [model]
    by_key = {field.alias or name: field for name, field in model.model_fields.items()}
    field = by_key.get(str(loc[0]))
    return _models_at(field.annotation, loc[1:]) if field else []
