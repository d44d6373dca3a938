"""The running release on the loopback address, for the browser of this machine alone."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from site_builder.device.installation import RELEASES, current
from site_builder.kiosk.manifest import MANIFEST, NOTICE, PAGE, is_release, is_safe
from site_builder.web.policy import CSP, GUARDS, policy_of_screens

HOST = "127.0.0.1"

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jpg": "image/jpeg",
}

_ASKED_ANEW = {MANIFEST, NOTICE, PAGE, "sw.js"}
"""What tells the page of a new release must never come from the browser's own cache."""

_OF_ONE_RELEASE = _ASKED_ANEW | {"playlist.json", "playlist.js"}
"""Names that mean something else in every release."""

_PATIENCE = 30
"""Seconds after which a connection that says nothing is dropped."""


class Server(ThreadingHTTPServer):
    """Looks up the running release at every request, so that a new one is served from its first moment."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int, waiting: str = "") -> None:
        self.folder = folder
        self.waiting = waiting
        self.heard = time.monotonic()
        """When the page last asked for its notices: its heartbeat, once a minute."""
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"

    def found(self, path: str) -> bytes | None:
        """A file of the running release.

        A page that was opened just before a switch still asks for its own scripts and photos: their names
        hold their hash, so that those of the release before are the right ones.
        """
        releases = [release] if (release := current(self.folder)) else []
        if path not in _OF_ONE_RELEASE:
            releases += [place for place in self._releases() if place != release]
        for release in releases:
            try:
                return (release / path).read_bytes()
            except OSError:
                continue
        return None

    def _releases(self) -> list[Path]:
        places = self.folder / RELEASES
        return [place for place in places.iterdir() if is_release(place.name)] if places.is_dir() else []

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that was ended in the midst of an answer is no error."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(folder: Path, port: int, waiting: str = "") -> Iterator[Server]:
    """Serves a folder; `waiting` is the page while nothing is installed.

    Raises:
        OSError: when the port is taken.
    """
    server = Server(folder, port, waiting)
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="server", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with the files of a release, and nothing else with anything."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "screen", ""
    timeout = _PATIENCE

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        port = self.server.server_port
        if self.headers.get("Host") not in {f"{HOST}:{port}", f"localhost:{port}"}:
            return self._send(403)  # another site's name that leads here (DNS rebinding)
        path = urlsplit(self.path).path.removeprefix("/") or PAGE
        data = self.server.found(path) if is_safe(path) else None
        if path == NOTICE or (path == PAGE and data is None):
            self.server.heard = time.monotonic()
        if data is not None:
            return self._send(200, data, path)
        if path == PAGE:
            return self._send(503, self.server.waiting.encode(), path)
        return self._send(404)

    def _send(self, status: int, data: bytes = b"", path: str = "") -> None:
        self.send_response(status)
        if path:
            suffix = path[path.rfind(".") :]
            self.send_header("Content-Type", TYPES.get(suffix, "application/octet-stream"))
        if status == 503:
            self.send_header("Refresh", "5")
        fresh = path in _ASKED_ANEW or status != 200
        self.send_header("Cache-Control", "no-store" if fresh else "no-cache")
        self.send_header("Content-Length", str(len(data)))
        for name, value in {**GUARDS, CSP: f"{policy_of_screens()}; frame-ancestors 'none'"}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """A screen that asks once a minute would fill the journal."""
