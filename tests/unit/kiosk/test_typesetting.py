"""A text is planned with as much room as it takes, or more."""

from __future__ import annotations

import pytest

from site_builder.content.problems import Lang
from site_builder.kiosk.typesetting import advance, length, lines, shortened


@pytest.mark.parametrize(
    ("text", "lang", "width", "count"),
    [
        ("永昌街道", "zh", 4, 1),
        ("永昌街道", "zh", 3, 2),
        ("一二三，四", "zh", 3, 2),  # a comma begins no line: 一二｜三，四
        ("说“好”", "zh", 3, 2),  # 说｜“好”
        ("共饮 腊八粥", "zh", 5.5, 1),
        ("ice ice ice", "en", 10, 1),
        ("ice ice ice", "en", 3.2, 2),
        ("the half-past-four classroom", "en", 6.5, 3),
        ("Wi-Fi覆盖", "zh", 2.9, 2),
        ("my children’s day", "en", 6.2, 3),  # an apostrophe breaks no word
        ("文化广场　示例", "zh", 6.5, 2),  # an ideographic space is a square
        ("过节🏮🏮", "zh", 4.5, 2),  # a lantern is wider than a square
        ("𠮷𠮷𠮷", "zh", 2, 2),  # rare characters break as all others do
        ("好⸺好", "zh", 3.5, 2),
    ],
)
def test_lines(text: str, lang: Lang, width: float, count: int) -> None:
    assert lines(text, lang, width) == count


@pytest.mark.parametrize(("text", "lang"), [("Neighbourhood", "en"), ("“好”", "zh")])
def test_a_word_that_is_wider_than_a_line_does_not_fit(text: str, lang: Lang) -> None:
    assert lines(text, lang, 2) is None


def test_a_quotation_mark_is_a_square_in_chinese_alone() -> None:
    assert advance("“好”", "zh") == 3
    assert advance("“a”", "en") < 2


def test_a_text_is_cut_at_sentences() -> None:
    assert list(shortened("一早开门。中午休息；晚上见！", "zh")) == [
        "一早开门。中午休息；晚上见！",
        "一早开门。中午休息。",
        "一早开门。",
        "",
    ]
    assert list(shortened("It opens early. “Come in!” At 3.30 it shuts.", "en")) == [
        "It opens early. “Come in!” At 3.30 it shuts.",
        "It opens early. “Come in!”",
        "It opens early.",
        "",
    ]
    assert list(shortened("", "zh")) == [""]


@pytest.mark.parametrize(
    ("text", "lang", "count"),
    [
        ("永昌街道", "zh", 4),
        ("𠮷𠮷饭", "zh", 3),
        ("26个民族，16个社区。", "zh", 8),
        ("", "zh", 0),
        ("The plaza, at 6.30 pm", "en", 5),
    ],
)
def test_length(text: str, lang: Lang, count: int) -> None:
    assert length(text, lang) == count
