"""JPEG files and their segments (ITU-T T.81)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import exif, video
from site_builder.photos.formats.parts import Part, number, within

_SOI, _EOI, _SOS, _TEM = b"\xd8", b"\xd9", b"\xda", b"\x01"
_APP0, _APP1, _APP2, _APP14 = b"\xe0", b"\xe1", b"\xe2", b"\xee"

_TABLES = frozenset(
    bytes([marker]) for marker in (*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDA, 0xE0))
)
"""SOFn, DHT, DAC, SOS, DQT, DNL, DRI, DHP and EXP (table B.1), without which nothing can be decoded."""

_COLOURS = {_APP0: b"JFIF\0", _APP2: b"ICC_PROFILE\0", _APP14: b"Adobe"}
"""The application segments that say how colours are meant, and how their payloads begin."""

_JFIF_SIZE = 14
"""Bytes of the payload without a thumbnail, whose two sides come last (ITU-T T.871, 10.1)."""

_ADOBE_SIZE = 12
"""Bytes of the payload (T.872, 6.5.3)."""

_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENDED_XMP_HEADER = len(_EXTENDED_XMP) + 32 + 4 + 4
"""Name, digest, length and offset (XMP specification part 3, 1.1.3.1)."""

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends a scan: neither a stuffed FF00, nor a restart, nor a fill byte (B.1.1). A search of 10 MB
took 5 ms, `bytes.find` from one FF to the next 12 ms."""


def segments(data: bytes, start: int = 0) -> Iterator[Part]:
    """The segments of one picture, after its SOI and to its first EOI (B.1).

    The kind is the second byte of the marker. A scan follows the payload of its SOS, up to `stop`.
    What stands between segments belongs to none; libjpeg skips it too.

    Raises:
        PhotoError: photo-truncated, after the segments that are whole.
    """
    at = _marker(data, start + 2)
    while (kind := data[at + 1 : at + 2]) != _EOI:
        if kind == _SOI:  # the next picture begins before this one ends; libjpeg gives up as well
            raise PhotoError("photo-truncated")
        stop = at + 2
        if kind != _TEM:
            end = within(data, max(at + 4, at + 2 + number(data, at + 2, 2)))
            stop = _marker(data, end) if kind == _SOS else end
            yield Part(kind, at, at + 4, end, stop)
        at = _marker(data, stop)
    yield Part(kind, at, at + 2, at + 2, at + 2)


def scans(data: bytes) -> int:
    """How many scans the first picture has, as far as it is whole."""
    number_of = 0
    with suppress(PhotoError):
        for part in segments(data):
            number_of += part.kind == _SOS
    return number_of


def stripped(data: bytes) -> bytes:
    """The first picture with its tables, scans, colour profile and orientation; a JFIF header first.

    Raises:
        PhotoError: photo-truncated, when the picture has no end or no scan.
    """
    parts = list(segments(data))
    if not any(part.kind == _SOS for part in parts):
        raise PhotoError("photo-truncated")
    kept = [part for part in parts if _shown(data, part)]
    headers = [_without_thumbnail(part.payload(data)) for part in kept if part.kind == _APP0]
    others = [_written(data, part) for part in kept if part.kind != _APP0]
    lying = exif.orientation(_exif_and_xmp(data, parts)[0])
    told = _segment(_APP1, exif.PREFIX + exif.oriented(lying)) if lying != exif.UPRIGHT else b""
    return b"".join([b"\xff", _SOI, *headers, told, *others, b"\xff", _EOI])


def places(data: bytes) -> Iterator[bool]:
    """For each block of metadata, whether it tells a place: in all pictures of the file, then its video."""
    end = 0
    for parts in _pictures(data):
        end = end or (parts[-1].stop if parts else 2)
        yield from map(exif.tells_place, _exif_and_xmp(data, parts))
        for part in parts:
            if not _shown(data, part):
                yield exif.tells_place(part.payload(data))
    yield video.tells_place(data, end)


def _pictures(data: bytes) -> Iterator[list[Part]]:
    """The segments of each picture in a file (CIPA DC-007 appends more to the first), as far as whole."""
    at = 0
    while at >= 0:
        parts: list[Part] = []
        with suppress(PhotoError):
            for part in segments(data, at):
                parts.append(part)
        yield parts
        at = data.find(b"\xff\xd8\xff", parts[-1].stop if parts else at + 2)


def _exif_and_xmp(data: bytes, parts: list[Part]) -> tuple[bytes, bytes]:
    """Both as they were before they were divided into segments of 64 KiB."""
    payloads = [part.payload(data) for part in parts if part.kind == _APP1]
    whole = b"".join(each.removeprefix(exif.PREFIX) for each in payloads if each.startswith(exif.PREFIX))
    others = [each for each in payloads if not each.startswith(exif.PREFIX)]
    return whole, b"".join(
        each[_EXTENDED_XMP_HEADER:] if each.startswith(_EXTENDED_XMP) else each for each in others
    )


def _shown(data: bytes, part: Part) -> bool:
    name = _COLOURS.get(part.kind)
    return part.kind in _TABLES or (name is not None and data.startswith(name, part.body, part.end))


def _written(data: bytes, part: Part) -> bytes:
    if part.kind == _APP14:
        return _segment(_APP14, part.payload(data)[:_ADOBE_SIZE])
    return part.whole(data)


def _without_thumbnail(header: bytes) -> bytes:
    return _segment(_APP0, header[: _JFIF_SIZE - 2].ljust(_JFIF_SIZE, b"\0"))


def _segment(kind: bytes, payload: bytes) -> bytes:
    return b"\xff" + kind + (2 + len(payload)).to_bytes(2, "big") + payload


def _marker(data: bytes, start: int) -> int:
    found = _MARKER.search(data, start)
    if not found:
        raise PhotoError("photo-truncated")
    return found.start()
