"""Pages as residents meet them: on a phone, in both languages, in the dark, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urljoin

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

PAGES = {
    "home": "",
    "list": "venues/",
    "filtered list": "venues/kind/school/",
    "resident": "residents/pomegranate-blossom-volunteers/",
    "sample": "residents/sample-family/",
    "venue": "venues/yonghe-plaza/",
    "event": "events/mid-autumn/",
    "past event": "events/party-centenary/",
    "calendar": "calendar/",
    "festivals": "festivals/",
    "festival": "festivals/mid-autumn/",
    "festival by notice": "festivals/eid-al-fitr/",
    "communities": "communities/",
    "community": "communities/yongxinglu/",
    "about": "about/",
    "search": "search/",
    "subscribe": "data/",
}
PHONE, DESKTOP, NARROW = (390, 844), (1280, 900), (320, 640)
ZOOMED = (640, 450)  # the desktop at 200 %
both_languages = pytest.mark.parametrize("lang", ["", "en/"], ids=["zh", "en"])
every_mode = pytest.mark.parametrize("mode", ["ordinary", "elder"])
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
IN_TURN = [(path, "en/" if number % 2 else "") for number, path in enumerate(PAGES.values())]
every_page_in_turn = pytest.mark.parametrize(("path", "lang"), IN_TURN, ids=PAGES.keys())
"""Each page in one of the languages: for what does not depend on its words."""


@contextmanager
def opened(
    browser: Browser,
    url: str,
    size: tuple[int, int] = DESKTOP,
    mode: str = "ordinary",
    now: str = "",
    **options: Any,
) -> Iterator[Page]:
    """A page as it has loaded, at the moment `now`; fails when it says anything or goes elsewhere.

    Chromium tells the console of everything that the Content-Security-Policy forbids.
    """
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        **options,
    )
    if mode == "elder":
        context.add_init_script("localStorage.setItem('elder', 'on')")
    page = context.new_page()
    if now:
        page.clock.set_fixed_time(now)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(url, wait_until="load")
        yield page
    finally:
        context.close()
    assert said == []
    assert [each for each in asked if not each.startswith(urljoin(url, "/"))] == []


@both_languages
@pytest.mark.parametrize("path", ["", "venues/yonghe-plaza/", "events/"])
def test_a_walk_works_wherever_the_site_is_mounted(
    browser: Browser, address: str, path: str, lang: str
) -> None:
    with opened(browser, f"{address}{lang}{path}") as page:
        broken = page.evaluate(
            """async () => {
                const images = [...document.images];
                images.forEach(image => image.loading = 'eager');
                const done = await Promise.allSettled(images.map(image => image.decode()));
                return images.filter((_, i) => done[i].status === 'rejected').map(image => image.src);
            }"""
        )
        assert broken == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 246, 236)"
        here = page.url
        page.locator("a.switch").click()
        page.wait_for_load_state()
        assert page.url == (here.replace("/en/", "/", 1) if lang else f"{address}en/{path}")
        page.locator("a.switch").click()
        page.wait_for_load_state()
        assert page.url == here
        page.locator(".menu a").first.click()
        page.wait_for_load_state()
        page.locator(".card a").first.click()
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1
        assert page.url.startswith(f"{address}{lang}residents/")


def test_a_lost_visitor_finds_back_from_any_depth(browser: Browser, root_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{root_address}no/such/page/")
        assert page.locator("h1").inner_text() == "没有找到这一页"
        page.get_by_role("link", name="Events").click()
        assert page.url == f"{root_address}en/events/"


def cut_off(page: Page) -> list[str]:
    """Text that reaches out of the window, where nothing scrolls to it."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(e => e.checkVisibility() && !e.closest('.skip, .table'))
            .filter(e => {
                const range = document.createRange();
                range.selectNodeContents(e);
                const {left, right} = range.getBoundingClientRect();
                return left < -1 || right > document.documentElement.clientWidth + 1;
            })
            .map(e => e.className + ': ' + e.textContent.slice(0, 30))"""
    )
    return found


Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
COLOURS, ENHANCED = ["color-contrast", "link-in-text-block"], ["color-contrast-enhanced"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Page, mode: str = "ordinary", scheme: Scheme = "light") -> list[str]:
    """What axe finds; in the elder mode contrast is 7:1 as well (WCAG 2.2, 1.4.6)."""
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    if scheme == "dark":  # where only colours are others
        options["runOnly"] = {"type": "rule", "values": [*COLOURS, *ENHANCED * (mode == "elder")]}
    elif mode == "elder":
        options["rules"] = {"color-contrast-enhanced": {"enabled": True}}
    found = page.evaluate("async options => (await axe.run(document, options)).violations", options)
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def small_text(page: Page, least: int) -> list[str]:
    """Visible text of `main` below 18 px (GB/T 37668-2019), or below 24 px in the elder mode."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('main *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < least - 0.01)
            .map(e => e.className + ': ' + e.textContent.slice(0, 30))""",
        least,
    )
    return found


def layout_shift(page: Page) -> float:
    """The sum of all layout shifts of a page that has loaded, as Lighthouse counts them."""
    shift: float = page.evaluate(
        """() => new Promise(tell => {
            let sum = 0;
            const add = list => list.getEntries().forEach(entry => sum += entry.value);
            const observer = new PerformanceObserver(add);
            observer.observe({type: 'layout-shift', buffered: true});
            setTimeout(() => { add({getEntries: () => observer.takeRecords()}); tell(sum); }, 300);
        })"""
    )
    return shift


def assert_readable(page: Page, mode: str, schemes: Sequence[Scheme] = SCHEMES) -> None:
    """Nothing moves while it loads, axe finds no barrier, text is large; 320 px or 200 % are wide enough."""
    assert round(layout_shift(page), 3) == 0
    for scheme in schemes:
        assert barriers(page, mode, scheme) == []
    assert small_text(page, 24 if mode == "elder" else 18) == []
    for width, height in (NARROW, ZOOMED):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert cut_off(page) == []


@every_page
@both_languages
@every_mode
def test_everybody_can_read_a_page_on_a_phone(
    browser: Browser, root_address: str, path: str, lang: str, mode: str
) -> None:
    judged = mode == "ordinary" or (path, lang) in IN_TURN  # axe finds the same in both languages
    with opened(browser, f"{root_address}{lang}{path}", PHONE, mode) as page:
        assert_readable(page, mode, SCHEMES if judged else ())


@every_mode
def test_so_can_a_lost_visitor(browser: Browser, root_address: str, mode: str) -> None:
    with opened(browser, f"{root_address}404.html", PHONE, mode) as page:
        assert_readable(page, mode)


@every_page_in_turn
def test_nothing_moves_on_a_desk_in_the_elder_mode(
    browser: Browser, root_address: str, path: str, lang: str
) -> None:
    with opened(browser, f"{root_address}{lang}{path}", DESKTOP, "elder") as page:
        assert round(layout_shift(page), 3) == 0


@every_page_in_turn
def test_text_photos_and_links_are_there_without_javascript(
    browser: Browser, root_address: str, path: str, lang: str
) -> None:
    with opened(browser, f"{root_address}{lang}{path}", PHONE, java_script_enabled=False) as page:
        assert page.locator("h1").is_visible()
        assert page.locator(".menu a").count() == 6
        assert page.locator("main").inner_text().count("\n") >= 3
        broken = "[...document.images].filter(each => !each.naturalWidth).map(each => each.outerHTML)"
        assert page.evaluate(broken) == []


@every_page_in_turn
def test_everything_is_reached_by_keyboard(browser: Browser, root_address: str, path: str, lang: str) -> None:
    """In the order of the page, each with a focus that is seen; of radio buttons the first of each group.

    Before that, nothing has moved while the page loaded on a desk.
    """
    with opened(browser, f"{root_address}{lang}{path}") as page:
        assert round(layout_shift(page), 3) == 0
        reached: list[str] = []
        while True:
            page.keyboard.press("Tab")
            name, outline = page.evaluate(
                """() => {
                    const on = document.activeElement;
                    const styles = ['', '::after'].map(part => getComputedStyle(on, part).outlineStyle);
                    return [on.outerHTML, styles.join(' ')];
                }"""
            )
            if name.startswith("<body"):
                break
            reached.append(name)
            assert "solid" in outline, name
        assert 'class="skip"' in reached[0]
        controls = page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
                .filter(each => each.checkVisibility({visibilityProperty: true}))
                .filter(each => each.type !== 'radio'
                    || each === each.closest('fieldset').querySelector('input'))
                .map(each => each.outerHTML)"""
        )
        assert reached == controls


@pytest.mark.parametrize(
    ("lang", "date", "lunar"),
    [
        ("", "2027年9月15日 星期三", "农历八月十五"),
        ("en/", "Wednesday 15 September 2027", "15th day of the 8th lunar month"),
    ],
)
def test_a_resident_finds_when_and_where(
    browser: Browser, root_address: str, lang: str, date: str, lunar: str
) -> None:
    """From the front page to date, place and status of an event, in two taps on a phone."""
    with opened(browser, f"{root_address}{lang}", PHONE) as page:
        page.locator(".agenda a", has_text="Mid-Autumn" if lang else "中秋").click()
        page.wait_for_load_state()
        facts = page.locator(".facts").inner_text()
        assert date in facts
        assert lunar in facts
        page.locator(".facts a[href*='/venues/']").click()
        page.wait_for_load_state()
        assert page.url.endswith(f"{lang}venues/yongxinglu-activity-room/")
