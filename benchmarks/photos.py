"""How fast photos are developed, beside peers at equal SSIM: python -m benchmarks.photos [photographs]"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from benchmarks import corpus, machine, work
from benchmarks.contestants import CONTESTANTS, OURS, ROOT, Contestant, Order, Settings
from benchmarks.figures import Ratio, growth, nearest, next_quality, table
from benchmarks.ours import Plan, planned
from benchmarks.work import Score, WrongError

HOME = ROOT / ".site_builder" / "bench"
RESULTS = Path(__file__).parent / "results"
CALIBRATION_PHOTOS = 6
TRIES = 6
"""At most as many qualities are tried in a calibration."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The photos, what the house recipe plans for them, and a place to work."""

    photos: tuple[Path, ...]
    plan: Plan
    pool: Executor

    def order(self, name: str, count: int, quality: Mapping[str, int]) -> Order:
        widths: dict[str, list[int]] = {}
        for variant in self.plan.work[0].variants:
            widths.setdefault(variant.format, []).append(variant.width)
        return Order(self.photos[:count], HOME / "output" / name, widths, quality)

    def timed(self, contestant: Contestant, order: Order) -> float:
        """Seconds that the contestant took, its work checked."""
        seconds = contestant.run(order)
        work.check(work.pieces(order.output).values(), self.plan.work[: len(order.photos)])
        return seconds

    def scored(self, contestant: Contestant, order: Order) -> dict[str, Score]:
        self.timed(contestant, order)
        return work.score(order.photos, order.output, self.pool)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found out about one peer; seconds are pairs of ours and theirs."""

    name: str
    photos: int
    seconds: tuple[tuple[float, float], ...]
    faster: Ratio
    ours: Mapping[str, Score]
    theirs: Mapping[str, Score]
    quality: Mapping[str, int]
    growth: Mapping[str, float]
    """Of the logarithm of the peer's bytes with its SSIM, by format."""
    settings: Settings
    note: str

    def rate(self, side: int) -> float:
        """Photos a second in the best run of ours (0) or theirs (1)."""
        return self.photos / min(pair[side] for pair in self.seconds)

    def bytes_ratio(self, format_: str) -> float:
        """Ours over theirs, what is left of a difference in SSIM made good."""
        ours, theirs = self.ours[format_], self.theirs[format_]
        return ours.bytes / theirs.bytes / math.exp(self.growth[format_] * (ours.ssim - theirs.ssim))


@dataclass(frozen=True, slots=True)
class Missing:
    """A peer that could not take part."""

    name: str
    reason: str


def compare(bench: Bench, peer: Contestant, pairs: int) -> Comparison | Missing:
    """The peer at its fastest settings and at our SSIM; or why not."""
    try:
        return _compare(bench, peer, pairs)
    except subprocess.CalledProcessError as error:
        lines = f"{error.stdout}\n{error.stderr}".strip().splitlines()
        errors = [line for line in lines if "error" in line.lower()]
        return Missing(peer.name, (errors or lines or [str(error)])[0].strip().replace(f"{ROOT}/", ""))
    except (OSError, WrongError) as error:
        return Missing(peer.name, str(error))


def _compare(bench: Bench, peer: Contestant, pairs: int) -> Comparison:
    count = min(peer.photos, len(bench.photos))
    quality = {"avif": bench.plan.recipe.avif_quality, "jpeg": bench.plan.recipe.jpeg_quality}
    fastest = _fastest(bench, peer, bench.order("peer", min(count, CALIBRATION_PHOTOS), quality))
    quality, growing = _calibrated(bench, fastest, min(count, CALIBRATION_PHOTOS), quality)
    ours, theirs = bench.order("ours", count, quality), bench.order("peer", count, quality)
    scores = bench.scored(OURS, ours), bench.scored(fastest, theirs)  # the warm-up of both
    seconds = tuple(
        (bench.timed(OURS, ours), bench.timed(fastest, theirs)) for _ in range(min(peer.pairs, pairs))
    )
    return Comparison(
        peer.name, count, seconds, Ratio.of(seconds), *scores, quality, growing, fastest.settings, peer.note
    )


def _fastest(bench: Bench, peer: Contestant, order: Order) -> Contestant:
    """The peer with those of its candidate settings that took the least time in two rounds."""
    if not peer.candidates:
        return peer
    contenders = [peer.with_settings(settings) for settings in peer.candidates]
    best = [min(bench.timed(each, order) for each in [contender] * 2) for contender in contenders]
    return contenders[best.index(min(best))]


