"""What each field of an authored file is for, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel

from site_builder.content.problems import Lang


@dataclass(frozen=True, slots=True)
class About:
    """One field: a short line in each language, and what may stand after its name."""

    zh: str
    en: str
    example: str | None = None
    """YAML text."""
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What each word means, in Chinese and English; empty for a field without a choice of words."""

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


def about(model: type[BaseModel], name: str) -> About:
    """What is said of a field, named as editors write it, by its model or the nearest one it derives from.

    Raises:
        KeyError: when nothing is said of it.
    """
    for each in model.__mro__:
        if found := described().get(each.__name__, {}).get(name):
            return found
    raise KeyError(f"{model.__name__}.{name}")


@cache
def described() -> Mapping[str, Mapping[str, About]]:
    """Model → field → what is said of it, in the order of `fields.yml`."""
    text = (files("site_builder.content") / "fields.yml").read_text("utf-8")
    # Examples are text, whatever they look like.
    loaded: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=yaml.CBaseLoader)
    return {
        model: {name: _about(entry) for name, entry in fields.items()} for model, fields in loaded.items()
    }


def _about(entry: Mapping[str, Any]) -> About:
    choices = {word: (said["zh"], said["en"]) for word, said in entry.get("choices", {}).items()}
    return About(entry["zh"], entry["en"], entry.get("example"), choices)
