"""What people wait for on a site of 1,000 stories: python -m benchmarks.uses

An editor for `check` and for a preview after saving, a resident for what a first search loads.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import machine
from benchmarks.discarded import discard, remove
from benchmarks.figures import table
from benchmarks.nginx import free_port, nginx
from benchmarks.searches import SEARCH, holding, parts
from benchmarks.sites import HOME, RESULTS, corpus
from benchmarks.stories import TODAY
from site_builder.output import CACHE, Options, prepare
from site_builder.web import search

HEAD = ("what", "measured", "median", "lowest–highest")
SEED = 20261125

Row = tuple[str, str, str, str]


def row(what: str, measured: str, unit: str, values: Sequence[float], digits: int) -> Row:
    """One line of the table."""
    told = [f"{value:.{digits}f}" for value in (median(values), min(values), max(values))]
    return what, measured, f"{told[0]} {unit}", f"{told[1]}–{told[2]}"


def checked(root: Path, runs: int, *, known: bool) -> list[float]:
    """Seconds of `site-builder check`, with what is remembered of the files or without."""
    found = []
    for _ in range(runs):
        if not known:
            discard(root / CACHE)
        started = time.perf_counter()
        subprocess.run([*command(root), "check"], check=True, capture_output=True)
        found.append(time.perf_counter() - started)
    return found


def command(root: Path) -> list[str]:
    return [sys.executable, "-m", "site_builder", "--root", str(root)]


def reloaded(root: Path, edits: int) -> Iterator[float]:
    """Seconds from saving a text until a browser that waited for it has the changed page."""
    story = sorted((root / "content" / "events").iterdir())[5]
    with preview(root) as base:
        for number in range(edits):
            epoch = re.search(r"livereload\((\d+),", fetched(f"{base}events/{story.name}/"))
            assert epoch, "a page that does not wait for changes"
            sentence = f"第{number}次改动。"
            text = (story / "zh.md").read_text("utf-8")
            started = time.perf_counter()
            (story / "zh.md").write_text(f"{text}\n{sentence}\n", "utf-8")
            fetched(f"{base}livereload/{epoch[1]}/{time.monotonic_ns()}")
            page = fetched(f"{base}events/{story.name}/")
            yield time.perf_counter() - started
            assert sentence in page, "a page that does not show what was saved"


@contextmanager
def preview(root: Path) -> Iterator[str]:
    """`site-builder serve` on a free port; its address."""
    port = free_port()
    process = subprocess.Popen([*command(root), "serve", "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}/"
        for _ in range(300):
            try:
                fetched(base)
                break
            except URLError:
                time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait()


def fetched(address: str) -> str:
    with urlopen(address, timeout=60) as answer:
        text: str = answer.read().decode()
        return text


def loaded(browser: Browser, address: str, query: str) -> tuple[int, int]:
    """Bytes as they come over the wire, headers too, and requests, of a first query on the search page."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    answers: list[int] = []
    session.on("Network.loadingFinished", lambda told: answers.append(told["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    before = len(answers)
    page.locator("site-search input[type=search]").fill(query)
    page.locator("site-search input[type=search]").press("Enter")
    page.locator(".results[data-result-count]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(answers[before:]), len(answers) - before


def wrong(page: Page, entries: Sequence[search.Entry], queries: Sequence[str]) -> int:
    """Queries whose results are not just the pages that hold them."""
    return sum(sorted(page.evaluate(SEARCH, query)[1]) != holding(entries, query) for query in queries)


def searched(root: Path, firsts: int, queries: int) -> Iterator[Row]:
    """The search of the built site behind nginx, in Chromium."""
    planned = prepare(root, root / "theme", Options(TODAY))
    entries = tuple(search.entries(planned.edition, search.Shard("zh")))
    asked = list(parts(entries, random.Random(SEED), queries))
    build = [*command(root), "build", "--release", "--now", str(TODAY)]
    subprocess.run(build, check=True, capture_output=True)
    site = root / "site"
    with (
        TemporaryDirectory() as home,
        nginx(site, site / "nginx-headers.conf", Path(home)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        found = [loaded(browser, f"{base}search/", query) for query in asked[:firsts]]
        yield row("first search", f"{firsts} queries", "kB", [size / 1e3 for size, _ in found], 0)
        yield row("first search", f"{firsts} queries", "requests", [count for _, count in found], 0)
        page = browser.new_page()
        page.goto(f"{base}search/")
        told = f"{wrong(page, entries, asked)} wrong"
        yield f"{queries} searches", "against the texts themselves", told, "–"
        browser.close()


def main() -> None:
    count = _arguments().parse_args().count
    root = corpus(count).root
    rows = [
        row("`check`, nothing known", "5 runs", "s", checked(root, 5, known=False), 2),
        row("`check`", "5 runs", "s", checked(root, 5, known=True), 2),
        row("saved → reloaded in `serve`", "10 edits", "s", list(reloaded(root, 10)), 2),
        *searched(root, 24, 200),
    ]
    RESULTS.mkdir(exist_ok=True)
    text = f"{count} stories.\n\n{table(HEAD, rows)}\n\n{machine.described(machine.builders())}\n"
    (RESULTS / "uses.md").write_text(text, "utf-8")
    print(text)
    discard(HOME / str(count))
    remove()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.uses", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, metavar="N", help="stories (1000)")
    return parser


if __name__ == "__main__":
    main()
