"""Builds the whole site: plan, develop, index, render, all or nothing."""

from __future__ import annotations

import glob
import logging
import shutil
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as render
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from site_builder import output
from site_builder.content.problems import Problem
from site_builder.content.story import Translation
from site_builder.photos.darkroom import Progress
from site_builder.plugin import SiteBuilderPlugin, theme_of

STAGE_LIFE = 3600
"""Seconds after which an unfinished build's folder is taken for dead."""


class UnsafeTargetError(Exception):
    """The folder to write the site to holds something that is not a site of ours."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    site_dir: Path
    pages: int
    photos: int
    developed: int
    remarks: tuple[Problem, ...]
    untranslated: Mapping[Translation, tuple[str, ...]]
    seconds: float


def build(
    root: Path,
    options: output.Options,
    site_dir: Path | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Writes the site, whole or not at all: it is rendered beside the old one, then takes its place.

    Photos are developed by `executor`, or by `jobs` processes (one a processor).

    Raises:
        ContentError: with every problem found; the last site stays as it is.
        UnsafeTargetError: before anything is written.
    """
    started = time.monotonic()
    config = load_config(str(root / "mkdocs.yml"))
    target = (site_dir or Path(config.site_dir)).resolve()
    _refuse_what_is_not_ours(root, target)
    _clear_old_stages(target)
    planned = output.prepare(root, theme_of(config), options)
    developed = output.develop(root, planned, executor, jobs, progress)
    planned = output.indexed(planned)
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=_stage_prefix(target), dir=target.parent))
    try:
        try:
            _render(config, planned, stage / "new")
        except FileNotFoundError:  # another build of other content took a photo out of the cache
            output.develop(root, planned, executor, jobs, progress)
            _render(config, planned, stage / "new")
        _exchange(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    output.prune(root, planned)
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


def _refuse_what_is_not_ours(root: Path, target: Path) -> None:
    """The target is replaced as a whole, so it must be new, empty, or a site that we built."""
    sources = [root / name for name in ("content", "theme", "site_builder")]
    if root.resolve().is_relative_to(target) or any(target.is_relative_to(source) for source in sources):
        raise UnsafeTargetError(str(target))
    ours = any(target.glob("assets/site-*.css"))
    if target.exists() and not ours and (not target.is_dir() or any(target.iterdir())):
        raise UnsafeTargetError(str(target))


def _stage_prefix(target: Path) -> str:
    return f".{target.name}.site-builder-"


def _clear_old_stages(target: Path) -> None:
    """What a build left behind that was killed, say by a power cut; one that still runs is younger.

    A site that was caught between its old and its new place is put back first.
    """
    for stage in target.parent.glob(glob.escape(_stage_prefix(target)) + "*"):
        if not target.exists() and (stage / "old").exists():
            (stage / "old").rename(target)
        if stage.stat().st_mtime < time.time() - STAGE_LIFE:
            shutil.rmtree(stage, ignore_errors=True)


def _exchange(stage: Path, target: Path) -> None:
    old = stage / "old"
    if target.exists():
        target.rename(old)
    try:
        (stage / "new").rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
