"""The live preview: drafts, reload, and a mistake that does not end it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 30.0


class Preview:
    """A running preview of a site, and what it said so far."""

    def __init__(self, root: Path, *command: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        named = [part.format(port=port) for part in command]
        self.log = root / "serve.log"
        self.address = f"http://127.0.0.1:{port}/street/"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *named],
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


OURS = ("site_builder", "--lang", "en", "serve", "--port", "{port}")
MKDOCS = ("mkdocs", "serve", "-a", "127.0.0.1:{port}")


@pytest.fixture(params=[OURS, MKDOCS], ids=["ours", "mkdocs"])
def preview(golden: Path, request: pytest.FixtureRequest) -> Iterator[Preview]:
    config = golden / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "site_url: https://www.example.org/street/\n", "utf-8")
    with running(golden, *request.param) as preview:
        yield preview


@contextmanager
def running(root: Path, *command: str) -> Iterator[Preview]:
    preview = Preview(root, *command)
    try:
        yield preview
    finally:
        preview.process.terminate()
        preview.process.wait(10)


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


def test_a_mistake_stands_above_the_last_good_page_until_it_is_mended(golden: Path) -> None:
    story = golden / "content/venues/hall/story.yml"
    with running(golden, *OURS) as preview:
        preview.wait(lambda: "小礼堂" in preview.page("venues/hall/"))
        _change(story, "kind: hall", "kind: hal")
        preview.wait(lambda: "content/venues/hall/story.yml:5:7" in preview.page("about/"))
        wrong = preview.page("venues/hall/")
        assert "小礼堂" in wrong
        assert "“hal”" in wrong and "hall" in wrong
        _change(story, "kind: hal\n", "kind: hall\n")
        preview.wait(lambda: 'class="problems"' not in preview.page("venues/hall/"))


def test_a_preview_begins_with_a_mistake_too(golden: Path) -> None:
    story = golden / "content/venues/hall/story.yml"
    _change(story, "kind: hall", "kind: hal")
    with running(golden, *OURS) as preview:
        preview.address = preview.address.removesuffix("street/")
        preview.wait(lambda: "story.yml:5:7" in preview.page(""))
        assert "livereload(" in preview.page("")
        _change(story, "kind: hal\n", "kind: hall\n")
        preview.wait(lambda: "小礼堂" in preview.page("street/venues/hall/"))


def test_everything_that_a_page_loads_is_there(golden: Path) -> None:
    with running(golden, *OURS) as preview:
        preview.wait(lambda: "小礼堂" in preview.page("venues/hall/"))
        page = preview.page("venues/hall/")
        loaded = re.findall(r'(?:href|src)="../../((?:assets|media)/[^"]+)"', page)
        assert len(loaded) > 5
        indexes = ("search/pagefind/0/pagefind-entry.json", "en/search/pagefind/0/pagefind.js")
        for path in (*loaded, *indexes, "events/mid-autumn.ics", "en/feed.xml", "data/events.json"):
            with urllib.request.urlopen(preview.address + path, timeout=10) as answer:
                assert answer.status == 200 and answer.read(), path
        with pytest.raises(urllib.error.HTTPError) as lost:
            urllib.request.urlopen(preview.address + "nowhere/", timeout=10)
        assert lost.value.code == 404
        lost.value.close()
