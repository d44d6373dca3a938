"""Clocks that are wrong at the start, that jump, that are set; hours that are quiet."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.kiosk.conftest import NOON, Screen, Start
from tests.browser.kiosk.folder import Json, Plan

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
    return float(screen.ask("() => now_()"))


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
