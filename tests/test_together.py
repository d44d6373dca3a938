"""Tests that share a site go to one worker."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT, TOGETHER, together


@pytest.mark.parametrize("group", TOGETHER)
def test_all_tests_of_a_group_go_to_one_worker(group: str) -> None:
    place = ROOT / "tests" / group
    files = [place] if place.is_file() else sorted(place.rglob("test_*.py"))
    assert files
    assert {together(f"{file.relative_to(ROOT).as_posix()}::test_a[b]") for file in files} == {group}


def test_every_other_test_goes_alone() -> None:
    assert together("tests/test_site.py::test_titles[a@b]") == "tests/test_site.py::test_titles[a@b]"
