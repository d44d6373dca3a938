"""What scripts add to a page that says everything without them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from site_builder.build import build
from site_builder.output import Options
from tests.browser.test_pages import DESKTOP, PHONE, opened
from tests.conftest import NOW, copy_golden, served

EVENT = "events/mid-autumn/"


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The golden site, whose hall has opening hours: Monday, Wednesday, Friday 09:00–17:30."""
    root = copy_golden(tmp_path_factory.mktemp("street"))
    build(root, Options(NOW))
    with served(root / "site") as address:
        yield address


def at(page: Page, moment: str, zone: str = "Asia/Shanghai") -> None:
    page.clock.set_fixed_time(dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("moment", "lang", "says"),
    [
        ("2026-11-25 08:59", "", "现在没开，今天09:00开门"),
        ("2026-11-25 09:00", "", "现在开放，17:30关门"),
        ("2026-11-25 17:29", "en/", "Open now, until 17:30"),
        ("2026-11-25 17:30", "", "现在没开，周五09:00开门"),
        ("2026-11-26 12:00", "en/", "Closed now, opens tomorrow at 09:00"),
        ("2026-11-27 18:00", "", "现在没开，周一09:00开门"),
        ("2026-11-29 23:59", "", "现在没开，明天09:00开门"),
    ],
)
def test_a_venue_says_whether_it_is_open(
    browser: Browser, street: str, moment: str, lang: str, says: str
) -> None:
    """As of the time in Yongchang, wherever the phone believes to be."""
    with browser.new_context(timezone_id="America/New_York") as context:
        page = context.new_page()
        at(page, moment)
        page.goto(f"{street}{lang}venues/hall/")
        expect(page.locator("open-now")).to_have_text(says)


@pytest.mark.parametrize(
    ("today", "lang", "says"),
    [
        ("2027-08-16", "", "还有30天"),
        ("2027-09-14", "", "明天"),
        ("2027-09-15", "", "今天"),
        ("2027-09-14", "en/", "Tomorrow"),
        ("2027-09-05", "en/", "In 10 days"),
    ],
)
def test_days_left_are_counted_on_the_day_of_the_visit(
    browser: Browser, root_address: str, today: str, lang: str, says: str
) -> None:
    with browser.new_context(timezone_id="America/New_York") as context:
        page = context.new_page()
        at(page, f"{today} 23:30")
        page.goto(f"{root_address}{lang}{EVENT}")
        expect(page.locator("days-left")).to_have_text(says)


def test_no_days_are_left_when_all_is_over(browser: Browser, root_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        at(page, "2027-09-16 00:01")
        page.goto(f"{root_address}{EVENT}")
        expect(page.locator("days-left")).to_be_hidden()


def test_a_photo_is_seen_large_and_the_page_goes_on_where_one_was(browser: Browser, street: str) -> None:
    with opened(browser, f"{street}venues/hall/", PHONE) as page:
        link = page.get_by_role("link", name="看大图").first
        link.press("Enter")
        viewer = page.get_by_role("dialog", name="大图")
        expect(viewer).to_be_visible()
        box = viewer.locator("img").bounding_box()
        assert box and box["width"] == PHONE[0]
        viewer.locator("img").evaluate("image => image.decode()")
        expect(viewer).to_contain_text("礼堂正面")
        page.keyboard.press("Escape")
        expect(viewer).to_be_hidden()
        assert link.evaluate("link => link === document.activeElement")


def test_photos_follow_one_another_by_key_button_and_swipe(
    browser: Browser, golden: Path, tmp_path: Path
) -> None:
    story = golden / "content/venues/hall"
    text = (story / "story.yml").read_text("utf-8")
    photos = text.index("photos:")
    more = text[photos:].replace("photos:\n", "").replace("hall.png", "second.png")
    more = more.replace("一座红色的小礼堂", "礼堂的另一面").replace("red hall", "other side of the hall")
    (story / "story.yml").write_text(text + more, "utf-8")
    (story / "photos/second.png").write_bytes((story / "photos/hall.png").read_bytes())
    build(golden, Options(NOW))
    with served(golden / "site") as address, opened(browser, f"{address}venues/hall/", PHONE) as page:
        page.get_by_role("link", name="看大图").first.click()
        count = page.locator(".viewer__count")
        expect(count).to_have_text("第1张，共2张")
        page.get_by_role("button", name="下一张").click()
        expect(count).to_have_text("第2张，共2张")
        page.keyboard.press("ArrowRight")
        expect(count).to_have_text("第1张，共2张")
        page.mouse.move(300, 300)
        page.mouse.down()
        page.mouse.move(120, 310, steps=4)
        page.mouse.up()
        expect(count).to_have_text("第2张，共2张")
        page.get_by_role("button", name="关闭").click()
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_without_scripts_a_photo_opens_by_itself(browser: Browser, root_address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{root_address}{EVENT}")
        page.get_by_role("link", name="看大图").first.click()
        expect(page).to_have_url(re.compile(r"/media/.*\.jpg$"))


def test_an_address_is_copied(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}{EVENT}", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="复制网址").click()
        expect(page.locator("share-page [role=status]")).to_have_text("网址已经复制，可以粘贴到微信里。")
        assert page.evaluate("navigator.clipboard.readText()") == f"https://yongchang.example/{EVENT}"


def test_where_the_clipboard_is_closed_the_address_is_copied_the_old_way(
    browser: Browser, root_address: str
) -> None:
    """As in old WebViews and on pages without HTTPS."""
    with browser.new_context(permissions=["clipboard-read"]) as context:
        context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page = context.new_page()
        page.goto(f"{root_address}en/{EVENT}")
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator("share-page [role=status]")).to_contain_text("The link is copied")
        assert page.evaluate("getSelection().toString()") == f"https://yongchang.example/en/{EVENT}"


every_look = pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark"}, {"mode": "elder"}], ids=["light", "dark", "elder"]
)


