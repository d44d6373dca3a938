"""A page's address as a QR code that scanners read."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from site_builder.web.sharing import QUIET_ZONE, QrCode, Share, qr_code

MODULE = 6
"""Pixels of a module in the picture that is read."""


def drawn(code: QrCode) -> Image.Image:
    """The path as a browser strokes it: dark on white."""
    picture = Image.new("L", (code.size * MODULE, code.size * MODULE), 255)
    pen = ImageDraw.Draw(picture)
    for column, row, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", code.path):
        left, top = int(column) * MODULE, int(row) * MODULE
        pen.rectangle((left, top, left + int(length) * MODULE - 1, top + MODULE - 1), fill=0)
    return picture


@pytest.mark.parametrize(
    "address",
    [
        "https://yongchang.example/",
        "https://yongchang.example/en/residents/pomegranate-blossom-volunteers/",
        "https://www.example.org/a/b/venues/" + "long-" * 30 + "name/",
    ],
)
def test_a_scanner_reads_the_address(address: str) -> None:
    """The scanner is ZXing's own; the encoder is Zint's, which the package brings along."""
    code = Share(address).code
    assert [found.text for found in zxingcpp.read_barcodes(drawn(code))] == [address]


def test_a_code_stands_in_white() -> None:
    code = qr_code("https://yongchang.example/")
    assert code.size == 25 + 2 * QUIET_ZONE
    starts = [(int(column), int(row)) for column, row in re.findall(r"M(\d+) (\d+)", code.path)]
    assert min(min(place) for place in starts) == QUIET_ZONE
    assert max(max(place) for place in starts) < code.size - QUIET_ZONE
