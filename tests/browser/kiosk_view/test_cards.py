"""Notices, the card of the staff, codes that phones can read."""

from __future__ import annotations

import io
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.kiosk_view.conftest import state

NOTICE = {"id": "n", "level": "emergency", "zh": "请从西门出入。", "en": "Please use the west gate."}


def read(code: Locator) -> str:
    found: Any = zxingcpp.read_barcode(Image.open(io.BytesIO(code.screenshot())))
    return str(found.text)


@pytest.mark.parametrize("length", [1, 17, 18, 78, 154, 230, 271, 500, 858])
def test_a_code_says_what_was_encoded(screen: Page, length: int) -> None:
    """One length of each kind: a single block and several, with the version's number in it, the longest."""
    text = ("永昌 https://yongchang.example/" * 30).encode()[:length].decode("utf-8", "ignore")
    text = text.ljust(length - len(text.encode()) + len(text), "x")
    screen.evaluate(
        """text => {
          const code = document.querySelector(".staff__code");
          document.querySelector(".staff").hidden = false;
          code.style.width = code.style.height = "900px";
          Kiosk.frame.draw(code, Kiosk.qr.encode(text));
        }""",
        text,
    )
    assert read(screen.locator(".staff__code")) == text


def test_a_text_that_is_too_long_is_refused(screen: Page) -> None:
    assert screen.evaluate(
        "() => { try { Kiosk.qr.encode('x'.repeat(859)); } catch (error) { return error.name; } }"
    )


def test_the_staff_card_is_a_code_as_well(screen: Page) -> None:
    clock = {"trusted": False, "why": "before built_at", "now": "1970-01-01T08:00:00+08:00"}
    plays = {f"residents/somebody-{number}": 800 - number for number in range(60)}
    report = {"release": "abc", "uptime_s": 3725, "clock": clock, "plays": plays, "errors": {"network": 2}}
    screen.evaluate("report => Kiosk.cards.staff(report)", report)
    expect(screen.locator(".staff")).to_contain_text("1小时2分")
    said = read(screen.locator(".staff__code"))
    assert "clock untrusted before built_at" in said
    assert "error network 2" in said
    screen.evaluate("Kiosk.cards.staff(null)")
    expect(screen.locator(".staff")).to_be_hidden()


def test_a_notice_says_its_level_in_both_languages(screen: Page) -> None:
    screen.evaluate("notice => Kiosk.cards.notice([notice], 'zh')", NOTICE)
    state(screen, "notice")
    for said in ("紧急通知", "Emergency", NOTICE["zh"], NOTICE["en"]):
        expect(screen.get_by_text(said, exact=True)).to_be_visible()
    size = screen.locator(".notice__text").first.evaluate(
        "element => parseFloat(getComputedStyle(element).fontSize)"
    )
    assert size >= 2 * 55


def test_a_long_notice_is_told_in_one_language_after_the_other(screen: Page) -> None:
    screen.clock.install()
    screen.evaluate(
        "notice => Kiosk.cards.notice([notice], 'zh')",
        NOTICE | {"zh": "请绕行。" * 50, "en": "Go round. " * 60},
    )
    state(screen, "notice")
    zh, en = screen.locator(".notice__text[lang=zh]"), screen.locator(".notice__text[lang=en]")
    expect(en).to_be_hidden()
    assert zh.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 55
    screen.clock.run_for(12_500)
    expect(zh).to_be_hidden()
    expect(en).to_be_visible()
