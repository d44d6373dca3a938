"""Processes that work for this one, and end with it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, parent_process


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def workers(number: int, prepare: Callable[..., object] | None = None, *values: object) -> Iterator[Executor]:
    """A pool of processes, each of which first calls `prepare(*values)`.

    What still waits is dropped when it is left, so that an interrupt ends all at once.
    """
    pool = ProcessPoolExecutor(number, initializer=_begin, initargs=(prepare, values))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(prepare: Callable[..., object] | None, values: tuple[object, ...]) -> None:
    """An interrupt is the first process's affair; when that is killed, nobody works on for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare(*values)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)
