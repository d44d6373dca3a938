"""What is wrong in `content/`, said in Chinese and English with the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

import yaml

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")
Severity = Literal["error", "warning", "notice"]
"""A notice says what was done, such as a story left out, where nothing is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in an authored file; `line` and `column` start at 1, `path` is relative to the root."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place. `code` is stable; texts are those of `messages.yml`."""

    spot: Spot
    code: str
    severity: Severity
    zh: str
    en: str
    hint_zh: str
    hint_en: str

    def message(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def hint(self, lang: Lang) -> str:
        return self.hint_zh if lang == "zh" else self.hint_en

    def as_json(self) -> dict[str, object]:
        """The shape of `check --json`."""
        return {
            "path": self.spot.path,
            "line": self.spot.line,
            "column": self.spot.column,
            "severity": self.severity,
            "code": self.code,
            "message": {"zh": self.zh, "en": self.en},
            "hint": {"zh": self.hint_zh, "en": self.hint_en},
        }


class ContentError(Exception):
    """Raised where content is wrong and nothing can be built; holds every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problem(s) in content")

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """It comes whole out of another process."""
        return ContentError, (self.problems,)


class PhotoError(Exception):
    """A photo cannot be used; `code` is one of `messages.yml`, with the values of its texts."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Code → its severity and texts, in the order of `messages.yml`."""
    text = (files("site_builder.content") / "messages.yml").read_text("utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded


def problem(spot: Spot, code: str, /, **values: object) -> Problem:
    """The problem `code` at `spot`, its texts filled with `values`.

    Raises:
        KeyError: when the code is not in the catalogue, or a text needs a value that is not given.
    """
    entry = catalogue()[code]
    return Problem(
        spot=spot,
        code=code,
        severity=cast(Severity, entry.get("severity", "error")),
        zh=entry["zh"].format(**values),
        en=entry["en"].format(**values),
        hint_zh=entry["hint_zh"].format(**values),
        hint_en=entry["hint_en"].format(**values),
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(found for found in problems if found.severity == "error")
