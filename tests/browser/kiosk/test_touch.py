"""Fingers, keys and the staff: what opens, what stays shut."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Browser

from tests.browser.kiosk.conftest import NOON, Screen, Start, context_of, entered
from tests.browser.kiosk.folder import Plan, folder
from tests.browser.kiosk.host import hosted

STORIES = Plan(slides=3, mode="zh", dwell_s=30, each={"story/0": {"story": "residents/x"}})
CORNER = (520, 20)
"""Within 12 % of 540 px of the top right."""


def tap(screen: Screen, place: tuple[float, float] = (270, 500)) -> None:
    screen.page.touchscreen.tap(*place)


def state_after(screen: Screen, *taps: tuple[float, float]) -> str:
    for place in taps:
        tap(screen, place)
    return screen.root("state")


def test_a_touch_opens_the_story_of_the_slide(start: Start) -> None:
    screen = start(STORIES).open().playing()
    assert state_after(screen, (270, 500)) == "interact"
    assert screen.ask("() => Kiosk.reader.story") == "residents/x"
    assert screen.page.locator(".reader__title").is_visible()
    screen.ask("() => Kiosk.leave()")
    assert screen.root("state") == "attract"


@pytest.mark.parametrize("key", ["Enter", " ", "ArrowRight", "ArrowUp"])
def test_keys_open_it_too_without_touch(start: Start, key: str) -> None:
    screen = start(STORIES.but(touch=False)).open().playing()
    assert state_after(screen, (270, 500)) == "attract"
    screen.page.keyboard.press("a")
    assert screen.root("state") == "attract"
    screen.page.keyboard.press(key)
    assert screen.root("state") == "interact"


def test_no_key_opens_a_reader_in_which_there_is_nothing_to_read(start: Start) -> None:
    screen = start(STORIES.but(touch=False, changes={"stories": {}})).open().playing()
    screen.page.keyboard.press("Enter")
    assert screen.root("state") == "attract"


def knocks(screen: Screen, times: int, over_s: float, place: tuple[float, float] = CORNER) -> None:
    for _ in range(times):
        tap(screen, place)
        screen.page.clock.run_for(round(over_s / times * 1000))


def card(screen: Screen) -> bool:
    return screen.page.locator(".staff").is_visible()


def test_five_taps_in_the_corner_show_the_staff_card(start: Start) -> None:
    screen = start(STORIES, NOON).open().playing()
    knocks(screen, 5, 2)
    assert card(screen)
    assert screen.root("state") == "attract"
    assert screen.root("release") in str(screen.page.locator(".staff").text_content())
    tap(screen)
    assert not card(screen)
    assert screen.root("state") == "attract", "the touch that hides it opens nothing"
    knocks(screen, 5, 2)
    screen.run(61)
    assert not card(screen)


@pytest.mark.parametrize("place", [(20, 20), (520, 20), (20, 940), (520, 940)])
def test_every_corner_will_do(start: Start, place: tuple[float, float]) -> None:
    screen = start(STORIES, NOON).open().playing()
    knocks(screen, 5, 2, place)
    assert card(screen)


def test_whoever_reads_may_tap_fast_at_the_bottom(start: Start) -> None:
    screen = start(STORIES, NOON).open().playing()
    assert state_after(screen, (270, 500)) == "interact"
    knocks(screen, 5, 2, (20, 940))
    assert not card(screen)


@pytest.mark.parametrize(("times", "over_s"), [(4, 2), (5, 6)])
def test_fewer_or_slower_taps_do_not(start: Start, times: int, over_s: float) -> None:
    screen = start(STORIES, NOON).open().playing()
    knocks(screen, times, over_s)
    assert not card(screen)


def test_taps_elsewhere_do_not(start: Start) -> None:
    screen = start(STORIES).open().playing()
    for place in (CORNER, CORNER, (400, 20), CORNER, CORNER, CORNER):
        tap(screen, place)
    assert not card(screen)


def test_a_black_screen_answers_the_staff_alone(start: Start) -> None:
    screen = start(STORIES.but(changes={"quiet": {"from": "11:00", "to": "13:00"}}), NOON).open()
    screen.reach("document.documentElement.dataset.state === 'quiet'")
    assert state_after(screen, (270, 500)) == "quiet"
    knocks(screen, 5, 2)
    assert card(screen)


def passes(screen: Screen, event: str) -> bool:
    """Whether the browser would do what it does on such an event."""
    dispatched = f"document.body.dispatchEvent({event})"
    found: bool = screen.ask(
        f"() => {{ const PLAIN = {{bubbles: true, cancelable: true}}; return {dispatched}; }}"
    )
    return found


PREVENTED = {
    "menu": "new MouseEvent('contextmenu', {...PLAIN, button: 2})",
    "selection": "new Event('selectstart', PLAIN)",
    "dragging": "new DragEvent('dragstart', PLAIN)",
    "zoom by wheel": "new WheelEvent('wheel', {...PLAIN, ctrlKey: true})",
    "zoom by key": "new KeyboardEvent('keydown', {...PLAIN, ctrlKey: true, key: '+'})",
    "history": "new KeyboardEvent('keydown', {...PLAIN, altKey: true, key: 'ArrowLeft'})",
    "pinch": "new TouchEvent('touchmove', {...PLAIN, touches: [1, 2].map(identifier =>"
    " new Touch({identifier, target: document.body}))})",
}


@pytest.mark.parametrize("event", PREVENTED.values(), ids=PREVENTED)
def test_what_a_browser_would_do_besides(start: Start, event: str) -> None:
    screen = start(STORIES).open().playing()
    assert passes(screen, event) is False


def test_plain_scrolling_and_single_touches_pass(start: Start) -> None:
    screen = start(STORIES).open().playing()
    for event in (
        "new WheelEvent('wheel', PLAIN)",
        "new KeyboardEvent('keydown', {...PLAIN, key: 'F5'})",
    ):
        assert passes(screen, event) is True


@pytest.mark.parametrize(
    "markup", [("https://example.test/", ""), ("playlist.json", ""), ("#here", "_blank")]
)
def test_no_link_leads_out(start: Start, markup: tuple[str, str]) -> None:
    screen = start(STORIES).open().playing()
    tap(screen)
    href, target = markup
    screen.ask(
        """([href, target]) => {
          const link = document.createElement("a");
          Object.assign(link, {href, target, textContent: "out", id: "out"});
          document.querySelector(".reader__title").append(link);
        }""",
        [href, target],
    )
    address = screen.page.url
    screen.page.locator("#out").click()
    screen.page.wait_for_timeout(200)
    assert screen.page.url == address
    assert len(screen.page.context.pages) == 1


def test_the_night_brings_a_fresh_start(start: Start) -> None:
    night = dt.datetime.fromisoformat("2026-11-29T03:29:30+08:00")
    screen = start(STORIES.but(dwell_s=8), night).open().playing().kept()
    screen.ask("() => { window.old = true; }")
    screen.page.clock.run_for(29_000)
    assert screen.ask("() => window.old") is True
    screen.page.clock.run_for(12_000)
    screen.reach("!window.old")
    screen.playing()
    screen.ask("() => { window.old = true; }")
    screen.run(60)
    assert screen.ask("() => window.old") is True, "once a night"


def test_no_fresh_start_where_nothing_would_come(start: Start) -> None:
    """Without a cache and without a network a reload would show the browser's own error page."""
    night = dt.datetime.fromisoformat("2026-11-29T03:29:30+08:00")
    screen = start(STORIES.but(dwell_s=8), night, service_workers="block").open().playing()
    screen.ask("() => { window.old = true; delete document.documentElement.dataset.kept; }")
    screen.host.down = True
    screen.run(60)
    assert screen.ask("() => window.old") is True
    assert screen.root("state") == "attract"


