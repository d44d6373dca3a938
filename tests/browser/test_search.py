"""Searching as residents do it: exact in Chinese, by word stems in English, shared by its address."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, Route

from benchmarks.searches import SEARCH, holding, parts
from site_builder.build import build
from site_builder.content.problems import LANGS
from site_builder.output import Options, prepare
from site_builder.web import search
from site_builder.web.search import Entry
from tests.browser.test_pages import (
    NARROW,
    PHONE,
    SCHEMES,
    barriers,
    both_languages,
    layout_shift,
    opened,
)
from tests.conftest import ROOT, served


@pytest.fixture(scope="module")
def entries() -> dict[str, tuple[Entry, ...]]:
    planned = prepare(ROOT, ROOT / "theme", Options(dt.date(2026, 11, 23)))
    return {lang: tuple(search.entries(planned.edition, search.Shard(lang))) for lang in LANGS}


@pytest.fixture(scope="module")
def chinese(browser: Browser, root_address: str) -> Iterator[Page]:
    with opened(browser, f"{root_address}search/") as page:
        yield page


@pytest.fixture(scope="module")
def english(browser: Browser, root_address: str) -> Iterator[Page]:
    with opened(browser, f"{root_address}en/search/") as page:
        yield page


def found(page: Page, query: str) -> list[str]:
    count, links = page.evaluate(SEARCH, query)
    assert count == len(links) == len(set(links))
    return sorted(links)


def counted(page: Page) -> int:
    """How many results the page says it has, once it says so."""
    results = page.locator(".results[data-result-count]")
    results.wait_for(state="attached")
    return int(results.get_attribute("data-result-count") or "-1")


def test_any_part_of_a_chinese_text_finds_the_pages_that_hold_it_and_no_other(
    chinese: Page, entries: dict[str, tuple[Entry, ...]]
) -> None:
    chance = random.Random(20261123)
    chosen = list(parts(entries["zh"], chance, 100))
    for part in (*chosen, *chance.sample(sorted(set("".join(chosen))), 10)):
        assert found(chinese, part) == holding(entries["zh"], part), part


def test_several_indexes_are_searched_as_one(
    browser: Browser,
    entries: dict[str, tuple[Entry, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "SHARD", 10)
    options = Options(dt.date(2026, 11, 23))
    build(ROOT, options, tmp_path / "site", jobs=1)
    with served(tmp_path / "site") as base, opened(browser, f"{base}search/") as page:
        assert page.locator("site-search").get_attribute("data-shards") == "4"
        for part in parts(entries["zh"], random.Random(4), 30):
            assert found(page, part) == holding(entries["zh"], part), part
        assert found(page, "社区") == holding(entries["zh"], "社区")
        page.locator("select[name=section]").select_option("venues")
        venues = tuple(each for each in entries["zh"] if each.section == "venues")
        assert found(page, "社区") == holding(venues, "社区")
    with served(tmp_path / "site") as base, opened(browser, f"{base}en/search/") as page:
        assert {"../residents/" in link for link in found(page, "volunteers")} == {True, False}


def test_digits_letters_and_punctuation_are_as_exact(
    chinese: Page, entries: dict[str, tuple[Entry, ...]]
) -> None:
    chance = random.Random(7)
    mixed = "[一-鿿，。、；：？！《》A-Za-z0-9]"
    texts = [text for each in entries["zh"] for text in each.texts]
    runs = [
        run
        for text in texts
        for run in re.findall(f"[一-鿿A-Za-z0-9]{mixed}{{1,8}}[一-鿿A-Za-z0-9]", text)
        if re.search("[^一-鿿]", run)
    ]
    assert len(runs) > 100
    for run in chance.sample(runs, 30):
        assert found(chinese, run) == holding(entries["zh"], run), run


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("「永昌街道，」", "永昌街道"),
        ("《永昌街道》。", "永昌街道"),
        ("２０２１", "2021"),
        ("  永和\u3000广场 ", "永和 广场"),
        ("app", "APP"),
    ],
)
def test_what_stands_around_a_query_makes_no_difference(chinese: Page, query: str, same: str) -> None:
    assert found(chinese, query) == found(chinese, same)


def test_other_punctuation_than_that_of_the_text_finds_it_too(
    chinese: Page, entries: dict[str, tuple[Entry, ...]]
) -> None:
    text = next(
        text for each in entries["zh"] for text in each.texts if re.search("[一-鿿]{3}，[一-鿿]{3}", text)
    )
    before, after = re.findall("([一-鿿]{3})，([一-鿿]{3})", text)[0]
    assert found(chinese, f"{before}；{after}") == holding(entries["zh"], before, after) != []


def test_several_words_are_all_on_the_page(chinese: Page, entries: dict[str, tuple[Entry, ...]]) -> None:
    for words in (("永和", "广场"), ("志愿", "社区"), ("2021", "党"), ("永兴路", "中秋")):
        assert found(chinese, " ".join(words)) == holding(entries["zh"], *words)


def test_english_goes_by_the_stem_of_a_word(english: Page, entries: dict[str, tuple[Entry, ...]]) -> None:
    plazas = found(english, "plaza")
    assert plazas == found(english, "Plazas") == found(english, "plaz")
    assert "../venues/yonghe-plaza/" in plazas
    assert set(found(english, "communities")) >= set(holding(entries["en"], "community")) != set()
    both = found(english, "plaza volunteers")
    assert set(both) <= set(plazas) & set(found(english, "volunteer"))
    assert found(english, '"culture plaza"') == holding(entries["en"], "culture plaza")
    for nothing in ("plazzza", "avif", "media", "section", "zzz plaza"):
        assert found(english, nothing) == [], nothing


@both_languages
def test_an_address_can_be_shared(browser: Browser, address: str, lang: str) -> None:
    query = "plaza" if lang else "广场"
    with opened(browser, f"{address}{lang}search/?q={quote(query)}", PHONE) as page:
        count = counted(page)
        assert count >= 3
        assert page.locator("#_query").input_value() == query
        assert str(count) in page.locator("[role=status]").inner_text()
        first = page.locator(".result").first
        assert query in first.locator("mark").first.inner_text().lower()
        assert " · " in first.locator(".result__labels").inner_text()
        assert "\u200b" not in page.locator(".results").first.inner_text()
        page.wait_for_function("() => document.querySelector('.result img').naturalWidth > 0")
        assert round(layout_shift(page), 3) == 0
        assert page.locator(".search__help").is_hidden()
        first.locator("a").click()
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1
        assert page.url.startswith(f"{address}{lang}")


def test_a_chinese_excerpt_is_the_text_as_it_was_written(
    chinese: Page, entries: dict[str, tuple[Entry, ...]]
) -> None:
    found(chinese, "社区")
    texts = [text for each in entries["zh"] for text in each.texts]
    excerpts = chinese.locator(".result__excerpt").all_inner_texts()
    assert len(excerpts) > 20
    for excerpt in excerpts:
        assert any(excerpt.strip("…") in text for text in texts), excerpt


def test_typing_searches_and_the_address_follows(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}search/") as page:
        page.locator("#_query").focus()
        page.keyboard.type("石榴花")
        assert counted(page) > 0
        assert unquote(page.url).endswith("search/?q=石榴花")
        assert page.locator("#_query").evaluate("box => box === document.activeElement")
        page.keyboard.press("Escape")
        assert page.locator("#_query").input_value() == ""
        assert page.url.endswith("search/")
        assert page.locator(".search__help").is_visible()
        assert page.locator(".results").first.is_hidden()


def test_filters_narrow_and_count(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}search/?q={quote('社区')}") as page:
        everything = counted(page)
        page.locator("select[name=section]").select_option("venues")
        page.wait_for_function("() => location.search.includes('section=venues')")
        count = counted(page)
        assert 0 < count < everything
        chosen = page.locator("select[name=section] option:checked").inner_text()
        assert chosen == f"场所 {count}"
        assert {label.split(" · ")[0] for label in page.locator(".result__labels").all_inner_texts()} == {
            "场所"
        }
        page.locator("select[name=community]").select_option("yonghe")
        page.wait_for_function("() => location.search.includes('community=yonghe')")
        narrowed = counted(page)
        assert 0 < narrowed < count
        page.reload()
        assert counted(page) == narrowed


def test_more_than_twenty_come_in_parts(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}en/search/?q=community") as page:
        count = counted(page)
        assert count > 20
        assert page.locator(".result").count() == 20
        page.get_by_role("button", name="Show more").click()
        page.wait_for_function("() => document.querySelectorAll('.result').length > 20")
        assert page.locator(".result").nth(20).locator("a").evaluate("a => a === document.activeElement")
        assert page.locator("[role=status]").inner_text().startswith(str(count))


@both_languages
def test_a_misspelt_query_gets_help(browser: Browser, root_address: str, lang: str) -> None:
    query, near = ("yonghe plazzza", "Yonghe") if lang else ("永和文华广场", "永和民族团结进步文化广场")
    with opened(browser, f"{root_address}{lang}search/?q={quote(query)}", PHONE) as page:
        assert counted(page) == 0
        assert query in page.locator("[role=status]").inner_text()
        assert near in page.locator(".search__nearest").inner_text()
        assert page.locator(".search__help .chips a").count() >= 10
        assert round(layout_shift(page), 3) == 0
        page.locator(".search__other").click()
        page.wait_for_load_state()
        assert f"q={quote(query)}".replace("%20", "+") in page.url
        assert counted(page) >= 0


@both_languages
def test_an_empty_query_gets_help(browser: Browser, root_address: str, lang: str) -> None:
    with opened(browser, f"{root_address}{lang}search/") as page:
        page.locator(".search__button").click()
        assert len(page.locator("[role=status]").inner_text()) > 10
        assert page.locator(".search__help").is_visible()
        page.locator("#_query").fill("…？")
        page.keyboard.press("Enter")
        assert "…？" in page.locator("[role=status]").inner_text()


def test_an_index_that_does_not_come_can_be_asked_for_again(browser: Browser, root_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/pagefind/**", lambda route: route.abort())
        page.goto(f"{root_address}search/?q={quote('社区')}")
        button = page.get_by_role("button", name="再试一次")
        button.wait_for()
        button.click()
        page.wait_for_timeout(300)
        assert button.is_visible()
        page.unroute("**/pagefind/**")
        button.click()
        assert counted(page) > 0
        assert button.is_hidden()


def test_a_part_of_the_index_that_does_not_come_is_not_nothing_found(
    browser: Browser, root_address: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{root_address}search/?q={quote('社区')}")
        assert counted(page) > 0
        context.set_offline(True)
        page.locator("#_query").fill("没有这几个字")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="再试一次").wait_for()


@both_languages
def test_a_strict_policy_holds(browser: Browser, root_address: str, lang: str) -> None:
    """What search needs beside `'self'`: WebAssembly may be compiled."""

    def under_policy(route: Route) -> None:
        answer = route.fetch()
        script = re.search("<script>(.*?)</script>", answer.text(), re.DOTALL)
        assert script
        digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
        policy = (
            f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'; style-src 'self'; "
            "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
        )
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    with browser.new_context() as context:
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.route("**/search/?*", under_policy)
        page.goto(f"{root_address}{lang}search/?q={'plaza' if lang else quote('广场')}")
        assert counted(page) > 0
        assert said == []


@pytest.mark.parametrize(("lang", "mode"), [("", "ordinary"), ("en/", "elder")], ids=["zh", "en-elder"])
def test_results_have_no_barrier_that_axe_can_find(
    browser: Browser, root_address: str, lang: str, mode: str
) -> None:
    for query in ("plaza", "plazzza") if lang else ("广场", "永和文华广场"):
        url = f"{root_address}{lang}search/?q={quote(query)}"
        with opened(browser, url, PHONE, mode) as page:
            counted(page)
            for scheme in SCHEMES:
                assert barriers(page, mode, scheme) == []


@both_languages
def test_large_text_fits_a_narrow_phone(browser: Browser, root_address: str, lang: str) -> None:
    query = "plaza" if lang else "广场"
    with opened(browser, f"{root_address}{lang}search/?q={quote(query)}", NARROW) as page:
        counted(page)
        page.evaluate("document.documentElement.classList.add('elder')")
        page.evaluate("document.documentElement.style.fontSize = '150%'")
        assert page.locator("main").evaluate("main => main.scrollWidth") <= NARROW[0]
        sizes = page.locator(".search *:visible").evaluate_all(
            "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
        )
        assert min(sizes) >= 23.9


@both_languages
def test_without_javascript_the_page_leads_on(browser: Browser, root_address: str, lang: str) -> None:
    url = f"{root_address}{lang}search/?q=x"
    with opened(browser, url, PHONE, java_script_enabled=False) as page:
        assert page.locator("main form").is_hidden()
        assert "JavaScript" in page.locator("main").inner_text()
        assert page.locator("main .chips a:visible").count() >= 10


@both_languages
def test_the_menu_says_where_one_is(browser: Browser, root_address: str, lang: str) -> None:
    with opened(browser, f"{root_address}{lang}search/") as page:
        assert page.locator(".menu a").last.get_attribute("aria-current") == "true"
        assert page.locator(".menu a[aria-current]").count() == 1
