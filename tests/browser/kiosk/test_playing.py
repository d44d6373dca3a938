"""One slide after another: never blank, never more memory, never stopped by a picture."""

from __future__ import annotations

import io
import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, CDPSession, TimeoutError

from tests.browser.kiosk.conftest import NOON, Screen, Start, context_of
from tests.browser.kiosk.folder import Files, Plan, folder, manifest, playlist

FAST = Plan(slides=6, dwell_s=0.001)
"""As fast as pictures decode, since motion is reduced."""

SAMPLES = """
  window.blank = 0; window.samples = 0; window.seen = 0;
  const look = () => {
    if (!document.documentElement.dataset.slide) return;
    const picture = document.elementFromPoint(innerWidth / 2, innerHeight / 5);
    const shown = picture?.tagName === "IMG" && picture.complete && picture.naturalWidth > 0
      && picture.checkVisibility({opacityProperty: true, visibilityProperty: true});
    window.samples += 1;
    window.blank += shown && document.documentElement.dataset.state === "attract" ? 0 : 1;
  };
  const frame = () => { look(); requestAnimationFrame(frame); };
  addEventListener("DOMContentLoaded", () => {
    frame();
    new MutationObserver(() => { window.seen += 1; look(); }).observe(document.documentElement,
      {attributes: true, attributeFilter: ["data-lang"]});
  });
"""
"""Looks at each frame, and right after each swap, whether there is a decoded picture where one belongs."""


def lasts_without_network(screen: Screen, slides: int = 500) -> None:
    """No sample of so many slides after the first start is blank, with the server gone."""
    screen.page.add_init_script(SAMPLES)
    screen.open().playing().kept()
    screen.host.down = True
    screen.page.reload()
    screen.reach(f"window.seen >= {slides}", 30)
    assert screen.root("release") == screen.root("kept")
    assert screen.ask("() => window.samples") > slides
    assert screen.ask("() => window.blank") == 0


def test_500_slides_without_network(start: Start) -> None:
    lasts_without_network(start(FAST, reduced_motion="reduce"))


BLINKING = """
  const kept = Kiosk.stage.prepare;
  Kiosk.stage.prepare = (...all) => {
    document.querySelector(".stage").style.setProperty("opacity", "0");
    return kept(...all).then(() => document.querySelector(".stage").style.removeProperty("opacity"));
  };
"""


def test_a_client_that_clears_the_slide_on_view_too_early(start: Start) -> None:
    with pytest.raises(AssertionError):
        lasts_without_network(start(FAST.but(extra=BLINKING), reduced_motion="reduce"))


def counted(screen: Screen, cdp: CDPSession) -> dict[str, int]:
    """With the loop at rest, since a swap replaces texts; one collection may still find some in use."""
    screen.ask("async () => { Kiosk.player.pause(); await Kiosk.player.pending; }")
    for _ in range(8):
        cdp.send("HeapProfiler.collectGarbage")
        screen.ask("() => new Promise(done => later_(done, 10))")
    found: dict[str, int] = cdp.send("Memory.getDOMCounters")
    counts = {**found, "heap": cdp.send("Runtime.getHeapUsage")["usedSize"]}
    screen.ask("() => Kiosk.player.resume()")
    return counts


def plays(screen: Screen) -> int:
    return int(screen.ask("() => Object.values(Kiosk.tally.plays).reduce((sum, n) => sum + n, 0)"))


def leaks_nothing(screen: Screen, swaps: int = 2000) -> None:
    """Nodes and listeners as before, the heap at most 1 MiB more, after so many swaps."""
    screen.open().playing().kept()
    cdp = screen.page.context.new_cdp_session(screen.page)
    screen.reach("Object.values(Kiosk.tally.plays).reduce((sum, n) => sum + n, 0) > 100")
    before, first = counted(screen, cdp), plays(screen)
    screen.reach(f"Object.values(Kiosk.tally.plays).reduce((sum, n) => sum + n, 0) > {first + swaps}", 60)
    after = counted(screen, cdp)
    grown = {name: after[name] - before[name] for name in ("nodes", "jsEventListeners", "heap")}
    assert grown["nodes"] <= 0
    assert grown["jsEventListeners"] <= 0
    assert grown["heap"] <= 2**20


def test_2000_swaps_leave_nothing_behind(start: Start) -> None:
    """Whatever slides are on view when it is counted."""
    bare = {"story/0/2": {"kind": "words"}, "story/3/2": {"kind": "quiz"}}
    leaks_nothing(start(FAST.but(each=bare), reduced_motion="reduce"))


LEAKS = [
    "document.body.append(document.createElement('i'));",
    "addEventListener('resize', () => 0);",
    "(window.kept_ ??= []).push(new Array(1000).fill(Math.random()));",
]


