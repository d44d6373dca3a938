"""Small picture files of every kind that a phone, a camera or an office sends."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

ORIENTATION = 0x0112


def encoded(
    picture: Image.Image, kind: str = "JPEG", orientation: int | None = None, **options: Any
) -> bytes:
    if orientation is not None:
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        options["exif"] = exif.tobytes()
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def plain(mode: str, colour: Any, size: tuple[int, int] = (32, 24)) -> Image.Image:
    return Image.new(mode, size, colour)


def png(size: tuple[int, int], rows: bytes, bits: int = 16, colour_type: int = 2, **extra: bytes) -> bytes:
    """A PNG as its specification says, for what Pillow does not write."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", *size, bits, colour_type, 0, 0, 0)
    chunks = [chunk(b"IHDR", header), *(chunk(name.encode(), data) for name, data in extra.items())]
    return b"".join([b"\x89PNG\r\n\x1a\n", *chunks, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")])


def p3_profile(gamma: float = 2.2) -> bytes:
    """Display P3 as a minimal ICC v2 matrix profile (its primaries adapted to D50) with a plain gamma."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))

    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(gamma * 256), 0)
    name = b"Wide\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 79
    described += b"\0" * (-len(described) % 4)
    tags = {
        b"desc": described,
        b"cprt": b"text\0\0\0\0None\0\0\0\0",
        b"wtpt": xyz(0.9642, 1, 0.8249),
        **{name: xyz(*column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), P3_TO_XYZ, strict=True)},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += tag + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(data))
        body += data
    rest = b"\0\0\0\0" + struct.pack(">I", 0x02100000) + b"mntrRGB XYZ " + b"\0" * 12 + b"acsp"
    header = struct.pack(">I", 128 + len(table) + len(body)) + rest
    header += b"\0" * (68 - len(header)) + fixed(0.9642) + fixed(1) + fixed(0.8249)
    return header + b"\0" * (128 - len(header)) + table + body


P3_TO_XYZ = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""The columns of Display P3's red, green and blue, D50."""

_XYZ_TO_SRGB = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
"""D50, Bradford-adapted (Lindbloom)."""


def in_srgb(colour: tuple[int, int, int], gamma: float = 2.2) -> tuple[int, ...]:
    """What a colour of `p3_profile` is in sRGB, by the formulas of the two standards."""
    linear = [(value / 255) ** gamma for value in colour]
    xyz = [sum(column[row] * linear[at] for at, column in enumerate(P3_TO_XYZ)) for row in range(3)]
    found = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, xyz, strict=True)))) for row in _XYZ_TO_SRGB]
    return tuple(
        round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))
        for value in found
    )


def jpeg_segments(data: bytes) -> dict[str, bytes]:
    """The segments of a JPEG file by the name of their marker, to the end of its last scan."""
    names = {0xC0: "SOF0", 0xC2: "SOF2", 0xC4: "DHT", 0xDB: "DQT", 0xDD: "DRI", 0xDA: "SOS", 0xFE: "COM"}
    names |= {0xE0 + number: f"APP{number}" for number in range(16)}
    assert data[:2] == b"\xff\xd8"
    found: dict[str, bytes] = {}
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        assert data[at] == 0xFF
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        name = names.get(data[at + 1], f"{data[at + 1]:02x}")
        found[name] = found.get(name, b"") + data[at + 4 : at + 2 + length]
        at += 2 + length
        while name == "SOS" and not (data[at] == 0xFF and data[at + 1] not in {0, *range(0xD0, 0xD8)}):
            at += 1
    assert data[at:] == b"\xff\xd9"
    return found


_CONTAINERS = {b"meta": 12, b"iprp": 8, b"ipco": 8, b"iinf": 14}


def avif_boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    """The boxes of an AVIF file with their contents, those within containers too (ISO/IEC 14496-12)."""
    found, at = [], 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        box = data[at : at + size] if size else data[at:]
        found.append((name, box[8:]))
        if name in _CONTAINERS:
            found += avif_boxes(box[_CONTAINERS[name] :])
        at += len(box)
    return found


def avif_items(data: bytes) -> set[bytes]:
    """The types of the items that an AVIF file holds: pictures, and metadata such as `Exif`."""
    return {content[8:12] for name, content in avif_boxes(data) if name == b"infe"}
