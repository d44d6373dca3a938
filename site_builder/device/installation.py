"""Releases of a screen in its folder: a new one is switched to when all of it is on the disk, or never.

DIR/current -> releases/<release>     (current.txt where a disk takes no links)
DIR/releases/<release>/               the running one, with the one before
DIR/releases/.<release>/              one that is on its way
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from site_builder.device import archive, disk, notices
from site_builder.device.release import entries, holds, is_whole, lost, manifest_of, notice_of, unnamed
from site_builder.kiosk.manifest import (
    MANIFEST,
    NOTICE,
    Entry,
    Manifest,
    RefusedError,
    UnfitBundleError,
    compare,
    is_release,
    read,
    verify,
)

LINK, POINTER, RELEASES = "current", "current.txt", "releases"
PATIENCE = 300
"""Seconds that an installation waits for another one."""


class BusyError(RefusedError):
    """Another process is installing into the same folder, and does not come to an end."""


class ForeignFolderError(RefusedError):
    """The folder's `current` is not one of ours."""


class Source(Protocol):
    """Where a release comes from: a bundle, or the site."""

    @property
    def manifest(self) -> bytes: ...

    @property
    def notice(self) -> bytes | None: ...

    def fetch(self, path: str, entry: Entry) -> bytes:
        """One of its files, not looked at yet.

        Raises:
            UnfitBundleError: when it is not to be had as the manifest says.
        """


@dataclass(frozen=True, slots=True)
class Installed:
    """What runs now, and whether something else did before."""

    release: str
    changed: bool


def install(bundle: Path, folder: Path) -> Installed:
    """Installs a bundle, so that at any moment either the old release or the new one is there whole.

    Raises:
        UnfitBundleError: when a screen must not take it; all is as it was.
        NoRoomError: when the disk is full; all is as it was.
        BusyError: when another installation does not end.
        ForeignFolderError: when the folder belongs to something else.
    """
    with archive.opened(bundle) as source:
        return adopt(source, folder)


def adopt(source: Source, folder: Path, patience: float = PATIENCE) -> Installed:
    """Takes a release from anywhere, as `install` does.

    What is on the disk already is not fetched again, whether it belongs to the running release or was
    left by an attempt that was cut off: over a slow line a release may take several.
    """
    manifest = read(source.manifest)
    with disk.room(), _alone(folder, patience):
        running = current(folder)
        if running:
            _refuse_older(manifest, manifest_of(running))
        if running and running.name == manifest.release:
            _refresh(source, manifest, running)
            _tidy(folder, running)
            return Installed(manifest.release, changed=False)
        place = _placed(source, manifest, folder / RELEASES, running)
        try:
            _switch(folder, place)
        except OSError:
            disk.remove(place)
            raise
        _tidy(folder, place)
        return Installed(manifest.release, changed=True)


def current(folder: Path) -> Path | None:
    """The release that a screen is to show; None where there is none."""
    name = _pointed_at(folder)
    place = folder / RELEASES / name if name else None
    return place if place and place.is_dir() else None


def notify(folder: Path, data: bytes) -> bool:
    """Puts notices in the running release unless they are older than those it has; whether that changed any.

    Raises:
        UnfitBundleError: when they are none.
    """
    notices.number(data)
    with disk.room(), _alone(folder, PATIENCE):
        release = current(folder)
        return release is not None and _notify(release, data)


def recover(folder: Path) -> bool:
    """Goes back to the release before where a disk has lost some of the running one; whether it did."""
    running = current(folder)
    if running and is_whole(running):
        return False
    with _alone(folder, PATIENCE):
        for place in (folder / RELEASES).iterdir():
            if is_release(place.name) and place != running and is_whole(place):
                _switch(folder, place)
                return True
    return False


@contextmanager
def _alone(folder: Path, patience: float) -> Iterator[None]:
    """One installation at a time, in a folder of ours or a new one."""
    link = folder / LINK
    if (link.exists() or link.is_symlink()) and not _pointed_at(folder):
        raise ForeignFolderError("foreign_folder", link=link)
    (folder / RELEASES).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=patience):
            yield
    except Timeout:
        raise BusyError("busy", folder=folder) from None


