"""The calendar: a grid where there is room, a list on a phone, and the day that it is."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from site_builder.build import Report
from tests.browser.test_pages import DESKTOP, NARROW, PHONE, SCHEMES, barriers, both_languages, opened

VISIBLE = "all => all.filter(each => each.checkVisibility()).map(each => each.id)"


def visible_days(page: Page) -> list[str]:
    return [each for each in page.locator(".month td").evaluate_all(VISIBLE) if each]


@both_languages
@pytest.mark.parametrize("size", [PHONE, NARROW, (740, 900)], ids=["phone", "narrow", "below 48em"])
def test_a_phone_lists_the_days_that_have_something(
    browser: Browser, root_address: str, lang: str, size: tuple[int, int]
) -> None:
    with opened(browser, f"{root_address}{lang}calendar/", size) as page:
        shown = visible_days(page)
        with_entries = page.locator(".month td:has(a)").evaluate_all("all => all.map(each => each.id)")
        assert shown == with_entries
        assert "_2026-12-22" in shown and "_2026-12-23" not in shown
        rows = page.locator(".month td:has(a)").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect()).map(box => [box.left, box.top])"
        )
        assert len({left for left, _ in rows}) == 1
        assert [top for _, top in rows] == sorted({top for _, top in rows})
        day = page.locator("[id='_2026-12-22']").inner_text().split("\n")
        zh, en = ["22", "周二", "农历冬月十四", "冬至"], ["22", "Tue", "lunar 11/14", "Winter Solstice"]
        assert [text for text in day if text] == (en if lang else zh)
        listed = page.locator(".month").nth(1).aria_snapshot()
        assert (listed.count("- row "), listed.count("- cell ")) == (1, 1)


@both_languages
@pytest.mark.parametrize("size", [DESKTOP, (800, 900)], ids=["desktop", "tablet"])
def test_a_wide_screen_shows_weeks_of_seven_days(
    browser: Browser, root_address: str, lang: str, size: tuple[int, int]
) -> None:
    with opened(browser, f"{root_address}{lang}calendar/", size) as page:
        shown = visible_days(page)
        assert len(shown) == 365
        boxes = page.locator(".month td").evaluate_all(
            """all => all.map(each => each.getBoundingClientRect())
                .map(box => [Math.round(box.left), box.width])"""
        )
        assert len({left for left, _ in boxes}) == 7
        widths = [width for _, width in boxes]
        assert max(widths) - min(widths) <= 2
        outside = page.locator(".month td").evaluate_all(
            "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"
        )
        assert outside == []


@both_languages
def test_the_grid_has_no_barrier_and_is_a_table(browser: Browser, root_address: str, lang: str) -> None:
    with opened(browser, f"{root_address}{lang}calendar/", DESKTOP) as page:
        for scheme in SCHEMES:
            assert barriers(page, scheme=scheme) == []
        month = page.locator(".month").nth(1).aria_snapshot()
        assert month.startswith("- table") and month.count("- columnheader ") == 7
        assert month.count("- row ") == 6
        assert ("December 2026" if lang else "2026年12月") in month


def test_each_month_is_one_tap_away(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}calendar/", PHONE) as page:
        page.emulate_media(reduced_motion="reduce")
        links = page.locator(".opening nav a")
        assert links.count() == 12
        links.nth(9).click()
        assert page.locator("[id='_2027-08']").evaluate("each => each.getBoundingClientRect().top") < 200
        assert page.locator(".month").nth(9).locator("caption p").is_visible()


@pytest.mark.parametrize(
    ("now", "marked"),
    [
        ("2026-12-21T15:59:00Z", ["_2026-12-21"]),
        ("2026-12-21T16:01:00Z", ["_2026-12-22"]),  # midnight in Yongchang
        ("2027-10-31T15:59:00Z", ["_2027-10-31"]),
        ("2027-10-31T16:01:00Z", []),  # the page is a year old
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_today_is_that_of_the_reader_not_of_the_build(
    browser: Browser, root_address: str, now: str, marked: list[str], zone: str
) -> None:
    with browser.new_context(timezone_id=zone) as context:
        page = context.new_page()
        page.clock.set_fixed_time(now)
        page.goto(f"{root_address}calendar/")
        today = page.locator("[aria-current='date']")
        assert today.evaluate_all("all => all.map(each => each.id)") == marked


def test_without_javascript_no_day_is_today(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}calendar/", java_script_enabled=False) as page:
        assert len(visible_days(page)) == 365
        assert page.locator("[aria-current='date']").count() == 0


@both_languages
def test_it_is_light(real_site: tuple[Path, Report], lang: str) -> None:
    """Page and style sheet together: 40 kB compressed at most."""
    page = (real_site[0] / lang / "calendar/index.html").read_bytes()
    (sheet,) = (real_site[0] / "assets").glob("site-*.css")
    assert len(gzip.compress(page)) + len(gzip.compress(sheet.read_bytes())) <= 40_000
    assert not re.search(rb"<img(?![^>]*brand__mark)", page)
