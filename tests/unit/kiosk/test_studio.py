"""Few words, as large as they must be: what a slide holds, and when a story takes several."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from site_builder.content.model.kiosk import Languages, Panel
from site_builder.content.problems import LANGS, Lang
from site_builder.kiosk.layout import Copy, margin_px
from site_builder.kiosk.panel import type_px
from site_builder.kiosk.slides import Slide
from site_builder.kiosk.studio import Brief, Studio
from site_builder.kiosk.typesetting import length
from tests.unit.making import RECIPE, photo, story

PLAZA = Panel(diagonal_in=55, px=(1080, 1920), distance_m=2)
HALL = Panel(diagonal_in=65, px=(1920, 1080), distance_m=3)
FAR = Panel(diagonal_in=43, px=(1920, 1080), distance_m=2.5)
PHOTO = story("venues/plaza", photos=[photo()]).photos[0]
COPIES: dict[Lang, Copy] = {
    "zh": Copy(
        title="永和民族团结进步文化广场",
        eyebrow="文化广场",
        text="一面花墙，一条宣传廊，早晨有人打太极，傍晚有人跳舞。街坊们每天都来。",
        caption="扫码看全文",
    ),
    "en": Copy(
        title="Yonghe Unity Culture Plaza",
        eyebrow="Plaza",
        text="A wall of flowers, a corridor of displays, tai chi in the morning, dances at dusk, a lawn "
        "for children. Neighbours come every day, and whoever visits from elsewhere is asked to sit down.",
        caption="Scan to read on",
    ),
}
BRIEF = Brief(
    "venues/plaza",
    "story",
    COPIES,
    "venues/plaza",
    "venues/plaza",
    PHOTO,
    "https://example.org/venues/plaza/",
)


def made(panel: Panel, *, mode: str = "alternate", **changes: Any) -> tuple[Slide, ...]:
    return Studio(panel, Languages.model_validate({"mode": mode}), RECIPE).slides(replace(BRIEF, **changes))


def said(**texts: str) -> dict[Lang, Copy]:
    return {lang: replace(COPIES[lang], text=texts.get(lang, "")) for lang in LANGS}


def test_a_plaza_has_room_for_all_of_it() -> None:
    (slide,) = made(PLAZA)
    assert (slide.id, slide.kind) == ("venues/plaza", "story")
    assert slide.code
    assert slide.photo
    assert slide.photo.width == 1080
    assert slide.faces["zh"].text == COPIES["zh"].text


def test_from_further_away_the_text_and_the_code_have_slides_of_their_own() -> None:
    first, words, code = made(HALL)
    assert [slide.id for slide in (first, words, code)] == [f"venues/plaza{end}" for end in ("", "/2", "/3")]
    assert (first.kind, words.kind, code.kind) == ("story", "words", "code")
    assert first.photo
    assert first.photo.height == 1080
    assert not first.faces["zh"].text
    assert words.faces["zh"].text == COPIES["zh"].text
    assert words.photo is None
    assert code.code


def test_no_type_is_smaller_than_the_distance_allows() -> None:
    for panel, mode in product((PLAZA, HALL, FAR), ("alternate", "stacked", "zh", "en")):
        for slide in made(panel, mode=mode):
            for face in slide.faces.values():
                assert min(face.px.values()) >= type_px(panel)


def test_both_languages_stand_together_where_there_is_room_and_follow_each_other_where_there_is_not() -> None:
    first, words, *_ = made(FAR, mode="stacked")
    assert first.stacked
    assert not words.stacked
    assert not any(slide.stacked for slide in made(FAR))


def test_a_text_is_cut_at_a_sentence_down_to_what_one_slide_may_hold() -> None:
    sentence = "早晨有人打太极，傍晚有人跳舞，孩子们在花墙下写作业。"
    long = said(zh=sentence * 4, en="Neighbours come here every single day of the year. " * 9)
    slide, *_ = made(PLAZA, copies=long)
    assert slide.faces["zh"].text in {sentence, sentence * 2}
    assert length(slide.faces["zh"].text, "zh") <= 65
    assert length(slide.faces["en"].text, "en") <= 55
    assert slide.faces["en"].text.endswith("year.")


def test_a_sentence_that_is_longer_than_a_slide_is_left_out() -> None:
    (slide,) = made(PLAZA, copies=said(zh="很" * 66 + "。", en="so " * 56 + "long."))
    assert {face.text for face in slide.faces.values()} == {""}


def test_a_title_that_is_too_long_beside_a_photo_stands_alone() -> None:
    panel = PLAZA.model_copy(update={"distance_m": 8.8})
    first, *_ = made(panel, copies=said())
    assert first.photo is None
    assert not first.faces["zh"].eyebrow


def test_a_title_that_nobody_can_read_from_there_is_on_no_slide() -> None:
    assert made(PLAZA.model_copy(update={"distance_m": 12})) == ()


def test_a_code_that_would_be_larger_than_the_panel_is_left_out() -> None:
    panel = Panel(diagonal_in=21, px=(1920, 1080), distance_m=2)
    assert not any(slide.code for slide in made(panel))


def test_without_an_address_there_is_no_code_nor_a_word_of_it() -> None:
    for slide in made(HALL, url=None):
        assert slide.code is None
        assert not slide.faces["zh"].caption


def test_a_slide_stays_as_long_as_it_takes_to_read_it_slowly_and_to_scan_it() -> None:
    first, words, code = made(HALL)
    assert first.dwell_s == {"zh": 10, "en": 8}  # 4 + 12 characters at 150 a minute, 5 words at 130, 3 s more
    assert words.dwell_s["zh"] > 15
    assert code.dwell_s == {"zh": 15, "en": 15}
    endless = said(zh="早晨有人打太极。" * 8, en="Neighbours come here every single day. " * 9)
    assert max(slide.dwell_s["zh"] for slide in made(HALL, copies=endless)) <= 30


def test_a_photo_leaves_its_words_the_margins() -> None:
    (slide,) = made(PLAZA)
    assert slide.photo
    assert 0.3 * 1920 <= slide.photo.height < 1920 - 2 * margin_px(PLAZA)


@pytest.mark.parametrize(("mode", "other"), [("zh", "en"), ("en", "zh")])
def test_a_language_that_is_not_shown_costs_the_other_nothing(mode: Lang, other: Lang) -> None:
    long = {**COPIES, other: replace(COPIES[other], title="Unpronounceable" * 30, text="Too long. " * 40)}
    ordinary, crowded = made(PLAZA, mode=mode), made(PLAZA, mode=mode, copies=long)
    assert [slide.faces[mode] for slide in crowded] == [slide.faces[mode] for slide in ordinary]
    assert [slide.photo for slide in crowded] == [slide.photo for slide in ordinary]


def test_a_text_in_the_language_that_is_not_shown_makes_no_slide() -> None:
    assert [slide.kind for slide in made(HALL, mode="zh", copies=said(en="Come in."))] == ["story"]


@pytest.mark.parametrize("px", [(1920, 1080), (1080, 1080)])
def test_choices_stand_side_by_side_where_the_code_leaves_them_room(px: tuple[int, int]) -> None:
    panel = Panel(diagonal_in=55, px=px, distance_m=2)
    asked = {
        lang: Copy(title="？", choices=("三月初三", "五月初五", "八月十五", "九月初九")) for lang in LANGS
    }
    for url, kept in ((None, px == (1920, 1080)), (BRIEF.url, False)):
        (slide,) = made(panel, kind="quiz", photo=None, copies=asked, url=url)
        assert bool(slide.code) == bool(url)
        assert [face.row for face in slide.faces.values()] == [kept, kept]
