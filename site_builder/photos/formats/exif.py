"""What EXIF and XMP tell of how a picture lies or where it was taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from site_builder.photos.formats.parts import number

PREFIX = b"Exif\0\0"
"""Stands before the TIFF block in JPEG (EXIF 2.32, 4.7.2), now and then elsewhere too."""

UPRIGHT = 1

_ORIENTATION, _GPS = 0x0112, 0x8825
_GPS_VERSION = 0
_SHORT, _LONG = 3, 4

_TIFF = re.compile(rb"II\*\0|MM\0\*")
_MAX_BLOCKS, _MAX_DIRECTORIES, _MAX_ENTRIES = 16, 4, 500
"""More than any camera writes; they bound the time that a hostile file can take."""


class _Entry(NamedTuple):
    tag: int
    type: int
    value: int
    """The four bytes of value or offset as one number, or the two of a SHORT."""


class _Tiff(NamedTuple):
    """A TIFF block: `data` with its offsets counted from `start`."""

    data: bytes
    start: int
    order: Literal["big", "little"]

    def number(self, at: int, width: int) -> int:
        return number(self.data, self.start + at, width, self.order)

    def directories(self) -> Iterator[int]:
        """The offsets of the image file directories, as each names the next (TIFF 6.0, 2)."""
        at = self.number(4, 4)
        for _ in range(_MAX_DIRECTORIES):
            if not at:
                return
            yield at
            at = self.number(at + 2 + 12 * self.number(at, 2), 4)

    def entries(self, directory: int) -> Iterator[_Entry]:
        """The entries of a directory, as far as they lie within the data."""
        whole = (len(self.data) - self.start - directory - 2) // 12
        count = min(self.number(directory, 2), whole, _MAX_ENTRIES)
        for at in range(directory + 2, directory + 2 + 12 * count, 12):
            type_ = self.number(at + 2, 2)
            yield _Entry(self.number(at, 2), type_, self.number(at + 8, 2 if type_ == _SHORT else 4))


def orientation(exif: bytes) -> int:
    """How the picture lies, 1 to 8 (EXIF 2.32, tag 274). What XMP says of it no browser heeds."""
    for tiff in islice(_tiffs(exif), 1):
        for directory in islice(tiff.directories(), 1):
            for entry in tiff.entries(directory):
                if entry.tag == _ORIENTATION and entry.type in {_SHORT, _LONG}:
                    return entry.value if 1 <= entry.value <= 8 else UPRIGHT
    return UPRIGHT


def oriented(orientation: int) -> bytes:
    """The smallest TIFF block that tells an orientation; of an upright picture it tells nothing."""
    entries = b""
    if orientation != UPRIGHT:
        entries = b"".join(value.to_bytes(2, "big") for value in (_ORIENTATION, _SHORT, 0, 1, orientation, 0))
    return b"MM\0*\0\0\0\x08" + (len(entries) // 12).to_bytes(2, "big") + entries + b"\0\0\0\0"


def tells_place(block: bytes) -> bool:
    """Whether a block of metadata, EXIF or XMP in any encoding of Unicode, holds a location.

    A GPS directory that holds nothing but its version (EXIF 2.32, 4.6.6) is none.
    """
    text = block.replace(b"\0", b"").lower()
    if b"gpslatitude" in text or b"gpslongitude" in text:
        return True
    return any(_has_gps(tiff) for tiff in islice(_tiffs(block), _MAX_BLOCKS))


def _tiffs(block: bytes) -> Iterator[_Tiff]:
    for found in _TIFF.finditer(block):
        yield _Tiff(block, found.start(), "little" if found[0].startswith(b"I") else "big")


def _has_gps(tiff: _Tiff) -> bool:
    return any(
        any(inner.tag != _GPS_VERSION for inner in tiff.entries(entry.value))
        for directory in tiff.directories()
        for entry in tiff.entries(directory)
        if entry.tag == _GPS
    )
