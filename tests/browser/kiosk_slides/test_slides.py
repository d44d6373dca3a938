"""Every slide of every screen, in every language, on panels of many kinds: as legible as was reckoned."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from site_builder.kiosk.panel import CAPITAL_MM_A_METRE, TARGET_MM, pixels_a_mm
from tests.browser.kiosk_slides.conftest import SCREENS, Shown

LOOKED_AT = """async ([id, lang]) => {
  const slide = KIOSK_PLAYLIST.slides[id], date = slide.dates[0] || null;
  await Kiosk.stage.prepare(slide, lang, date, date && 365);
  Kiosk.stage.show();
  const layer = document.querySelector(".layer--on");
  const pen = document.createElement("canvas").getContext("2d");
  const box = element => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const seen = element => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const capital = element => {
    const {fontWeight, fontSize, fontFamily} = getComputedStyle(element);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return pen.measureText("H").actualBoundingBoxAscent;
  };
  const texts = [...layer.querySelectorAll("p, h2, li span, .layer__mark span")].filter(
    element => seen(element) && element.textContent.trim() && !element.children.length);
  return {
    room: box(layer.querySelector(".layer__words")),
    parts: [".says", ".foot", ".code"].map(name => layer.querySelector(name)).filter(seen).map(box),
    code: [layer.querySelector(".code")].filter(seen).map(box)[0] || null,
    texts: texts.map(element => ({
      text: element.textContent,
      capital: capital(element),
      box: box(element),
      cut: element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline",
    })),
  };
}"""
"""Puts a slide on view; where its parts are, and how high a capital letter is in each of its texts."""

TARGETS = """() => [...document.querySelectorAll("button")].flatMap(button => {
  const {left, top, right, bottom} = button.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return button.contains(hit) ? [{name: button.textContent, box: [left, top, right, bottom]}] : [];
})"""
"""The buttons that a finger can touch: not what is scrolled away, nor what lies beneath something else."""

SLACK = 1.5
"""Pixels that rounding may cost."""


def faults(shown: Shown) -> Iterator[str]:
    """Everything on a screen's slides that cannot be read from its distance, or is cut off."""
    needed = CAPITAL_MM_A_METRE * shown.panel.distance_m * pixels_a_mm(shown.panel)
    for name, lang in shown.faces:
        found = shown.page.evaluate(LOOKED_AT, [name, lang])
        for text in found["texts"]:
            if text["capital"] < needed - SLACK:
                yield f"{name} {lang}: {text['text']!r} has {text['capital']:.0f} of {needed:.0f} px"
            if text["cut"] or not within(text["box"], (0, 0, *shown.panel.px)):
                yield f"{name} {lang}: {text['text']!r} is cut off"
        for part in found["parts"]:
            if not within(part, found["room"]):
                yield f"{name} {lang}: {part} leaves {found['room']}"
        yield from (f"{name} {lang}: {what}" for what in unread(shown, name, found["code"]))


def within(box: Sequence[float], room: Sequence[float]) -> bool:
    left, top, right, bottom = (side - edge for side, edge in zip(box, room, strict=True))
    return left >= -SLACK and top >= -SLACK and right <= SLACK and bottom <= SLACK


def unread(shown: Shown, name: str, box: Sequence[float] | None) -> Iterator[str]:
    """A code that is missing, too small for the distance, or leads elsewhere."""
    slide = shown.playlist["slides"][name]
    if not slide["code"]:
        return
    if box is None:
        yield "no code is seen"
        return
    left, top, right, bottom = box
    modules = slide["code"]["size"]
    side = (right - left) * (modules - 8) / modules / pixels_a_mm(shown.panel)
    if side < shown.panel.distance_m * 100 - 1:
        yield f"the code has {side:.0f} mm"
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    picture = Image.open(io.BytesIO(shown.page.screenshot(clip=clip)))  # type: ignore[arg-type]
    read = [code.text for code in zxingcpp.read_barcodes(picture)]
    if read != [slide["url"]]:
        yield f"the code says {read}"


@pytest.mark.parametrize("shown", SCREENS, indirect=True)
def test_every_slide_can_be_read_from_where_people_stand(shown: Shown) -> None:
    assert len(shown.faces) > 10
    assert list(faults(shown)) == []


BROKEN = {
    "type a fifth smaller": ".layer p, .layer h2 { font-size: calc(0.8 * var(--size-text)) !important }",
    "type a half larger": ".say__title, .say__text { zoom: 1.5 }",
    "a title on one line": ".say__title { white-space: nowrap; overflow-wrap: normal !important; zoom: 2 }",
    "half a code": ".code { clip-path: inset(0 50% 0 0) }",
    "a small code": ".layer .code { zoom: 0.5 }",
}


@pytest.mark.parametrize("shown", ["yonghe-plaza"], indirect=True)
@pytest.mark.parametrize("style", BROKEN.values(), ids=BROKEN)
def test_a_slide_that_cannot_be_read_is_found(shown: Shown, style: str) -> None:
    styled(shown, style)
    assert next(faults(shown), None)


def styled(shown: Shown, rules: str) -> None:
    shown.page.evaluate(
        "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);"
        " document.adoptedStyleSheets = [sheet]; }",
        rules,
    )


def out_of_reach(shown: Shown) -> list[str]:
    """Buttons that are too small for a finger, or above the lower 40 % of an upright panel."""
    least = TARGET_MM * pixels_a_mm(shown.panel)
    across, down = shown.panel.px
    highest = 0.6 * down if down > across else 0
    found = []
    for target in shown.page.evaluate(TARGETS):
        left, top, right, bottom = target["box"]
        if min(right - left, bottom - top) < least - SLACK or top < highest - SLACK:
            found.append(f"{target['name']}: {target['box']}")
    return found


TOUCHED = ["yonghe-plaza", "yongxinglu-activity-room", "fine"]


def touched(shown: Shown) -> None:
    shown.page.mouse.click(shown.panel.px[0] / 2, shown.panel.px[1] / 3)
    shown.page.clock.run_for(100)


def state(shown: Shown) -> Any:
    return shown.page.evaluate("document.documentElement.dataset.state")


@pytest.mark.parametrize("shown", TOUCHED, indirect=True)
def test_whatever_is_touched_is_large_and_in_reach(shown: Shown) -> None:
    touched(shown)
    for press in ("larger", "calendar", "language"):
        assert state(shown) == "interact"
        assert len(shown.page.evaluate(TARGETS)) >= 5
        assert out_of_reach(shown) == []
        shown.page.locator(f"[data-do={press}]").click()
    shown.page.clock.run_for(61_000)
    assert state(shown) == "warn"
    assert len(shown.page.evaluate(TARGETS)) == 1
    assert out_of_reach(shown) == []


OUT_OF_REACH = {
    "half way up": ".reader__bar { translate: 0 -50vh }",
    "small": ".reader__bar .button { zoom: 0.2 }",
}


@pytest.mark.parametrize("shown", ["yonghe-plaza"], indirect=True)
@pytest.mark.parametrize("style", OUT_OF_REACH.values(), ids=OUT_OF_REACH)
def test_what_nobody_can_reach_is_found(shown: Shown, style: str) -> None:
    styled(shown, style)
    touched(shown)
    assert out_of_reach(shown)
