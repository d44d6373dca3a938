"""The small values: what is accepted, and by what code the rest is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from site_builder.content.model import scalars
from site_builder.content.problems import catalogue


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (scalars.Text, "  甲乙 ", "甲乙"),
        (scalars.Text, "甲\n乙", "甲 乙"),
        (scalars.Text, "cafe\u0301", "caf\u00e9"),
        (scalars.Slug, "yonghe-plaza-2", "yonghe-plaza-2"),
        (scalars.StoryRef, "events/mid-autumn", "events/mid-autumn"),
        (scalars.WebAddress, "https://www.example.org/?a=b#c", "https://www.example.org/?a=b#c"),
        (scalars.Day, "2024-02-29", dt.date(2024, 2, 29)),
        (scalars.Clock, "09:05", dt.time(9, 5)),
        (scalars.Clock, "00:00", dt.time(0)),
        (scalars.LocalTime, "2026-09-25T18:30", dt.datetime(2026, 9, 25, 18, 30)),
        (scalars.Weekday, "7", 7),
        (scalars.Fraction, "0.25", 0.25),
    ],
)
def test_what_is_accepted(kind: Any, written: str, expected: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == expected


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        (scalars.Text, "   ", "empty-value"),
        (scalars.Text, "甲\x07", "control-character"),
        (scalars.Text, "甲\ue000", "control-character"),
        (scalars.Slug, "Yonghe", "bad-slug"),
        (scalars.Slug, "yonghe_plaza", "bad-slug"),
        (scalars.Slug, "-yonghe", "bad-slug"),
        (scalars.Slug, "永和", "bad-slug"),
        (scalars.Slug, "yonghe\n", "bad-slug"),
        (scalars.Slug, "..", "bad-slug"),
        (scalars.StoryRef, "mid-autumn", "bad-reference"),
        (scalars.StoryRef, "pages/about", "bad-reference"),
        (scalars.StoryRef, "venues/../x", "bad-reference"),
        (scalars.VenueRef, "events/x", "bad-venue-reference"),
        (scalars.EventRef, "venues/x", "bad-event-reference"),
        (scalars.WebAddress, "www.example.org", "bad-web-address"),
        (scalars.WebAddress, "javascript:alert(1)", "bad-web-address"),
        (scalars.WebAddress, 'https://a"b', "bad-web-address"),
        (scalars.Day, "20260925", "bad-date"),
        (scalars.Day, "2026-02-29", "bad-date"),
        (scalars.Day, "2026-9-25", "bad-date"),
        (scalars.Day, "\uff12026-09-25", "bad-date"),
        (scalars.Day, "2026-W39-5", "bad-date"),
        (scalars.Clock, "9:05", "bad-time"),
        (scalars.Clock, "24:00", "bad-time"),
        (scalars.Clock, "18:30:00", "bad-time"),
        (scalars.Clock, "18\uff1a30", "bad-time"),
        (scalars.Clock, "1110", "bad-time"),
        (scalars.LocalTime, "2026-09-25 18:30", "bad-date-time"),
        (scalars.LocalTime, "2026-09-25T18:30Z", "bad-date-time"),
        (scalars.Weekday, "0", "greater_than_equal"),
        (scalars.Fraction, "1.5", "less_than_equal"),
        (scalars.Fraction, "nan", "less_than_equal"),
    ],
)
def test_what_is_refused(kind: Any, written: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(written)
    assert [error["type"] for error in caught.value.errors()] == [code]
    assert code in catalogue() or "_" in code  # pydantic's own codes are reworded


def test_an_authored_value_is_frozen_and_knows_its_keys() -> None:
    said = scalars.Bilingual(zh="甲", en="A")
    assert (said.in_("zh"), said.in_("en")) == ("甲", "A")
    with pytest.raises(ValidationError):
        said.zh = "乙"
    with pytest.raises(ValidationError):
        scalars.Bilingual.model_validate({"zh": "甲", "en": "A", "fr": "A"})
