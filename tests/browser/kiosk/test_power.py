"""The power goes in the middle of an update, again and again: what starts next is one whole release."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, TimeoutError

from tests.browser.conftest import SWITCHES
from tests.browser.kiosk.conftest import Screen
from tests.browser.kiosk.folder import Files, Plan, folder, release_of
from tests.browser.kiosk.host import Host, hosted
from tests.browser.kiosk.test_updates import LOOK, whole

TRIES = 20


@contextmanager
def powered(playwright: Playwright, profile: Path, address: str) -> Iterator[Page]:
    """Chromium as a board starts it, at the screen's address; the power goes at the end."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    switches = [
        *SWITCHES,
        "--headless=new",
        "--no-first-run",
        "--remote-debugging-port=0",
        "--window-size=540,960",
    ]
    running = subprocess.Popen(
        ["/usr/bin/chromium", *switches, f"--user-data-dir={profile}", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield page_of(playwright, port, address)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def page_of(playwright: Playwright, port: Path, address: str) -> Page:
    deadline = time.monotonic() + 20
    while not (port.exists() and port.read_text().count("\n")):
        assert time.monotonic() < deadline, "Chromium does not start"
        time.sleep(0.01)
    number = port.read_text().split("\n")[0]
    browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{number}")
    while True:
        pages = [page for page in browser.contexts[0].pages if page.url.startswith(address)]
        if pages:
            return pages[0]
        assert time.monotonic() < deadline, "the screen's page does not open"
        time.sleep(0.01)


def releases(mend: tuple[tuple[str, str], ...]) -> list[Files]:
    """One after the other, no photo of one in the next."""
    plan = Plan(slides=8, dwell_s=0.2, mend=mend)
    times = [f"2026-11-28T{hour:02}:00:00+08:00" for hour in range(TRIES + 2)]
    return [folder(plan.but(shade=shade, built_at=moment)) for shade, moment in enumerate(times)]


def shown(page: Page, host: Host, known: dict[str, Files]) -> str:
    """The release that has started; it is whole."""
    screen = Screen(page, host)
    try:
        screen.playing()
    except TimeoutError as problem:
        raise AssertionError("nothing starts") from problem
    release = screen.root("release")
    whole(screen, known[release])
    return release


def undisturbed(screen: Screen, files: Files) -> float:
    """Seconds that an update takes here, from the manifest to the new page."""
    screen.host.files, begun = files, time.monotonic()
    screen.ask(LOOK)
    screen.reach(f"document.documentElement.dataset.release === '{release_of(files)}'")
    return time.monotonic() - begun


def survives(playwright: Playwright, profile: Path, mend: tuple[tuple[str, str], ...] = ()) -> set[str]:
    """Every start without a server shows one whole release; gives those that were seen."""
    random.seed(28)
    planned = releases(mend)
    known = {release_of(files): files for files in planned}
    seen = set()
    with hosted(planned[0]) as host:
        with powered(playwright, profile, host.address) as page:
            lasts = undisturbed(Screen(page, host).playing().kept(), planned[1])
        for files in planned[2:]:
            host.down = True
            with powered(playwright, profile, host.address) as page:
                seen.add(shown(page, host, known))
                host.files, host.down = files, False
                page.evaluate(LOOK)
                time.sleep(random.uniform(0, 1.2 * lasts))
        host.down = True
        with powered(playwright, profile, host.address) as page:
            seen.add(shown(page, host, known))
    return seen


def test_the_power_goes_in_mid_update(playwright: Playwright, tmp_path: Path) -> None:
    """At 20 moments, some before the new release is whole and some after."""
    seen = survives(playwright, tmp_path)
    assert 3 < len(seen) < TRIES


OPENED = "const cache = await caches.open(name(manifest.release));"
FORGETFUL = (
    (
        OPENED,
        OPENED
        + """
    await cache.put(address("manifest.json"), Kiosk.storage.json({...manifest, files: {}}));
    await Kiosk.storage.write("pointer", {current: manifest.release, previous: null});""",
    ),
)
"""A client that points at a release before it is whole, and says of it that it is."""


def test_a_client_that_points_too_early(playwright: Playwright, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        survives(playwright, tmp_path, FORGETFUL)
