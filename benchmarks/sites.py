"""How fast whole sites are built, beside peers that make the same pages: python -m benchmarks.sites"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks import machine, stories
from benchmarks.contestants import ROOT
from benchmarks.figures import Ratio, table
from benchmarks.generators import ONE_JOB, OURS, PEERS, TWO_JOBS, Generator, Site, WrongError
from benchmarks.processes import Run
from benchmarks.told import Corpus

HOME = ROOT / ".site_builder" / "bench" / "sites"
RESULTS = Path(__file__).parent / "results"

Pairs = Sequence[tuple[float, float]]
T = TypeVar("T")


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


def tried(name: str, work: Callable[[], T]) -> T | Missing:
    """What the work comes to, or why it cannot be done."""
    print(f"{name} …", flush=True)
    try:
        return work()
    except subprocess.CalledProcessError as error:
        lines = str(error.output).strip().splitlines() or [str(error)]
        reason = next((line for line in lines if "error" in line.lower()), lines[0])
    except (OSError, WrongError) as error:
        reason = str(error)
    return Missing(name, reason.strip().replace(f"{ROOT}/", ""))


def corpus(count: int) -> Corpus:
    """A checkout of so many stories, as ours is fed with it."""
    root = HOME / str(count) / "corpus"
    shutil.rmtree(root.parent, ignore_errors=True)
    root.mkdir(parents=True)
    stories.write(root, count)
    return Corpus(root)


def site(generator: Generator, told: Corpus) -> Site:
    return Site.of(generator, told, told.root.with_name(generator.name.replace(" ", "-")))


def compared(first: Generator, second: Generator, told: Corpus, pairs: int) -> tuple[Comparison, ...]:
    """Cold and edited builds of both in turn, after one of each that does not count."""
    sites = site(first, told), site(second, told)
    works: Mapping[str, Callable[[Site], Run]] = {"cold": Site.cold, "one story edited": Site.edited}
    found = []
    for what, build in works.items():
        for each in sites:
            build(each)
        seconds = [
            (build(sites[0]).seconds, build(sites[1]).seconds) for _ in range(min(second.pairs, pairs))
        ]
        sizes = {each.generator.name: each.sizes() for each in sites}
        found.append(Comparison.of(what, sites[0].count, sizes, seconds))
    for each in sites:
        shutil.rmtree(each.folder)
    return tuple(found)


def grown(
    generators: Sequence[Generator], corpora: Mapping[int, Corpus], rounds: int
) -> list[Growth | Missing]:
    """Cold builds of every size by all generators in turn, after one of the smallest that does not count."""
    runs: dict[str, dict[int, list[Run]]] = {each.name: {} for each in generators}
    missing: dict[str, Missing] = {}
    for number in range(rounds + 1):
        for count, told in corpora.items():
            for each in generators:
                if each.name in missing or count > each.most or (number == 0 and count > min(corpora)):
                    continue
                done = tried(f"{each.name}, {count} stories", partial(_cold, each, told))
                if isinstance(done, Missing):
                    missing[each.name] = done
                elif number:
                    runs[each.name].setdefault(count, []).append(done)
    return [missing.get(name) or Growth(name, found) for name, found in runs.items()]


def _cold(generator: Generator, told: Corpus) -> Run:
    """A build in a folder that is made for it and goes with it, so that the largest fits on a small disk."""
    made = site(generator, told)
    try:
        return made.cold(watched=True)
    finally:
        shutil.rmtree(made.folder)


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
GROWTH = ("generator", "stories", "s", "ms a story", "time a story, over the size before", "memory, MB")


def _rows(found: Comparison | Missing) -> Iterator[Sequence[object]]:
    if isinstance(found, Missing):
        yield [f"{found.name}: missing, {found.reason}"] + ["–"] * (len(HEAD) - 1)
        return
    best = [f"{min(pair[side] for pair in found.seconds):.2f}" for side in (0, 1)]
    yield [found.what, found.stories, *found.sizes, len(found.seconds), *best, found.ratio]


def _growth_rows(found: Growth | Missing) -> Iterator[Sequence[object]]:
    if isinstance(found, Missing):
        yield [f"{found.name}: missing, {found.reason}"] + ["–"] * (len(GROWTH) - 1)
        return
    for count, runs in found.runs.items():
        longer = found.longer(count) if count > min(found.runs) else "–"
        seconds = f"{median(run.seconds for run in runs):.1f}"
        memory = f"{max(run.memory for run in runs) / 1e6:.0f}"
        yield [found.name, count, seconds, f"{found.each(count):.2f}", longer, memory]


def _notes(found: Iterable[Comparison | Missing]) -> str:
    """How equal the work was: what each generator made."""
    compared = [each for each in found if isinstance(each, Comparison)]
    made = {name: sizes for each in compared for name, sizes in each.sizes.items()}
    return "\n".join(f"- {name}: {_made(sizes)}" for name, sizes in made.items())


def _made(sizes: Mapping[str, int]) -> str:
    kilobytes = sizes["bytes"] / (sizes["stories"] + sizes["others"]) / 1e3
    return f"{sizes['stories']} pages of stories, {sizes['others']} others, {kilobytes:.1f} kB each"


def _report(
    found: Sequence[Comparison | Missing], growth: Sequence[Growth | Missing], facts: Mapping[str, str]
) -> str:
    parts = [table(HEAD, (row for each in found for row in _rows(each))), _notes(found)]
    if any(isinstance(each, Missing) or each.runs for each in growth):
        parts.append(table(GROWTH, (row for each in growth for row in _growth_rows(each))))
    return "\n\n".join(part.strip() for part in (*parts, machine.described(facts))) + "\n"


def main() -> None:
    asked = _arguments().parse_args()
    peers = [peer for peer in PEERS if asked.only in peer.name]
    found: list[Comparison | Missing] = []
    told = corpus(asked.count)
    for first, second in [*((OURS, peer) for peer in peers), *[(TWO_JOBS, ONE_JOB)][: not asked.only]]:
        done = tried(second.name, partial(compared, first, second, told, asked.pairs))
        found += [done] if isinstance(done, Missing) else done
    growth = grown((OURS, *peers), {count: corpus(count) for count in asked.growth}, asked.rounds)
    facts = machine.builders()
    RESULTS.mkdir(exist_ok=True)
    results = {"facts": facts, "builds": list(map(asdict, found)), "growth": list(map(asdict, growth))}
    (RESULTS / "sites.json").write_text(json.dumps(results, indent=2), "utf-8")
    (RESULTS / "sites.md").write_text(report := _report(found, growth, facts), "utf-8")
    print(report)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.sites", description=__doc__)
    number = partial(parser.add_argument, type=int, metavar="N")
    number("--count", default=1_000, help="stories (1000)")
    number("--pairs", default=5, help="pairs of runs (5)")
    number("--growth", nargs="*", default=(100, 1_000, 10_000), help="sizes to grow over (100 1000 10000)")
    number("--rounds", default=2, help="builds of each size (2)")
    parser.add_argument("--only", default="", metavar="NAME", help="peers whose name holds this")
    return parser


if __name__ == "__main__":
    main()
