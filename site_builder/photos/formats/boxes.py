"""The boxes and items of AVIF, HEIC and MP4 files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from site_builder.content.problems import PhotoError
from site_builder.photos.formats.parts import Part, number

_CONTAINERS = {b"meta": 4, b"moov": 0, b"trak": 0, b"iprp": 0, b"ipco": 0}
"""Boxes that hold boxes, after so many bytes of version and flags."""

_MAX_DEPTH = 4
_TELLING = frozenset({b"Exif", b"mime", b"uri "})
"""Items of metadata (ISO/IEC 14496-12, 8.11.6; 23008-12, A.2); XMP is of type `mime`."""

_STORES = frozenset({b"mdat", b"imda"})

_OF_FILE, _OF_IDAT = 0, 1
"""What the offsets of an item count from (ISO/IEC 14496-12, 8.11.3)."""


class Item(NamedTuple):
    """An item of metadata; its bytes are the extents, each from one place in the file to another."""

    kind: bytes
    extents: tuple[tuple[int, int], ...]

    def content(self, data: bytes) -> bytes:
        return b"".join(data[start:stop] for start, stop in self.extents)


class _Located(NamedTuple):
    """A line of `iloc`: item, construction method, data reference, offsets and lengths."""

    item: int
    method: int
    reference: int
    extents: tuple[tuple[int, int], ...]


class _Fields:
    """Reads the fields of a box one after another."""

    def __init__(self, data: bytes, box: Part) -> None:
        self._data, self.at, self._end = data, box.body, box.end

    def take(self, width: int) -> int:
        self.at += width
        if self.at > self._end:
            raise PhotoError("photo-truncated")
        return number(self._data, self.at - width, width)


def boxes(data: bytes, start: int, stop: int) -> Iterator[Part]:
    """The boxes between two places (ISO/IEC 14496-12, 4.2); a rest of under eight bytes is none.

    Raises:
        PhotoError: photo-truncated, after the boxes that are whole.
    """
    at = start
    while at + 8 <= stop:
        size, body = number(data, at, 4), at + 8
        if size == 1:
            size, body = number(data, at + 8, 8), at + 16
        end = at + size if size else stop
        if not body <= end <= stop:
            raise PhotoError("photo-truncated")
        yield Part(data[at + 4 : at + 8], at, body, end, end)
        at = end


def tree(data: bytes, box: Part, depth: int = 0) -> Iterator[Part]:
    """The box itself, then all boxes within it wherever metadata may be.

    Raises:
        PhotoError: photo-truncated, after the boxes that are whole.
    """
    yield box
    if box.kind in _CONTAINERS and depth < _MAX_DEPTH:
        for inner in boxes(data, box.body + _CONTAINERS[box.kind], box.end):
            yield from tree(data, inner, depth + 1)


def items(data: bytes, found: Sequence[Part]) -> list[Item]:
    """The items of metadata that the `meta` boxes among `found` describe, in the order of the file.

    Raises:
        PhotoError: photo-truncated where the tables end early; photo-not-an-image where an item lies
            elsewhere than in `found`'s boxes of data, or shares bytes with another.
    """
    stores = [(box.body, box.end) for box in found if box.kind in _STORES]
    items = {item for box in found if box.kind == b"meta" for item in _items(data, box, stores)}
    extents = sorted(extent for item in items for extent in item.extents)
    if any(one[1] > other[0] for one, other in pairwise(extents)):
        raise PhotoError("photo-not-an-image")
    return sorted(items, key=lambda item: item.extents)


def _items(data: bytes, meta: Part, stores: Sequence[tuple[int, int]]) -> Iterator[Item]:
    within = {box.kind: box for box in boxes(data, meta.body + _CONTAINERS[b"meta"], meta.end)}
    if not within.keys() >= {b"iinf", b"iloc"}:
        return
    kinds = dict(_kinds(data, within[b"iinf"]))
    idat = within.get(b"idat")
    own = [(idat.body, idat.end)] if idat else []
    for line in _lines(data, within[b"iloc"]):
        kind = kinds.get(line.item, b"")
        if kind in _TELLING and not line.reference:  # other references are to other files
            yield Item(kind, tuple(_placed(line, own, stores)))


def _placed(
    line: _Located, own: Sequence[tuple[int, int]], stores: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The extents as places in the file; every one lies within one box of data."""
    if line.method not in {_OF_FILE, _OF_IDAT} or (line.method == _OF_IDAT and not own):
        raise PhotoError("photo-not-an-image")
    base = own[0][0] if line.method == _OF_IDAT else 0
    for offset, length in line.extents:
        start, stop = base + offset, base + offset + length
        if not any(_covers(each, start, stop) for each in (own, stores)):
            raise PhotoError("photo-not-an-image")
        yield start, stop


def _covers(spans: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    at = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return at >= 0 and stop <= spans[at][1]


def _kinds(data: bytes, iinf: Part) -> Iterator[tuple[int, bytes]]:
    """Items and their types (ISO/IEC 14496-12, 8.11.6); before version 2 there was only metadata."""
    after = 6 if not number(data, iinf.body, 1) else 8
    for box in boxes(data, iinf.body + after, iinf.end):
        fields = _Fields(data, box)
        version = fields.take(4) >> 24
        item = fields.take(4 if version == 3 else 2)
        fields.take(2)
        yield item, fields.take(4).to_bytes(4, "big") if version >= 2 else b"mime"


def _lines(data: bytes, iloc: Part) -> Iterator[_Located]:
    """Where items lie (ISO/IEC 14496-12, 8.11.3), versions 0 to 2."""
    fields = _Fields(data, iloc)
    version, sizes = fields.take(4) >> 24, fields.take(2)
    widths: Mapping[str, int] = {
        "index": sizes & 15 if version else 0,
        "offset": sizes >> 12,
        "length": sizes >> 8 & 15,
    }
    for _ in range(fields.take(4 if version == 2 else 2)):
        item = fields.take(4 if version == 2 else 2)
        method = fields.take(2) & 15 if version else _OF_FILE
        reference, base, count = fields.take(2), fields.take(sizes >> 4 & 15), fields.take(2)
        if not any(widths.values()):  # the whole file as one item: no metadata, and no end of extents
            count = 0
        extents = []
        for _ in range(count):
            taken = {name: fields.take(width) for name, width in widths.items()}
            extents.append((base + taken["offset"], taken["length"]))
        yield _Located(item, method, reference, tuple(extents))
