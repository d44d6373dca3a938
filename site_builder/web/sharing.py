"""How a page is handed on to somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass

import zxingcpp

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code (ISO/IEC 18004) with its quiet zone: `size` modules a side.

    The dark ones are an SVG path, to be drawn with a stroke of width 1.
    """

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Share:
    """How a page is handed on: its absolute address, in writing and as a QR code."""

    address: str

    @property
    def code(self) -> QrCode:
        """Made when a page is rendered, since it follows from the address."""
        return qr_code(self.address)


def qr_code(text: str) -> QrCode:
    """The smallest QR code of a text that bears 15 % of damage (level M).

    Always under the checkerboard mask: the standard's choice among eight takes eight times as long (240
    µs), and blurred, noisy codes were read no better (1,000 each).
    """
    rows = _rows(text)
    path = "".join(
        f"M{QUIET_ZONE} {row + QUIET_ZONE}.5{''.join(map(_DRAWN.__getitem__, _RUN.findall(modules)))}"
        for row, modules in enumerate(rows)
    )
    return QrCode(len(rows) + 2 * QUIET_ZONE, path)


def qr_lines(text: str) -> tuple[str, ...]:
    """The same for a terminal: two rows a line, light modules drawn, as most terminals are dark."""
    rows = _rows(text)
    light = bytes([255]) * (len(rows) + 2 * QUIET_ZONE)
    side = light[:QUIET_ZONE]
    framed = [light] * QUIET_ZONE + [side + row + side for row in rows] + [light] * (QUIET_ZONE + 1)
    pairs = zip(framed[::2], framed[1::2], strict=False)
    return tuple("".join(_BLOCKS[up > 0, down > 0] for up, down in zip(*pair, strict=True)) for pair in pairs)


def _rows(text: str) -> tuple[bytes, ...]:
    """The modules of a QR code: 0 is dark, 255 light."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", dataMask=0)
    modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    side = modules.shape[0]  # type: ignore[index]
    shades = modules.tobytes()
    return tuple(shades[start : start + side] for start in range(0, side * side, side))


class _Drawn(dict[bytes, str]):
    """Modules of one shade in a row → how a path goes over them: dark ones are drawn."""

    def __missing__(self, run: bytes) -> str:
        self[run] = f"m{len(run)} 0" if run[0] else f"h{len(run)}"
        return self[run]


_DRAWN = _Drawn()
_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
_RUN = re.compile(rb"\x00+|\xff+")
