"""Clocks that are wrong, notices that come and go, fingers that stay away."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.kiosk.conftest import NOON, Screen, Start
from tests.browser.kiosk.folder import Json, Plan, digest, notices

ALL_DAY = {"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00"}
DAY = dt.timedelta(days=1)


def date(start: dt.datetime, hours: float = 2) -> Json:
    end = start + dt.timedelta(hours=hours)
    return {"from": start.isoformat(), "until": end.isoformat(), "zh": "那天", "en": "that day", "mark": None}


DATED = Plan(
    slides=3,
    mode="zh",
    each={
        "story/0": {"kind": "event", "dates": [date(NOON - dt.timedelta(hours=14)), date(NOON + 3 * DAY)]},
        "story/1": {"kind": "event", "dates": [date(NOON - 0.5 * DAY, 4)]},
    },
    changes={"dayparts": [{**ALL_DAY, "play": ["screen/test"]}], "quiet": {"from": "00:00", "to": "01:00"}},
)
"""Under a wrong clock only `story/2` may play: the others have dates, all day long is a daypart."""

COUNTDOWNS = (
    "() => [...document.querySelectorAll('.facts__countdown')].map(each => each.textContent).join('')"
)


def shown(screen: Screen) -> set[str]:
    return {entry["slide"] for entry in screen.history() if entry["slide"] and entry["state"] == "attract"}


def promises_nothing(screen: Screen, before: float = 0) -> None:
    """Something plays: the default list's undated slides alone, without a countdown."""
    screen.run(30)
    on_view = [entry for entry in screen.history() if entry["slide"]]
    seen = {on_view[-1]["slide"], *(entry["slide"] for entry in on_view if entry["at"] >= before)}
    assert screen.root("state") == "attract"
    assert seen == {"story/2"}
    assert screen.ask(COUNTDOWNS) == ""


WRONG = {
    "in 1970": dt.datetime(1970, 1, 1, 3, tzinfo=dt.UTC),
    "a day back": NOON - DAY,
    "ten years on": NOON + 3652 * DAY,
}
BELIEVES = ("const plausible = (time, floor) =>", "const plausible = (time, floor) => true ||")


@pytest.mark.parametrize("moment", WRONG.values(), ids=WRONG)
def test_a_clock_that_is_wrong_at_the_start(start: Start, moment: dt.datetime) -> None:
    promises_nothing(start(DATED, moment).open().playing())


@pytest.mark.parametrize("moment", WRONG.values(), ids=WRONG)
def test_a_client_that_believes_it(start: Start, moment: dt.datetime) -> None:
    with pytest.raises(AssertionError):
        promises_nothing(start(DATED.but(mend=(BELIEVES,)), moment).open().playing())


UNPLANNED = DATED.but(changes={})


def jumped(screen: Screen, moment: dt.datetime) -> float:
    """Plays for a while, then the device's clock jumps; gives the second in which the page has seen it."""
    screen.open().playing().run(10)
    assert shown(screen) == {"story/0", "story/2"}
    screen.page.clock.set_system_time(moment)
    screen.run(1)
    return float(screen.ask("() => performance.now() / 1000"))


JUMPS = {"a day back": NOON - DAY, "two hours on": NOON + 2 / 24 * DAY, "ten years on": NOON + 3652 * DAY}


