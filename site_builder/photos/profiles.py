"""Colour profiles for photos that name their colour space by number only."""

from __future__ import annotations

import struct
from functools import cache

P3, SRGB_CURVE = 12, 13
"""Primaries of Display P3 and the curve of sRGB, as ITU-T H.273 numbers them."""

_PRIMARIES = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""Red, green and blue of Display P3 (SMPTE EG 432-1), adapted to D50 (Bradford)."""

_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Of IEC 61966-2-1: exponent, scale and offset of the power, slope of the line, where they meet."""

_WHITE = (0.9642, 1.0, 0.8249)
"""D50, to which all profiles refer (ICC.1:2022, 7.2.16)."""


@cache
def display_p3() -> bytes:
    """Display P3 as a matrix profile (ICC.1:2022, 8.3.3)."""
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(*_CURVE)
    columns = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, _PRIMARIES), strict=True))
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _profile({b"desc": _text("Display P3"), b"wtpt": _xyz(_WHITE), **columns, **curves})


def _profile(tags: dict[bytes, bytes]) -> bytes:
    """A display profile of RGB with these tags, all of a length that four divides."""
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + len(table) + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    said = struct.pack(">I4xI", start + len(body), 0x04400000) + b"mntrRGB XYZ " + bytes(12) + b"acsp"
    header = (said.ljust(68, b"\0") + _fixed(*_WHITE)).ljust(128, b"\0")
    return header + table + body


def _fixed(*values: float) -> bytes:
    """Numbers as s15Fixed16 (4.6)."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def _text(text: str) -> bytes:
    """As multiLocalizedUnicodeType (10.15)."""
    encoded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII4sII", 1, 12, b"enUS", len(encoded), 28) + encoded
