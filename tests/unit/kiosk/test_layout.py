"""The planner reckons with the measures that style and scripts of a screen have."""

from __future__ import annotations

import random
import re

import pytest
import yaml

from site_builder.content.model.kiosk import Panel
from site_builder.content.problems import LANGS
from site_builder.kiosk import layout, playlist
from site_builder.kiosk.fit import setting
from site_builder.kiosk.layout import SHORTEST, Column, Copy, Foot, Frame, is_roomy
from site_builder.kiosk.proof import MARK
from site_builder.kiosk.slides import Kind
from site_builder.kiosk.typesetting import LEADING, TITLE_LEADING, advance
from site_builder.photos.plan import PAPER
from tests.conftest import ROOT

KIOSK = ROOT / "theme/kiosk"
NUMBER = r"(\d+(?:\.\d+)?)"


@pytest.mark.parametrize(
    ("file", "pattern", "measures"),
    [
        ("css/tokens.css", rf"--margin: calc\({NUMBER} \* min", [layout.MARGIN]),
        ("js/50-frame.js", rf"{NUMBER} \* Math\.min", [layout.MARGIN]),
        ("css/tokens.css", rf"--gap: calc\({NUMBER} \*", [layout.GAP]),
        ("js/60-stage.js", rf"code\.px - {NUMBER} \*", [layout.GAP] * 2),
        ("js/60-stage.js", rf">= {NUMBER} \* text", [layout.FACTS]),
        ("js/60-stage.js", rf"{NUMBER} \* size\(\"height\"\)", [layout.EMBLEM_HEIGHT]),
        ("js/60-stage.js", rf"{NUMBER} \* size\(\"width\"\)", [layout.EMBLEM_WIDTH]),
        ("css/slide.css", rf"facts__countdown {{ font-size: calc\({NUMBER} \*", [layout.COUNT]),
        ("css/slide.css", rf"facts__emblem {{ display: none; width: calc\({NUMBER} \*", [layout.EMBLEM]),
        ("css/slide.css", rf"grid-template-columns: {NUMBER}em", [layout.LETTER]),
        ("css/slide.css", rf"choices\[data-row\] {{ .*gap: calc\({NUMBER} \*", [layout.BETWEEN]),
        ("css/tokens.css", rf"--leading: {NUMBER};", list(LEADING.values())),
        ("css/tokens.css", rf"--leading-title: {NUMBER};", list(TITLE_LEADING.values())),
    ],
)
def test_a_measure_is_the_same_in_the_theme(file: str, pattern: str, measures: list[float]) -> None:
    found = re.findall(pattern, (KIOSK / file).read_text("utf-8"))
    assert [float(each) for each in found] == measures


def test_what_surrounds_a_small_photo_has_the_colour_of_the_ground() -> None:
    assert f"--ground: {PAPER};" in (KIOSK / "css/tokens.css").read_text("utf-8")


def test_the_page_has_a_place_for_every_choice() -> None:
    lists = (KIOSK / "index.html").read_text("utf-8").split('<ol class="say__choices">')[1:]
    assert [each.partition("</ol>")[0].count("<li") for each in lists] == [playlist.CHOICES] * 2


def test_a_title_that_is_called_roomy_does_fit() -> None:
    rng = random.Random(1)
    parts = ("文化广场", "老街坊，", "“好”", "🏮", " ", "the ", "neighbourhoods’ ", "half-past-four ")
    told = []
    for _ in range(400):
        title = "".join(rng.choices(parts, k=rng.randint(1, 30))).strip() or "好"
        px = rng.choice(((1080, 1920), (1920, 1080), (1080, 1080)))
        panel = Panel(diagonal_in=43, px=px, distance_m=rng.choice((1, 2, 3, 5)))
        for lang in LANGS:
            fits = setting(panel, {lang: Copy(title, mark=MARK[lang])}) is not None
            told.append((is_roomy(panel, title, lang), fits))
    assert (True, False) not in told
    assert set(told) == {(True, True), (False, True), (False, False)}


def test_no_mark_is_longer_than_the_one_that_titles_are_tried_with() -> None:
    for lang in LANGS:
        words = yaml.safe_load((ROOT / f"theme/words/{lang}.yml").read_text("utf-8"))
        marks = [text for key, text in words.items() if key.startswith("mark.")]
        assert max(advance(mark, lang) for mark in marks) == advance(MARK[lang], lang) < SHORTEST


@pytest.mark.parametrize(
    ("width", "height", "kind", "photo", "code", "foot"),
    [
        (1790, 950, "story", False, 400, "side"),
        (1000, 1000, "story", False, 400, "side"),  # a square panel counts as landscape
        (1790, 950, "screen", False, 400, "row"),  # its emblem is on the side
        (1000, 1000, "story", True, 400, "row"),
        (700, 1000, "story", False, 400, "stack"),
        (950, 1800, "story", False, 400, "row"),
        (1790, 950, "story", False, 0, "stack"),
    ],
)
def test_where_the_code_stands(
    width: float, height: float, kind: Kind, photo: bool, code: int, foot: Foot
) -> None:
    assert Frame(Column(width, height), kind, 55, code, 65, photo).foot == foot
