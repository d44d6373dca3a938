"""All that the files of a folder tell of people."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import brotli

from tests.consents.people import PEOPLE

PLACEHOLDER = re.compile("UklGR[A-Za-z0-9+/=]+")
"""A WebP in Base64."""


def told(folder: Path, leave: str = "") -> str:
    """All that the files of a folder say, and their names, whatever way it is written."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != leave]
    names = "\n".join(file.relative_to(folder).as_posix() for file in files)
    return "\n".join([names, *(reading for file in files for reading in _readings(file))])


def _readings(file: Path) -> Iterator[str]:
    """A file as it is, and unpacked, without escapes and without spaces."""
    data = file.read_bytes()
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    elif file.suffix == ".br":
        data = brotli.decompress(data)
    yield data.decode(errors="replace")
    text = unquote_to_bytes(data).decode(errors="replace")
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), html.unescape(text))
    yield re.sub(r"\s", "", text)
    for found in re.findall(rb"[A-Za-z0-9+/]{40,}", data):
        try:
            yield base64.b64decode(found + b"===").decode(errors="replace")
        except binascii.Error:
            continue


def placeholders(text: str) -> set[str]:
    """Those of people, of all that a text holds."""
    return set(PLACEHOLDER.findall(text)) & {each for person in PEOPLE for each in person.placeholders}
