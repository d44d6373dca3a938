"""What good type setting asks for."""

from __future__ import annotations

import pytest

from site_builder.web.typography import display


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The residents' hall", "The residents’ hall"),
        ('It\'s "open" now', "It’s “open” now"),
        ('"Open" (and "free")', "“Open” (and “free”)"),
        ("'Open' and \"'free' too\"", "‘Open’ and “‘free’ too”"),
        ("Already “set”", "Already “set”"),
        ("", ""),
    ],
)
def test_english_quotes_are_curly(written: str, shown: str) -> None:
    assert display(written, "en") == shown


def test_a_chinese_line_begins_with_no_interpunct() -> None:
    assert display("花好·月圆", "zh").startswith("花好\u2060·")
    assert display("“花好月圆”", "zh") == "“花好月圆”"
    assert display("A·B", "en") == "A·B"


@pytest.mark.parametrize("text", ["花好·月圆", "一·二·三", "没有"])
def test_what_is_added_is_invisible(text: str) -> None:
    shown = display(text, "zh")
    assert shown.replace("\u2060", "").replace("\u200b", "") == text
