"""Questions that `new` asks, and what it takes for an answer."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, RootModel, TypeAdapter, ValidationError

from site_builder.content.fields import about
from site_builder.content.model.scalars import SLUG, Bilingual
from site_builder.content.model.vocabulary import Communities, Festivals
from site_builder.content.problems import Lang, PhotoError, Problem, Spot, problem
from site_builder.content.source import Source, parse, read_text
from site_builder.content.wording import nearest, reword
from site_builder.desk import drafts
from site_builder.desk.drafts import PLACES, Kind
from site_builder.desk.occasions import OccasionError
from site_builder.desk.occasions import when as occasion
from site_builder.desk.strip import photos as pictures
from site_builder.phrases import say

R = TypeVar("R", bound=RootModel[Any])


class AnswerError(Exception):
    """An answer that cannot be taken; says why, in the console's language."""


@dataclass(frozen=True)
class Desk:
    """Who is asked for what, and what answers may name."""

    root: Path
    lang: Lang
    kind: Kind

    def say(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values)

    def refusal(self, found: Problem) -> AnswerError:
        return AnswerError(f"{found.message(self.lang)} → {found.hint(self.lang)}")

    @cached_property
    def taken(self) -> frozenset[str]:
        return drafts.taken(self.root, self.kind)

    @cached_property
    def communities(self) -> Mapping[str, Bilingual]:
        return self._list("communities", Communities)

    @cached_property
    def festivals(self) -> Mapping[str, Bilingual]:
        return self._list("festivals", Festivals)

    def _list(self, name: str, model: type[R]) -> Mapping[str, Any]:
        """A list of the vocabulary; empty while it cannot be read."""
        path = f"content/vocabulary/{name}.yml"
        try:
            text = read_text(self.root / path, path)
        except OSError:
            return {}
        read = parse(text, path, model) if isinstance(text, str) else ()
        return read.value.root if isinstance(read, Source) else {}


Accept: TypeAlias = Callable[[Desk, str], Any]
"""Makes a value of an answer, or raises `AnswerError`."""
Choices: TypeAlias = Callable[[Desk], Mapping[str, str]]
"""Words to choose from, with what they mean."""
Default: TypeAlias = Callable[[Desk, Mapping[str, Any]], str]
"""The answer that no answer means, from the answers so far."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that `new` wants to know: an option of this name, or `ask.<name>` on a terminal."""

    name: str
    accept: Accept
    choices: Choices = lambda desk: {}
    default: Default | None = None
    """None where there must be an answer."""


def is_always(answer: str) -> Default:
    return lambda desk, answers: answer


nothing = is_always("")


def one_of(choices: Choices) -> Accept:
    """Takes one of the choices, by its word, its meaning or its number; None for no answer."""

    def accept(desk: Desk, answer: str) -> str | None:
        known = choices(desk)
        if answer.isdecimal() and 1 <= int(answer) <= len(known):
            return list(known)[int(answer) - 1]
        for word, meaning in known.items():
            if answer.casefold() in {word.casefold(), meaning.casefold()}:
                return word
        if answer:
            near = nearest(answer, [*known, *known.values()])["near" if desk.lang == "zh" else "near_en"]
            raise AnswerError(desk.say("no_choice", value=answer, near=near))
        return None

    return accept


def several_of(choices: Choices) -> Accept:
    """Takes some of the choices, with commas or spaces between them."""
    take = one_of(choices)
    return lambda desk, answer: [take(desk, word) for word in _parts(answer)]


def words(name: str) -> Choices:
    """The words that a field of the model takes."""

    def choices(desk: Desk) -> Mapping[str, str]:
        meanings = about(PLACES[desk.kind].model, name).choices
        return {word: meaning[desk.lang == "en"] for word, meaning in meanings.items()}

    return choices


def said(*names: str) -> Choices:
    """Words that the phrases explain."""
    return lambda desk: {name: desk.say(f"choice.{name}") for name in names}


def communities(desk: Desk) -> Mapping[str, str]:
    return {name: each.in_(desk.lang) for name, each in desk.communities.items()}


def venues(desk: Desk) -> Mapping[str, str]:
    return {f"venues/{name}": name for name in sorted(drafts.taken(desk.root, "venue"))}


def name(desk: Desk, answer: str) -> str:
    if not re.fullmatch(SLUG, answer):
        code = "bad-folder-name" if PLACES[desk.kind].file else "bad-slug"
        raise desk.refusal(problem(Spot(""), code, value=answer))
    if answer in desk.taken:
        raise AnswerError(desk.say("name_taken", name=answer))
    return answer


def when(desk: Desk, answer: str) -> dict[str, Any]:
    try:
        return occasion(answer, desk.festivals)
    except OccasionError as error:
        raise AnswerError(desk.say(error.code)) from None


def records(desk: Desk, answer: str) -> list[str]:
    """Consent records, which must be there."""
    known = drafts.taken(desk.root, "consent")
    for record in _parts(answer):
        if record not in known:
            raise AnswerError(desk.say("no_consent", name=record, known=", ".join(sorted(known)) or "—"))
    return _parts(answer)


def photos(desk: Desk, answer: str) -> tuple[Path, ...]:
    """Files and folders, written as a terminal does when they are dragged into it."""
    paths = [Path(part.strip("\"'")).expanduser() for part in _arguments(answer)]
    if gone := next((path for path in paths if not path.exists()), None):
        raise AnswerError(desk.say("no_file", name=gone))
    files = pictures(paths)
    if paths and not files:
        raise AnswerError(desk.say("no_photos"))
    for file in files:
        try:
            drafts.copied([file], "photo")
        except PhotoError as error:
            raise desk.refusal(problem(Spot(str(file)), error.code, **error.values)) from None
        except OSError as error:
            raise AnswerError(f"{file}: {error.strerror}") from None
    return files


def valid(model: type[BaseModel], field: str) -> Accept:
    """Takes what a field of a model takes."""
    known = model.model_fields[field]
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[(known.annotation, *known.metadata)])  # type: ignore[arg-type]

    def accept(desk: Desk, answer: str) -> Any:
        try:
            return adapter.validate_python(answer)
        except ValidationError as error:
            raise desk.refusal(reword(error.errors(include_url=False)[0], model, Spot(""))) from None

    return accept


def _parts(answer: str) -> list[str]:
    return [part for part in re.split(r"[\s,，、]+", answer) if part]


def _arguments(answer: str) -> list[str]:
    try:
        return shlex.split(answer, posix=os.name != "nt")
    except ValueError:  # an apostrophe in a name
        return [answer]
