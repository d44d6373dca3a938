"""The arithmetic of the tables: ratios within pairs, values at equal quality, Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

SLOPE = 0.0012
"""How much SSIM a step of quality gives, roughly: where to look while only one side is known."""

CLOSE = 0.0003
"""SSIM within which two qualities count as equal."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio measured in several pairs."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, pairs: Iterable[tuple[float, float]]) -> Ratio:
        """Second over first of each pair: with seconds of ours and theirs, how many times faster we are."""
        ratios = [second / first for first, second in pairs]
        return cls(median(ratios), min(ratios), max(ratios))

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.lowest:.2f}–{self.highest:.2f})"


def next_quality(known: Mapping[int, float], target: float) -> int | None:
    """The quality to try after those in `known` (quality → SSIM); None when the best is among them."""
    if abs(known[nearest(known, target)] - target) <= CLOSE:
        return None
    below = max((quality for quality, ssim in known.items() if ssim < target), default=None)
    above = min((quality for quality, ssim in known.items() if ssim > target), default=None)
    if below is None or above is None:
        start = nearest(known, target)
        guess = start + round((target - known[start]) / SLOPE)
        guess = max(guess, start + 1) if above is None else min(guess, start - 1)
        return min(max(guess, 1), 99) if 1 < start < 99 else None
    share = (target - known[below]) / (known[above] - known[below])
    guess = min(max(round(below + share * (above - below)), below + 1), above - 1)
    return guess if below < guess < above else None


def nearest(known: Mapping[int, float], target: float) -> int:
    """The quality whose SSIM is closest to `target`."""
    return min(known, key=lambda quality: abs(known[quality] - target))


def growth(curve: Sequence[tuple[float, float]], target: float) -> float:
    """How the logarithm of the value grows with the quality measure near `target`; 0 of a single point."""
    points = sorted(dict(curve).items(), key=lambda point: abs(point[0] - target))[:2]
    if len(points) < 2:
        return 0.0
    (left, low), (right, high) = points
    return math.log(high / low) / (right - left)


def at(target: float, curve: Sequence[tuple[float, float]]) -> float:
    """The value where the curve of (quality measure, value) reaches `target`, its logarithm taken as linear.

    Raises:
        ValueError: when `target` lies outside the curve.
    """
    points = sorted(curve)
    for (left, low), (right, high) in pairwise(points):
        if left <= target <= right:
            share = (target - left) / (right - left)
            return math.exp(math.log(low) + share * math.log(high / low))
    raise ValueError(f"{target} is outside {points[0][0]:.4f}–{points[-1][0]:.4f}")


def common(curves: Iterable[Sequence[tuple[float, float]]]) -> float:
    """The quality measure in the middle of what all curves reach.

    Raises:
        ValueError: when they have nothing in common.
    """
    reached = [[measure for measure, _ in curve] for curve in curves]
    low, high = max(map(min, reached)), min(map(max, reached))
    if low > high:
        raise ValueError(f"no common quality: one begins at {low:.4f}, another ends at {high:.4f}")
    return (low + high) / 2


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, its first column words, the others figures."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