def test_a_hung_loop_starts_afresh(start: Start) -> None:
    screen = start(STORIES.but(dwell_s=8), NOON).open().playing().kept()
    screen.ask(
        "() => { window.old = true; Kiosk.player.pending = new Promise(() => 0); Kiosk.player.ready = null; }"
    )
    screen.page.clock.run_for(70_000)
    screen.ask("() => new Promise(done => later_(done, 1100))")
    screen.page.clock.run_for(1000)
    screen.reach("!window.old")


def test_the_picture_moves_a_little_every_minute(start: Start) -> None:
    screen = start(STORIES, NOON).open().playing()
    screen.ask("() => { window.shifts = []; Kiosk.stage.shift = n => window.shifts.push(n); }")
    screen.run(185)
    assert screen.ask("() => window.shifts") == [1, 2, 3]


def test_a_playlist_of_another_release_is_loaded_again(start: Start) -> None:
    """A server in the middle of a switch: three times the page tries anew, then it plays what there is."""
    screen = start(STORIES)
    mixed = folder(STORIES.but(shade=3))
    screen.host.files["playlist.js"] = mixed["playlist.js"]
    screen.host.files.update({path: data for path, data in mixed.items() if path.startswith("media/")})
    screen.open().playing()
    assert screen.host.asked.count("playlist.js") >= 4
    assert screen.root("state") == "attract"


