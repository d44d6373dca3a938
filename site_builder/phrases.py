"""What commands say, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from site_builder.content.problems import Lang


@cache
def phrases() -> Mapping[str, Mapping[Lang, str]]:
    """The phrases of `phrases.yml`."""
    text = (files("site_builder") / "phrases.yml").read_bytes()
    loaded: Mapping[str, Mapping[Lang, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def say(lang: Lang, key: str, **values: object) -> str:
    """A phrase with its gaps filled.

    Raises:
        KeyError: when there is no such phrase, or a value is missing.
    """
    return phrases()[key][lang].format(**values)
