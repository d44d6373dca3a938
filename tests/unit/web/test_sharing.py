"""A page's address as a QR code that scanners read."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    for column, row, length in dark(code):
        left, top = column * MODULE, row * MODULE
        pen.rectangle((left, top, left + length * MODULE - 1, top + MODULE - 1), fill=0)
    return picture


def dark(code: QrCode) -> Iterator[tuple[int, int, int]]:
    """Column, row and length of each stroke of the path."""
    for left, row, strokes in re.findall(r"M(\d+) (\d+)\.5([^M]*)", code.path):
        column = int(left)
        for command, length in re.findall(r"(h|m)(\d+)(?: 0)?", strokes):
            if command == "h":
                yield column, int(row), int(length)
            column += int(length)


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
    places = [place for column, row, length in dark(code) for place in (column, row, column + length - 1)]
    assert min(places) == QUIET_ZONE
    assert max(places) == code.size - QUIET_ZONE - 1
