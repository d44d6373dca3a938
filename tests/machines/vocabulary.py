"""Checks things against the vocabulary of schema.org, in a process of its own: its strict models take 0.8 GB.

A list of things comes as JSON, what is wrong with each goes out as JSON: nothing for a good one.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from enum import Enum
from typing import Any

import schema_org


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


def wrong_with(thing: dict[str, Any]) -> str:
    try:
        built(thing)
    except (AttributeError, KeyError, ValueError) as error:
        return f"{thing}: {error}"
    return ""


if __name__ == "__main__":
    json.dump([wrong_with(each) for each in json.load(sys.stdin)], sys.stdout)
