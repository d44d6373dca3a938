"""A new release comes whole or not at all, whatever a server sends, and goes again if it does not start."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import SWITCHES
from tests.browser.kiosk.conftest import Screen, Start, context_of
from tests.browser.kiosk.folder import Files, Plan, digest, folder, manifest, release_of
from tests.browser.kiosk.host import Host, hosted

A, B = Plan(slides=3, dwell_s=0.5), Plan(slides=3, dwell_s=0.5, shade=1, built_at="2026-11-28T01:00:00+08:00")
Fault: TypeAlias = Callable[[Host], None]

SERVED = """async () => {
  const known = await (await fetch("manifest.json")).json();
  const hex = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, "0")).join("");
  const files = {};
  for (const path of Object.keys(known.files)) {
    const response = await fetch(path);
    files[path] = response.ok ? hex(await crypto.subtle.digest("SHA-256", await response.arrayBuffer())) : "missing";
  }
  return {release: known.release, page: document.documentElement.dataset.release, list: KIOSK_PLAYLIST.release, files};
}"""
"""What the service worker gives for each path of the release that it serves."""


def whole(screen: Screen, files: Files) -> None:
    """The page, its playlist and every file are of this one release."""
    release = release_of(files)
    found = screen.ask(SERVED)
    assert (found["release"], found["page"], found["list"]) == (release, release, release)
    assert found["files"] == {path: digest(data) for path, data in files.items() if path != "manifest.json"}


LOOK = "() => { Kiosk.update.poll().then(Kiosk.update.poll); }"
"""Twice: the first may be the one that has begun with the page."""


def looked(screen: Screen) -> bool:
    """Whether the screen has found something new to show, and stays for the moment."""
    found: bool = screen.ask("() => Kiosk.update.poll().then(Kiosk.update.poll)")
    return found


def photo_of(files: Files, number: int = 2) -> str:
    return next(path for path in files if path.startswith(f"media/{number}-"))


def corrupt(host: Host) -> None:
    """One bit, in a file of the right size."""
    path = photo_of(host.files)
    data = host.files[path]
    host.files[path] = data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


def truncated(host: Host) -> None:
    host.truncated.add(photo_of(host.files))


def shortened(host: Host) -> None:
    """Half a file as if it were the whole."""
    path = photo_of(host.files)
    host.files[path] = host.files[path][: len(host.files[path]) // 2]


def missing(host: Host) -> None:
    del host.files[photo_of(host.files)]


def older(host: Host) -> None:
    host.files = folder(B.but(built_at="2026-11-27T23:59:59+08:00"))


def another_playlist(host: Host) -> None:
    """Whole by its hashes, but the playlist is of another release."""
    files = {path: data for path, data in host.files.items() if path != "manifest.json"}
    files["playlist.json"] = folder(A)["playlist.json"]
    host.files = {**files, "manifest.json": manifest(files, "b" * 16, B.built_at)}


def leading_out(host: Host) -> None:
    value = json.loads(host.files["manifest.json"])
    value["files"]["../other/index.html"] = {"sha256": digest(b""), "size": 0}
    host.files["manifest.json"] = json.dumps(value).encode()


def no_json(host: Host) -> None:
    host.files["manifest.json"] = b'{"schema": 1, "release'


UNVERIFIED = (("return bytes.byteLength === size && hex(await", "return true || hex(await"),)
UNREFUSED = (("return bad || [", "return false && ["),)
UNREAD = (("playlist.release !== release) throw", "false) throw"),)
UNWHOLE = (
    ("if (!response.ok) throw new Error(`${path}: ${response.status}`);", ""),
    *UNVERIFIED,
)
FAULTS: list[tuple[Fault, tuple[tuple[str, str], ...]]] = [
    (corrupt, UNVERIFIED),
    (shortened, UNVERIFIED),
    (missing, UNWHOLE),
    (older, UNREFUSED),
    (another_playlist, UNREAD),
]


def stays_on_a(screen: Screen, fault: Fault) -> None:
    """After a poll that found a faulty B, and after a start without network."""
    first = screen.host.files
    screen.open().playing().kept()
    screen.host.files = folder(B)
    fault(screen.host)
    assert looked(screen) is False
    screen.host.down = True
    screen.page.reload()
    screen.playing()
    whole(screen, first)
    assert screen.root("kept") == release_of(first)


@pytest.mark.parametrize(
    "fault",
    [*(fault for fault, _ in FAULTS), truncated, leading_out, no_json],
    ids=lambda fault: fault.__name__,
)
def test_a_faulty_release_changes_nothing(start: Start, fault: Fault) -> None:
    screen = start(A.but(dwell_s=30))
    stays_on_a(screen, fault)
    screen.host.down, screen.host.truncated, screen.host.files = False, set(), folder(B)
    screen.ask(LOOK)
    screen.reach("Kiosk.wished() || document.documentElement.dataset.release !== KIOSK_PLAYLIST.release")
    screen.ask("() => { Kiosk.player.due = 0; }")
    screen.reach(f"document.documentElement.dataset.release === '{release_of(folder(B))}'")
    screen.playing().kept()
    whole(screen, folder(B))


@pytest.mark.parametrize(("fault", "mend"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_a_client_without_verification(start: Start, fault: Fault, mend: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(AssertionError):
        stays_on_a(start(A.but(mend=mend, dwell_s=30)), fault)


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


BROKEN = {
    "throws": "throw new Error();",
    "hangs": "for (;;) {}",
    "shows nothing": "Kiosk.stage.prepare = () => Promise.reject();",
}


def stuck(plan: Plan, how: str) -> Plan:
    """Fails at load, before anything else of it runs."""
    return (
        plan.but(mend=(("window.Kiosk ??= {};", how),))
        if how != BROKEN["shows nothing"]
        else plan.but(extra=how)
    )


@pytest.mark.parametrize("how", [BROKEN["throws"], BROKEN["shows nothing"]], ids=["throws", "shows nothing"])
def test_a_release_that_does_not_start_is_given_up(start: Start, how: str) -> None:
    """Three starts, then the release before; the bad one is not taken again until it is built anew."""
    screen = start(A).open().playing().kept()
    good, bad = screen.host.files, folder(stuck(B, how))
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
    screen.host.files = folder(B.but(built_at="2026-11-28T02:00:00+08:00"))
    screen.ask(LOOK)
    screen.reach(f"document.documentElement.dataset.release === '{release_of(screen.host.files)}'")


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
    "storage is refused": "const none = () => Promise.reject(new DOMException('', 'SecurityError')); caches.open = none;"
    "caches.match = none; caches.keys = none; caches.has = none;",
    "the disk is full": "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));",
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


@pytest.fixture
def named(browser: Browser, start: Start) -> Browser:
    """A browser for which `kiosk.test` is this machine: plain http, another machine's clock."""
    return browser.browser_type.launch(
        executable_path="/usr/bin/chromium",
        args=[*SWITCHES, "--host-resolver-rules=MAP kiosk.test 127.0.0.1"],
    )


def test_plain_http_from_another_machine(named: Browser) -> None:
    """No worker, no cache: a new release is shown once it answers; the server's `Date` is heard."""
    with hosted(folder(A)) as host, context_of(named) as context:
        screen = Screen(context.new_page(), host)
        screen.page.goto(host.address.replace("127.0.0.1", "kiosk.test"))
        screen.playing()
        assert screen.root("kept") == ""
        host.files = {path: data for path, data in folder(B).items() if path != "index.html"}
        assert looked(screen) is False
        host.files = folder(B)
        screen.ask(LOOK)
        screen.reach(f"document.documentElement.dataset.release === '{release_of(host.files)}'")
    named.close()
