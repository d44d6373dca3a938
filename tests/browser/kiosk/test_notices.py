"""What must be said at once, and what must no longer be shown."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.kiosk.conftest import NOON, Screen, Start, entered
from tests.browser.kiosk.folder import Json, Plan, digest, notices


def notice(start: dt.datetime, minutes: float, level: str = "warning") -> Json:
    end = start + dt.timedelta(minutes=minutes)
    return {
        "id": "n",
        "level": level,
        "zh": "停水",
        "en": "No water",
        "from": start.isoformat(),
        "until": end.isoformat(),
    }


def now(screen: Screen) -> dt.datetime:
    return dt.datetime.fromtimestamp(screen.ask("() => Date.now()") / 1000, NOON.tzinfo)


def is_told_and_ends(screen: Screen) -> None:
    """On view at most 65 s after it is published, gone within a second of `until`."""
    screen.open().playing()
    screen.run(37)
    published, moment = screen.ask("() => now_()"), now(screen)
    screen.host.notice = notices(1, notice(moment, 3))
    screen.run(70)
    came = entered(screen, "notice")
    assert came is not None
    assert came - published <= 65
    screen.run(115)
    left = entered(screen, "attract", came)
    assert left is not None
    assert published + 180 - 0.1 <= left <= published + 180 + 1


def test_a_notice(start: Start) -> None:
    is_told_and_ends(start(Plan(), NOON))


@pytest.mark.parametrize(
    "mend",
    [
        ("const EVERY_S = 60;", "const EVERY_S = 120;"),
        ("now < clock.parse(until)", "now < clock.parse(until) + 2000"),
    ],
)
def test_a_client_that_is_late(start: Start, mend: tuple[str, str]) -> None:
    with pytest.raises(AssertionError):
        is_told_and_ends(start(Plan(mend=(mend,)), NOON))


def test_an_older_notice_file_is_ignored_and_the_last_is_kept(start: Start) -> None:
    screen = start(Plan(), NOON)
    screen.host.notice = notices(7, notice(NOON, 60))
    screen.open().reach("document.documentElement.dataset.state === 'notice'")
    screen.kept()
    screen.host.notice = notices(6)
    screen.run(70)
    assert screen.root("state") == "notice"
    screen.host.down = True
    screen.page.reload()
    screen.reach("document.documentElement.dataset.state === 'notice'")


@pytest.mark.parametrize(
    ("level", "state"),
    [("info", "quiet"), ("warning", "notice"), ("emergency", "notice"), ("alert", "notice")],
)
def test_what_may_light_a_quiet_screen(start: Start, level: str, state: str) -> None:
    screen = start(Plan(changes={"quiet": {"from": "11:00", "to": "13:00"}}), NOON)
    screen.host.notice = notices(1, notice(NOON, 60, level))
    screen.open().reach(f"document.documentElement.dataset.state === '{state}'")


REVOKED = {
    "slide": ("story/0",),
    "story": ("residents/x",),
    "hash of the slide": (f"sha256:{digest(b'story/0')}",),
    "hash of the story": (f"sha256:{digest(b'residents/x')}",),
}
OF_X = Plan(
    slides=3,
    mode="zh",
    dwell_s=30,
    each={"story/0": {"story": "residents/x"}, "story/1": {"story": "events/y"}},
)


def leaves_at_once(screen: Screen, revoked: tuple[str, ...]) -> None:
    """On view when it is revoked: another follows at once, and it never comes again."""
    screen.open().playing()
    assert screen.root("slide") == "story/0"
    screen.host.notice = notices(1, revoke=revoked)
    screen.ask("() => Kiosk.notices.poll()")
    told = float(screen.ask("() => now_()"))
    screen.run(3, 0.5)
    assert screen.root("slide") == "story/1"
    screen.run(100)
    assert not [entry for entry in screen.history() if entry["at"] > told + 3 and entry["slide"] == "story/0"]
    assert list(screen.ask("() => Object.keys(KIOSK_PLAYLIST.stories)")) in (
        ["events/y"],
        ["residents/x", "events/y"],
    )


@pytest.mark.parametrize("revoked", REVOKED.values(), ids=REVOKED)
def test_a_revoked_slide(start: Start, revoked: tuple[str, ...]) -> None:
    leaves_at_once(start(OF_X, NOON), revoked)


def test_a_client_that_forgets_what_is_revoked(start: Start) -> None:
    forgets = ("revoked = new Set(next.revoke)", "revoked = new Set()")
    with pytest.raises(AssertionError):
        leaves_at_once(start(OF_X.but(mend=(forgets,)), NOON), ("story/0",))


def test_what_was_revoked_is_never_shown_after_a_restart(start: Start) -> None:
    screen = start(OF_X, NOON)
    screen.host.notice = notices(1, revoke=("residents/x",))
    screen.open().playing().kept()
    screen.host.down = True
    screen.page.reload()
    screen.playing()
    assert [entry["slide"] for entry in screen.history() if entry["slide"]] == ["story/1"]
    assert screen.ask("() => Object.keys(KIOSK_PLAYLIST.stories)") == ["events/y"]