def _pointed_at(folder: Path) -> str | None:
    """The name of a release."""
    with suppress(OSError):
        target = (folder / LINK).readlink()
        return target.name if target.parent == Path(RELEASES) and is_release(target.name) else None
    with suppress(OSError, UnicodeDecodeError):
        name = (folder / POINTER).read_text("ascii").strip()
        return name if is_release(name) else None
    return None


def _refuse_older(new: Manifest, running: Manifest | None) -> None:
    """An older bundle is one that somebody found in a drawer; a release has but one content."""
    if running is None:
        return
    if new.built_at < running.built_at:
        raise UnfitBundleError("older", built_at=new.built_at, running=running.built_at)
    if new.release == running.release and new.files != running.files:
        raise UnfitBundleError("same_release", value=new.release)


def _refresh(source: Source, manifest: Manifest, running: Path) -> None:
    """Mends what a disk has lost of the running release, then brings its date and notices up to date."""
    for path in lost(running, manifest):
        disk.write(running / path, _fetched(source, path, manifest.files[path]))
    for file in unnamed(running, manifest):
        file.unlink()
    if source.notice is not None:
        _notify(running, source.notice)
    _write_if_new(running / MANIFEST, source.manifest)


def _placed(source: Source, manifest: Manifest, releases: Path, running: Path | None) -> Path:
    """A release in its place, verified, all of it on the disk."""
    stage, place = releases / f".{manifest.release}", releases / manifest.release
    for other in _ours(releases):
        if other.name.startswith(".") and other != stage:
            disk.remove(other)
    try:
        with disk.room():
            _fill(stage, source, manifest, running)
    except (disk.NoRoomError, UnfitBundleError):  # where a line broke, the next attempt goes on
        disk.remove(stage)
        raise
    disk.remove(place)  # not the running one: what an interrupted installation left, or once was
    stage.rename(place)
    disk.sync(releases)
    return place


def _fill(stage: Path, source: Source, manifest: Manifest, running: Path | None) -> None:
    """Brings everything into a stage that may hold some of it, then looks whether it is all there."""
    stage.mkdir(exist_ok=True)
    for file in unnamed(stage, manifest):
        file.unlink()
    for path in lost(stage, manifest):
        entry = manifest.files[path]
        known = running / path if running else stage / path
        data = known.read_bytes() if holds(known, entry) else _fetched(source, path, entry)
        disk.write(stage / path, data)
    notice = notices.newest(source.notice, notice_of(running) if running else None)
    if notice is None:
        raise UnfitBundleError("missing", path=NOTICE)
    _write_if_new(stage / NOTICE, notice)
    _write_if_new(stage / MANIFEST, source.manifest)
    verify(manifest, entries(stage))


def _fetched(source: Source, path: str, entry: Entry) -> bytes:
    """A file that is what its manifest says, or nothing of it."""
    data = source.fetch(path, entry)
    compare(path, entry, Entry.of(data))
    return data


def _notify(release: Path, data: bytes) -> bool:
    known = notice_of(release)
    return notices.newest(data, known) == data and _write_if_new(release / NOTICE, data)


def _write_if_new(file: Path, data: bytes) -> bool:
    """Spares a flash card the writing of what it holds."""
    if holds(file, Entry.of(data)):
        return False
    disk.write(file, data)
    return True


def _switch(folder: Path, place: Path) -> None:
    """Points at a release that is on the disk; whoever reads meanwhile finds the old one or the new one."""
    try:
        disk.point(folder / LINK, f"{RELEASES}/{place.name}")
        disk.remove(folder / POINTER)
    except OSError as error:
        if error.errno in disk.FULL:
            raise
        disk.write(folder / POINTER, place.name.encode())  # a stick, or Windows
        disk.remove(folder / LINK)


def _tidy(folder: Path, running: Path) -> None:
    """Removes what a kill has left, and all releases but the running one and the latest other."""
    others = [place for place in _ours(folder / RELEASES) if place != running]
    whole = {place: manifest_of(place) for place in others if not place.name.startswith(".")}
    built = {place: each.built_at for place, each in whole.items() if each}
    before = max(built, key=lambda place: built[place], default=None)
    drafts = (*disk.drafts(folder / LINK), *disk.drafts(folder / POINTER))
    for place in (*drafts, *(place for place in others if place != before)):
        disk.remove(place)


def _ours(releases: Path) -> list[Path]:
    """Releases, and stages of them; whatever else lies there is somebody else's."""
    return [place for place in releases.iterdir() if is_release(place.name.removeprefix("."))]
