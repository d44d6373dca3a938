"""When an event takes place, as somebody types it."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.content.model.scalars import Bilingual
from site_builder.desk.occasions import OccasionError, when

FESTIVALS = {
    "mid-autumn": Bilingual(zh="中秋节", en="Mid-Autumn Festival"),
    "laba": Bilingual(zh="腊八节", en="the Laba Festival"),
}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", {"announced_later": True}),
        ("中秋节", {"festival": "mid-autumn"}),
        ("中秋 18:30", {"festival": "mid-autumn", "start": "18:30"}),
        ("mid-autumn festival 9:00-11:30", {"festival": "mid-autumn", "start": "09:00", "end": "11:30"}),
        ("Laba Festival 9:00", {"festival": "laba", "start": "09:00"}),
        ("the Mid-Autumn Festival", {"festival": "mid-autumn"}),
        ("laba 18：30到21：00", {"festival": "laba", "start": "18:30", "end": "21:00"}),
        ("2026-09-25 18:30", {"dates": [{"start": "2026-09-25T18:30"}]}),
        ("2026年9月5日 8:30～10:00", {"dates": [{"start": "2026-09-05T08:30", "end": "2026-09-05T10:00"}]}),
        ("每周六 15:00", {"every": "week", "weekday": 6, "start": "15:00"}),
        ("每星期天", {"every": "week", "weekday": 7}),
        (
            "每月第二个星期六 15:00-17:00",
            {"every": "month", "weekday": 6, "nth": 2, "start": "15:00", "end": "17:00"},
        ),
        ("每季度第一个周一", {"every": "quarter", "weekday": 1, "nth": 1}),
        ("{past: 2021}", {"past": 2021}),
    ],
)
def test_it_is_understood(typed: str, written: dict[str, Any]) -> None:
    assert when(typed, FESTIVALS) == written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("明天", "when_unknown"),
        ("春节", "when_unknown"),
        ("{past: }", "when_impossible"),
        ("{past", "when_unknown"),
        ("2026-09-25", "when_without_hour"),
        ("2026-02-30 18:30", "when_impossible"),
        ("中秋 25:00", "when_impossible"),
        ("中秋 18:30-10:00", "when_impossible"),
    ],
)
def test_what_tells_no_time_is_refused_with_what_to_write(typed: str, code: str) -> None:
    with pytest.raises(OccasionError) as raised:
        when(typed, FESTIVALS)
    assert raised.value.code == code
