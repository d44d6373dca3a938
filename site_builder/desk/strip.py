"""Removes metadata from photos where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder import atomic
from site_builder.photos import metadata

_HEAD = 64
"""Bytes by which a picture is known, whatever its name."""


def photos(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The photos that `paths` name: files themselves, and every picture below a folder, links left out."""
    return tuple(dict.fromkeys(photo for path in paths for photo in _photos(path)))


def strip(file: Path) -> bool:
    """Removes the metadata of one photo; whether there was any.

    Raises:
        PhotoError: when it is no photo, or not whole; it is then left as it is.
        OSError: when it cannot be read or written.
    """
    before = file.read_bytes()
    after = metadata.stripped(before)
    if after == before:
        return False
    atomic.write(file.resolve(), after, file.stat().st_mode & 0o777)
    return True


def _photos(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink() and _is_picture(file):
            yield file


def _is_picture(file: Path) -> bool:
    with file.open("rb") as opened:
        return metadata.is_picture(opened.read(_HEAD))
