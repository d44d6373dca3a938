"""A body: its fingerprint, its anchors, its references and its faults."""

from __future__ import annotations

import pytest

from site_builder.content.body import Body, anchor, fingerprint, is_outside, parse


def body(text: str) -> Body:
    parsed, faults = parse(text, "zh.md")
    assert not faults, faults
    return parsed


def faults(text: str) -> list[tuple[int, int, str]]:
    return [(each.spot.line, each.spot.column, each.code) for each in parse(text, "zh.md")[1]]


@pytest.mark.parametrize(
    "same",
    [
        "第一行\n\n第二行",
        "第一行\r\n\r\n第二行\r\n",
        "第一行  \n\t\n第二行\t\n\n\n",
        "\n\n第一行\n\n第二行",
    ],
)
def test_line_ends_and_trailing_space_leave_the_fingerprint(same: str) -> None:
    assert fingerprint(same) == fingerprint("第一行\n\n第二行\n")


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert fingerprint("caf\u00e9") == fingerprint("cafe\u0301")


@pytest.mark.parametrize("other", ["第一行\n第二行\n", "第一行\n\n第三行\n", "第 一行\n\n第二行\n", ""])
def test_other_words_or_paragraphs_change_it(other: str) -> None:
    assert fingerprint(other) != fingerprint("第一行\n\n第二行\n")


def test_a_fingerprint_is_eight_hexadecimal_digits_for_ever() -> None:
    assert fingerprint("有事喊一声。") == "0ad1edd4"


def test_the_stamp_is_no_part_of_the_text() -> None:
    stamped = body("---\nof: 3f9a1c2b\n---\n## Text\n\nWords.")
    plain = body("## Text\n\nWords.")
    assert (stamped.translates, plain.translates) == ("3f9a1c2b", None)
    assert (stamped.fingerprint, stamped.headings) == (plain.fingerprint, plain.headings)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("怎么来", "怎么来"),
        ("来做什么\uff1f", "来做什么"),
        ("一、火把节 (彝族)", "一-火把节-彝族"),
        ("永和·广场", "永和-广场"),
        ("\uff21\uff22\uff11", "ab1"),  # full-width letters and digits
        ("How to get there", "how-to-get-there"),
        ("It's 5 o'clock", "it-s-5-o-clock"),
        ("Café_bar", "café-bar"),
        ("\uff01\uff01", "section"),
    ],
)
def test_the_anchor_of_a_heading(heading: str, expected: str) -> None:
    assert anchor(heading) == expected
    assert anchor(expected) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["甲", "乙"], ["甲", "乙"]),
        (["甲", "甲", "甲"], ["甲", "甲-2", "甲-3"]),
        (["甲", "甲", "甲 2"], ["甲", "甲-2", "甲-2-2"]),
        (["甲 2", "甲", "甲"], ["甲-2", "甲", "甲-3"]),
        (["**甲**", "`甲`"], ["甲", "甲-2"]),
    ],
)
def test_no_two_headings_share_an_anchor(headings: list[str], expected: list[str]) -> None:
    found = body("\n\n".join(f"## {heading}" for heading in headings)).headings
    assert [heading.anchor for heading in found] == expected


def test_headings_keep_their_level_and_words() -> None:
    found = body("## 甲\n\n### 乙 *丙*\n\n## 丁").headings
    assert [(heading.level, heading.text) for heading in found] == [(2, "甲"), (3, "乙 丙"), (2, "丁")]


def test_links_and_images_know_where_they_stand() -> None:
    found = body("甲[乙](venues/hall)。\n\n丙\n[丁](https://a.example/b)\n\n![](plaza.jpg)\n")
    assert [(each.target, each.spot.line, each.spot.column) for each in (*found.links, *found.images)] == [
        ("venues/hall", 1, 6),
        ("https://a.example/b", 4, 5),
        ("plaza.jpg", 6, 5),
    ]


def test_equal_links_stand_in_places_of_their_own() -> None:
    found = body("[甲](a)[乙](<a>)[丙](a)\n[丁](<b c>)[戊](<b c>)\n")
    assert {(each.spot.line, each.spot.column) for each in found.links} == {
        *((1, 5), (1, 12), (1, 19)),
        *((2, 6), (2, 16)),
    }


def test_lines_are_counted_with_the_stamp() -> None:
    stamped = body("---\nof: 3f9a1c2b\n---\n\nSee [it](venues/x).")
    assert [(each.spot.line, each.spot.column) for each in stamped.links] == [(5, 10)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 1, "body-empty")]),
        ("---\nof: 3f9a1c2b\n---\n", [(4, 1, "body-empty")]),
        ("---\nof: 3f9a\n---\nWords", [(1, 1, "body-front-matter")]),
        ("---\ntitle: x\n---\nWords", [(1, 1, "body-front-matter")]),
        ("# 甲", [(1, 1, "body-heading-one")]),
        ("甲\n===", [(1, 1, "body-heading-one")]),
        ("### 甲", [(1, 1, "body-heading-jump")]),
        ("## 甲\n\n#### 乙", [(3, 1, "body-heading-jump")]),
        ("甲<br>乙", [(1, 2, "body-html")]),
        ("甲\n\n<div>\n乙\n</div>", [(3, 1, "body-html")]),
        ("甲 <!-- 乙 -->", [(1, 3, "body-html")]),
        ("[甲](javascript:alert(1))", [(1, 5, "body-link-unsafe")]),
        ("[甲](JavaScript:alert(1))", [(1, 5, "body-link-unsafe")]),
        ("![](data:image/png;base64,AA)", [(1, 5, "body-link-unsafe")]),
        ("是**“甲”**乙", [(1, 2, "body-bold-open")]),
        ("甲![](a.jpg)", [(1, 2, "body-image-inline")]),
        ("[![](a.jpg)](https://a.example)", [(1, 2, "body-image-inline")]),
        ("## ![](a.jpg)", [(1, 4, "body-image-inline")]),
        ("|![](a.jpg)|\n|-|", [(1, 2, "body-image-inline")]),
        ("甲\n\n![](a.jpg)\n\n乙", []),
        ("- ![](a.jpg)", [(1, 3, "body-image-inline")]),
        ("1 < 2 & 3 > 2, `<b>`, \\<b>", []),
        ("```\n<b>\n```", []),
    ],
)
def test_faults(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("target", "outside"),
    [
        ("https://a.example/b?c=d", True),
        ("HTTP://a.example", True),
        ("mailto:a@a.example", True),
        ("tel:+86871", True),
        ("venues/hall", False),
        ("#甲", False),
        ("//a.example", False),
        ("ftp://a.example", False),
        ("javascript:alert(1)", False),
        ("https://a.example/\"onclick='x'", False),
        ("https:// a", False),
    ],
)
def test_the_ways_out_of_the_site(target: str, outside: bool) -> None:
    assert is_outside(target) is outside
