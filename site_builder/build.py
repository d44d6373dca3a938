"""Builds the whole site: plan, develop, render, all or nothing."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as render
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from site_builder import output
from site_builder.content.problems import Problem
from site_builder.photos.darkroom import Progress
from site_builder.plugin import SiteBuilderPlugin, theme_of

STAGE_LIFE = 3600
"""Seconds after which an unfinished build's folder is taken for dead."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    site_dir: Path
    pages: int
    photos: int
    developed: int
    remarks: tuple[Problem, ...]
    untranslated: tuple[str, ...]
    seconds: float


def build(
    root: Path,
    options: output.Options,
    site_dir: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Writes the site, whole or not at all: it is rendered beside the old one, then takes its place.

    Raises:
        ContentError: with every problem found; the last site stays as it is.
    """
    started = time.monotonic()
    config = load_config(str(root / "mkdocs.yml"))
    planned = output.prepare(root, theme_of(config), options)
    developed = output.develop(root, planned, progress)
    target = (site_dir or root / "site").absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_old_stages(target)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        _render(config, planned, stage / "new")
        _exchange(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    seconds = time.monotonic() - started
    pages, photos = len(planned.pages), len(planned.photos)
    return Report(target, pages, photos, developed, planned.remarks, planned.untranslated, seconds)


def _render(config: MkDocsConfig, planned: output.Output, folder: Path) -> None:
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config.site_dir = str(folder)
    plugin = config.plugins["site_builder"]
    assert isinstance(plugin, SiteBuilderPlugin)
    plugin.output = planned
    render(config)


def _clear_old_stages(target: Path) -> None:
    """What a build left behind that was killed, say by a power cut; one that still runs is younger."""
    for stage in target.parent.glob(f".{target.name}.*"):
        if stage.stat().st_mtime < time.time() - STAGE_LIFE:
            shutil.rmtree(stage, ignore_errors=True)


def _exchange(stage: Path, target: Path) -> None:
    if target.exists():
        target.rename(stage / "old")
    (stage / "new").rename(target)