@pytest.mark.parametrize("leak", LEAKS, ids=["nodes", "listeners", "heap"])
def test_a_leaky_client(start: Start, leak: str) -> None:
    leaky = f"const show = Kiosk.stage.show; Kiosk.stage.show = () => {{ show(); {leak} }};"
    with pytest.raises(AssertionError):
        leaks_nothing(start(FAST.but(extra=leaky), reduced_motion="reduce"), 600)


def broken(files: Files, *numbers: int) -> Files:
    """Photos that are none."""
    return {
        path: b"no JPEG" if path.startswith(tuple(f"media/{n}-" for n in numbers)) else data
        for path, data in files.items()
    }


def swaps(screen: Screen) -> list[Any]:
    return [entry for entry in screen.history() if entry["slide"] and entry["state"] == "attract"]


def goes_on_past_a_broken_picture(screen: Screen) -> None:
    """The next slide within 3 s of the time of the broken one; it is counted, never shown."""
    screen.host.files = broken(screen.host.files, 1)
    screen.open().playing()
    screen.run(26)
    shown = swaps(screen)
    assert {entry["slide"] for entry in shown} == {"story/0", "story/2", "story/3"}
    gaps = [after["at"] - before["at"] for before, after in pairwise(shown)]
    assert max(gaps) <= 8 + 3
    assert screen.root("skipped") == "1"


def test_one_broken_picture(start: Start) -> None:
    goes_on_past_a_broken_picture(start(Plan(mode="zh"), NOON))


def test_a_client_that_waits_for_a_broken_picture(start: Start) -> None:
    waits = ("this.fail(face);\n        return false;", "return new Promise(() => 0);")
    with pytest.raises(AssertionError):
        goes_on_past_a_broken_picture(start(Plan(mode="zh", mend=(waits,)), NOON))


def test_a_picture_that_never_comes(start: Start) -> None:
    """Neither an error nor a picture: two seconds, then the next."""
    hangs = """const load = Kiosk.stage.prepare; Kiosk.stage.prepare = (slide, ...rest) =>
      slide.photo?.src.startsWith("media/1-") ? new Promise(() => 0) : load(slide, ...rest);"""
    screen = start(Plan(mode="zh", extra=hangs), NOON).open().playing()
    screen.run(26)
    shown = swaps(screen)
    assert max(b["at"] - a["at"] for a, b in pairwise(shown)) <= 8 + 3
    assert "story/1" not in {entry["slide"] for entry in shown}
    assert screen.root("skipped") == "1"


def spares_pictures(screen: Screen) -> None:
    """All timers of two minutes are due at once, while each picture takes its tenth of a second."""
    screen.open().playing()
    screen.host.delay_s = 0.1
    for _ in range(4):
        screen.page.clock.run_for(30_000)
        screen.breathe()
    assert screen.root("state") == "attract"
    assert screen.root("skipped") == "0"


def test_a_page_whose_timers_are_wound_on(start: Start) -> None:
    spares_pictures(start(Plan(mode="zh"), NOON))


def test_a_client_that_trusts_its_timers(start: Start) -> None:
    hasty = Plan(mode="zh", mend=(("WORK_MS = 1000", "WORK_MS = 0"),))
    with pytest.raises(AssertionError):
        spares_pictures(start(hasty, NOON))


def all_broken(**changes: Any) -> Plan:
    """Texts stand beside the photos, and the slide of last resort has none."""
    return Plan(each={"story/0/2": {"kind": "words"}, "story/1/2": {"kind": "words"}}, **changes)


def is_safe_in_time(screen: Screen) -> None:
    screen.host.files = broken(screen.host.files, 0, 1, 2, 3)
    screen.open()
    screen.reach("window.Kiosk?.player")
    for _ in range(20):
        screen.run(0.5)
    came = [entry["at"] for entry in screen.history() if entry["state"] == "safe"]
    assert came
    assert came[0] <= 5


@pytest.mark.parametrize(
    "extra", ["", "Kiosk.stage.prepare = () => new Promise(() => 0);"], ids=["broken", "hanging"]
)
def test_all_broken(start: Start, extra: str) -> None:
    is_safe_in_time(start(all_broken(extra=extra), NOON))


def test_a_client_whose_texts_hide_that_all_is_broken(start: Start) -> None:
    with pytest.raises(AssertionError):
        is_safe_in_time(start(all_broken(mend=(("this.blind = true", "this.blind = false"),)), NOON))


