"""What each encoder costs at equal SSIM, in bytes and CPU time: python -m benchmarks.formats [photographs]"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from PIL import Image
from ssimulacra2 import compute_ssimulacra2

from benchmarks import corpus, machine, similarity
from benchmarks.contestants import ROOT
from benchmarks.figures import at, common, table

RESULTS = Path(__file__).parent / "results"
WIDTHS = (1920, 960, 320)
JUDGED = 960
"""The width at which SSIMULACRA2 is computed too; at 1920 it takes 6 s a picture."""

QUALITIES = {"AVIF": (32, 44, 56, 70), "WEBP": (35, 55, 72, 86), "JPEG": (30, 48, 66, 82)}
"""Of each format, such that all reach the quality of the house recipe."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A format and Pillow's options for it."""

    name: str
    format: str
    options: Mapping[str, Any] = field(default_factory=dict)


def _encoders() -> Iterator[Encoder]:
    for speed in (9, 8, 7, 6):
        for tune in ("ssim", "iq"):
            options = {"speed": speed, "max_threads": 1, "advanced": {"tune": tune}}
            yield Encoder(f"AVIF, speed {speed}, tune {tune}", "AVIF", options)
    for method in (0, 2, 4, 6):
        yield Encoder(f"WebP, method {method}", "WEBP", {"method": method})
    yield Encoder("JPEG, progressive", "JPEG", {"progressive": True, "optimize": True})
    yield Encoder("JPEG, baseline", "JPEG", {"optimize": True})


ENCODERS = tuple(_encoders())


@dataclass(frozen=True, slots=True)
class Sample:
    """One encoding: bytes, CPU seconds, SSIM, and SSIMULACRA2 where it was computed."""

    bytes: float
    seconds: float
    ssim: float
    judged: float


Key = tuple[int, str, int]
"""Width, encoder, quality."""


def measured(photo: Path) -> dict[Key, Sample]:
    """Every encoder at every quality and width, of one photo."""
    full = similarity.upright(photo)
    samples = {}
    for width in WIDTHS:
        picture = similarity.reduced(full, (width, round(full.height * width / full.width)))
        for encoder in ENCODERS:
            for quality in QUALITIES[encoder.format]:
                samples[width, encoder.name, quality] = _sample(picture, encoder, quality)
    return samples


def _sample(picture: Image.Image, encoder: Encoder, quality: int) -> Sample:
    data = io.BytesIO()
    start = time.process_time()
    picture.save(data, encoder.format, quality=quality, **encoder.options)
    seconds = time.process_time() - start
    with Image.open(data) as encoded:
        ssim = similarity.ssim(similarity.luma(picture), similarity.luma(encoded))
        judged = _ssimulacra2(picture, encoded) if picture.width == JUDGED else 0.0
    return Sample(len(data.getvalue()), seconds, ssim, judged)


def _ssimulacra2(picture: Image.Image, encoded: Image.Image) -> float:
    """Near 100 for equal pictures, 60 for good ones; the package takes files only."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one.png"), Path(folder, "other.png")
        picture.save(one, compress_level=0)
        encoded.convert("RGB").save(other, compress_level=0)
        return float(compute_ssimulacra2(str(one), str(other)))


def averaged(photos: Sequence[Mapping[Key, Sample]]) -> dict[Key, Sample]:
    """The mean of each sample over all photos."""

    def over(key: Key, name: str) -> float:
        return mean(float(getattr(photo[key], name)) for photo in photos)

    return {key: Sample(*(over(key, name) for name in Sample.__slots__)) for key in photos[0]}


def _curve(
    samples: Mapping[Key, Sample], width: int, encoder: Encoder, measure: str, value: str
) -> list[tuple[float, float]]:
    chosen = [samples[width, encoder.name, quality] for quality in QUALITIES[encoder.format]]
    return [(getattr(each, measure), getattr(each, value)) for each in chosen]


def compared(samples: Mapping[Key, Sample], width: int, measure: str = "ssim") -> tuple[float, str]:
    """The measure's value that all encoders reach, and a table of what each costs there."""
    goal = common(_curve(samples, width, encoder, measure, "bytes") for encoder in ENCODERS)
    costs = [
        [at(goal, _curve(samples, width, encoder, measure, value)) for value in ("bytes", "seconds")]
        for encoder in ENCODERS
    ]
    least = costs[0][0]
    rows = [
        (encoder.name, f"{size / 1e3:.1f}", f"{size / least:.2f}", f"{seconds * 1e3:.1f}")
        for encoder, (size, seconds) in zip(ENCODERS, costs, strict=True)
    ]
    return goal, table(("encoder", "kB", "times the first", "ms of CPU"), rows)


def _report(samples: Mapping[Key, Sample]) -> Iterator[str]:
    for width in WIDTHS:
        goal, rows = compared(samples, width)
        yield f"Width {width}, at an SSIM of {goal:.4f}:\n\n{rows}"
    goal, rows = compared(samples, JUDGED, "judged")
    yield f"Width {JUDGED}, at a SSIMULACRA2 of {goal:.1f}:\n\n{rows}"
    yield machine.described(machine.facts()) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.formats", description=__doc__)
    parser.add_argument("photographs", nargs="?", type=Path, help="a folder of JPEGs; drawn ones without it")
    parser.add_argument("--count", type=int, default=7, metavar="N", help="photos of 12 megapixels (7)")
    asked = parser.parse_args()
    photos = corpus.prepare(ROOT / ".site_builder" / "bench" / "corpus", asked.count, asked.photographs)
    with ProcessPoolExecutor() as pool:
        samples = averaged(list(pool.map(measured, photos)))
    report = "\n".join(_report(samples))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "formats.md").write_text(report, "utf-8")
    print(report)


if __name__ == "__main__":
    main()
