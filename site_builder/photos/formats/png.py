"""PNG files and their chunks (Portable Network Graphics, third edition)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import exif, video
from site_builder.photos.formats.parts import Part, number, within

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_SHOWN = frozenset(b"tRNS gAMA cHRM sRGB iCCP sBIT cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split())
"""The ancillary chunks that have a part in what is seen."""

_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_RAW_PROFILE = b"Raw profile type "
"""ImageMagick's and ExifTool's keyword for EXIF or XMP as hexadecimal text."""

_MAX_INFLATED, _MAX_TEXTS = 1 << 20, 16
"""Bytes read of one text and texts read of one file, so that a small file cannot take long."""


def chunks(data: bytes) -> Iterator[Part]:
    """The chunks of a file, IHDR to IEND (5.3); a checksum follows each payload.

    Raises:
        PhotoError: photo-truncated, after the chunks that are whole.
    """
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        kind, body = data[at + 4 : at + 8], at + 8
        end = body + number(data, at, 4)
        stop = within(data, end + 4)
        yield Part(kind, at, body, end, stop)
        at = stop


def stripped(data: bytes) -> bytes:
    """The chunks that are seen, as they are, and an orientation after the first.

    Raises:
        PhotoError: photo-truncated, when there is no end, no header or no pixel.
    """
    parts = list(chunks(data))
    kinds = [part.kind for part in parts]
    if kinds[0] != b"IHDR" or b"IDAT" not in kinds:
        raise PhotoError("photo-truncated")
    lying = exif.orientation(_exif(data, parts))
    told = _chunk(b"eXIf", exif.oriented(lying)) if lying != exif.UPRIGHT else b""
    header, *others = (part.whole(data) for part in parts if _shown(part))
    return b"".join([SIGNATURE, header, told, *others])


def places(data: bytes) -> Iterator[bool]:
    """For each chunk of metadata, whether it tells a place; for a video after the last, too."""
    read, end = 0, len(data)
    for part in chunks(data):
        if not _shown(part):
            read += part.kind in _TEXTS
            yield exif.tells_place(_metadata(data, part) if read <= _MAX_TEXTS else part.payload(data))
        end = part.stop
    yield video.tells_place(data, end)


def _shown(part: Part) -> bool:
    """Chunks whose names begin with a capital are critical: no decoder can do without (5.4)."""
    return part.kind in _SHOWN or part.kind[:1].isupper()


def _exif(data: bytes, parts: list[Part]) -> bytes:
    own = [part.payload(data) for part in parts if part.kind == b"eXIf"]
    texts = [part for part in parts if part.kind in _TEXTS][:_MAX_TEXTS]
    raw = [each for each in texts if data.startswith(_RAW_PROFILE + b"exif\0", each.body)]
    return b"".join((own or [_metadata(data, each) for each in raw])[:1])


def _metadata(data: bytes, part: Part) -> bytes:
    """What a chunk holds: a text inflated (11.3.3), the bytes that a raw profile stands for."""
    payload = part.payload(data)
    if part.kind not in _TEXTS:
        return payload
    keyword, _, text = payload.partition(b"\0")
    if part.kind == b"zTXt":
        text = _inflated(text[1:])
    if part.kind == b"iTXt":
        content = text[2:].split(b"\0", 2)[-1]  # after language and translated keyword
        text = _inflated(content) if text[:1] == b"\1" else content
    return _unhexed(text) if keyword.startswith(_RAW_PROFILE) else text


def _inflated(text: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompressobj().decompress(text, _MAX_INFLATED)
    return b""


def _unhexed(text: bytes) -> bytes:
    """The bytes after the profile's name and length."""
    with suppress(ValueError):
        return bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
    return b""


def _chunk(kind: bytes, payload: bytes) -> bytes:
    checksum = zlib.crc32(kind + payload).to_bytes(4, "big")
    return len(payload).to_bytes(4, "big") + kind + payload + checksum
