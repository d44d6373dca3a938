"""A screen follows a real server, through all that servers and lines do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from site_builder.content.problems import LANGS
from site_builder.device import following
from site_builder.device.following import Follower, Tell
from site_builder.device.installation import current, install
from site_builder.phrases import say
from tests.unit.device.folders import bundle, folder, notice
from tests.unit.device.test_installation import name_of, releases, shown

A, B, C = (folder(text, f"2026-06-0{day}T00:00:00+08:00") for day, text in enumerate("abc", 1))


class Host(ThreadingHTTPServer):
    """A web server with a kiosk's folder, and with troubles of its own."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = dict(files)
        self.asked: list[str] = []
        self.cut: set[str] = set()
        """Paths whose answers end half-way."""
        self.moved: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/kiosk/x"


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        path = self.path.removeprefix("/kiosk/x/")
        self.server.asked.append(path)
        if path in self.server.moved:
            self.send_response(302)
            self.send_header("Location", self.server.moved[path])
            self.end_headers()
            return
        data = self.server.files.get(path)
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        data = data or b""
        self.wfile.write(data[: len(data) // 2] if path in self.server.cut else data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def hosted(files: Mapping[str, bytes]) -> Iterator[Host]:
    host = Host(files)
    thread = threading.Thread(target=host.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()


@pytest.fixture
def host() -> Iterator[Host]:
    with hosted(A) as host:
        yield host


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    return tmp_path / "screen"


@pytest.fixture
def told() -> list[str]:
    return []


def telling(told: list[str]) -> Tell:
    """Remembers what is said, by its key."""

    def tell(key: str, **values: object) -> None:
        for lang in LANGS:
            assert say(lang, key, **values)
        told.append(key)

    return tell


@pytest.fixture
def follower(host: Host, screen: Path, told: list[str]) -> Follower:
    return Follower(screen, host.address, telling(told))


def test_a_screen_takes_what_is_new_and_only_that(
    host: Host, screen: Path, follower: Follower, told: list[str]
) -> None:
    follower.look_for_release()
    assert shown(screen) == A
    host.files, host.asked = B, []
    follower.look_for_release()
    assert shown(screen) == B
    assert sorted(host.asked) == ["manifest.json", "media/own-b.jpg", "notice.json", "playlist.json"]
    host.asked = []
    follower.look_for_release()
    assert host.asked == ["manifest.json"]
    assert (releases(screen), told) == (sorted([name_of(A), name_of(B)]), ["followed", "followed"])


def test_notices_come_by_themselves(host: Host, screen: Path, follower: Follower) -> None:
    follower.look_for_release()
    for offered, seen in ((5, 5), (4, 5), (6, 6)):
        host.files["notice.json"] = notice(offered, f"residents/{offered}")
        follower.look_for_notices()
        assert shown(screen)["notice.json"] == notice(seen, f"residents/{seen}")


def test_an_older_release_on_the_site_changes_nothing(
    host: Host, screen: Path, follower: Follower, told: list[str]
) -> None:
    install(bundle(screen.with_suffix(".zip"), B), screen)
    follower.look_for_release()
    assert (shown(screen), told) == (B, ["unfit.older"])


@pytest.mark.parametrize(
    ("path", "data", "key"),
    [
        ("manifest.json", None, "follow_failed"),
        ("manifest.json", b"<!doctype html>", "unfit.bad_json"),
        ("manifest.json", B["manifest.json"].replace(b'"schema":1', b'"schema":2'), "unfit.other_schema"),
        ("manifest.json", b" " * (5 << 20), "unfit.too_large"),
        ("media/own-b.jpg", None, "follow_failed"),
        ("media/own-b.jpg", B["media/own-b.jpg"][:-1] + b"X", "unfit.other_hash"),
        ("media/own-b.jpg", B["media/own-b.jpg"][:-1], "unfit.other_size"),
        ("media/own-b.jpg", B["media/own-b.jpg"] * 1000, "unfit.too_large"),
        ("playlist.json", A["playlist.json"], "unfit.other_hash"),  # the site is still being uploaded
    ],
)
def test_trouble_changes_nothing_and_is_told_once(
    host: Host, screen: Path, follower: Follower, told: list[str], path: str, data: bytes | None, key: str
) -> None:
    install(bundle(screen.with_suffix(".zip"), A), screen)
    host.files = {name: each for name, each in (B | {path: data}).items() if each is not None}
    for _ in range(3):
        follower.look_for_release()
        assert (shown(screen), told) == (A, [key])
    host.files = B
    follower.look_for_release()
    assert (shown(screen), told) == (B, [key, "followed", "follow_again"])


def test_a_line_that_breaks_half_way_goes_on_where_it_broke(
    host: Host, screen: Path, follower: Follower, told: list[str]
) -> None:
    host.cut = {"playlist.json"}
    follower.look_for_release()
    assert current(screen) is None
    host.cut, host.asked = set(), []
    follower.look_for_release()
    assert shown(screen) == A
    assert sorted(host.asked) == ["manifest.json", "notice.json", "playlist.json"]
    assert told == ["follow_failed", "followed", "follow_again"]


def test_nobody_there_is_told_once(host: Host, screen: Path, told: list[str]) -> None:
    install(bundle(screen.with_suffix(".zip"), A), screen)
    with hosted(A) as gone:
        address = gone.address
    follower = Follower(screen, address, telling(told))
    for _ in range(3):
        follower.look_for_release()
    assert (shown(screen), told) == (A, ["follow_failed"])


def test_a_redirect_stays_on_its_host(host: Host, screen: Path, follower: Follower, told: list[str]) -> None:
    install(bundle(screen.with_suffix(".zip"), A), screen)
    host.files = {**B, "elsewhere/manifest.json": B["manifest.json"]}
    for place in (
        f"http://localhost:{host.server_port}/kiosk/x/elsewhere/manifest.json",
        "file:///etc/passwd",
    ):
        host.moved = {"manifest.json": place}
        follower.look_for_release()
        assert shown(screen) == A
    assert "elsewhere/manifest.json" not in host.asked
    host.moved = {"manifest.json": "/kiosk/x/elsewhere/manifest.json"}
    follower.look_for_release()
    assert shown(screen) == B


def test_a_server_that_falls_silent_is_given_up(
    screen: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(following, "SILENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.monotonic()
        Follower(screen, address, telling(told)).look_for_release()
        assert (time.monotonic() - began < 5, told) == (True, ["follow_failed"])


def test_a_follower_looks_again_until_it_is_stopped(
    host: Host, screen: Path, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "RELEASES_EVERY", 0.2)
    monkeypatch.setattr(following, "NOTICES_EVERY", 0.1)
    stop = threading.Event()
    thread = threading.Thread(target=follower.follow, args=(stop,))
    thread.start()
    try:
        for files in (A, B, C):
            host.files = dict(files)
            end = time.monotonic() + 20
            while (current(screen) is None or shown(screen) != files) and time.monotonic() < end:
                time.sleep(0.05)
            assert shown(screen) == files
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
