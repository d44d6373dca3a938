"""AVIF and HEIC files (ISO/IEC 23008-12), whose metadata is overwritten in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from site_builder.content.problems import PhotoError
from site_builder.photos.formats import exif, video
from site_builder.photos.formats.boxes import Item, boxes, items, tree
from site_builder.photos.formats.parts import Part, number

_SHOWN = frozenset({b"ftyp", b"styp", b"meta", b"mdat", b"imda", b"moov", b"moof", b"mfra", b"sidx"})
"""The boxes of a file that stay; phones add `uuid`, `mpvd` with a video, `sefd` and others."""

_METADATA = frozenset({b"uuid", b"udta", b"keys", b"ilst", b"xml ", b"bxml", b"free", b"skip"})
"""The boxes within those that do not."""

_DESCRIPTIONS = frozenset({b"udes", b"altt"})
"""Properties that name what is seen (6.5.20, 6.5.21): emptied only, since properties are counted."""

_OFFSET = b"\0\0\0\0"
"""Stands before the TIFF block of an Exif item: the block follows at once (23008-12, A.2.1)."""


def stripped(data: bytes) -> bytes:
    """The same boxes in the same places, so that no offset changes; metadata is blank.

    Raises:
        PhotoError: photo-truncated, when a box ends early or nothing describes a picture;
            photo-not-an-image, when metadata lies where it cannot be overwritten.
    """
    shown, hidden = _sorted(data)
    if not any(part.kind in {b"meta", b"moov"} for part in shown):
        raise PhotoError("photo-truncated")
    picture = bytearray(data)
    for item in items(data, shown):
        _overwrite(picture, item, _blank(item, item.content(data)))
    for part in hidden:
        if part.kind not in _DESCRIPTIONS:
            picture[part.start + 4 : part.start + 8] = b"free"
        picture[part.body : part.end] = bytes(part.end - part.body)
    return bytes(picture)


def places(data: bytes) -> Iterator[bool]:
    """For each item and box of metadata, whether it tells a place; then for a video in or after them."""
    shown, hidden = _sorted(data)
    for part in hidden:
        if part.kind == b"mpvd":
            yield video.tells_place(part.payload(data), 0)
        elif part.kind != b"mdat":
            yield exif.tells_place(part.payload(data))
    for part in (*shown, *hidden):
        yield part.kind == b"moov" and video.moov_tells_place(part.payload(data))
    yield from (exif.tells_place(item.content(data)) for item in items(data, shown))


def primaries_and_curve(data: bytes) -> tuple[int, int] | None:
    """The numbers of ITU-T H.273 by which a picture names its colours (14496-12, 12.1.5), if it does."""
    with suppress(PhotoError):
        for box in boxes(data, 0, len(data)):
            for part in tree(data, box):
                if part.kind == b"colr" and data.startswith(b"nclx", part.body, part.end):
                    return number(data, part.body + 4, 2), number(data, part.body + 6, 2)
    return None


def _sorted(data: bytes) -> tuple[list[Part], list[Part]]:
    """The boxes that stay with those in them, the boxes that do not."""
    shown: list[Part] = []
    hidden: list[Part] = []
    appended = False
    for box in boxes(data, 0, len(data)):
        appended = appended or (box.kind == b"ftyp" and box.start > 0)  # a second file begins
        if appended or box.kind not in _SHOWN:
            hidden.append(box)
            continue
        for part in tree(data, box):
            (hidden if part.kind in _METADATA | _DESCRIPTIONS else shown).append(part)
    return shown, hidden


def _blank(item: Item, content: bytes) -> bytes:
    if item.kind != b"Exif":
        return b" " * len(content)
    told = _OFFSET + exif.oriented(exif.orientation(content))
    return told.ljust(len(content), b"\0") if len(told) <= len(content) else bytes(len(content))


def _overwrite(picture: bytearray, item: Item, content: bytes) -> None:
    at = 0
    for start, stop in item.extents:
        picture[start:stop] = content[at : at + stop - start]
        at += stop - start
