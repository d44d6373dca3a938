"""The hook lets a good commit through and stops a wrong one; every command that a document names exists."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from site_builder.cli.main import commands
from tests.conftest import ROOT
from tests.unit.desk.git import committed, edit, git

HALL = "content/venues/hall/story.yml"
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs",
    ".githooks",
    ".github/workflows",
    "site_builder",
)


@pytest.fixture
def hooked(golden: Path) -> Path:
    """The golden site in a repository with the hook, as an editor sets it up."""
    shutil.copytree(ROOT / ".githooks", golden / ".githooks")
    committed(golden)
    git(golden, "config", "core.hooksPath", ".githooks")
    git(golden, "config", "user.name", "editor")
    git(golden, "config", "user.email", "editor@example.org")
    return golden


def commit(root: Path, *options: str, program: bool = True) -> subprocess.CompletedProcess[str]:
    """What an editor sees who commits everything that git knows, with or without the program at hand."""
    path = os.environ["PATH"]
    if program:
        path = f"{Path(sys.executable).parent}{os.pathsep}{path}"
    return subprocess.run(
        ["git", "commit", *(options or ("--all", "--message", "a change"))],
        cwd=root,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PATH": path, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )


def test_a_good_commit_is_let_through(hooked: Path) -> None:
    edit(hooked / HALL, "{zh: 小礼堂, en", "{zh: 新礼堂, en")
    made = commit(hooked)
    assert made.returncode == 0, made.stderr
    assert "内容没有错误" in made.stdout + made.stderr
    assert git(hooked, "log", "--format=%s").startswith("a change\n")


def test_a_wrong_commit_is_stopped_and_its_mistake_told(hooked: Path) -> None:
    edit(hooked / HALL, "kind: hall", "kind: hal")
    made = commit(hooked)
    assert made.returncode == 1
    assert f"{HALL}:5:7  “hal”不在可选的词里，是不是“hall”？" in made.stderr
    assert git(hooked, "log", "--format=%s") == "content\n"


def test_a_mistake_elsewhere_stops_nobody(hooked: Path) -> None:
    edit(hooked / "content/events/mid-autumn/story.yml", "kind: festival", "kind: festivl")
    edit(hooked / HALL, "{zh: 小礼堂, en", "{zh: 新礼堂, en")
    git(hooked, "add", HALL)
    assert commit(hooked, "--message", "a change").returncode == 0


def test_without_the_program_the_commit_is_made_and_that_is_said(hooked: Path) -> None:
    if shutil.which("site-builder"):
        pytest.skip("the program is on the path of this machine")
    edit(hooked / HALL, "{zh: 小礼堂, en", "{zh: 新礼堂, en")
    made = commit(hooked, program=False)
    assert made.returncode == 0
    assert "没有找到site-builder，这次没有检查" in made.stderr


def test_the_workflow_is_one_that_runs_what_is_there() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/content.yml").read_text("utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[0] == "make .venv/.site"
    assert any("check --since" in run for run in runs)
    assert workflow["permissions"] == {"contents": "read"}


def test_every_command_that_a_document_names_exists() -> None:
    named = set()
    for document in DOCUMENTS:
        place = ROOT / document
        for file in [place] if place.is_file() else place.rglob("*"):
            if (
                file.suffix in {".md", ".yml", ".py", ""}
                and file.is_file()
                and "__pycache__" not in file.parts
            ):
                found = re.findall(
                    r"site-builder(?: --lang \w+)? ([a-z]+)\b((?: --?[a-z-]+)*)", file.read_text("utf-8")
                )
                named |= {(name, option) for name, options in found for option in ["", *options.split()]}
    assert len(named) > 15
    context = click.Context(commands)
    for name, option in sorted(named):
        command = commands.get_command(context, name)  # type: ignore[attr-defined]
        assert command, name
        known = {each for param in command.params for each in param.opts} | {"--help"}
        assert not option or option in known or isinstance(command, click.Group), f"{name} {option}"
