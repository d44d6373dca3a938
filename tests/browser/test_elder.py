"""The elder mode: one tap away on every page, remembered, large enough for hands and eyes."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.test_pages import DESKTOP, PHONE, every_page_in_turn, opened

TARGET = 60
"""CSS pixels of what is pressed (MIIT, general specification of apps for the elderly, 2021)."""


def is_elder(page: Page) -> bool:
    return bool(page.evaluate("getComputedStyle(document.documentElement).fontSize === '24px'"))


def small_targets(page: Page) -> list[str]:
    """Controls of the header and links of cards that are too small."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('.masthead :is(a, button), :is(.card, .entry) a')]
            .filter(each => each.checkVisibility())
            .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
            .filter(([_, box]) => box.height < least - 0.1 || box.width < least - 0.1)
            .map(([text, box]) => `${text}: ${box.width} × ${box.height}`)""",
        TARGET,
    )
    return found


def columns(page: Page) -> int:
    lefts = page.evaluate(
        "[...document.querySelectorAll('main .grid > li')].map(each => each.getBoundingClientRect().left)"
    )
    return len(set(lefts))


@every_page_in_turn
def test_it_is_one_tap_away_on_every_page(browser: Browser, root_address: str, path: str, lang: str) -> None:
    with opened(browser, f"{root_address}{lang}{path}", PHONE) as page:
        button = page.get_by_role("button", name="Larger text" if lang else "关怀版")
        box = button.bounding_box()
        assert box and box["y"] + box["height"] < PHONE[1] / 2, "in the first view"
        assert (is_elder(page), button.get_attribute("aria-pressed")) == (False, "false")
        button.click()
        assert (is_elder(page), button.get_attribute("aria-pressed")) == (True, "true")
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            assert small_targets(page) == []
            assert columns(page) <= 1
        button.click()
        assert (is_elder(page), button.get_attribute("aria-pressed")) == (False, "false")


def test_it_is_remembered_from_page_to_page_and_in_both_languages(
    browser: Browser, root_address: str
) -> None:
    with opened(browser, root_address, PHONE) as page:
        page.get_by_role("button", name="关怀版").click()
        for path in ("venues/", "en/venues/", "404.html", ""):
            page.goto(f"{root_address}{path}")
            assert is_elder(page), path
        page.get_by_role("button", name="关怀版").click()
        page.go_back()
        assert not is_elder(page)


def test_it_is_there_before_anything_is_painted(browser: Browser, root_address: str) -> None:
    """Without its module the mode holds all the same, put on by the opening script in the head."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    with context as at:
        at.add_init_script("localStorage.setItem('elder', 'on')")
        page = at.new_page()
        page.route("**/*.js", lambda route: route.abort())
        page.goto(root_address)
        assert is_elder(page)
        assert not page.get_by_role("button", name="关怀版").is_visible(), "a button that does nothing"


def test_a_browser_that_keeps_nothing_has_it_for_the_page(browser: Browser, root_address: str) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    with browser.new_context() as at:
        at.add_init_script(refuse)
        page = at.new_page()
        failed: list[object] = []
        page.on("pageerror", lambda error: failed.append(error))
        page.goto(root_address)
        page.get_by_role("button", name="关怀版").click()
        assert is_elder(page)
        assert failed == []
