"""Colours of screens can be told apart, in daylight too; a theme in which they cannot is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder import output
from site_builder.content.problems import ContentError
from site_builder.kiosk.contrast import INDOORS, OUTDOORS, contrast, faint
from tests.conftest import NOW, ROOT

STYLE = (ROOT / "theme/kiosk/css/tokens.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("ffffff", "000000", 21), ("777777", "ffffff", 4.48), ("8c1510", "8c1510", 1)]
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_the_theme_can_be_read_in_daylight() -> None:
    assert list(faint(STYLE, OUTDOORS)) == []


def test_what_is_enough_indoors_may_be_too_faint_outdoors() -> None:
    pale = STYLE.replace("--ink-soft: #4d423a;", "--ink-soft: #6b6058;")
    assert pale != STYLE
    assert list(faint(pale, INDOORS)) == []
    assert {each.ink for each in faint(pale, OUTDOORS)} == {"ink-soft"}


def test_a_colour_that_is_missing_is_found() -> None:
    assert [each.ink for each in faint(STYLE.replace("--on-info: #fff8ec;", ""), INDOORS)] == ["on-info"]


def test_a_theme_that_cannot_be_read_is_refused_with_its_line(golden: Path) -> None:
    theme = shutil.copytree(ROOT / "theme", golden / "theme")
    tokens = theme / "kiosk/css/tokens.css"
    tokens.write_text(STYLE.replace("--on-red: #fff8ec;", "--on-red: #9a3a30;"), "utf-8")
    with pytest.raises(ContentError) as raised:
        output.prepare(golden, theme, output.Options(NOW))
    first = raised.value.problems[0]
    assert first.spot.path == "theme/kiosk/css/tokens.css"
    assert "--on-red:" in tokens.read_text("utf-8").splitlines()[first.spot.line - 1]
    assert "“--on-red”写在“--red" in first.zh
    assert '"--on-red" on "--red' in first.en
