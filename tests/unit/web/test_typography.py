"""What good type setting asks for."""

from __future__ import annotations

import pytest

from site_builder.web.typography import curly, title_parts


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
    assert curly(written, "en") == shown
    assert curly(written, "zh") == written


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("小礼堂", ["小礼堂"]),
        ("小街中秋·月圆", ["小街中秋·", "月圆"]),
        ("一·二·三", ["一·", "二·", "三"]),
        ("小街\uff1a我们的家", ["小街\uff1a", "我们的家"]),
        ("甲·", ["甲·"]),
        ("甲··乙", ["甲··", "乙"]),
        ("·甲", ["·", "甲"]),
    ],
)
def test_a_chinese_title_breaks_after_its_interpuncts(title: str, parts: list[str]) -> None:
    assert list(title_parts(title, "zh")) == parts
    assert "".join(parts) == title


def test_an_english_title_is_one_part() -> None:
    assert title_parts('A·B: the "hall"', "en") == ("A·B: the “hall”",)
