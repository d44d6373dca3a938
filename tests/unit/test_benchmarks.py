"""The arithmetic of the benchmarks' tables."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.builds import Comparison, Growth, Missing, report
from benchmarks.figures import Ratio, at, common, growth, nearest, next_quality, table
from benchmarks.indexes import holds
from benchmarks.lighthouse import CATEGORIES, MEASURES, Audit
from benchmarks.processes import Run


def test_a_ratio_is_taken_within_each_pair() -> None:
    ratio = Ratio.of([(1.0, 2.0), (10.0, 12.0), (2.0, 3.0)])  # the second pair ran on a busy machine
    assert (ratio.median, ratio.lowest, ratio.highest) == (1.5, 1.2, 2.0)
    assert str(ratio) == "1.50 (1.20–2.00)"


def test_time_is_told_as_ours_over_the_peers() -> None:
    pairs = [(1.0, 4.0), (2.0, 4.0), (6.0, 4.0)]
    ratio = Comparison.of("cold", 100, {}, pairs).ratio
    assert (ratio.median, ratio.lowest, ratio.highest) == (0.5, 0.25, 1.5)


GROWN = Growth("ours", {100: [Run(1.0, 5), Run(2.0, 9)], 1_000: [Run(15.0, 7), Run(20.0, 8)]})


def test_growth_is_time_a_story_over_the_smaller_size_of_the_same_round() -> None:
    ratio = GROWN.longer(1_000)
    assert (ratio.lowest, ratio.highest) == (1.0, 1.5)
    assert GROWN.each(1_000) == 17.5


def test_ours_stands_beside_a_peer_of_the_same_round() -> None:
    peer = Growth("peer", {100: [Run(2.0, 0), Run(2.0, 0)]})
    ratio = GROWN.beside(peer, 100)
    assert (ratio.lowest, ratio.highest) == (0.5, 1.0)


def test_a_peer_that_cannot_take_part_is_named() -> None:
    sizes = {name: {"stories": 2, "others": 2, "bytes": 8_000} for name in ("ours", "peer")}
    found = [Comparison.of("cold", 1, sizes, [(1.0, 2.0)]), Missing("other", "no such file")]
    told = report(found, [GROWN, Missing("other, 100 stories", "killed")], {"Python": "3"})
    assert "| cold | 1 | ours | peer | 1 | 1.00 | 2.00 | 0.50 (0.50–0.50) |" in told
    assert "- peer: 2 pages of stories, 2 others, 2.0 kB each" in told
    assert "| other: missing, no such file |" in told
    assert "| ours | 1000 | 17.5 | 17.50 | 1.25 (1.00–1.50) | – | 0 |" in told
    assert "| other, 100 stories: missing, killed |" in told


@pytest.mark.parametrize(
    "written",
    [
        "…这一句改到了第2遍。…".encode(),
        "这 一 句 改 到 了 第 2 遍 。".encode(),
        "这一句\u200b改到了\u200b第2遍。".encode(),
        json.dumps("这一句改到了第2遍。").encode(),
        gzip.compress("这一句改到了第2遍。".encode(), mtime=0),
    ],
)
def test_a_sentence_is_found_in_any_index(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "index").write_bytes(written)
    assert holds(tmp_path / "index", "这一句改到了第2遍。")
    assert not holds(tmp_path / "index", "这一句改到了第1遍。")


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
