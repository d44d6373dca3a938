"""How a page is handed on to somebody else."""

from __future__ import annotations

import segno

from site_builder.web.parts import QrCode, Share

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


def share(address: str) -> Share:
    """The ways to hand on the page at an absolute address."""
    return Share(address, qr_code(address))


def qr_code(text: str) -> QrCode:
    """The smallest QR code of a text that bears 15 % of damage (level M)."""
    matrix = segno.make(text, error="m", boost_error=False, micro=False).matrix
    path = "".join(
        f"M{start + QUIET_ZONE} {row + QUIET_ZONE}.5h{length}"
        for row, modules in enumerate(matrix)
        for start, length in _runs(modules)
    )
    return QrCode(len(matrix) + 2 * QUIET_ZONE, path)


def _runs(modules: bytearray) -> list[tuple[int, int]]:
    """Where dark modules of a row begin, and how many follow one another."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(modules):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return runs
