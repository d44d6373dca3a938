"""Photos as a browser loads them: as wide as they are shown, the cover first, a placeholder until then."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from site_builder.build import Report
from tests.browser.test_pages import DESKTOP, PAGES, PHONE, layout_shift, opened

STORY = "venues/yonghe-plaza/"
WITHOUT_PHOTOS = {
    "communities/",
    "about/",
    "calendar/",
    "festivals/",
    "data/",
    "festivals/eid-al-fitr/",
    "search/",
}

LAID_OUT = """() => [...document.querySelectorAll('.photo picture img')].map(image => {
    const box = image.getBoundingClientRect();
    const proportion = image.getAttribute('width') / image.getAttribute('height');
    const cropped = getComputedStyle(image).objectFit === 'cover';
    const needed = Math.max(box.width, cropped ? box.height * proportion : 0);
    const matching = image.sizes.split(', ').find(
        each => !each.startsWith('(') || matchMedia(each.slice(0, each.indexOf(')') + 1)).matches);
    const probe = document.createElement('div');
    probe.style.cssText = `position: absolute; width: ${matching.replace(/^\\(.*?\\) /, '')}`;
    document.body.append(probe);
    const said = probe.getBoundingClientRect().width;
    probe.remove();
    return [image.closest('.grid--compact') !== null && innerWidth < 600, needed, said];
})"""


WIDTHS = (320, 390, 600, 768, 900, 1024, 1100, 1280, 1440, 1920)


@pytest.mark.parametrize("path", ["", "venues/", STORY, "en/residents/pomegranate-blossom-volunteers/"])
def test_sizes_are_those_of_the_layout(browser: Browser, root_address: str, path: str) -> None:
    """What `sizes` says is what is shown, but for the scroll bar; a compact card is as high as its words."""
    with opened(browser, f"{root_address}{path}") as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            photos = page.evaluate(LAID_OUT)
            assert photos
            for ragged, needed, said in photos:
                assert said == pytest.approx(needed, rel=0.7 if ragged else 0.06, abs=24), width


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_the_cover_comes_once_and_early(
    browser: Browser, root_address: str, size: tuple[int, int], scale: int
) -> None:
    """Preloaded, and then not loaded again in another width or format; it is the largest paint."""
    asked: list[str] = []
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale)
    with context as at:
        page = at.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{root_address}{STORY}", wait_until="networkidle")
        shown = page.locator(".story__cover picture img").evaluate("image => image.currentSrc")
        largest = page.evaluate(
            """() => new Promise(tell => new PerformanceObserver(
                list => tell(list.getEntries().at(-1).url)
            ).observe({type: 'largest-contentful-paint', buffered: true}))"""
        )
    covers = [each for each in asked if "/yonghe-plaza/" in each and "media" in each]
    assert covers == [shown]
    assert shown.endswith(".avif")
    assert asked.index(shown) <= 2  # after the page itself, before everything that the body names
    assert largest == shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_placeholder_is_seen_until_the_photo_has_come(
    browser: Browser, root_address: str, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    with context as at:
        page = at.new_page()
        page.route("**/media/**", lambda route: route.abort())
        page.goto(f"{root_address}{STORY}")
        box = page.locator(".story__cover .photo").bounding_box()
        below = page.locator(".story__cover .photo__placeholder").bounding_box()
        assert box == below
        assert box is not None and box["height"] == pytest.approx(box["width"] * 2 / 3, abs=1)
        natural = page.locator(".story__cover .photo__placeholder").evaluate("each => each.naturalWidth")
        assert natural == 16


FILLED = """all => all.map(each => [each, each.querySelector('picture img')].map(one => {
    const {width, height} = one.getBoundingClientRect();
    return [Math.round(width), Math.round(height)];
}))"""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_photos_fill_their_places_and_placeholders_say_nothing(
    browser: Browser, root_address: str, path: str
) -> None:
    with opened(browser, f"{root_address}{path}", PHONE) as page:
        placeholders = page.locator(".photo__placeholder")
        addresses = placeholders.evaluate_all("all => all.map(each => each.src)")
        assert addresses or path in WITHOUT_PHOTOS
        assert all(len(unquote(each)) < 200 for each in addresses)
        silent = "all => all.every(each => each.alt === '' && each.ariaHidden === 'true')"
        assert placeholders.evaluate_all(silent)
        tree = page.locator("body").aria_snapshot()
        assert tree.count("- img") == page.locator(":is(img[alt]:not([alt='']), svg[role=img])").count()
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            boxes = page.locator(".photo").evaluate_all(FILLED)
            assert boxes or path in WITHOUT_PHOTOS
            assert all(place == photo for place, photo in boxes), (width, boxes)


class Slow(http.server.SimpleHTTPRequestHandler):
    """A weak network: every page arrives in a dozen pieces, each after a pause."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        pieces = 12 if self.path.endswith("/") else 1
        for at in range(pieces):
            outputfile.write(data[len(data) * at // pieces : len(data) * (at + 1) // pieces])
            time.sleep(0.05 * (pieces > 1))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def slow_address(real_site: tuple[Path, Report]) -> Iterator[str]:
    handler = functools.partial(Slow, directory=str(real_site[0]))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["", "venues/", STORY, "communities/", "en/events/mid-autumn/"])
def test_nothing_moves_while_a_page_arrives_in_pieces(
    browser: Browser, slow_address: str, path: str, size: tuple[int, int]
) -> None:
    with opened(browser, f"{slow_address}{path}", size) as page:
        assert layout_shift(page) < 0.002  # a menu that is cut in the middle moves by as much
