"""Reading aloud, with a real voice (eSpeak NG by Speech Dispatcher) that speaks into nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import SWITCHES
from tests.browser.test_pages import PHONE, opened

EVENT = "events/mid-autumn/"
CONFIG = """
AudioOutputMethod "libao"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
"""


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Speech Dispatcher of our own."""
    folder = tmp_path_factory.mktemp("voices")
    (folder / "modules").mkdir()
    shutil.copy("/etc/speech-dispatcher/modules/espeak-ng.conf", folder / "modules")
    (folder / "speechd.conf").write_text(CONFIG)
    (folder / ".libao").write_text("default_driver=null\n")
    socket = folder / "socket"
    places = ["-C", folder, "-P", folder / "pid", "-L", folder]
    command = ["speech-dispatcher", "-s", "-t", "0", "-c", "unix_socket", "-S", socket, *places]
    with subprocess.Popen(
        list(map(str, command)),
        env={**os.environ, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        deadline = time.monotonic() + 20
        while not socket.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        yield f"unix_socket:{socket}"
        server.terminate()


@pytest.fixture(scope="module")
def speaking(playwright: Playwright, voices: str) -> Iterator[Browser]:
    """A Chromium that has voices, beside the one of all other tests."""
    chromium = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=[*SWITCHES, "--enable-speech-dispatcher"],
        env={**os.environ, "SPEECHD_ADDRESS": voices},
    )
    yield chromium
    chromium.close()


HEARD = """() => {
    window.heard = [];
    new MutationObserver(() => {
        const block = document.querySelector('.aloud');
        if (block && heard.at(-1) !== block.innerText) heard.push(block.innerText);
    }).observe(document.querySelector('main'), {subtree: true, attributeFilter: ['class']});
}"""


def listening(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(url)
    page.wait_for_function("() => speechSynthesis.getVoices().length")
    page.evaluate(HEARD)
    return page


@pytest.mark.parametrize(
    ("lang", "start", "first", "last"),
    [
        ("", "朗读", "民族团结一家亲·中秋情意浓", "不妨祖孙一起猜。"),
        ("en/", "Read aloud", "One Family at Mid-Autumn", "try them together."),
    ],
)
def test_a_page_is_read_from_its_title_to_its_end(
    speaking: Browser, root_address: str, lang: str, start: str, first: str, last: str
) -> None:
    page = listening(speaking, f"{root_address}{lang}{EVENT}")
    button = page.locator("read-aloud button")
    expect(button).to_have_text(start)
    button.click()
    expect(button).not_to_have_text(start)
    expect(button).to_have_text(start, timeout=60_000)
    heard = page.evaluate("heard")
    assert heard[0].replace("\n", "") == first
    assert heard[-1].endswith(last)
    assert len(heard) == page.locator(".opening__summary, main h1, .prose > *").count()
    assert page.locator(".aloud").count() == 0
    assert page.locator("read-aloud [role=status]").inner_text() == ""
    page.close()


def test_who_stops_goes_on_where_it_was(speaking: Browser, root_address: str) -> None:
    page = listening(speaking, f"{root_address}{EVENT}")
    button = page.locator("read-aloud button")
    page.evaluate(
        """() => new MutationObserver((_, observer) => {
            if (heard.length < 3) return;
            observer.disconnect();
            document.querySelector('read-aloud button').click();
        }).observe(document.querySelector('main'), {subtree: true, attributeFilter: ['class']})"""
    )
    button.click()
    expect(button).to_have_text("接着读", timeout=30_000)
    stopped = page.evaluate("heard.at(-1)")
    assert not page.evaluate("speechSynthesis.speaking")
    page.evaluate("heard.length = 0")
    button.click()
    page.wait_for_function("() => window.heard.length")
    assert page.evaluate("heard[0]") == stopped
    page.close()


@pytest.mark.parametrize(("lang", "says"), [("", "没有中文语音"), ("en/", "no English voice")])
def test_a_device_without_a_voice_says_so(browser: Browser, root_address: str, lang: str, says: str) -> None:
    with opened(browser, f"{root_address}{lang}{EVENT}", PHONE) as page:
        page.locator("read-aloud button").click()
        expect(page.locator("read-aloud [role=status]")).to_contain_text(says, timeout=10_000)
        expect(page.locator("read-aloud button")).to_have_text("Read aloud" if lang else "朗读")
        assert page.locator(".aloud").count() == 0


def test_where_the_browser_cannot_read_nothing_offers_it(browser: Browser, root_address: str) -> None:
    """As in WeChat on Android."""
    with browser.new_context() as context:
        context.add_init_script("delete window.speechSynthesis")
        page = context.new_page()
        page.goto(f"{root_address}{EVENT}")
        assert not page.locator("read-aloud").is_visible()