def test_texts_go_on_where_all_breaks_later(start: Start) -> None:
    """A picture still for hours would be worse."""
    screen = start(all_broken(mode="zh"), NOON).open().playing()
    screen.host.files = broken(screen.host.files, 0, 1, 2, 3)
    screen.ask("() => caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))")
    screen.run(60)
    assert int(screen.root("skipped")) > 1
    assert screen.root("state") == "attract"
    assert {"story/0/2", "story/1/2"} <= {entry["slide"] for entry in swaps(screen)}


def test_a_client_that_tries_for_ever(start: Start) -> None:
    patient = all_broken(
        extra="Kiosk.stage.prepare = () => new Promise(() => 0);", mend=(("SAFE_S = 3.5", "SAFE_S = 60"),)
    )
    with pytest.raises(AssertionError):
        is_safe_in_time(start(patient, NOON))


def test_it_comes_back_from_the_safe_card(start: Start) -> None:
    screen = start(all_broken(), NOON)
    whole = screen.host.files
    is_safe_in_time(screen)
    screen.host.files = whole
    screen.run(20)
    assert screen.root("state") == "attract"
    assert screen.root("slide") == "story/0"


def plays_as_a_file(browser: Browser, files: Files, place: Path) -> None:
    """Each slide of the default loop, no request but for files, whatever the day's plan."""
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    asked: list[str] = []
    with context_of(browser) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.clock.install(time=NOON)
        page.goto((place / "index.html").as_uri())
        screen = Screen(page, host=None)  # type: ignore[arg-type]
        try:
            screen.playing()
        except TimeoutError as problem:
            raise AssertionError("nothing plays") from problem
        screen.run(70)
        shown = {entry["slide"] for entry in swaps(screen)}
    assert shown == {f"story/{number}" for number in range(4)}
    assert all(url.startswith(("file:", "data:")) for url in asked)


ALL_DAY = {"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00"}
PLANNED = Plan(
    changes={"dayparts": [{**ALL_DAY, "play": ["story/0"]}], "quiet": {"from": "11:00", "to": "13:00"}}
)


def test_a_bare_file(browser: Browser, tmp_path: Path) -> None:
    plays_as_a_file(browser, folder(PLANNED), tmp_path)


def test_a_bare_file_with_an_event(browser: Browser, tmp_path: Path) -> None:
    ahead = {"from": "2026-12-01T18:00:00+08:00", "until": "2026-12-01T19:00:00+08:00"}
    event = {"kind": "event", "dates": [{**ahead, "zh": "12月1日", "en": "1 December", "mark": None}]}
    plays_as_a_file(browser, folder(PLANNED.but(each={"story/1": event})), tmp_path)


def test_a_bare_file_without_the_scripts_twin(browser: Browser, tmp_path: Path) -> None:
    files = {path: data for path, data in folder(PLANNED).items() if path != "playlist.js"}
    with pytest.raises(AssertionError):
        plays_as_a_file(browser, files, tmp_path)


def large(files: Files) -> Files:
    """With photos of a panel's size that are hard to decode."""
    noise = random.Random(1)
    made = io.BytesIO()
    Image.frombytes("RGB", (270, 190), noise.randbytes(270 * 190 * 3)).resize((1080, 760)).save(
        made, "JPEG", quality=85
    )
    grown = {path: made.getvalue() if path.startswith("media/") else data for path, data in files.items()}
    told = json.loads(grown.pop("manifest.json"))
    return {**grown, "manifest.json": manifest(grown, told["release"], told["built_at"])}


def starts_in_time(screen: Screen, seconds: float = 3) -> None:
    """The first slide from the cache, on a processor four times slower, with the server gone."""
    screen.host.files = large(screen.host.files)
    screen.open().playing().kept()
    screen.host.down = True
    cdp = screen.page.context.new_cdp_session(screen.page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    screen.page.reload()
    screen.playing()
    first = swaps(screen)[0]["loaded"]
    assert first <= seconds


def test_the_first_slide_on_a_slow_board(start: Start) -> None:
    starts_in_time(start(Plan(slides=20)))


def test_a_client_that_waits_for_the_network_first(start: Start) -> None:
    late = ("await within(recall(), RECALL_MS);", "await Kiosk.later(3100); await recall();")
    with pytest.raises(AssertionError):
        starts_in_time(start(Plan(slides=20, mend=(late,))))


def test_the_languages_take_turns(start: Start) -> None:
    screen = start(Plan(slides=2), NOON).open().playing()
    screen.run(40)
    turns = [(entry["slide"], entry["lang"]) for entry in swaps(screen)]
    assert turns[:5] == [
        ("story/0", "zh"),
        ("story/0", "en"),
        ("story/1", "zh"),
        ("story/1", "en"),
        ("story/0", "zh"),
    ]


def test_a_playlist_names_its_slides() -> None:
    """The folders made here are what they claim."""
    planned = playlist(Plan())
    assert set(planned["default"]) < planned["slides"].keys()
