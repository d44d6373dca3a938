"""The parts that a picture's file is made of."""

from __future__ import annotations

from typing import Literal, NamedTuple

from site_builder.content.problems import PhotoError


class Part(NamedTuple):
    """A segment, chunk, block or box: the bytes `start` to `stop`, its payload `body` to `end`."""

    kind: bytes
    start: int
    body: int
    end: int
    stop: int

    def whole(self, data: bytes) -> bytes:
        return data[self.start : self.stop]

    def payload(self, data: bytes) -> bytes:
        return data[self.body : self.end]


def number(data: bytes, at: int, width: int, order: Literal["big", "little"] = "big") -> int:
    """The unsigned number at `at`; what lies beyond the end of the data counts as absent."""
    return int.from_bytes(data[at : at + width], order)


def within(data: bytes, stop: int) -> int:
    """`stop` again.

    Raises:
        PhotoError: photo-truncated, when the data ends before it.
    """
    if stop > len(data):
        raise PhotoError("photo-truncated")
    return stop
