"""Half an hour, or a night, in real time: releases, notices and cuts come as they do in the street."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from tests.browser.kiosk.conftest import NOON, Screen, Start
from tests.browser.kiosk.folder import Plan, folder, notices, release_of
from tests.browser.kiosk.test_notices import notice, now
from tests.browser.kiosk.test_playing import counted, plays
from tests.browser.kiosk.test_releases import THROWS
from tests.browser.kiosk.test_updates import LOOK, A

PLAN = Plan(slides=8, dwell_s=4)
MINUTE = 60


def published(screen: Screen, turn: int) -> str:
    """A release of other photos, asked for now and not in five minutes."""
    built_at = NOON.replace(year=NOON.year + 1 + turn // 10_000).isoformat()
    screen.host.files = folder(replace(PLAN, shade=turn, built_at=built_at))
    screen.ask(LOOK)
    return release_of(screen.host.files)


def watched(screen: Screen, seconds: float, states: set[str]) -> None:
    """Never another state than these, and in the loop always a slide."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = screen.ask("() => ({...document.documentElement.dataset})")
        assert found["state"] in states
        assert found["state"] != "attract" or found["slide"]
        screen.page.wait_for_timeout(1000)


@pytest.mark.soak
def test_a_long_day(start: Start) -> None:
    """Each round a release, two minutes without a network, a notice; memory stays where it was."""
    screen = start(PLAN).open().playing().kept()
    end = time.monotonic() + float(os.environ.get("SOAK_MINUTES", "30")) * MINUTE
    cdp = screen.page.context.new_cdp_session(screen.page)
    turn = 0
    while time.monotonic() < end:
        turn += 1
        release = published(screen, turn)
        screen.reach(f"document.documentElement.dataset.release === '{release}'", 30)
        screen.playing().kept()
        watched(screen, 10, {"attract"})
        before = counted(screen, cdp)
        screen.host.down = True
        watched(screen, 2 * MINUTE, {"attract"})
        screen.host.down = False
        screen.host.notice = notices(turn, notice(now(screen), 1.5))
        watched(screen, 2 * MINUTE, {"attract", "notice"})
        after = counted(screen, cdp)
        assert plays(screen) > 30
        assert after["jsEventListeners"] <= before["jsEventListeners"]
        assert after["nodes"] <= before["nodes"] + 20, "the notice's texts"


@pytest.mark.soak
def test_a_release_with_dead_scripts_is_given_up_without_help(start: Start) -> None:
    """Nobody reloads but the worker, a minute after each of three starts; then the old one is back."""
    screen = start(A).open().playing().kept()
    good = release_of(screen.host.files)
    screen.host.files = folder(THROWS)
    screen.ask(LOOK)
    screen.reach(f"document.documentElement.dataset.release !== '{good}'")
    screen.reach(f"document.documentElement.dataset.release === '{good}'", 4 * MINUTE)
    screen.playing()
