"""Compressed copies of a site's text files, for hosts that send them as they are."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

import brotli

from site_builder.web.hosting import HASHED

TEXT = frozenset({".css", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"})

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


LEAST = 4000
"""Bytes below which a file has no copies: it comes in the first packets anyway (RFC 6928: ten), and hosts
that compress do so on the way."""


def with_copies(address: str, data: bytes) -> dict[str, bytes]:
    """A file of the site, and beside a text file its `.gz` and `.br`, wherever they are smaller.

    The same file gives the same bytes: no copy holds a name or a time.
    """
    files = {address: data}
    if len(data) >= LEAST and PurePosixPath(address).suffix in TEXT:
        codecs = SMALLEST if address.startswith(HASHED) else QUICK
        copies = {address + ending: codec(data) for ending, codec in codecs.items()}
        files |= {copy: small for copy, small in copies.items() if len(small) < len(data)}
    return files
