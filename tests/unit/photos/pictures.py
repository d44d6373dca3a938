"""Small picture files of every kind that a phone, a camera or an office sends."""

from __future__ import annotations

import io
import math
import struct
import zlib
from typing import Any

import pillow_heif
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
    if kind == "HEIF":  # without registering the writer, whose reader would take the place of ours
        pillow_heif.from_pillow(picture).save(data, **{"quality": 90} | options)
    else:
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


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _icc(of: bytes, space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    """An ICC v2 profile (ICC.1:2001-04): class, colour space, connection space and its own tags."""
    name = b"Wide\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 79
    described += b"\0" * (-len(described) % 4)
    white = b"XYZ \0\0\0\0" + _fixed(0.9642, 1, 0.8249)
    tags = {b"desc": described, b"cprt": b"text\0\0\0\0None\0\0\0\0", b"wtpt": white, **tags}
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += tag + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(data))
        body += data
    rest = b"\0\0\0\0" + struct.pack(">I", 0x02100000) + of + space + pcs + b"\0" * 12 + b"acsp"
    header = struct.pack(">I", 128 + len(table) + len(body)) + rest
    header += b"\0" * (68 - len(header)) + _fixed(0.9642, 1, 0.8249)
    return header + b"\0" * (128 - len(header)) + table + body


def _gamma(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(gamma * 256), 0)


def p3_profile(gamma: float = 2.2) -> bytes:
    """Display P3 as a minimal matrix profile (its primaries adapted to D50) with a plain gamma."""
    names = (b"rXYZ", b"gXYZ", b"bXYZ")
    primaries = {
        name: b"XYZ \0\0\0\0" + _fixed(*column) for name, column in zip(names, P3_TO_XYZ, strict=True)
    }
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _gamma(gamma))
    return _icc(b"mntr", b"RGB ", b"XYZ ", primaries | curves)


def grey_profile(gamma: float) -> bytes:
    return _icc(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": _gamma(gamma)})


INKS = {"C": (62.0, -31.0, -48.0), "M": (48.0, 75.0, -4.0), "Y": (89.0, -5.0, 93.0), "K": (12.0, 1.0, 1.0)}
"""What a full ink on paper is, in CIELAB (D50)."""


def cmyk_profile() -> bytes:
    """A press of four inks, by a table of their full overprints (ICC.1:2001-04, 6.5.8, lut16Type)."""

    def overprint(inks: str) -> tuple[float, float, float]:
        """Lightness by product, hue by sum, all four black: as good a press as any that is known."""
        if len(inks) == 4:
            return 0, 0, 0
        lightness, a, b = 100.0, 0.0, 0.0
        for ink in inks:
            lightness, a, b = lightness * INKS[ink][0] / 100, a + INKS[ink][1], b + INKS[ink][2]
        return lightness, max(-128.0, min(127.0, a)), max(-128.0, min(127.0, b))

    table = b"".join(
        struct.pack(">HHH", round(lightness * 652.8), round((a + 128) * 256), round((b + 128) * 256))
        for corner in range(16)
        for lightness, a, b in [overprint("".join(ink for at, ink in enumerate("CMYK") if corner & 8 >> at))]
    )
    ramp = struct.pack(">HH", 0, 65535)
    lut = b"mft2\0\0\0\0" + bytes((4, 3, 2, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 2, 2)
    return _icc(b"prtr", b"CMYK", b"Lab ", {b"A2B0": lut + ramp * 4 + table + ramp * 3})


P3_TO_XYZ = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""The columns of Display P3's red, green and blue, D50."""

_XYZ_TO_SRGB = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
"""D50, Bradford-adapted (Lindbloom)."""


def in_srgb(colour: tuple[int, int, int], gamma: float | None = 2.2) -> tuple[int, ...]:
    """What a colour of `p3_profile` is in sRGB, by the formulas of the two standards; without a gamma that
    of Display P3 itself, whose curve is that of sRGB."""
    parts = [value / 255 for value in colour]
    linear = [part**gamma if gamma else _linear(part) for part in parts]
    return _srgb([sum(column[row] * linear[at] for at, column in enumerate(P3_TO_XYZ)) for row in range(3)])


def ink_in_srgb(ink: str, part: float) -> tuple[int, ...]:
    """What a part (0 to 1) of one ink of `cmyk_profile` is in sRGB: between paper and full ink, in CIELAB."""
    lightness, a, b = (
        paper + part * (full - paper) for paper, full in zip((100, 0, 0), INKS[ink], strict=True)
    )
    up = [(lightness + 16) / 116 + a / 500, (lightness + 16) / 116, (lightness + 16) / 116 - b / 200]
    linear = [value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29) for value in up]
    return _srgb([white * value for white, value in zip((0.9642, 1, 0.8249), linear, strict=True)])


def _srgb(xyz: list[float]) -> tuple[int, ...]:
    found = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, xyz, strict=True)))) for row in _XYZ_TO_SRGB]
    return tuple(round(255 * srgb_curve(value)) for value in found)


def srgb_curve(linear: float) -> float:
    """IEC 61966-2-1."""
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def difference(one: Any, other: Any) -> float:
    """How far apart two sRGB colours are to the eye: CIE 1976, in which 2.3 is just noticeable."""
    return math.dist(_lab(one), _lab(other))


def _lab(colour: tuple[int, ...]) -> tuple[float, float, float]:
    linear = [_linear(value / 255) for value in colour]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
    scaled = [value / white for value, white in zip(xyz, (0.9505, 1, 1.089), strict=True)]
    x, y, z = (v ** (1 / 3) if v > (6 / 29) ** 3 else v / (3 * (6 / 29) ** 2) + 4 / 29 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


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
