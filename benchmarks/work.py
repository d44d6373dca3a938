"""What a contestant wrote: complete, upright and clean, or not; its bytes and its SSIM."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean

from PIL import Image

from benchmarks import similarity
from site_builder.photos.plan import Development

NAME = re.compile(r"(?P<stem>.+?)(-[0-9a-f]{8})?-(?P<width>\d+)\.(?P<format>avif|jpe?g)")
LIKE = 0.5
"""The SSIM below which a picture is not the photo seen upright."""


class WrongError(Exception):
    """A contestant did not do the work."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that was written: of which photo, in which format and size."""

    stem: str
    format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Score:
    """Bytes in all and mean SSIM of the files of one format."""

    bytes: int
    ssim: float


def pieces(output: Path) -> dict[Path, Piece]:
    """The variants in a folder.

    Raises:
        WrongError: when one still carries metadata.
    """
    return {file: _piece(file, named) for file in output.rglob("*") if (named := NAME.fullmatch(file.name))}


def _piece(file: Path, named: re.Match[str]) -> Piece:
    with Image.open(file) as image:
        if image.getexif() or "xmp" in image.info:
            raise WrongError(f"{file.name} carries metadata")
        format_ = "avif" if named["format"] == "avif" else "jpeg"
        return Piece(named["stem"], format_, *image.size)


def check(written: Iterable[Piece], work: Iterable[Development]) -> None:
    """Raises `WrongError` unless just what was planned was written, heights rounded either way."""
    heights = {(each.stem, each.format, each.width): each.height for each in written}
    planned = {
        (Path(each.source).stem, variant.format, variant.width): variant.height
        for each in work
        for variant in each.variants
    }
    if heights.keys() != planned.keys():
        raise WrongError(f"{len(heights.keys() & planned.keys())} of {len(planned)} files written")
    for key, height in planned.items():
        if abs(heights[key] - height) > 1:
            raise WrongError(f"{key} is {heights[key]} px high, not {height}")


def score(photos: Iterable[Path], output: Path, executor: Executor) -> dict[str, Score]:
    """Of each format, held against the photos."""
    written = pieces(output)
    rows = [row for rows in executor.map(partial(_compared, written), photos) for row in rows]
    return {
        format_: Score(
            sum(size for each, size, _ in rows if each == format_),
            mean(ssim for each, _, ssim in rows if each == format_),
        )
        for format_ in sorted({each for each, _, _ in rows})
    }


def _compared(written: Mapping[Path, Piece], photo: Path) -> list[tuple[str, int, float]]:
    """Format, bytes and SSIM of every variant of a photo."""
    full = similarity.upright(photo)
    references: dict[tuple[int, int], similarity.Luma] = {}
    rows = []
    for file, piece in written.items():
        if piece.stem == photo.stem:
            size = (piece.width, piece.height)
            if size not in references:
                references[size] = similarity.luma(similarity.reduced(full, size))
            with Image.open(file) as image:
                ssim = similarity.ssim(references[size], similarity.luma(image))
            if ssim < LIKE:
                raise WrongError(f"{file.name} is not like {photo.name}: SSIM {ssim:.2f}")
            rows.append((piece.format, file.stat().st_size, ssim))
    return rows
