"""Processes that work for this one."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor

import pytest

from site_builder.workers import processors, workers

_prepared: list[int] = []


def _doubled(number: int) -> int:
    return 2 * number + _prepared[-1]


def _dead(number: int) -> int:
    os._exit(number)


def test_each_process_is_prepared_and_answers_come_in_order() -> None:
    with workers(2, _prepared.append, 1) as pool:
        assert list(pool.map(_doubled, range(50))) == [2 * number + 1 for number in range(50)]
    assert _prepared == []


def test_a_process_that_dies_is_told() -> None:
    with workers(2) as pool, pytest.raises(BrokenExecutor):
        list(pool.map(_dead, [9]))


def test_there_is_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
