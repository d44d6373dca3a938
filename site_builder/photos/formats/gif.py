"""GIF files and their blocks (GIF89a)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import exif, video
from site_builder.photos.formats.parts import Part, number, within

_HEADER, _PICTURE, _TRAILER = b"GIF", b",", b";"
_PLAIN_TEXT, _CONTROL, _APPLICATION = b"!\x01", b"!\xf9", b"!\xff"
_SHOWN = frozenset({_HEADER, _PICTURE, _TRAILER, _PLAIN_TEXT, _CONTROL})
_APPLICATIONS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0", b"\x0bICCRGBG1012")
"""Two names for how often an animation repeats, one for a colour profile; each after its length."""


def blocks(data: bytes) -> Iterator[Part]:
    """The blocks of a file, from its header with the global colours to its trailer (17 to 27).

    The kind of an extension is `!` with its label. Payloads are chains of sub-blocks.

    Raises:
        PhotoError: photo-truncated, after the blocks that are whole.
    """
    at = within(data, 13 + _colours(number(data, 10, 1)))
    yield Part(_HEADER, 0, at, at, at)
    while (kind := data[at : at + 1]) != _TRAILER:
        if kind == b"!":
            kind, body = data[at : at + 2], at + 2
        elif kind == _PICTURE:
            body = at + 10 + _colours(number(data, at + 9, 1)) + 1
        else:
            raise PhotoError("photo-truncated")
        end = _chained(data, body)
        yield Part(kind, at, body, end, end)
        at = end
    yield Part(kind, at, at + 1, at + 1, at + 1)


def stripped(data: bytes) -> bytes:
    """Pictures, controls, plain texts, repetition and colour profile, as they are.

    Raises:
        PhotoError: photo-truncated, when there is no trailer or no picture.
    """
    parts = list(blocks(data))
    if not any(part.kind == _PICTURE for part in parts):
        raise PhotoError("photo-truncated")
    return b"".join(part.whole(data) for part in parts if _shown(data, part))


def places(data: bytes) -> Iterator[bool]:
    """For each block of metadata, whether it tells a place; for a video after the last, too."""
    end = len(data)
    for part in blocks(data):
        if not _shown(data, part):
            # XMP lies here without sub-blocks; its last 258 bytes lead a decoder to the terminator
            yield exif.tells_place(part.payload(data))
        end = part.stop
    yield video.tells_place(data, end)


def _shown(data: bytes, part: Part) -> bool:
    known = part.kind == _APPLICATION and data.startswith(_APPLICATIONS, part.body)
    return known or part.kind in _SHOWN


def _colours(flags: int) -> int:
    """The bytes of the colour table that a packed field announces (18 and 20)."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _chained(data: bytes, at: int) -> int:
    """Where a chain of sub-blocks ends, its terminator included (15 and 16)."""
    while at < len(data):
        size = data[at]
        at += 1 + size
        if not size:
            return at
    raise PhotoError("photo-truncated")
