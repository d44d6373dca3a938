"""When an event takes place, from what somebody types: a festival, a date, every week, or nothing yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from site_builder.content.model.event import WhenForm
from site_builder.content.model.scalars import Bilingual

_HOURS = re.compile(r"\s*(\d{1,2})[:：](\d{2})(?:\s*[-–—~～到至]\s*(\d{1,2})[:：](\d{2}))?\s*$")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_WEEKLY = re.compile(r"每(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_MONTHLY = re.compile(r"每(?:个)?(月|季度)(?:的)?第([一二三四五])个(?:周|星期|礼拜)([一二三四五六日天])")
_NUMBERS = {char: number for number, char in enumerate("一二三四五六日", 1)} | {"天": 7}


class OccasionError(ValueError):
    """The text tells no time; `code` is a phrase that says what is missing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def when(text: str, festivals: Mapping[str, Bilingual]) -> dict[str, Any]:
    """The event's `when`, as it is written in YAML; nothing typed means that it is announced later.

    Raises:
        OccasionError: when it is none of the forms.
    """
    text = text.strip()
    if not text:
        return {"announced_later": True}
    found = _written(text) if text.startswith("{") else _told(text, festivals)
    try:
        TypeAdapter(WhenForm).validate_python(_as_text(found))
    except ValidationError:
        raise OccasionError("when_impossible") from None
    return found


def _told(text: str, festivals: Mapping[str, Bilingual]) -> dict[str, Any]:
    hours = _HOURS.search(text)
    day = text[: hours.start()].strip() if hours else text
    start, end = (_clock(hours, 1), _clock(hours, 3)) if hours else (None, None)
    span = {name: value for name, value in (("start", start), ("end", end)) if value}
    if date := _DATE.fullmatch(day):
        return {"dates": [_on(date, span)]}
    if weekly := _WEEKLY.fullmatch(day):
        return {"every": "week", "weekday": _NUMBERS[weekly[1]], **span}
    if monthly := _MONTHLY.fullmatch(day):
        every = "month" if monthly[1] == "月" else "quarter"
        nth = {"weekday": _NUMBERS[monthly[3]], "nth": _NUMBERS[monthly[2]]}
        return {"every": every, **nth, **span}
    if festival := _festival(day, festivals):
        return {"festival": festival, **span}
    raise OccasionError("when_unknown")


def _on(date: re.Match[str], span: Mapping[str, str]) -> dict[str, str]:
    if "start" not in span:
        raise OccasionError("when_without_hour")
    day = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"
    return {name: f"{day}T{clock}" for name, clock in span.items()}


def _clock(hours: re.Match[str], group: int) -> str | None:
    return f"{int(hours[group]):02}:{hours[group + 1]}" if hours[group] else None


def _festival(text: str, festivals: Mapping[str, Bilingual]) -> str | None:
    """By its id, or by its name in either language; 节 may be left out, and "the"."""
    wanted = text.casefold().removesuffix("节").removeprefix("the ")
    for name, festival in festivals.items():
        if wanted in {name, festival.zh.removesuffix("节"), festival.en.casefold().removeprefix("the ")}:
            return name
    return None


def _written(text: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        found = None
    if not isinstance(found, dict):
        raise OccasionError("when_unknown")
    return found


def _as_text(value: object) -> object:
    """As `content.source` reads it: every scalar as text."""
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
