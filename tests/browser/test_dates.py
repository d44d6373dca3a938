"""An event, its festival and the calendar on three days, as residents see them on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page

from site_builder.build import build
from site_builder.output import Options
from tests.browser.test_pages import PHONE, barriers, both_languages, cut_off, opened
from tests.conftest import served
from tests.machines.feasts import feasts, write


class Seen(NamedTuple):
    """What the pages show on a day, in Chinese and English."""

    leaf: str
    left: tuple[str, str]
    later: str
    earlier: tuple[str, ...]
    festival: tuple[str, ...]
    """Its dates; those that are over in brackets."""
    months: tuple[str, str]
    current: str
    kept: tuple[str, ...]
    """The days of the calendar on which the festival or the event stands."""


DAYS = {
    "2026-11-25": Seen(
        leaf="2027-07-28",
        left=("还有245天", "In 245 days"),
        later="2028",
        earlier=("2026",),
        festival=("(2026-08-06)", "2027-07-27", "2028-08-14"),
        months=("2026-11", "2027-10"),
        current="_2026-11-25",
        kept=("2027-07-27", "2027-07-28", "2027-07-29"),
    ),
    "2027-07-28": Seen(
        leaf="2027-07-28",
        left=("今天", "Today"),
        later="2028",
        earlier=("2026",),
        festival=("2027-07-27", "2028-08-14", "2029-08-03"),
        months=("2027-07", "2028-06"),
        current="_2027-07-28",
        kept=("2027-07-27", "2027-07-28", "2027-07-29"),
    ),
    "2027-12-31": Seen(
        leaf="2028-08-15",
        left=("还有228天", "In 228 days"),
        later="2029",
        earlier=("2027", "2026"),
        festival=("(2027-07-27)", "2028-08-14", "2029-08-03"),
        months=("2027-12", "2028-11"),
        current="_2027-12-31",
        kept=("2028-08-14", "2028-08-15", "2028-08-16"),
    ),
}


@pytest.fixture(scope="module", params=DAYS)
def day(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """A day, and the address of the site as it was built on it."""
    root = feasts(tmp_path_factory.mktemp("day"))
    build(root, Options(dt.date.fromisoformat(request.param)))
    with served(root / "site") as address:
        yield request.param, address


@contextmanager
def on(browser: Browser, day: str, url: str) -> Iterator[Page]:
    with opened(browser, url, PHONE, now=f"{day}T10:00:00+08:00") as page:
        assert cut_off(page) == [] and barriers(page) == []
        yield page


def leaves(page: Page, where: str) -> list[str]:
    found: list[str] = page.locator(f"{where} .leaf").evaluate_all("all => all.map(each => each.dateTime)")
    return found


@both_languages
def test_an_event_counts_the_days_and_goes_into_a_calendar(
    browser: Browser, day: tuple[str, str], lang: str, tmp_path: Path
) -> None:
    today, address = day
    seen = DAYS[today]
    with on(browser, today, f"{address}{lang}events/torch-night/") as page:
        assert leaves(page, ".opening") == [seen.leaf]
        assert page.locator(".opening__left").inner_text() == seen.left[bool(lang)]
        assert page.locator(".mark--status").inner_text() == ("Expected" if lang else "预计")
        when, later, earlier, *_ = page.locator(".facts dl > div").all_inner_texts()
        assert "20:00–01:00" in when and ("6th lunar month" if lang else "农历六月廿五") in when
        assert seen.later in later and ("(expected)" if lang else "（预计）") in later
        assert all(year in earlier for year in seen.earlier) and "20:00" not in earlier
        with page.expect_download() as download:
            page.get_by_role("link", name="Add to calendar" if lang else "加到手机日历").click()
        assert download.value.suggested_filename == "torch-night.ics"
        download.value.save_as(tmp_path / "torch-night.ics")
        first, *_ = Calendar.from_ical((tmp_path / "torch-night.ics").read_bytes()).events
        assert first["DTSTART"].dt.date().isoformat() == seen.leaf


@both_languages
def test_a_festival_shows_this_year_and_the_next_two(
    browser: Browser, day: tuple[str, str], lang: str
) -> None:
    today, address = day
    with on(browser, today, f"{address}{lang}festivals/torch/") as page:
        over = page.locator(".leaves .entry--over .leaf").evaluate_all(
            "all => all.map(each => each.dateTime)"
        )
        shown = [f"({leaf})" if leaf in over else leaf for leaf in leaves(page, ".leaves")]
        assert tuple(shown) == DAYS[today].festival
        marks = page.locator(".entry--over .expected").all_inner_texts()
        assert marks == (["Past"] if lang else ["已过"]) * len(over)
        assert page.locator(".card a").first.get_attribute("href") == "../../events/torch-night/"


@both_languages
def test_the_calendar_begins_with_this_month(browser: Browser, day: tuple[str, str], lang: str) -> None:
    today, address = day
    seen = DAYS[today]
    with on(browser, today, f"{address}{lang}calendar/") as page:
        months = page.locator(".month h2").evaluate_all("all => all.map(each => each.id.slice(1))")
        assert (months[0], months[-1], len(months)) == (*seen.months, 12)
        assert page.locator("[aria-current='date']").get_attribute("id") == seen.current
        links = page.locator("td:has(a[href*='torch'])")
        assert tuple(links.evaluate_all("all => all.map(each => each.id.slice(1))")) == seen.kept
        links.locator("a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/festivals/torch/")


@pytest.mark.parametrize(
    ("status", "zh", "en"), [("postponed", "已延期", "Postponed"), ("cancelled", "已取消", "Cancelled")]
)
def test_what_is_off_says_what_was_planned(
    browser: Browser, tmp_path: Path, status: str, zh: str, en: str
) -> None:
    planned = {
        "": "原定2026年12月24日 星期四 19:00",
        "en/": "Was planned for Thursday 24 December 2026 19:00",
    }
    root = feasts(tmp_path)
    write(root, "events/riddles", when={"dates": [{"start": "2026-12-24T19:00"}]}, status=status)
    build(root, Options(dt.date(2026, 11, 25)))
    with served(root / "site") as address:
        for lang, mark in (("", zh), ("en/", en)):
            with on(browser, "2026-11-25", f"{address}{lang}events/riddles/") as page:
                text = page.locator("main").inner_text()
                assert mark in text and planned[lang] in text
                assert page.locator(".facts__calendar").count() == page.locator("days-left").count() == 0
