"""Debian's Chromium, and the real site served as a host would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from site_builder.build import Report
from tests.conftest import served

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


def launched(playwright: Playwright, program: str) -> Iterator[Browser]:
    running = playwright.chromium.launch(
        executable_path=f"/usr/bin/{program}",
        args=SWITCHES,
        ignore_default_args=["--hide-scrollbars"],  # on many a desktop they take room
    )
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without its windows: a page opens in a third of the time, and comes out the same.

    `test_shell.py` holds the two against each other.
    """
    yield from launched(playwright, "chromium-headless-shell")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The whole browser, as residents have it."""
    yield from launched(playwright, "chromium")


@pytest.fixture(scope="session", params=["/", "/a/b/"], ids=["root", "below a path"])
def address(request: pytest.FixtureRequest, real_site: tuple[Path, Report]) -> Iterator[str]:
    """The site at the root of a host, and below a path."""
    with served(real_site[0], request.param) as base:
        yield base


@pytest.fixture(scope="session")
def root_address(real_site: tuple[Path, Report]) -> Iterator[str]:
    with served(real_site[0]) as base:
        yield base
