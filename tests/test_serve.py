"""The live preview of `mkdocs serve`: drafts, reload, and a mistake that does not end it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 30.0


class Preview:
    """A running preview of a site, and what it said so far."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.log = root / "serve.log"
        self.address = f"http://127.0.0.1:{port}/street/"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
                cwd=root,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def page(self, path: str) -> str:
        """The page, or nothing while there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                text: str = answer.read().decode("utf-8")
                return text
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def wait(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)


@pytest.fixture
def preview(golden: Path) -> Iterator[Preview]:
    config = golden / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "site_url: https://www.example.org/street/\n", "utf-8")
    running = Preview(golden)
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.wait(10)


def test_an_editor_sees_each_change_and_survives_a_mistake(preview: Preview, golden: Path) -> None:
    story = golden / "content/venues/hall/story.yml"
    preview.wait(lambda: "小礼堂" in preview.page("venues/hall/"))

    assert "livereload(" in preview.page("venues/hall/")
    assert "Content-Security-Policy" not in preview.page("venues/hall/"), "it would refuse to reload"

    _change(story, "zh: 小礼堂", "zh: 大礼堂")
    preview.wait(lambda: "大礼堂" in preview.page("venues/hall/"))

    _change(story, "kind: hall", "kind: hal")
    preview.wait(lambda: "content/venues/hall/story.yml:5:7" in preview.said())
    assert "Traceback" not in preview.said()
    assert "大礼堂" in preview.page("venues/hall/")

    _change(story, "kind: hal", "kind: hall\ndraft: true")
    preview.wait(lambda: '<span class="mark">草稿</span>' in preview.page("venues/hall/"))


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