def _calibrated(
    bench: Bench, peer: Contestant, count: int, start: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, float]]:
    """The peer's quality by format at which its mean SSIM is nearest to ours; how its bytes grow there."""
    target = {
        name: score.ssim for name, score in bench.scored(OURS, bench.order("ours", count, start)).items()
    }
    known: dict[str, dict[int, Score]] = {format_: {} for format_ in target}
    trial = dict(start)
    for _ in range(TRIES):
        found = bench.scored(peer, bench.order("peer", count, trial))
        for format_, tried in known.items():
            tried[trial[format_]] = found[format_]
        curves = {format_: _ssim(tried) for format_, tried in known.items()}
        best = {format_: nearest(curve, target[format_]) for format_, curve in curves.items()}
        ahead = {format_: next_quality(curve, target[format_]) for format_, curve in curves.items()}
        if not any(ahead.values()):
            break
        trial = {format_: ahead[format_] or best[format_] for format_ in known}
    return best, {
        format_: growth([(each.ssim, each.bytes) for each in tried.values()], target[format_])
        for format_, tried in known.items()
    }


def _ssim(tried: Mapping[int, Score]) -> dict[int, float]:
    return {quality: score.ssim for quality, score in tried.items()}


HEAD = (
    "peer",
    "photos",
    "ours, photos/s",
    "peer, photos/s",
    "throughput, ours/peer",
    "AVIF bytes, ours/peer",
    "AVIF SSIM, ours/peer",
    "JPEG bytes, ours/peer",
    "JPEG SSIM, ours/peer",
    "peer's qualities",
)


def _row(found: Comparison | Missing) -> Sequence[object]:
    if isinstance(found, Missing):
        return [f"{found.name}: missing, {found.reason}"] + ["–"] * (len(HEAD) - 1)
    formats = [
        cell
        for format_ in ("avif", "jpeg")
        for cell in (
            f"{found.bytes_ratio(format_):.3f}",
            f"{found.ours[format_].ssim:.4f} / {found.theirs[format_].ssim:.4f}",
        )
    ]
    name = f"{found.name} ({found.note})" if found.note else found.name
    rates = [f"{found.rate(0):.2f}", f"{found.rate(1):.2f}"]
    qualities = f"{found.quality['avif']} / {found.quality['jpeg']}"
    return [name, found.photos, *rates, found.faster, *formats, qualities]


def _report(bench: Bench, found: Iterable[Comparison | Missing], facts: Mapping[str, str]) -> str:
    """The table and what it was measured with."""
    settings = [
        f"- {each.name}: {len(each.seconds)} pairs; "
        + (", ".join(f"{name} {value}" for name, value in each.settings.items()) or "its own settings")
        for each in found
        if isinstance(each, Comparison)
    ]
    parts = [table(HEAD, map(_row, found)), "\n".join(settings), machine.described(facts)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _told(plan: Plan) -> str:
    said = {name: value for name, value in asdict(plan.recipe).items() if name not in {"encoders", "paper"}}
    return ", ".join(f"{name} {value}" for name, value in said.items())


def main() -> None:
    asked = _arguments().parse_args()
    photos = tuple(corpus.prepare(HOME / "corpus", asked.count, asked.photographs))
    chosen = [each for each in CONTESTANTS if asked.only in each.name]
    with ProcessPoolExecutor() as pool:
        bench = Bench(photos, planned(photos, HOME / "measured.json"), pool)
        found = []
        for peer in chosen:
            print(f"{peer.name} …", flush=True)
            found.append(compare(bench, peer, asked.pairs))
    facts = machine.facts() | {"recipe": _told(bench.plan)}
    RESULTS.mkdir(exist_ok=True)
    results = {"facts": facts, "peers": [asdict(each) for each in found]}
    (RESULTS / "photos.json").write_text(json.dumps(results, indent=2), "utf-8")
    (RESULTS / "photos.md").write_text(report := _report(bench, found, facts), "utf-8")
    print(report)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.photos", description=__doc__)
    number = partial(parser.add_argument, type=int, metavar="N")
    parser.add_argument("photographs", nargs="?", type=Path, help="a folder of JPEGs; drawn ones without it")
    number("--count", default=24, help="photos of 12 megapixels (24)")
    number("--pairs", default=5, help="pairs of runs (5)")
    parser.add_argument("--only", default="", metavar="NAME", help="peers whose name holds this")
    return parser


if __name__ == "__main__":
    main()
