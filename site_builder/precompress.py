"""Writes compressed copies beside a site's text files, for hosts that send them as they are."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from site_builder.web.hosting import HASHED

TEXT = frozenset({".css", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"})

SHARE = 16
"""Files that a thread takes at a time."""

Codec = Callable[[bytes], bytes]

QUICK: Mapping[str, Codec] = {
    ".gz": lambda data: zlib.compress(data, 4, wbits=31),
    ".br": lambda data: brotli.compress(data, quality=5),
}
"""For what every build writes anew. Processor seconds and megabytes for 2,000 pages, 27.4 MB as they are:

    gz   1: 0.32 8.87    4: 0.38 8.27    5: 0.43 8.19    6: 0.46 8.17    9: 0.49 8.16
    br   1: 0.12 9.16    4: 0.38 8.09    5: 0.50 7.32    6: 0.56 7.31    9: over 5, 7.17

Beyond 4 and 5 a page hardly shrinks; brotli 11 would take half a minute of them.
"""

SMALLEST: Mapping[str, Codec] = {
    ".gz": lambda data: zlib.compress(data, 9, wbits=31),
    ".br": lambda data: brotli.compress(data, quality=11),
}
"""For the few files that browsers keep for ever: 0.1 s for the whole theme, brotli 12 % below quality 9."""


def precompress(site: Path) -> None:
    """Beside every text file its `.gz` and `.br`, wherever they are smaller than the file itself.

    The same file gives the same bytes: no copy holds a name or a time.
    """
    files = [(file, _codecs(file.relative_to(site))) for file in site.rglob("*") if file.suffix in TEXT]
    shares = [files[start : start + SHARE] for start in range(0, len(files), SHARE)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both codecs let other threads run
        list(threads.map(_compress, shares))


def _codecs(file: Path) -> Mapping[str, Codec]:
    return SMALLEST if file.as_posix().startswith(HASHED) else QUICK


def _compress(files: Iterable[tuple[Path, Mapping[str, Codec]]]) -> None:
    for file, codecs in files:
        data = file.read_bytes()
        for ending, codec in codecs.items():
            if len(copy := codec(data)) < len(data):
                file.with_name(file.name + ending).write_bytes(copy)
