"""The rank of the rooms: a module imports only from what stands above it in this list."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from tests.conftest import ROOT

RANKS = """
    atomic assets provenance workers
    content.memory content.problems
    content.model.scalars content.fields
    content.model.consent content.model.event content.model.vocabulary
    content.model.story
    content.model.kiosk
    content.fields
    content.wording content.syntax
    content.source content.markup
    content.body
    content.story
    content.festivals content.gate content.found content.schema
    content.screens
    content.references content.unfinished
    content.occurrences content.album content.ahead
    content.load
    content.orthography
    content.terminology
    content.proofreading
    photos.formats.parts
    photos.formats.exif photos.formats.boxes
    photos.formats.video
    photos.formats.jpeg photos.formats.png photos.formats.webp photos.formats.gif photos.formats.heif
    photos.metadata photos.profiles
    photos.plan photos.reader
    photos.picture
    photos.darkroom
    photos.meter
    web.parts web.addresses web.typography web.sharing
    web.edition
    web.ics
    web.views
    web.outline
    web.dates web.pictures web.policy
    web.metadata
    web.frames web.hosting
    web.cards web.prose
    web.festivals
    web.lists web.stories web.places web.home web.calendar web.lost web.feeds web.records web.sitemap
    web.search web.data web.vcalendar
    web.subscriptions web.bundles
    web.pages
    kiosk.typesetting kiosk.panel kiosk.contrast
    kiosk.slides
    kiosk.layout
    kiosk.fit
    kiosk.studio
    kiosk.playlist
    kiosk.reader kiosk.proof
    kiosk.screens
    kiosk.manifest
    kiosk.folder
    device.notices device.disk device.release
    device.archive
    device.installation
    device.following device.serving device.browser
    device.runner
    screening
    pagefind
    output precompress report phrases folder
    desk.git desk.strip desk.slugs desk.occasions
    desk.translation desk.changes desk.drafts desk.state
    desk.withdrawal
    plugin progress
    render
    build preview
    cli.speech
    cli.project
    cli.building cli.questions
    cli.checking cli.beginning cli.editing cli.screens
    cli.main
    __main__
"""
RANK = {module: rank for rank, line in enumerate(RANKS.strip().splitlines()) for module in line.split()}
ONLY = {
    "PIL": {"photos.reader", "photos.picture"},
    "pagefind_bin": {"pagefind"},
    "pi_heif": {"photos.reader", "photos.picture"},
    "mkdocs": {"plugin", "render", "preview"},
    "watchdog": {"preview"},
    "click": {
        *("cli.beginning", "cli.building", "cli.checking", "cli.editing"),
        *("cli.main", "cli.project", "cli.screens", "cli.speech", "progress"),
    },
    "rich": {"progress"},
    "filelock": {"folder", "device.installation"},
    "jinja2": {"plugin", "render"},
    "zxingcpp": {"web.sharing"},
    "brotli": {"precompress"},
    "hijridate": {"content.festivals"},
    "icalendar": {"web.vcalendar"},
    "lunar_python": {"content.festivals"},
    "pypinyin": {"desk.slugs"},
}

PACKAGE = ROOT / "site_builder"
FILES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts): file
    for file in sorted(PACKAGE.rglob("*.py"))
    if file.name != "__init__.py"
}


@cache
def imported(module: str) -> tuple[str, ...]:
    """Every dotted name that a module imports, `site_builder.` taken off ours."""
    tree = ast.parse(FILES[module].read_text("utf-8"))
    return tuple(name.removeprefix("site_builder.") for node in ast.walk(tree) for name in _names(node))


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        assert not node.level, f"line {node.lineno}: a relative import"
        for alias in node.names:  # `from site_builder.web import cards` imports a module, not a value
            whole = f"{node.module}.{alias.name}"
            yield whole if whole.removeprefix("site_builder.") in FILES else str(node.module)


def test_every_module_has_its_rank() -> None:
    assert sorted(RANK) == sorted(FILES), "give the new module a place in RANKS (and in architecture)"


def test_the_rooms_stand_in_one_order() -> None:
    rooms = [module.partition(".")[0] for module in RANK if "." in module]
    in_order = ["content", "photos", "web", "kiosk", "device", "desk", "cli"]
    assert [room for room, _ in groupby(rooms)] == in_order


@pytest.mark.parametrize("module", sorted(FILES))
def test_a_module_imports_from_above_only(module: str) -> None:
    below = [name for name in imported(module) if name in RANK and RANK[name] >= RANK[module]]
    assert not below, f"{module} reaches down to {below}"


@pytest.mark.parametrize("package", sorted(ONLY))
def test_each_library_has_its_door(package: str) -> None:
    users = {module for module in FILES if any(name.split(".")[0] == package for name in imported(module))}
    assert users == ONLY[package]


def test_packages_are_empty() -> None:
    for file in PACKAGE.rglob("__init__.py"):
        body = ast.parse(file.read_text("utf-8")).body
        assert all(isinstance(node, ast.Expr | ast.Assign) for node in body), file


def test_importing_has_no_effect(tmp_path: Path) -> None:
    names = [f"import site_builder.{module}" for module in FILES if module != "__main__"]
    command = [
        sys.executable,
        "-B",
        "-W",
        "error",
        "-c",
        "\n".join(["import sys", f"sys.path[0] = {str(ROOT)!r}", *names]),
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
