"""WebP files and their chunks (RFC 9649)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import exif, video
from site_builder.photos.formats.parts import Part, number, within

_HEADER = 12
_SHOWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_FRAME_HEADER = 16
"""Bytes of an ANMF before the chunks of its picture (2.7.1.1)."""

_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_EXTENDED_SIZE = 10


def chunks(data: bytes) -> Iterator[Part]:
    """The chunks of a file (2.4), each with the byte that pads it to an even length.

    Raises:
        PhotoError: photo-truncated, after the chunks that are whole.
    """
    stop = _stop(data)
    yield from _chunks(data, _HEADER, min(stop, len(data)))
    within(data, stop)


def stripped(data: bytes) -> bytes:
    """The chunks of picture, animation and colour profile; where VP8X allows it, an orientation.

    Raises:
        PhotoError: photo-truncated, when the file or one of its chunks ends early, or holds no picture.
    """
    parts = list(chunks(data))
    kept = [part for part in parts if part.kind in _SHOWN]
    if not kept or parts[0].kind not in {b"VP8 ", b"VP8L", b"VP8X"}:
        raise PhotoError("photo-truncated")
    lying = exif.orientation(next((part.payload(data) for part in parts if part.kind == b"EXIF"), b""))
    oriented = lying != exif.UPRIGHT and parts[0].kind == b"VP8X"
    written = [_chunk(part.kind, _without_metadata(data, part, oriented)) for part in kept]
    told = _chunk(b"EXIF", exif.oriented(lying)) if oriented else b""
    content = b"".join([b"WEBP", *written, told])
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def places(data: bytes) -> Iterator[bool]:
    """For each chunk of metadata, whether it tells a place; for a video after the last, too."""
    for part in chunks(data):
        if part.kind not in _SHOWN:
            yield exif.tells_place(part.payload(data))
    yield video.tells_place(data, _stop(data))


def _stop(data: bytes) -> int:
    return 8 + number(data, 4, 4, "little")


def _chunks(data: bytes, start: int, stop: int) -> Iterator[Part]:
    at = start
    while at < stop:
        body = at + 8
        end = body + number(data, at + 4, 4, "little")
        if end > stop:
            raise PhotoError("photo-truncated")
        padded = end + (end - start) % 2
        yield Part(data[at : at + 4], at, body, end, padded)
        at = padded


def _without_metadata(data: bytes, part: Part, oriented: bool) -> bytes:
    payload = part.payload(data)
    if part.kind == b"VP8X":
        if len(payload) < _EXTENDED_SIZE:
            raise PhotoError("photo-truncated")
        flags = payload[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if oriented else 0)
        return bytes([flags]) + payload[1:_EXTENDED_SIZE]
    if part.kind == b"ANMF":
        inner = _chunks(data, part.body + _FRAME_HEADER, part.end)
        shown = [_chunk(each.kind, each.payload(data)) for each in inner if each.kind in _SHOWN]
        return payload[:_FRAME_HEADER] + b"".join(shown)
    return payload


def _chunk(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)
