"""The screens of the repository, and screens of other sizes and distances that play the same stories."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from site_builder import output
from site_builder.content.model.kiosk import Kiosk, Panel
from site_builder.output import Options
from tests.conftest import ROOT, served

DAY = dt.date(2026, 11, 23)
PLAYED = [
    {"section": "residents", "latest": 2},
    {"section": "events", "next": 2},
    {"story": "venues/yonghe-plaza"},
    {"quiz": "events/mid-autumn"},
]
OTHERS = {
    "near": {"panel": {"diagonal_in": 24, "px": [1920, 1080], "distance_m": 0.8}},
    "fine": {"panel": {"diagonal_in": 55, "px": [2160, 3840], "distance_m": 1.5, "touch": True}},
    "coarse": {
        "panel": {"diagonal_in": 32, "px": [1366, 768], "distance_m": 1.2},
        "languages": {"mode": "stacked", "order": ["en", "zh"]},
    },
    "square": {"panel": {"diagonal_in": 43, "px": [1080, 1080], "distance_m": 1.5}},
}
SCREENS = ["yonghe-plaza", "practice-centre", "yongxinglu-activity-room", *OTHERS]


@dataclass(frozen=True)
class Shown:
    """A screen in a browser, with the values of its panel and its playlist."""

    page: Page
    panel: Panel
    playlist: dict[str, Any]

    @cached_property
    def faces(self) -> list[tuple[str, str]]:
        """Each slide in each language, those with both once."""
        return [
            (name, lang)
            for name, slide in self.playlist["slides"].items()
            for lang in (("zh",) if slide["stacked"] else ("zh", "en"))
        ]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the folders of all screens."""
    root = tmp_path_factory.mktemp("screens")
    site, _ = output.read(ROOT, day=DAY)
    title = {"zh": "一块屏", "en": "A screen"}
    others = {
        name: Kiosk.model_validate({"title": title, "default": PLAYED, **facts})
        for name, facts in OTHERS.items()
    }
    site = replace(site, kiosks={**site.kiosks, **others})
    planned = output.planned(site, (), ROOT / "theme", Options(DAY))
    output.develop(ROOT, planned)
    for screen in planned.screens:
        for path, data in output.screen_files(ROOT, planned, screen).items():
            file = root / screen.name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return root


@pytest.fixture
def shown(request: pytest.FixtureRequest, browser: Browser, folders: Path) -> Iterator[Shown]:
    """The screen that a test's parameter names, with its clock standing still."""
    playlist = json.loads((folders / request.param / "playlist.json").read_text("utf-8"))
    facts = playlist["screen"]["panel"]
    across, down = facts["px"]
    context = browser.new_context(
        viewport={"width": across, "height": down}, reduced_motion="reduce", service_workers="block"
    )
    with served(folders / request.param) as address:
        page = context.new_page()
        page.clock.install(time=dt.datetime.fromisoformat(f"{DAY}T12:00:00+08:00"))
        page.goto(address)
        page.wait_for_selector("html:not([data-slide=''])")
        page.clock.pause_at(dt.datetime.fromisoformat(f"{DAY}T12:01:00+08:00"))
        page.evaluate("async () => { await Kiosk.player.pending; }")  # what it has begun to show
        yield Shown(page, panel_of(request.param, facts), playlist)
    context.close()


def panel_of(name: str, facts: dict[str, Any]) -> Panel:
    site, _ = output.read(ROOT, day=DAY)
    return site.kiosks[name].panel if name in site.kiosks else Panel.model_validate(OTHERS[name]["panel"])
