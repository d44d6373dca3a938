"""Slips in one line: what is told with what is to be written, and what is left alone."""

from __future__ import annotations

import pytest

from site_builder.content.orthography import Slip, chinese_slips, english_slips, forgotten_chinese


@pytest.mark.parametrize(
    ("line", "written", "right"),
    [
        ("月亮,灯", ",", "，"),
        ("月亮;灯", ";", "；"),
        ("时间:18:30", ":", "："),
        ("好吗?", "?", "？"),
        ("**好**!", "!", "！"),
        ("WiFi,有的", ",", "，"),
        ("(东社区)", "()", "（）"),
        ("（东社区)", "()", "（）"),
        ('说"好"吧', '"', "“”"),
        ("灯亮了.", ".", "。"),
        ("“灯亮了.”", ".", "。"),
        ("灯亮了...", "...", "……"),
        ("２０２６年", "２０２６", "2026"),
        ("Ｎｏ．1", "Ｎｏ", "No"),
    ],
)
def test_a_slip_in_chinese_names_what_to_write(line: str, written: str, right: str) -> None:
    first = next(chinese_slips(line, prose=True))
    assert first.values == {"value": written, "right": right}


@pytest.mark.parametrize(
    "line",
    [
        "18:30到21:00，比分2:1，1,000人，3.5元。",
        "A、B、C三项，iPhone(14)和Wi-Fi.",
        "（一）报名；（二）到场。",
        "一. 报名",
        "- **新春**：[演出](events/show)",
        "| 时间 | 地点 |",
        "1. 报名",
        "He said: “Hello, world!”",
        "阿依古丽·买买提说：“好！！”",
        "《永昌志 第1卷:街巷》写到过",
        "月亮……灯——好吗？！",
    ],
)
def test_what_is_right_in_chinese(line: str) -> None:
    assert list(chinese_slips(line, prose=True)) == []


@pytest.mark.parametrize(
    ("line", "prose", "codes"),
    [
        ("永昌 街道", True, ["space-in-chinese"]),
        ("永昌　　街道", True, ["space-in-chinese"]),
        ("永昌 街道", False, []),
        ("　　永昌街道 Yongchang 街道，共 16 个社区", True, []),
    ],
)
def test_a_space_is_a_slip_in_prose(line: str, prose: bool, codes: list[str]) -> None:
    assert [slip.code for slip in chinese_slips(line, prose=prose)] == codes


@pytest.mark.parametrize(
    ("line", "written", "right"),
    [
        ("Come，and sing", "，", ","),
        ("Come.。", "。", "."),
        ("Laba（腊八）", "（）", "()"),
        ("songs、dances", "、", ","),
        ("《Red》", "《", "“”"),
        ("No. ２４", "２４", "24"),
        ("100％", "％", "%"),
    ],
)
def test_a_slip_in_english_names_what_to_write(line: str, written: str, right: str) -> None:
    first = next(english_slips(line))
    assert first.values == {"value": written, "right": right}


@pytest.mark.parametrize(
    "line",
    [
        "“It’s here” – 3.88 km² — caf\u00e9…",
        "Laba (腊八), with 《永昌志》 and “团结、进步”",
        "(腊八节，喝粥。)",
        "Titles (民族团结先进楼栋、民族团结先进家庭、民族团结先进个人) are awarded",
    ],
)
def test_what_is_right_in_english(line: str) -> None:
    assert list(english_slips(line)) == []


@pytest.mark.parametrize(
    ("line", "offset"),
    [
        ("小礼堂", 0),
        ("26个", 2),
        ("The little hall of East Community: 东社区的小礼堂，街坊们都爱来坐一坐。", 35),
    ],
)
def test_chinese_in_english_is_told_alone(line: str, offset: int) -> None:
    assert list(english_slips(line)) == [Slip(offset, "english-holds-chinese")]


@pytest.mark.parametrize(
    ("line", "forgotten"),
    [
        ("The hall is small", True),
        ("The hall", False),
        ("小礼堂 The hall is small", False),
        ("12345678901", False),
    ],
)
def test_chinese_is_forgotten_where_there_are_only_letters(line: str, forgotten: bool) -> None:
    assert bool(list(forgotten_chinese(line, 10))) == forgotten
