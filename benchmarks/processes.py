"""Runs whole programs: how long they take by the clock, how much memory all their processes hold."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

SAMPLES = 0.25
"""Seconds between two looks at memory."""

PROC = Path("/proc")

Command = Sequence[str]
Steps = Sequence[Sequence[Command]]
"""One after the other; the commands of a step at the same time."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock, and the most bytes that were resident at once; 0 where nobody looked.

    Pages that processes share are counted once (the kernel's proportional set size).
    """

    seconds: float
    memory: int


def run(steps: Steps, cwd: Path, *, watched: bool = False) -> Run:
    """Carries out all steps.

    Raises:
        subprocess.CalledProcessError: with what a command said that failed.
        OSError: when one cannot be started.
    """
    start, memory = time.perf_counter(), 0
    for commands in steps:
        memory = max(memory, _step(commands, cwd, watched))
    return Run(time.perf_counter() - start, memory)


def _step(commands: Sequence[Command], cwd: Path, watched: bool) -> int:
    with ExitStack() as stack:
        said = [stack.enter_context(TemporaryFile()) for _ in commands]
        running = [
            subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
            for command, file in zip(commands, said, strict=True)
        ]
        meter = Meter([process.pid for process in running]) if watched else None
        codes = [process.wait() for process in running]
        for command, code, file in zip(commands, codes, said, strict=True):
            if code:
                file.seek(0)
                raise subprocess.CalledProcessError(code, command, file.read().decode(errors="replace"))
    return meter.highest() if meter else 0


class Meter:
    """Looks at the memory of processes and all that they started, until it is asked for the highest sum."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids, self._found, self._done = pids, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def highest(self) -> int:
        self._done.set()
        self._thread.join()
        return self._found

    def _look(self) -> None:
        while not self._done.wait(SAMPLES):
            family = {pid for root in self._pids for pid in descendants(root)}
            self._found = max(self._found, sum(map(resident, family)))


def descendants(pid: int) -> Iterator[int]:
    """The process, its children and theirs, as far as they still run."""
    yield pid
    for file in PROC.glob(f"{pid}/task/*/children"):
        for child in _read(file).split():
            yield from descendants(int(child))


def resident(pid: int) -> int:
    """Bytes that a process holds in memory, its part of what it shares; none when it is gone."""
    shares = re.search(r"^Pss: +(\d+) kB", _read(PROC / str(pid) / "smaps_rollup"), re.MULTILINE)
    return int(shares[1]) * 1024 if shares else 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it ended in between
        return ""
