"""A new release comes whole or not at all, whatever a server sends, and goes again if it does not start."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.browser.kiosk.conftest import Screen, Start
from tests.browser.kiosk.folder import Files, Plan, digest, folder, manifest, release_of
from tests.browser.kiosk.host import Host

A, B = Plan(slides=3, dwell_s=0.5), Plan(slides=3, dwell_s=0.5, shade=1, built_at="2026-11-28T01:00:00+08:00")
Fault: TypeAlias = Callable[[Host], None]

SERVED = """async () => {
  const known = await (await fetch("manifest.json")).json();
  const files = {};
  for (const path of Object.keys(known.files)) {
    const response = await fetch(path);
    const hash = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    files[path] = response.ok ? new Uint8Array(hash).toHex() : "missing";
  }
  const page = document.documentElement.dataset.release;
  return {release: known.release, page, list: KIOSK_PLAYLIST.release, files};
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