@every_look
def test_the_code_on_the_page_leads_to_the_page(
    browser: Browser, root_address: str, tmp_path: Path, look: dict[str, str]
) -> None:
    with opened(browser, f"{root_address}en/{EVENT}", PHONE, **look) as page:
        page.locator(".share__code").screenshot(path=str(tmp_path / "code.png"))
        read = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
        assert [code.text for code in read] == [f"https://yongchang.example/en/{EVENT}"]


@every_look
def test_a_story_prints_on_white_with_its_code(
    browser: Browser, root_address: str, tmp_path: Path, look: dict[str, str]
) -> None:
    with opened(browser, f"{root_address}{EVENT}", DESKTOP, **look) as page:
        page.emulate_media(media="print")
        for shown in ("h1", ".story__cover", ".prose", ".sources", ".share__code", ".share__address"):
            assert page.locator(shown).first.is_visible(), shown
        for hidden in (".menu", ".control", ".figure__zoom", "read-aloud", ".neighbours", ".colophon nav"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.locator(".share__code").screenshot(path=str(tmp_path / "code.png"))
        read = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
        assert [code.text for code in read] == [f"https://yongchang.example/{EVENT}"]


def test_a_quiz_says_at_once_what_was_right(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}{EVENT}", PHONE) as page:
        quiz = page.locator(".quiz")
        verdicts = quiz.locator(".quiz__verdict")
        quiz.get_by_label("正月十五").check()
        expect(verdicts.first).to_have_text("不对，再想想。")
        page.keyboard.press("ArrowDown")
        expect(verdicts.first).to_have_text("答对了！")
        expect(quiz.locator(".quiz__score")).to_be_hidden()
        for answer in ("粽子", "26个", "石榴花"):
            quiz.get_by_label(answer).check()
        expect(quiz.locator(".quiz__score")).to_contain_text("4道题，答对了3道。")
        quiz.get_by_role("button", name="重新答题").click()
        expect(verdicts.first).to_have_text("")
        assert quiz.locator("input:checked").count() == 0
        assert page.url == f"{root_address}{EVENT}", "nothing is sent"


def test_a_quiz_is_answered_without_scripts(browser: Browser, root_address: str) -> None:
    with opened(browser, f"{root_address}{EVENT}", PHONE, java_script_enabled=False) as page:
        page.locator(".quiz").get_by_label("八月十五").check()
        page.locator(".quiz summary").first.click()
        assert page.locator(".quiz details p").first.inner_text() == "八月十五"
