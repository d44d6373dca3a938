"""The arithmetic of the benchmarks' tables."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.figures import Ratio, at, common, growth, nearest, next_quality, table
from benchmarks.lighthouse import CATEGORIES, MEASURES, Audit


def test_a_ratio_is_taken_within_each_pair() -> None:
    ratio = Ratio.of([(1.0, 2.0), (10.0, 12.0), (2.0, 3.0)])  # the second pair ran on a busy machine
    assert (ratio.median, ratio.lowest, ratio.highest) == (1.5, 1.2, 2.0)
    assert str(ratio) == "1.50 (1.20–2.00)"


def steps(ssim: Callable[[int], float], target: float, start: int) -> list[int]:
    """The qualities that a calibration tries."""
    known = {start: ssim(start)}
    while (following := next_quality(known, target)) is not None:
        known[following] = ssim(following)
    return [*known, nearest(known, target)]


@pytest.mark.parametrize("start", [40, 55, 70])
def test_a_calibration_finds_the_nearest_quality_in_few_steps(start: int) -> None:
    def ssim(quality: int) -> float:
        return 1 - 2.2 / (quality + 5)

    *tried, found = steps(ssim, target=0.96, start=start)
    assert found == min(range(1, 100), key=lambda quality: abs(ssim(quality) - 0.96))
    assert len(tried) <= 6


@pytest.mark.parametrize(("target", "found"), [(0.0, 1), (1.0, 99)])
def test_a_calibration_ends_where_no_quality_reaches_the_target(target: float, found: int) -> None:
    assert steps(lambda quality: 0.5 + quality / 1000, target, start=50)[-1] == found


CURVE = [(0.97, 400.0), (0.95, 100.0)]


@pytest.mark.parametrize(("target", "kilobytes"), [(0.95, 100), (0.96, 200), (0.97, 400)])
def test_bytes_grow_by_factors_between_two_qualities(target: float, kilobytes: float) -> None:
    assert at(target, CURVE) == pytest.approx(kilobytes)


def test_bytes_grow_with_the_two_qualities_nearest_to_the_target() -> None:
    assert growth([*CURVE, (0.5, 1.0)], 0.96) == pytest.approx(math.log(4) / 0.02)
    assert growth([(0.95, 100.0)], 0.96) == 0


def test_nothing_is_said_of_what_was_not_measured() -> None:
    with pytest.raises(ValueError, match=r"outside 0\.9500–0\.9700"):
        at(0.98, CURVE)
    with pytest.raises(ValueError, match="no common quality"):
        common([CURVE, [(0.98, 1.0), (0.99, 2.0)]])


def test_the_common_quality_lies_within_every_curve() -> None:
    assert common([CURVE, [(0.96, 1.0), (0.99, 2.0)]]) == pytest.approx(0.965)


def test_a_table_is_markdown() -> None:
    assert table(("peer", "ratio"), [("sharp", 1.5)]) == "| peer | ratio |\n| --- | ---: |\n| sharp | 1.5 |\n"


def test_what_costs_points_is_named_with_its_element() -> None:
    image = {"score": 0, "details": {"items": [{"node": {"snippet": "<img src=a>"}}]}}
    report: dict[str, Any] = {
        "audits": {
            "image-alt": image,
            "speed-index": {"score": 0.9, "displayValue": "4.0 s"},
            "bypass": {"score": None},
            "diagnostic": {"score": 0},
            **{name: {"score": 1, "displayValue": "1.0\N{NO-BREAK SPACE}s"} for name in MEASURES},
        },
        "categories": {name: {"score": 1, "auditRefs": []} for name in CATEGORIES},
    }
    parts = [
        {"id": "image-alt", "weight": 10},
        {"id": "bypass", "weight": 7},
        {"id": "diagnostic", "weight": 0},
    ]
    report["categories"]["accessibility"] = {"score": 0.91, "auditRefs": parts}
    report["categories"]["performance"] = {"score": 0.99, "auditRefs": [{"id": "speed-index", "weight": 10}]}
    found = Audit.of("events/", report)
    assert (found.scores, found.perfect) == ((99, 91, 100, 100), False)
    assert found.measures == ("1.0 s",) * len(MEASURES)
    assert found.failures == (
        "speed-index (performance, 0.9): 4.0 s",
        "image-alt (accessibility, 0): <img src=a>",
    )
