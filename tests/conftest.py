"""What tests build on: the tiny golden site as a copy to change, and the real site as it is built."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from site_builder.build import Report, build
from site_builder.output import Options

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden_site"
NOW = dt.date(2026, 6, 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--overwrite", action="store_true", help="write the golden site's expected files anew")


TOGETHER = (
    *("browser/kiosk_slides", "browser/test_components.py", "browser/test_dates.py", "browser/test_nginx.py"),
    *("browser/test_read_aloud.py", "browser/test_search.py", "browser/test_shell.py"),
    *("consents", "machines"),
)
"""Tests that share a site, or more, that takes seconds to make: one worker makes it once."""


def together(nodeid: str) -> str:
    """What goes to one worker as a whole: a group of `TOGETHER`, or the test alone."""
    return next((group for group in TOGETHER if nodeid.startswith(f"tests/{group}")), nodeid)


class Together(LoadScopeScheduling):
    """The groups first, the largest at the head; then each test to the worker that is free.

    Marks would do, but xdist 3.8 hands them on in the ids of tests, which pytest 9.2 does not let it change.
    """

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


def copy_golden(folder: Path) -> Path:
    """A copy of the golden site with a mkdocs.yml that finds our theme."""
    shutil.copytree(GOLDEN / "content", folder / "content")
    config = (GOLDEN / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("../../theme", str(ROOT / "theme")), "utf-8")
    return folder


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return copy_golden(tmp_path)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The repository's own content, built as on a fixed day; the first worker develops the photos for all."""
    folder = tmp_path_factory.mktemp("real") / "site"
    with FileLock(tmp_path_factory.getbasetemp().parent / "real.lock"):
        return folder, build(ROOT, Options(dt.date(2026, 11, 23)), folder)


def for_residents(site: Path) -> list[Path]:
    """The pages of a site, without those of the screens in plazas."""
    return sorted(file for file in site.rglob("*.html") if not file.is_relative_to(site / "kiosk"))


@contextmanager
def served(folder: Path, mount: str = "/") -> Iterator[str]:
    """Serves a folder under `mount` on a free loopback port; gives the address, ends with a slash.

    As a web server does, what is not found gets the site's own 404.html.
    """

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            inside = path.removeprefix(mount) if path.startswith(mount) else "nowhere-at-all"
            return super().translate_path("/" + inside)

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            body = (folder / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{mount}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
