"""The look of the screens: written in one place, and the measures that fit is computed from."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.kiosk_view.conftest import HEIGHT, KIOSK, WIDTH
from tests.browser.kiosk_view.test_stage import shown

STYLES = {file.name: file.read_text("utf-8") for file in (KIOSK / "css").iterdir()}
SCRIPTS = "".join(file.read_text("utf-8") for file in (KIOSK / "js").iterdir())
COLOUR = r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch|color)a?\("
MARGIN, GAP, CODE = 0.06 * WIDTH, 55 / 2, 400
LEADING = {"zh": (1.5, 1.3), "en": (1.4, 1.2)}

Box = dict[str, float]


def test_colours_stand_in_tokens_alone() -> None:
    for name, rules in STYLES.items():
        assert name == "tokens.css" or re.findall(COLOUR, rules) == [], name


def test_every_token_is_defined_and_used() -> None:
    defined = set(re.findall(r"^\s+(--[\w-]+):", STYLES["tokens.css"], re.MULTILINE))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(STYLES.values())))
    written = {"--px-eyebrow", "--px-title", "--px-text", "--px-when", "--photo", "--code", "--fitted"}
    assert (used - defined, defined - used) == (written, set())
    assert all(name in SCRIPTS for name in {"--photo", "--code", "--fitted"})


def boxes(page: Page, lang: str, *names: str) -> list[Box]:
    """Where the parts of the slide on view are."""
    found = [page.locator(f".layer--on {name.format(lang=lang)}").bounding_box() for name in names]
    return [
        {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]} for box in found if box
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_heights_and_widths_are_those_that_the_planner_reckons_with(screen: Page, lang: str) -> None:
    shown(screen, "photo", lang, 12)
    say, facts = ".say[lang={lang}] .say__", ".facts__face[lang={lang}] .facts__"
    words, title, text, countdown, when, code = boxes(
        screen,
        lang,
        ".layer__words",
        f"{say}title",
        f"{say}text",
        f"{facts}countdown",
        f"{facts}when",
        ".code",
    )
    of_text, of_title = LEADING[lang]
    assert (words["x"], words["y"]) == pytest.approx((MARGIN, 700 + MARGIN), abs=1)
    assert words["height"] == pytest.approx(HEIGHT - 700 - 2 * MARGIN, abs=1)
    assert (title["y"], title["height"]) == pytest.approx((words["y"], 88 * of_title), abs=1)
    assert (text["y"], text["height"]) == pytest.approx(
        (title["y"] + title["height"] + GAP, 55 * of_text), abs=1
    )
    assert countdown["height"] == pytest.approx(1.6 * 55 * of_title, abs=1)
    assert when["y"] == pytest.approx(countdown["y"] + countdown["height"] + GAP, abs=1)
    assert when["width"] == pytest.approx(WIDTH - 2 * MARGIN - CODE - GAP, abs=1)
    assert (code["x"] + CODE, code["y"] + CODE) == pytest.approx((WIDTH - MARGIN, HEIGHT - MARGIN), abs=1)
