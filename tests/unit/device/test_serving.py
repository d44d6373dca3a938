"""The running release is served to this machine's browser, and nothing else to anybody."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.device.installation import install
from site_builder.device.serving import Server, served
from tests.unit.device.folders import bundle, folder

A, B, C = (folder(text, f"2026-06-0{day}T00:00:00+08:00") for day, text in enumerate("abc", 1))


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    data: bytes


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        found = connection.getresponse()
        return Answer(found.status, dict(found.headers), found.read())
    finally:
        connection.close()


def put(files: dict[str, bytes], screen: Path) -> None:
    install(bundle(screen.with_suffix(".zip"), files), screen)


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    put(A, tmp_path / "screen")
    return tmp_path / "screen"


@pytest.fixture
def server(screen: Path) -> Iterator[Server]:
    with served(screen, 0, "<p>Getting ready</p>") as server:
        yield server


@pytest.mark.parametrize(
    ("path", "file", "kind", "kept"),
    [
        ("/", "index.html", "text/html; charset=utf-8", "no-store"),
        ("/index.html", "index.html", "text/html; charset=utf-8", "no-store"),
        ("/page-1.js", "page-1.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/playlist.json?x=1", "playlist.json", "application/json; charset=utf-8", "no-cache"),
        ("/manifest.json", "manifest.json", "application/json; charset=utf-8", "no-store"),
        ("/notice.json", "notice.json", "application/json; charset=utf-8", "no-store"),
        ("/media/own-a.jpg", "media/own-a.jpg", "image/jpeg", "no-cache"),
    ],
)
def test_the_running_release_is_served(server: Server, path: str, file: str, kind: str, kept: str) -> None:
    status, headers, data = ask(server, path)
    assert (status, data) == (200, A[file])
    assert (headers["Content-Type"], headers["Cache-Control"]) == (kind, kept)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    status, headers, data = ask(server, path, "HEAD")
    assert (status, data, headers["Content-Length"]) == (200, b"", str(len(A[file])))


@pytest.mark.parametrize(
    "path",
    [
        *("/../screen.zip", "/%2e%2e/screen.zip", "/media/../../../../screen.zip", "//etc/passwd"),
        *("/media\\..\\..\\x", "/.lock", "/media", "/media/", "/current/index.html", "/index.html%00.jpg"),
        *("/nowhere.js", "/media/nowhere.jpg", "/releases"),
    ],
)
def test_nothing_else_is_served(server: Server, path: str) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_done_but_reading(server: Server, method: str) -> None:
    assert ask(server, "/index.html", method).status == 501


def test_only_this_machines_names_lead_here(server: Server) -> None:
    """A page of another site whose name leads to 127.0.0.1 must not read along."""
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "/", Host=f"localhost:{server.server_port}").status == 200
    for name in (
        f"evil.example:{server.server_port}",
        "127.0.0.1",
        f"127.0.0.1:{server.server_port}.evil",
        "",
    ):
        status, _, data = ask(server, "/", Host=name)
        assert (status, data) == (403, b"")


def test_a_new_release_is_served_from_its_first_moment(server: Server, screen: Path) -> None:
    """A page that was opened before goes on with its own photos; what has one name in all releases is new."""
    put(B, screen)
    assert ask(server, "/playlist.json").data == B["playlist.json"]
    assert ask(server, "/media/own-a.jpg").data == A["media/own-a.jpg"]
    assert ask(server, "/media/own-b.jpg").data == B["media/own-b.jpg"]
    put(C, screen)
    assert ask(server, "/media/own-a.jpg").status == 404


def test_asking_for_notices_is_the_heartbeat(server: Server) -> None:
    for path, beats in (("/notice.json?t=1", True), ("/", False), ("/manifest.json", False)):
        server.heard = before = time.monotonic() - 100
        ask(server, path)
        assert (server.heard > before) == beats


def test_while_nothing_is_installed_a_page_says_so(tmp_path: Path) -> None:
    with served(tmp_path / "screen", 0, "<p>内容正在准备</p>") as server:
        status, headers, data = ask(server, "/")
        assert (status, headers["Refresh"], data.decode()) == (503, "5", "<p>内容正在准备</p>")
        put(A, tmp_path / "screen")
        assert ask(server, "/").data == A["index.html"]


def test_whoever_says_nothing_holds_up_nobody(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(20)]
    assert ask(server, "/").status == 200
    for line in silent:
        line.close()
