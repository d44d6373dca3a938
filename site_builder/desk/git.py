"""What git knows of a checkout's files; nothing here changes any of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


class HistoryError(Exception):
    """There is no git here, no repository, or not what was asked for; says why."""


def git(root: Path, *arguments: str) -> bytes:
    """What a git command prints; paths are relative to `root`, which may lie within a repository.

    Raises:
        HistoryError: when it fails.
    """
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", *arguments]
    try:
        ran = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise HistoryError("git") from None
    if ran.returncode:
        raise HistoryError(ran.stderr.decode(errors="replace").partition("\n")[0] or f"git {arguments[0]}")
    return ran.stdout


def versions(root: Path, path: str) -> Iterator[bytes]:
    """What a file held in each commit that changed it, the newest first."""
    for commit in git(root, "log", "--format=%H", "--", path).decode().split():
        try:
            yield git(root, "show", f"{commit}:./{path}")
        except HistoryError:  # the commit that removed it
            continue


def before(root: Path, path: str, rev: str) -> bytes | None:
    """What a file held in a commit; None where it was not there."""
    try:
        return git(root, "show", f"{rev}:./{path}")
    except HistoryError:
        return None
