"""A server of one screen's folder that can be cut off, and made to lie."""

from __future__ import annotations

import http.server
import mimetypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.browser.kiosk.folder import Files, notices

MOUNT = "/kiosk/test/"


@dataclass
class Host:
    """What is served, and how badly."""

    files: Files
    notice: bytes = field(default_factory=notices)
    port: int = 0
    down: bool = False
    delay_s: float = 0
    truncated: set[str] = field(default_factory=set)
    """Paths of which only half comes, under the whole length."""
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{MOUNT}"

    def body(self, path: str) -> bytes | None:
        name = path.partition("?")[0].removeprefix(MOUNT) or "index.html"
        return self.notice if name == "notice.json" else self.files.get(name)


@contextmanager
def hosted(files: Files) -> Iterator[Host]:
    host = Host(dict(files))

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.removeprefix(MOUNT)
            host.asked.append(path)
            if host.down:
                self.close_connection = True
                return
            time.sleep(host.delay_s)
            body = host.body(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", mimetypes.guess_type(path or "index.html")[0] or "text/plain")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write((body or b"")[: len(body or b"") // 2 if path in host.truncated else None])
            self.close_connection = self.close_connection or path in host.truncated

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A browser that is gone is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    host.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