@pytest.mark.parametrize(("name", "believed"), [("kiosk.test", True), ("127.0.0.1", False)])
def test_another_machines_clock_is_believed(away: Browser, name: str, believed: bool) -> None:
    """A device that wakes in 1970 takes the time from its server, unless that is itself."""
    today = dt.datetime.now(dt.UTC)
    with hosted(folder(STORIES.but(built_at=today.isoformat()))) as host, context_of(away) as context:
        screen = Screen(context.new_page(), host)
        screen.page.clock.install(time=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
        screen.page.goto(host.address.replace("127.0.0.1", name))
        screen.playing()
        report = screen.ask("() => Kiosk.clock.report()")
    assert report["trusted"] is believed, report
    here = dt.datetime.fromisoformat(report["now"] + "+08:00")
    assert abs(here - today) < dt.timedelta(minutes=2), "untrusted too: it is not before the release"


def at(screen: Screen) -> float:
    return float(screen.ask("() => now_()"))


def resets_in_time(screen: Screen) -> None:
    """Nobody touches: a warning after 60 s, back to the loop after 90 ± 1 s."""
    screen.open().playing()
    tap(screen)
    touched = at(screen)
    assert screen.root("state") == "interact"
    screen.run(95)
    warned = entered(screen, "warn", touched)
    assert warned is not None
    back = entered(screen, "attract", warned)
    assert back is not None
    assert warned - touched == pytest.approx(60, abs=1)
    assert back - touched == pytest.approx(90, abs=1)


def test_idle(start: Start) -> None:
    resets_in_time(start(STORIES, NOON))


def test_a_client_that_is_impatient(start: Start) -> None:
    hasty = ("this.idle.timeout_s + this.idle.warn_s) this.touched", "this.idle.timeout_s + 20) this.touched")
    with pytest.raises(AssertionError):
        resets_in_time(start(STORIES.but(mend=(hasty,)), NOON))


def stays_while_touched(screen: Screen, times: int = 12) -> None:
    """Each touch gives the whole time anew, in the reader and under the warning."""
    screen.open().playing()
    tap(screen)
    for turn in range(times):
        screen.run(85 if turn % 2 else 50, 5)
        assert screen.root("state") == ("warn" if turn % 2 else "interact")
        tap(screen)
        assert screen.root("state") == "interact"


def test_touches_extend(start: Start) -> None:
    stays_while_touched(start(STORIES, NOON))


def test_a_client_that_counts_from_the_first_touch(start: Start) -> None:
    first = ("touch() {\n      this.touched = now();", "touch() {\n      this.touched ??= now();")
    with pytest.raises(AssertionError):
        stays_while_touched(start(STORIES.but(mend=(first,)), NOON), 4)
