"""What was found out about whole builds, and its tables: ratios within pairs, growth within rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks import machine
from benchmarks.figures import Ratio, table
from benchmarks.processes import Run

Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same work done by two in turn; seconds are pairs of the first's and the second's."""

    what: str
    stories: int
    sizes: Mapping[str, Mapping[str, int]]
    """Of the two, by name: how many pages they made, and their bytes."""
    seconds: Pairs
    ratio: Ratio
    """Of time, first over second: below 1 the first is the faster one."""

    @classmethod
    def of(
        cls, what: str, stories: int, sizes: Mapping[str, Mapping[str, int]], seconds: Pairs
    ) -> Comparison:
        return cls(what, stories, sizes, seconds, Ratio.of((second, first) for first, second in seconds))


@dataclass(frozen=True, slots=True)
class Growth:
    """Cold builds of one generator, several of each count of stories."""

    name: str
    runs: Mapping[int, Sequence[Run]]

    def each(self, count: int) -> float:
        """Milliseconds a story, in the median."""
        return 1_000 * median(run.seconds for run in self.runs[count]) / count

    def beside(self, other: Growth, count: int) -> Ratio:
        """Time over that of the other generator, within the same round."""
        pairs = zip(other.runs[count], self.runs[count], strict=True)
        return Ratio.of((theirs.seconds, ours.seconds) for theirs, ours in pairs)

    def longer(self, count: int) -> Ratio:
        """Time a story over that in the next smaller corpus, within the same round."""
        smaller = max(each for each in self.runs if each < count)
        return Ratio.of(
            (before.seconds / smaller, after.seconds / count)
            for before, after in zip(self.runs[smaller], self.runs[count], strict=True)
        )


@dataclass(frozen=True, slots=True)
class Missing:
    """A generator that could not take part."""

    name: str
    reason: str


HEAD = (
    "cold build, or one after an edit",
    "stories",
    "ours",
    "beside",
    "pairs",
    "ours, s",
    "beside, s",
    "time, ours/beside (below 1: ours is faster)",
)
GROWTH = (
    "cold build",
    "stories",
    "s",
    "ms a story",
    "time a story, over that of the size before",
    "time, ours over it",
    "memory, MB",
)


def _rows(found: Comparison | Missing) -> Iterator[Sequence[object]]:
    if isinstance(found, Missing):
        yield [f"{found.name}: missing, {found.reason}"] + ["–"] * (len(HEAD) - 1)
        return
    best = [f"{min(pair[side] for pair in found.seconds):.2f}" for side in (0, 1)]
    yield [found.what, found.stories, *found.sizes, len(found.seconds), *best, found.ratio]


def _growth_rows(ours: Growth | Missing, found: Growth | Missing) -> Iterator[Sequence[object]]:
    if isinstance(found, Missing):
        yield [f"{found.name}: missing, {found.reason}"] + ["–"] * (len(GROWTH) - 1)
        return
    for count, runs in found.runs.items():
        longer = found.longer(count) if count > min(found.runs) else "–"
        beside = ours.beside(found, count) if isinstance(ours, Growth) and ours is not found else "–"
        seconds = f"{median(run.seconds for run in runs):.1f}"
        memory = f"{max(run.memory for run in runs) / 1e6:.0f}"
        yield [found.name, count, seconds, f"{found.each(count):.2f}", longer, beside, memory]


def _notes(found: Iterable[Comparison | Missing]) -> str:
    """How equal the work was: what each generator made."""
    compared = [each for each in found if isinstance(each, Comparison)]
    made = {name: sizes for each in compared for name, sizes in each.sizes.items()}
    return "\n".join(f"- {name}: {_made(sizes)}" for name, sizes in made.items())


def _made(sizes: Mapping[str, int]) -> str:
    kilobytes = sizes["bytes"] / (sizes["stories"] + sizes["others"]) / 1e3
    return f"{sizes['stories']} pages of stories, {sizes['others']} others, {kilobytes:.1f} kB each"


def report(
    found: Sequence[Comparison | Missing], growth: Sequence[Growth | Missing], facts: Mapping[str, str]
) -> str:
    """All in Markdown; ours is the first that grew."""
    parts = [table(HEAD, (row for each in found for row in _rows(each))), _notes(found)]
    if any(isinstance(each, Missing) or each.runs for each in growth):
        parts.append(table(GROWTH, (row for each in growth for row in _growth_rows(growth[0], each))))
    return "\n\n".join(part.strip() for part in (*parts, machine.described(facts))) + "\n"
