"""A touch opens the whole story, in words that lead nowhere else."""

from __future__ import annotations

import pytest

from site_builder.kiosk.reader import blocks, calendar, reading
from tests.unit.kiosk.test_playlist import QUESTION, event
from tests.unit.making import RECIPE, edition, photo, story

TEXT = """\
开头一段，有[链接](venues/b)和**重点**。

## 小标题

1. 第一条
2. 第二条，也有
   两行

![](a.jpg)

| 时间 | 内容 |
|---|---|
| 六点 | 开场 |
"""


def test_a_text_is_told_part_by_part_without_links() -> None:
    told = story("venues/a", TEXT, photos=[photo("b.jpg"), photo("a.jpg")])
    values = reading(edition(told, story("venues/b")), told, None, RECIPE).values
    assert values["zh"]["blocks"] == [
        ("p", "开头一段，有链接和重点。"),
        ("h2", "小标题"),
        ("li", "第一条"),
        ("li", "第二条，也有 两行"),
        ("photo", 1),
        ("p", "时间 · 内容"),
        ("p", "六点 · 开场"),
    ]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>a &lt;b&gt; &amp; c</p>", [("p", "a <b> & c")]),
        ("<ul><li><p>one</p><p>two</p></li></ul>", [("li", "onetwo")]),
        ("<blockquote><p>said</p></blockquote>", [("p", "said")]),
        ('<h4 id="x">deep</h4><p>one<br>two</p>', [("h3", "deep"), ("p", "one two")]),
        ("<hr>\n", []),
    ],
)
def test_parts(html: str, found: list[tuple[str, str]]) -> None:
    assert blocks(html, "en") == found


def test_where_a_translation_is_missing_the_chinese_text_stands_in_and_says_so() -> None:
    told = story("venues/a", "中文。")
    values = reading(edition(told), told, None, RECIPE).values
    assert values["en"]["untranslated"]
    assert values["en"]["blocks"] == [("p", "中文。")]
    assert not values["zh"]["untranslated"]


def test_a_quiz_names_the_right_answer() -> None:
    asked = story("events/q", quiz=[QUESTION])
    (question,) = reading(edition(asked), asked, None, RECIPE).values["quiz"]
    assert question["right"] == 1
    assert (question["zh"]["answer"], question["en"]["answer"]) == ("八月十五", "15 of the 8th")


def test_facts_lead_to_no_map_and_tell_no_date_that_grows_old() -> None:
    place = {"zh": "永兴路", "en": "Yongxing Road"}
    hours = [{"days": [6, 7], "from": "09:00", "to": "17:00"}]
    told = story("venues/a", address=place, location=[25.0, 102.7], hours=hours)
    facts = reading(edition(told), told, None, RECIPE).values["zh"]["facts"]
    assert facts == [["地址", "永兴路"], ["开放时间", "周六、周日 09:00–17:00"]]
    shown = event("film", "2026-06-02")
    assert reading(edition(shown), shown, None, RECIPE).values["zh"]["facts"] == []


def test_the_calendar_tells_what_one_can_go_to() -> None:
    events = [
        event("b", "2026-06-03"),
        event("a", "2026-06-02"),
        event("off", "2026-06-02", status="cancelled"),
    ]
    entries = calendar(edition(*events))
    assert [entry["story"] for entry in entries] == ["events/a", "events/b"]
    assert entries[0]["zh"] == {
        "title": "标题a",
        "when": "6月2日 星期二 18:30–21:00",
        "place": "",
        "mark": "",
    }
