"""Whether a video that a phone appends to a photo tells where it was taken."""

from __future__ import annotations

from contextlib import suppress

from site_builder.content.problems import PhotoError
from site_builder.photos.formats.boxes import boxes

_TELLING = (b"\xa9xyz", b"loci", b"com.apple.quicktime.location.ISO6709")
"""QuickTime's user data, 3GPP TS 26.244, Apple's metadata keys."""


def tells_place(data: bytes, start: int) -> bool:
    """Whether the `moov` box of any MP4 or QuickTime file from `start` on holds a location."""
    found = data.find(b"ftyp", start)
    while found >= 0:
        at = found - 4
        with suppress(PhotoError):  # after the last box comes whatever else the phone appends
            for box in boxes(data, at, len(data)):
                if box.kind == b"moov" and moov_tells_place(box.payload(data)):
                    return True
                at = box.stop
        found = data.find(b"ftyp", max(at, found + 4))
    return False


def moov_tells_place(moov: bytes) -> bool:
    return any(name in moov for name in _TELLING)
