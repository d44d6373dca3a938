"""The index: how texts are split, and what becomes of a program that fails."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from site_builder import pagefind
from site_builder.content.problems import ContentError, Lang
from site_builder.web.search import Entry, Shard, Thumbnail

ENTRY = Entry(
    path="venues/hall/",
    href="../venues/hall/",
    texts=("小礼堂", "一间<小>礼堂。", "Wi-Fi ２０２１年"),
    labels=("场所",),
    picture=Thumbnail(
        "../media/hall-320.avif", "../media/hall-640.jpg", 'a "door" & <more> \u3000 it\'s', ""
    ),
    section="venues",
    community="east",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("永昌街道", "永 昌 街 道"),
        ("永兴路2021", "永 兴 路 2 0 2 1"),
        ("街道，永昌。", "街 道 ， 永 昌 。"),
        ("Wi-Fi", "W i - F i"),
        ("a  b\n c", "a ␣ b ␣ c"),
        ("ＡＢ①é", "A B 1 e"),  # full width, compatibility, a diacritic
        ("e\u0301\u200b", "e"),
        ("𠮷野", "𠮷 野"),
        ("甲¶乙", "甲 ␣ 乙"),
        ("", ""),
    ],
)
def test_a_chinese_text_is_indexed_by_its_characters(text: str, expected: str) -> None:
    assert pagefind.words(text, "zh") == expected


def test_an_english_text_keeps_its_words() -> None:
    assert pagefind.words("The  culture\nplaza’s ¶ door", "en") == "The culture plaza’s door"


@pytest.mark.parametrize(("lang", "below"), [("zh", "search/pagefind/"), ("en", "en/search/pagefind/")])
def test_an_index_holds_what_browsers_load_and_no_more(lang: Lang, below: str) -> None:
    whole = pagefind.index([ENTRY], Shard(lang))
    names = {address.removeprefix(f"{below}0/").split("/")[0].split(".")[0] for address in whole}
    assert names == {"pagefind", "pagefind-entry", "wasm", "index", "fragment"}
    further = pagefind.index([ENTRY], Shard(lang, 1, 2))
    loaded = {address for address in whole if "wasm" not in address and not address.endswith(".js")}
    assert len(further) == len(loaded), "the engine comes with the first index"
    assert not {address.split("/")[-1] for address in further if "fragment" in address} & {
        address.split("/")[-1] for address in whole
    }, "results of two indexes have different ids"


def test_a_page_is_indexed_by_its_texts_alone() -> None:
    files = pagefind.index([ENTRY], Shard("zh"))
    (fragment,) = (data for address, data in files.items() if "/fragment/" in address)
    held = json.loads(gzip.decompress(fragment).removeprefix(b"pagefind_dcd"))
    texts = "小 礼 堂 ¶ 一 间 < 小 > 礼 堂 。 ¶ W i - F i ␣ 2 0 2 1 年 ¶"
    assert (
        held["content"].removesuffix(".")
        == f"ｓｅｃｔｉｏｎ＿ｖｅｎｕｅｓ ｃｏｍｍｕｎｉｔｙ＿ｅａｓｔ ¶ {texts}"
    )
    assert (held["meta"], held["filters"]) == ({}, {})
    card = json.loads(held["anchors"][0]["id"])
    assert (card["href"], card["labels"]) == ("../venues/hall/", ["场所"])
    assert card["picture"] == asdict(ENTRY)["picture"]


def test_the_same_entries_give_the_same_bytes() -> None:
    many = [
        Entry(f"venues/v{number}/", f"../venues/v{number}/", (f"标题{number}", "永昌街道" * (number % 7)), ())
        for number in range(60)
    ]
    assert pagefind.index(many, Shard("zh")) == pagefind.index(many, Shard("zh"))


@pytest.mark.parametrize("program", ["no-such-program", "false"])
def test_a_program_that_fails_is_a_problem_in_two_languages(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = tmp_path / "false"
    failing.write_text("#!/bin/sh\necho broken >&2\nexit 3\n", "utf-8")
    failing.chmod(0o755)
    monkeypatch.setattr(pagefind, "get_executable", lambda: tmp_path / program)
    with pytest.raises(ContentError) as caught:
        pagefind.index([ENTRY], Shard("zh"))
    (found,) = caught.value.problems
    assert found.code == "search-index"
    assert "搜索" in found.zh and "index of the search" in found.en
    assert ("broken" in found.en) == (program == "false")
