"""The shell that tests open pages in: the browser of residents without its windows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import DESKTOP, PHONE, layout_shift, opened


def test_both_have_one_engine(browser: Browser, chromium: Browser) -> None:
    assert browser.version == chromium.version


def boxes(page: Page) -> list[tuple[str, list[float]]]:
    """Where everything stands on a page, once all its photos have come."""
    found = page.evaluate(
        """async () => {
            const images = [...document.images];
            images.forEach(image => image.loading = 'eager');
            await Promise.all(images.map(image => image.decode()));
            return [...document.querySelectorAll('body *')].map(each => {
                const {x, y, width, height} = each.getBoundingClientRect();
                return [`${each.tagName} ${each.className}`, [x, y, width, height]];
            });
        }"""
    )
    return [(name, box) for name, box in found]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("path", "mode"), [("", "ordinary"), ("en/events/mid-autumn/", "elder"), ("en/calendar/", "ordinary")]
)
def test_everything_stands_where_the_browser_has_it(
    browser: Browser, chromium: Browser, root_address: str, path: str, mode: str, size: tuple[int, int]
) -> None:
    found = []
    for each in (browser, chromium):
        with opened(each, f"{root_address}{path}", size, mode) as page:
            found.append(boxes(page))
    assert len(found[0]) > 100
    for (name, box), (theirs, expected) in zip(*found, strict=True):
        assert (name, box) == (theirs, pytest.approx(expected, abs=0.5))


def test_it_shows_and_tells_what_other_tests_rely_on(browser: Browser, root_address: str) -> None:
    """Scroll bars that take room, layout that shifts, requests that the policy refuses."""
    with browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}) as context:
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(root_address)
        assert page.evaluate("innerWidth - document.documentElement.clientWidth") == 15
        assert layout_shift(page) == 0
        page.evaluate("document.querySelector('main').prepend('Something new.')")
        assert layout_shift(page) > 0.01
        page.evaluate("fetch('http://localhost:9/').catch(() => 0)")
        assert [text for text in said if "Content Security Policy" in text]
