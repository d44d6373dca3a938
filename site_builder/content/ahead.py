"""Parses many files at once, a process a processor, so that reading finds them remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.content.found import Found
from site_builder.content.memory import Memory
from site_builder.workers import workers

ENOUGH = 400
"""Files below which starting processes takes longer than parsing: 0.5 ms a file."""

SHARE = 100
"""Files that a process takes at a time."""


def learn(root: Path, memory: Memory, jobs: int) -> None:
    """Has everything parsed where nothing is remembered; what is wrong is told when it is read."""
    if jobs == 1 or not memory.is_empty:
        return
    files = list(_files(root / "content"))
    shares = [files[start : start + SHARE] for start in range(0, len(files), SHARE)]
    if len(files) >= ENOUGH:
        with workers(min(jobs, len(shares))) as pool:
            for learnt in pool.map(_learnt, [root] * len(shares), shares):
                memory.merge(learnt)


def _files(content: Path) -> Iterator[Path]:
    yield from content.glob("*/*/*.yml")
    yield from content.glob("*/*/*.md")


def _learnt(root: Path, files: list[Path]) -> Memory:
    memory = Memory()
    found = Found(root, memory)
    for file in files:
        if file.suffix == ".md":
            found.body(file)
        else:
            found.plain(file)
    return memory
