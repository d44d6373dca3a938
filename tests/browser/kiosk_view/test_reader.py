"""What touch opens: told in words, within reach, usable with keys."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.kiosk_view.conftest import HEIGHT, state

TARGET = 35  # 22 mm on a 55-inch panel of 1920 pixels


def opened(page: Page, slide: str, lang: str = "zh") -> None:
    state(page, "attract")
    page.evaluate("([id, lang]) => Kiosk.reader.open(id, lang)", [slide, lang])
    state(page, "interact")


def chosen(page: Page, answer: str) -> str:
    page.get_by_role("button", name=answer).click()
    return page.locator(".reader__body").inner_text()


def test_a_quiz_tells_in_words_what_was_right(screen: Page) -> None:
    opened(screen, "quiz")
    told = chosen(screen, "正月")
    assert "没答对" in told
    assert "正确答案：八月" in told
    expect(screen.locator(".reader__body")).to_have_attribute("aria-live", "polite")
    screen.get_by_role("button", name="下一题").click()
    assert "答对了" in chosen(screen, "今天")
    screen.get_by_role("button", name="看看答对几道").click()
    expect(screen.locator(".reader__body")).to_have_text("2道题，答对了1道。")
    screen.get_by_role("button", name="重新答题").click()
    expect(screen.locator(".reader__eyebrow")).to_have_text("第1题，共2题")


def test_controls_are_large_and_within_reach(screen: Page) -> None:
    for slide in ("photo", "quiz", "words"):
        opened(screen, slide)
        boxes = [button.bounding_box() for button in screen.locator(".reader button:visible").all()]
        found = [box for box in boxes if box and box["y"] < HEIGHT]
        assert len(found) >= 4
        assert min(min(box["width"], box["height"]) for box in found) >= 2 * TARGET
        assert min(box["y"] for box in found) >= 0.6 * HEIGHT, slide


def test_a_story_begins_at_its_beginning_each_time(screen: Page) -> None:
    opened(screen, "photo")
    scroll = screen.locator(".reader__scroll")
    screen.get_by_role("button", name="下一屏").click()
    assert scroll.evaluate("element => element.scrollTop") > 100
    screen.evaluate("Kiosk.reader.close()")
    expect(screen.locator(".reader__body")).to_be_empty()
    opened(screen, "photo")
    expect(screen.locator(".reader__title")).to_be_focused()
    assert scroll.evaluate("element => element.scrollTop") == 0


def test_a_reader_changes_language_and_size(screen: Page) -> None:
    opened(screen, "photo", "zh")
    screen.get_by_role("button", name="大字").click()
    size = screen.locator(".reader__text p").first.evaluate("element => getComputedStyle(element).fontSize")
    assert size == "55px"
    screen.get_by_role("button", name="English").click()
    assert screen.evaluate("Kiosk.reader.lang") == "en"
    expect(screen.locator(".reader")).to_have_attribute("lang", "en")
    screen.keyboard.press("Escape")
    assert screen.evaluate("window.left")


def test_the_calendar_leads_to_stories(screen: Page) -> None:
    opened(screen, "words")
    expect(screen.locator(".reader__title")).to_have_text("活动日历".replace("活动", "活动\u200b"))
    screen.get_by_role("button", name="中秋").click()
    expect(screen.locator(".reader")).to_have_attribute("data-view", "story")


def test_a_story_that_was_revoked_is_no_longer_told(screen: Page) -> None:
    opened(screen, "photo")
    screen.evaluate("KIOSK_PLAYLIST.stories = {}")
    screen.get_by_role("button", name="English").click()
    expect(screen.locator(".reader")).to_have_attribute("data-view", "calendar")
