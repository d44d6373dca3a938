"""How fast whole sites are built, beside peers that make the same pages: python -m benchmarks.sites"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks import builds, machine, stories
from benchmarks.builds import Comparison, Growth, Missing
from benchmarks.contestants import ROOT
from benchmarks.discarded import discard, remove
from benchmarks.generators import ONE_JOB, OURS, PEERS, TWO_JOBS, FailedError, Generator, Site
from benchmarks.processes import Run
from benchmarks.told import Corpus

HOME = ROOT / ".site_builder" / "bench" / "sites"
RESULTS = Path(__file__).parent / "results"
T = TypeVar("T")


def tried(name: str, work: Callable[[], T]) -> T | Missing:
    """What the work comes to, or why a peer cannot do it.

    Raises:
        FailedError: where it is ours that cannot.
    """
    print(f"{name} …", flush=True)
    try:
        return work()
    except FailedError as error:
        if error.name in {each.name for each in (OURS, ONE_JOB, TWO_JOBS)}:
            raise
        return Missing(name, error.reason.replace(f"{ROOT}/", ""))


def corpus(count: int) -> Corpus:
    """A checkout of so many stories, as ours is fed with it."""
    root = HOME / str(count) / "corpus"
    discard(root.parent)
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
        discard(each.folder)
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
        discard(made.folder)


def main() -> None:
    try:
        _measure(_arguments().parse_args())
    finally:
        remove()


def _measure(asked: argparse.Namespace) -> None:
    peers = [peer for peer in PEERS if asked.only in peer.name]
    found: list[Comparison | Missing] = []
    told = corpus(asked.count)
    for first, second in [
        *((OURS, peer) for peer in peers),
        *[(TWO_JOBS, ONE_JOB)][: asked.only in ONE_JOB.name],
    ]:
        done = tried(second.name, partial(compared, first, second, told, asked.pairs))
        found += [done] if isinstance(done, Missing) else done
    growth = grown((OURS, *peers), {count: corpus(count) for count in asked.growth}, asked.rounds)
    facts = machine.builders()
    RESULTS.mkdir(exist_ok=True)
    results = {"facts": facts, "builds": list(map(asdict, found)), "growth": list(map(asdict, growth))}
    (RESULTS / "sites.json").write_text(json.dumps(results, indent=2), "utf-8")
    (RESULTS / "sites.md").write_text(report := builds.report(found, growth, facts), "utf-8")
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
