"""A screen in Debian's Chromium, its server beside it, and time that runs as a test wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import SWITCHES
from tests.browser.kiosk.folder import Files, Json, Plan, folder
from tests.browser.kiosk.host import Host, hosted

NOON = dt.datetime.fromisoformat("2026-11-28T12:00:00+08:00")
"""Half a day after the release was built; a Saturday."""

HISTORY = """
  window.later_ = setTimeout.bind(window);
  window.history_ = [];
  let origin = null;
  window.now_ = () => (performance.now() - (origin ??= performance.now())) / 1000;
  new MutationObserver(() => {
    const {state, slide, lang} = document.documentElement.dataset;
    const last = window.history_.at(-1);
    if (last && last.state === state && last.slide === slide && last.lang === lang) return;
    window.history_.push({state, slide, lang, at: now_(), loaded: performance.now() / 1000});
  }).observe(document, {subtree: true, attributeFilter: ["data-state", "data-slide", "data-lang"]});
"""
"""Notes each state, slide and language with its second since the start; keeps the real timer."""


@dataclass(frozen=True)
class Screen:
    """A page that shows a screen, and the server it comes from."""

    page: Page
    host: Host

    def root(self, name: str) -> str:
        value: str = self.page.evaluate("name => document.documentElement.dataset[name]", name)
        return value

    def ask(self, expression: str, argument: Any = None) -> Any:
        return self.page.evaluate(expression, argument)

    def reach(self, condition: str, seconds: float = 8) -> None:
        """Waits in real time, whatever time the page thinks it is."""
        self.page.wait_for_function(f"() => {condition}", timeout=seconds * 1000, polling=10)

    def open(self, path: str = "") -> Screen:
        self.page.goto(self.host.address + path)
        return self

    def playing(self) -> Screen:
        self.reach("document.documentElement.dataset.slide")
        return self

    def kept(self) -> Screen:
        self.reach("document.documentElement.dataset.kept === document.documentElement.dataset.release")
        return self

    def run(self, seconds: float, step: float = 1) -> None:
        """Lets time pass; what waits for the disk or the server gets its real time after each step."""
        done = 0.0
        while done < seconds - 1e-6:
            self.page.clock.run_for(round(min(step, seconds - done) * 1000))
            self.breathe()
            done += step

    def breathe(self) -> None:
        """Real time for what is under way: a picture to decode, a file to come; not for what hangs."""
        self.ask("() => Promise.race([Kiosk.player.pending, new Promise(done => later_(done, 300))])")
        self.ask("() => new Promise(done => later_(done, 2))")

    def history(self) -> list[Json]:
        return list(self.ask("() => window.history_"))


def entered(screen: Screen, state: str, since: float = 0) -> float | None:
    times = [entry["at"] for entry in screen.history() if entry["state"] == state and entry["at"] >= since]
    return float(times[0]) if times else None


Start: TypeAlias = Callable[..., Screen]


@contextmanager
def context_of(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 540, "height": 960}, has_touch=True, **options)
    context.set_default_timeout(10_000)
    context.add_init_script(HISTORY)
    try:
        yield context
    finally:
        context.close()


@pytest.fixture
def away(browser: Browser) -> Iterator[Browser]:
    """A browser for which `kiosk.test` is this machine: plain http, from another machine as it thinks."""
    rules = "--host-resolver-rules=MAP kiosk.test 127.0.0.1"
    chromium = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=[*SWITCHES, rules])
    yield chromium
    chromium.close()


@pytest.fixture
def start(browser: Browser) -> Iterator[Start]:
    """Opens a plan's folder in real time, or at a moment from which only `run` leads on."""
    with ExitStack() as stack:

        def started(plan: Plan | None = None, at: dt.datetime | None = None, **options: Any) -> Screen:
            return begun(stack, folder(plan or Plan()), at, options)

        def begun(stack: ExitStack, files: Files, at: dt.datetime | None, options: Json) -> Screen:
            host = stack.enter_context(hosted(files))
            context = stack.enter_context(context_of(browser, **options))
            page = context.new_page()
            if at:
                page.clock.install(time=at - dt.timedelta(minutes=1))
                page.clock.pause_at(at)
            return Screen(page, host)

        yield started
