"""Removes metadata from photos where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder import atomic
from site_builder.photos import metadata

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif", ".hif"}


def photos(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The photos that `paths` name: files themselves, and every picture below a folder, links left out."""
    return tuple(dict.fromkeys(photo for path in paths for photo in _photos(path)))


def strip(file: Path) -> bool:
    """Removes the metadata of one photo; whether there was any.

    Raises:
        PhotoError: when it is no photo, or not whole; it is then left as it is.
    """
    before = file.read_bytes()
    after = metadata.stripped(before)
    if after == before:
        return False
    mode = file.stat().st_mode
    atomic.write(file.resolve(), after)
    file.chmod(mode)
    return True


def _photos(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in SUFFIXES and file.is_file() and not file.is_symlink():
            yield file
