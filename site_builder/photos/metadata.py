"""Takes the metadata out of a photo's file without touching a pixel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import exif, gif, heif, jpeg, png, video, webp


class _Format(NamedTuple):
    signature: re.Pattern[bytes]
    stripped: Callable[[bytes], bytes]
    places: Callable[[bytes], Iterator[bool]]


_BRANDS = b"avif|avis|heic|heix|heim|heis|hevc|hevx|mif1|mif2|msf1|miaf"
"""Of pictures among the files that begin with `ftyp` (ISO/IEC 23008-12, 10 and annex B; AVIF; MIAF)."""

_FORMATS = (
    _Format(re.compile(rb"\xff\xd8\xff"), jpeg.stripped, jpeg.places),
    _Format(re.compile(re.escape(png.SIGNATURE)), png.stripped, png.places),
    _Format(re.compile(rb"RIFF.{4}WEBP", re.DOTALL), webp.stripped, webp.places),
    _Format(re.compile(rb"GIF8[79]a"), gif.stripped, gif.places),
    _Format(re.compile(rb".{4}ftyp(?:.{4}){0,15}?(?:%b)" % _BRANDS, re.DOTALL), heif.stripped, heif.places),
)


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is of a kind whose metadata can be taken out."""
    return _format(head) is not None


def stripped(data: bytes) -> bytes:
    """The same picture without metadata: coded pixels byte for byte, orientation and colour profile kept.

    Every EXIF, XMP, IPTC block, comment, thumbnail, second picture and appended video goes; what is left
    of EXIF is the orientation. Stripping twice is stripping once. Takes time in proportion to the file.

    Raises:
        PhotoError: photo-not-an-image, when it is no JPEG, PNG, WebP, GIF, AVIF or HEIC file, or hides
            its metadata where it cannot be taken out; photo-truncated, when its structure ends early.
    """
    format_ = _format(data)
    if not format_:
        raise PhotoError("photo-not-an-image")
    return format_.stripped(data)


def located(data: bytes) -> bool:
    """Whether a file tells where it was taken: in EXIF (any of its copies), in XMP, or in a video in it.

    Of other files, a raw photo (TIFF) and a video tell theirs too. A file whose structure is broken is
    searched from end to end. A JPEG of 10 MB takes some 12 ms, and time grows with the size.
    """
    format_ = _format(data)
    if not format_:
        raw, film = data[:4] in {b"II*\0", b"MM\0*"}, data[4:8] == b"ftyp"
        return (raw and exif.tells_place(data)) or (film and video.tells_place(data, 0))
    try:
        return any(format_.places(data))
    except PhotoError:
        return exif.tells_place(data)


def _format(data: bytes) -> _Format | None:
    return next((each for each in _FORMATS if each.signature.match(data)), None)
