"""Two layers that take turns, and are never made anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kiosk_view.conftest import state

SHOW = """async ([id, lang, left]) => {
  const slide = KIOSK_PLAYLIST.slides[id];
  await Kiosk.stage.prepare(slide, lang, slide.dates[0] ?? null, left);
  Kiosk.stage.show();
}"""
MADE = """() => {
  window.made = 0;
  new MutationObserver(changes => {
    for (const {addedNodes} of changes) made += [...addedNodes].filter(node => node.nodeType === 1).length;
  }).observe(document, {childList: true, subtree: true});
}"""
LAYERS = ".layer"


def shown(page: Page, slide: str, lang: str = "zh", left: int | None = None) -> None:
    state(page, "attract")
    page.evaluate(SHOW, [slide, lang, left])


def test_swaps_make_no_element(screen: Page) -> None:
    before = screen.locator("*").count()
    screen.evaluate(MADE)
    for number in range(50):
        shown(screen, ("photo", "words", "quiz")[number % 3], ("zh", "en")[number % 2], number)
    assert screen.evaluate("made") == 0
    assert (screen.locator("*").count(), screen.locator(LAYERS).count()) == (before, 2)


@pytest.mark.parametrize(
    ("lang", "left", "says"),
    [
        ("zh", 12, "还有12天"),
        ("zh", 0, "今天"),
        ("en", 1, "Tomorrow"),
        ("en", 12, "In 12 days"),
        ("en", None, ""),
    ],
)
def test_a_countdown_is_in_the_language_on_view(screen: Page, lang: str, left: int | None, says: str) -> None:
    shown(screen, "photo", lang, left)
    countdown = screen.locator(f".layer--on .facts__face[lang={lang}] .facts__countdown")
    expect(countdown).to_have_text(says)
    expect(countdown).to_be_visible(visible=bool(says))
    screen.evaluate("Kiosk.stage.count(1)")
    expect(countdown).to_have_text({"zh": "明天", "en": "Tomorrow"}[lang])


def test_one_language_is_on_view(screen: Page) -> None:
    shown(screen, "photo", "en")
    expect(
        screen.locator(".layer--on [lang=en] .say__title, .layer--on .say__title[lang=en]")
    ).to_be_visible()
    expect(screen.locator(".layer--on .say[lang=zh]")).to_be_hidden()


def test_a_picture_that_does_not_come_is_told(screen: Page) -> None:
    failed = screen.evaluate(
        """() => {
          const slide = {...KIOSK_PLAYLIST.slides.photo, photo: {src: "media/none.jpg", height: 700}};
          return Kiosk.stage.prepare(slide, "zh", null, null).then(() => false, () => true);
        }"""
    )
    assert failed


def test_the_poster_is_the_same_at_any_size(screen: Page) -> None:
    shown(screen, "photo")
    title = screen.locator(".layer--on .say[lang=zh] .say__title")
    full = title.bounding_box()
    screen.set_viewport_size({"width": 540, "height": 1200})
    half = title.bounding_box()
    assert full and half
    assert half["height"] == pytest.approx(full["height"] / 2, abs=1)
    assert half["x"] == pytest.approx(full["x"] / 2, abs=1)


@pytest.mark.parametrize(
    ("title", "wide", "says", "px"),
    [
        ("“手拉手·心连心”联盟", 510, ["“手拉手·", "心连心”", "联盟"], 100),
        ("永和广场（东门）", 500, ["永和广场", "（东门）"], 100),
        ("社区一站式大厅", 510, ["社区", "一站式", "大厅"], 100),
        (
            "下面哪一样是中秋节的应节食品？",
            810,
            ["下面", "哪", "一样", "是", "中秋节的", "应节", "食品？"],
            88,
        ),
        ("社区一站式大厅", 210, [*"社区一站式大厅"], 100),
        ("中秋", 500, ["中秋"], 100),
    ],
)
def test_a_chinese_title_breaks_between_its_parts_a_little_smaller_where_that_helps(
    screen: Page, title: str, wide: float, says: list[str], px: int
) -> None:
    found = screen.evaluate("([text, wide]) => Kiosk.phrases(text, 'zh', wide, 100, 75)", [title, wide])
    assert found["text"].replace("\u2060", "").split("\u200b") == says
    assert found["px"] == px
