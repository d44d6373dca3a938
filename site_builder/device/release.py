"""A release as it lies on a disk, which may have lost some of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from site_builder.kiosk.manifest import (
    LARGEST_MANIFEST,
    LARGEST_NOTICE,
    MANIFEST,
    NOTICE,
    Entry,
    Manifest,
    UnfitBundleError,
    read,
)


def manifest_of(release: Path) -> Manifest | None:
    """Its manifest; None where it has none that can be read."""
    with suppress(OSError, UnfitBundleError), (release / MANIFEST).open("rb") as file:
        return read(file.read(LARGEST_MANIFEST + 1))
    return None


def notice_of(release: Path) -> bytes | None:
    """Its notices, whatever they may be."""
    with suppress(OSError), (release / NOTICE).open("rb") as file:
        return file.read(LARGEST_NOTICE + 1)
    return None


def holds(file: Path, entry: Entry) -> bool:
    """Whether a file is what a manifest says."""
    try:
        return file.stat().st_size == entry.size and Entry.of(file.read_bytes()) == entry
    except OSError:
        return False


def lost(release: Path, manifest: Manifest) -> Iterator[str]:
    """The files that are not what the manifest says."""
    return (path for path, entry in manifest.files.items() if not holds(release / path, entry))


def entries(release: Path) -> dict[str, Entry]:
    """What is there besides manifest and notices."""
    return {path: Entry.of(file.read_bytes()) for path, file in _files(release)}


def unnamed(release: Path, manifest: Manifest) -> list[Path]:
    """The files that the manifest does not name."""
    return [file for path, file in _files(release) if path not in manifest.files]


def _files(release: Path) -> Iterator[tuple[str, Path]]:
    for file in release.rglob("*"):
        path = file.relative_to(release).as_posix()
        if path not in (MANIFEST, NOTICE) and (file.is_symlink() or not file.is_dir()):
            yield path, file


def is_whole(release: Path) -> bool:
    """Whether it is all there, byte for byte."""
    manifest = manifest_of(release)
    return manifest is not None and not any(lost(release, manifest))
