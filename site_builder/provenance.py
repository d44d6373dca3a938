"""What results depend on besides their input: this program and the packages around it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def made_by() -> str:
    """A hash of our own code and of what is installed; what is remembered under another one is forgotten.

    Too much is in it rather than too little: an upgrade that changes nothing costs one build in full.
    """
    told = hashlib.sha256(sys.version.encode())
    for name in sorted(_installed()):
        told.update(f"{name}\0".encode())
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix in {".py", ".yml"}:
            told.update(f"{file.relative_to(PACKAGE).as_posix()}\0".encode() + file.read_bytes())
    return told.hexdigest()


def _installed() -> Iterator[str]:
    """Names and versions of packages, as `pillow-13.0.0.dist-info`."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (each.name for each in folder.glob("*.dist-info"))
