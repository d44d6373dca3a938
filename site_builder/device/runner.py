"""A screen that runs by itself: its folder is served, and its browser started again whenever it stops."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from site_builder.device.browser import Browser, program
from site_builder.device.following import Follower, Tell
from site_builder.device.installation import current, recover
from site_builder.device.serving import Server, served
from site_builder.kiosk.manifest import RefusedError

PORT = 8642
"""Always the same: the browser keeps what it stores by address, port included."""

HEARTBEAT = 120
"""Seconds without a request for notices after which a page hangs; it asks every 60."""

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between an end and the next start; longer each time that the browser dies at once."""

AT_ONCE = 30
"""Seconds within which an end counts as dying at once."""

FORGET_AFTER = 4
"""Deaths in a row after which the profile is to blame: a power cut may have left half of it."""

_LOOK = 0.25


class NothingInstalledError(RefusedError):
    """There is no release in the folder, and no site to take one from."""


def run(
    folder: Path,
    tell: Tell,
    *,
    port: int = PORT,
    browser: str | None = None,
    site: str | None = None,
    headless: bool = False,
    heartbeat: float = HEARTBEAT,
    waiting: str = "",
) -> None:
    """Runs a screen until SIGTERM or SIGINT ends it; `waiting` is shown while nothing is installed.

    Raises:
        NoBrowserError: when there is no browser.
        NothingInstalledError: when there is nothing to show, nor will be.
        OSError: when the port is taken.
    """
    chromium = Browser(program(browser), folder.absolute() / "profile", headless=headless)
    if folder.is_dir() and recover(folder):
        tell("recovered")
    if not site and not current(folder):
        raise NothingInstalledError("nothing_installed", folder=folder)
    with _stopped_by_signals() as stop, served(folder, port, waiting) as server:
        if site:
            follower = Follower(folder, site, tell)
            threading.Thread(target=follower.follow, args=(stop,), name="follower", daemon=True).start()
        tell("running", address=server.address)
        try:
            _Watch(chromium, server, stop, tell, heartbeat).keep_running()
        finally:
            chromium.end()
    tell("stopped")


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Watch:
    """Starts the browser, waits until it ends or hangs, and again."""

    def __init__(
        self, browser: Browser, server: Server, stop: threading.Event, tell: Tell, heartbeat: float
    ) -> None:
        self._browser, self._server, self._stop, self._tell = browser, server, stop, tell
        self._heartbeat = heartbeat
        self._deaths = 0

    def keep_running(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                why = self._lifetime()
            except OSError as error:
                why = "browser_failed"
                self._tell(why, reason=error)
            if why:
                lived = time.monotonic() - began
                self._deaths = self._deaths + 1 if lived < AT_ONCE and why != "browser_hangs" else 0
                self._stop.wait(self._pause())

    def _lifetime(self) -> str:
        """From a start to an end; says how it ended, nothing if somebody asked for it."""
        self._server.heard = time.monotonic()
        self._browser.start(self._server.address)
        why = ""
        while not why and not self._stop.wait(_LOOK):
            if self._browser.has_ended():
                why = "browser_ended"
            elif time.monotonic() - self._server.heard > self._heartbeat:
                why = "browser_hangs"
        if why:
            self._tell(why, seconds=round(self._heartbeat))
        self._browser.end()
        return why

    def _pause(self) -> float:
        """Longer and longer; and with a new profile where the old one may be the reason."""
        if self._deaths and self._deaths % FORGET_AFTER == 0:
            self._tell("profile_dropped")
            self._browser.forget()
        return min(LONGEST_PAUSE, SHORTEST_PAUSE * 2.0 ** max(0, self._deaths - 1))