@pytest.mark.parametrize("moment", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_jumps(start: Start, moment: dt.datetime) -> None:
    screen = start(UNPLANNED, NOON)
    at = jumped(screen, moment)
    assert screen.ask("() => Kiosk.clock.trusted") is False
    promises_nothing(screen, at + 0.5)


@pytest.mark.parametrize("moment", [JUMPS["a day back"], JUMPS["two hours on"]])
def test_a_client_that_sees_no_jump(start: Start, moment: dt.datetime) -> None:
    blind = ("jump < -BACK || jump > HOUR", "false")
    screen = start(UNPLANNED.but(mend=(blind,)), NOON)
    with pytest.raises(AssertionError):
        promises_nothing(screen, jumped(screen, moment) + 0.5)


def test_a_clock_that_is_set_while_running(start: Start) -> None:
    """A board wakes in 1970; minutes later the network tells it the time."""
    screen = start(UNPLANNED, WRONG["in 1970"]).open().playing()
    screen.run(10)
    assert screen.ask("() => Kiosk.clock.trusted") is False
    screen.page.clock.set_system_time(NOON)
    screen.run(20)
    assert screen.ask("() => Kiosk.clock.trusted") is True
    assert "story/0" in shown(screen)
    assert "还有3天" in screen.ask(COUNTDOWNS) or "left.days" in screen.ask(COUNTDOWNS)


def test_the_last_time_seen_outlives_a_restart(start: Start) -> None:
    """A fortnight on, a clock that is three days back is as wrong as one before the release."""
    screen = start(UNPLANNED, NOON + 14 * DAY).open().playing().kept()
    screen.run(65)
    screen.page.clock.set_system_time(NOON + 11 * DAY)
    screen.page.reload()
    screen.playing()
    assert screen.ask("() => Kiosk.clock.trusted") is False
    assert screen.ask("() => Kiosk.clock.now()") > (NOON + 14 * DAY).timestamp() * 1000


def test_quiet_is_black_at_once_and_ends(start: Start) -> None:
    night = Plan(changes={"quiet": {"from": "12:01", "to": "12:02"}})
    screen = start(night, NOON).open().playing()
    screen.run(125)
    changes = [entry for entry in screen.history() if entry["state"] in ("quiet", "attract")]
    came = next(entry["at"] for entry in changes if entry["state"] == "quiet")
    left = next(entry["at"] for entry in changes if entry["at"] > came and entry["state"] == "attract")
    assert came == pytest.approx(60, abs=1.5)
    assert left == pytest.approx(120, abs=1.5)


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


def entered(screen: Screen, state: str, since: float = 0) -> float | None:
    times = [entry["at"] for entry in screen.history() if entry["state"] == state and entry["at"] >= since]
    return float(times[0]) if times else None


def is_told_and_ends(screen: Screen) -> None:
    """On view at most 65 s after it is published, gone within a second of `until`."""
    screen.open().playing()
    screen.run(37)
    published, moment = screen.ask("() => performance.now() / 1000"), now(screen)
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
    ("level", "state"), [("info", "quiet"), ("warning", "notice"), ("emergency", "notice")]
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
    told = float(screen.ask("() => performance.now() / 1000"))
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


def tap(screen: Screen, x: float = 270, y: float = 500) -> None:
    screen.page.touchscreen.tap(x, y)


def at(screen: Screen) -> float:
    return float(screen.ask("() => performance.now() / 1000"))


def resets_in_time(screen: Screen) -> None:
    """Nobody touches: a warning after 60 s, back to the loop after 90 ± 1 s."""
    screen.open().playing()
    tap(screen)
    touched = at(screen)
    assert screen.root("state") == "interact"
    screen.run(95)
    warned, back = entered(screen, "warn", touched), entered(screen, "attract", touched)
    assert warned is not None
    assert back is not None
    assert warned - touched == pytest.approx(60, abs=1)
    assert back - touched == pytest.approx(90, abs=1)


def test_idle(start: Start) -> None:
    resets_in_time(start(OF_X, NOON))


def test_a_client_that_is_impatient(start: Start) -> None:
    hasty = ("this.idle.timeout_s + this.idle.warn_s) this.touched", "this.idle.timeout_s + 20) this.touched")
    with pytest.raises(AssertionError):
        resets_in_time(start(OF_X.but(mend=(hasty,)), NOON))


def stays_while_touched(screen: Screen, times: int = 12) -> None:
    """Each touch gives the whole time anew, in the reader and under the warning."""
    screen.open().playing()
    tap(screen)
    for turn in range(times):
        screen.run(85 if turn % 2 else 50)
        assert screen.root("state") == ("warn" if turn % 2 else "interact")
        tap(screen)
        assert screen.root("state") == "interact"


def test_touches_extend(start: Start) -> None:
    stays_while_touched(start(OF_X, NOON))


def test_a_client_that_counts_from_the_first_touch(start: Start) -> None:
    first = ("touch() {\n      this.touched = now();", "touch() {\n      this.touched ??= now();")
    with pytest.raises(AssertionError):
        stays_while_touched(start(OF_X.but(mend=(first,)), NOON), 4)
