"""A checkout with a history, made by the real git."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(root), *who, "-c", "core.hooksPath=", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def committed(root: Path, message: str = "content") -> Path:
    """The checkout, all its files in a commit."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
        (root / ".gitignore").write_text(".site_builder/\n/site/\n", "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    return root


def edit(file: Path, find: str, put: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {file}"
    file.write_text(text.replace(find, put), "utf-8")
