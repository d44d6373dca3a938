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


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=SWITCHES,
        ignore_default_args=["--hide-scrollbars"],  # on many a desktop they take room
    )
    yield chromium
    chromium.close()


@pytest.fixture(scope="session", params=["/", "/a/b/"], ids=["root", "below a path"])
def address(request: pytest.FixtureRequest, real_site: tuple[Path, Report]) -> Iterator[str]:
    """The site at the root of a host, and below a path."""
    with served(real_site[0], request.param) as base:
        yield base


@pytest.fixture(scope="session")
def root_address(real_site: tuple[Path, Report]) -> Iterator[str]:
    with served(real_site[0]) as base:
        yield base
