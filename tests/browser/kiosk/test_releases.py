"""One release follows another; what is kept, what is given up, what happens where nothing can be kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kiosk.conftest import Screen, Start, context_of
from tests.browser.kiosk.folder import Files, Plan, folder, release_of
from tests.browser.kiosk.host import hosted
from tests.browser.kiosk.test_updates import LOOK, A, B, looked, whole


def next_release(screen: Screen, plan: Plan) -> Files:
    """Publishes it, has the screen look for it, waits until it is on view."""
    screen.host.files = folder(plan)
    screen.ask(LOOK)
    screen.reach(f"document.documentElement.dataset.release === '{release_of(screen.host.files)}'")
    screen.playing()
    return screen.host.files


def kept_releases(screen: Screen) -> set[str]:
    names: list[str] = screen.ask("() => caches.keys()")
    return {name.rpartition(" ")[2] for name in names} - {"state"}


def test_the_previous_release_is_kept_and_no_other(start: Start) -> None:
    screen = start(A).open().playing().kept()
    second = next_release(screen, B)
    third = next_release(screen, B.but(shade=2))
    screen.kept()
    assert kept_releases(screen) == {release_of(second), release_of(third)}
    screen.host.down = True
    screen.page.reload()
    screen.playing()
    whole(screen, third)


def test_equal_files_are_copied(start: Start) -> None:
    """Another text, the same photos: only what changed is fetched."""
    screen = start(A).open().playing().kept()
    screen.host.asked.clear()
    next_release(screen, B.but(shade=0, mode="zh"))
    assert not [path for path in screen.host.asked if path.startswith("media/")]
    assert "playlist.json" in screen.host.asked


def test_the_same_release_built_again_is_no_update(start: Start) -> None:
    screen = start(A).open().playing().kept()
    screen.host.files = folder(A.but(built_at="2026-11-30T00:00:00+08:00"))
    assert looked(screen) is False
    assert screen.ask("async () => (await (await fetch('manifest.json')).json()).built_at").startswith(
        "2026-11-30"
    )
    screen.host.files = folder(B)
    assert looked(screen) is False


THROWS = B.but(mend=(("window.Kiosk ??= {};", "throw new Error();"),))
SHOWS_NOTHING = B.but(extra="Kiosk.stage.prepare = () => Promise.reject();")


@pytest.mark.parametrize("plan", [THROWS, SHOWS_NOTHING], ids=["throws", "shows nothing"])
def test_a_release_that_does_not_start_is_given_up(start: Start, plan: Plan) -> None:
    """Three starts, then the release before; the bad one is not taken again until it is built anew."""
    screen = start(A).open().playing().kept()
    good, bad = screen.host.files, folder(plan)
    screen.host.files = bad
    screen.ask(LOOK)
    screen.reach(f"document.documentElement.dataset.release === '{release_of(bad)}'")
    for _ in range(2):
        screen.page.reload()
        assert screen.root("release") == release_of(bad)
    screen.page.reload()
    screen.playing()
    whole(screen, good)
    assert looked(screen) is False
    next_release(screen, B.but(built_at="2026-11-28T02:00:00+08:00"))


def test_nobody_is_interrupted(start: Start) -> None:
    """An update waits until the reader has gone, then comes at a slide's boundary."""
    screen = start(A.but(each={"story/0": {"story": "residents/x"}}, dwell_s=2)).open().playing().kept()
    screen.page.touchscreen.tap(270, 500)
    assert screen.root("state") == "interact"
    screen.host.files = folder(B)
    assert looked(screen) is True
    screen.page.wait_for_timeout(2500)
    assert screen.root("release") == release_of(
        folder(A.but(each={"story/0": {"story": "residents/x"}}, dwell_s=2))
    )
    screen.ask("() => Kiosk.leave()")
    screen.reach(f"document.documentElement.dataset.release === '{release_of(screen.host.files)}'")


REFUSING = {
    "storage is refused": """const none = () => Promise.reject(new DOMException("", "SecurityError"));
      for (const name of ["open", "match", "keys", "has"]) caches[name] = none;""",
    "the disk is full": """Cache.prototype.put = async () => {
      throw new DOMException("", "QuotaExceededError");
    };""",
}


@pytest.mark.parametrize("refusal", REFUSING.values(), ids=REFUSING)
def test_storage_may_refuse(start: Start, refusal: str) -> None:
    """It plays, and counts; nothing is on the screen but slides."""
    screen = start(A)
    screen.page.add_init_script(f"{{ {refusal} }}")
    screen.open().playing()
    screen.reach("(Kiosk.tally.errors.storage ?? 0) + (Kiosk.tally.errors.quota ?? 0) > 0")
    screen.reach("Kiosk.tally.plays['story/2'] > 0")
    assert screen.root("state") == "attract"
    assert screen.root("kept") == ""
    next_release(screen, B)


def test_a_full_disk_gives_up_the_release_before(start: Start) -> None:
    """The third release finds no room until the first is gone."""
    screen = start(A).open().playing().kept()
    next_release(screen, B)
    screen.kept()
    first = release_of(folder(A))
    full = f"""const put = Cache.prototype.put; Cache.prototype.put = async function (...all) {{
      if (await caches.has("kiosk /kiosk/test/ {first}") && !String(all[0]).includes("~state"))
        throw new DOMException("", "QuotaExceededError");
      return put.apply(this, all);
    }};"""
    screen.ask(f"() => {{ {full} }}")
    third = next_release(screen, B.but(shade=2))
    assert kept_releases(screen.kept()) == {release_of(folder(B)), release_of(third)}


def test_plain_http_from_another_machine(away: Browser) -> None:
    """No worker, no cache: a new release is shown once it answers."""
    with hosted(folder(A)) as host, context_of(away) as context:
        screen = Screen(context.new_page(), host)
        screen.page.goto(host.address.replace("127.0.0.1", "kiosk.test"))
        screen.playing()
        assert screen.root("kept") == ""
        host.files = {path: data for path, data in folder(B).items() if path != "index.html"}
        assert looked(screen) is False
        next_release(screen, B)
