"""The folder that a site is written to, and what is known of how each of its files came about."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock

from site_builder import atomic
from site_builder.provenance import made_by

Stamp = tuple[int, int]
"""Size in bytes and time of change in nanoseconds: a file that somebody touched has another one."""

STAGE = "site-builder-"

FORGOTTEN = 30 * 24 * 3600
"""Seconds after which a folder is made anew for want of memory."""


class UnsafeTargetError(Exception):
    """The folder to write the site to holds something that is not a site of ours."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that come about together: a page with its compressed copies, an index, a photo.

    Equal `key`s tell that they would be the same again.
    """

    name: str
    key: str
    files: tuple[str, ...]
    """Their addresses."""
    origin: str = ""
    """Equal ones tell that the keys are equal too; different ones tell nothing. Empty for none."""


class Folder:
    """A site on disk. Whoever is stopped before `publish` leaves the last site as it was.

    What is new is first written to a stage beside it. To publish, the state is emptied, then each file
    is renamed into its place, pages last; then goes what nobody names any longer; then the state is
    written. So a visitor never meets half a file nor a page whose files are not there; and whoever is
    stopped in between makes everything anew next time.
    """

    def __init__(self, target: Path, states: Path) -> None:
        self.target = target
        self._state = _state_of(target, states)
        self._found = dict(_stamps(target))
        self._known = dict(self._remembered())
        self.stage = Path()
        self._made: set[str] = set()

    @classmethod
    @contextmanager
    def opened(cls, target: Path, states: Path) -> Iterator[Folder]:
        """The folder for one build at a time: a second one waits. Its stage goes when it is left."""
        target.parent.mkdir(parents=True, exist_ok=True)
        states.mkdir(parents=True, exist_ok=True)
        _forget_old(states)
        with FileLock(_state_of(target, states).with_suffix(".lock")):
            _clear(target)
            folder = cls(target, states)
            folder.stage = Path(mkdtemp(prefix=f".{target.name}.{STAGE}", dir=target.parent))
            try:
                yield folder
            finally:
                _clear(target)

    def current(self, name: str, key: str) -> Unit | None:
        """The unit as it stands in the folder; None where it would be another, or somebody touched it."""
        unit = self._known.get(name)
        return unit if unit and unit.key == key else None

    def of_origin(self, name: str, origin: str) -> Unit | None:
        """The same, told by its origin; None where its key has to be asked."""
        unit = self._known.get(name)
        return unit if unit and origin and unit.origin == origin else None

    def add(self, name: str, key: str, files: Mapping[str, bytes]) -> Unit:
        """Stages what a unit is made of; a file that came out as it stands is left alone."""
        for address, data in files.items():
            if not self._holds(address, data):
                self._staged(address).write_bytes(data)
        return Unit(name, key, tuple(files))

    def _holds(self, address: str, data: bytes) -> bool:
        size, _ = self._found.get(address, (-1, 0))
        return size == len(data) and (self.target / address).read_bytes() == data

    def _staged(self, address: str) -> Path:
        file = self.stage / "files" / address
        if (folder := address.rpartition("/")[0]) not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return file

    def publish(self, units: Iterable[Unit]) -> int:
        """Makes the site consist of these units; how many files were written."""
        units = tuple(units)
        named = {address for unit in units for address in unit.files}
        staged = sorted(_files(self.stage / "files"), key=lambda address: address.endswith(".html"))
        if not staged and named == self._found.keys() and {unit.name: unit for unit in units} == self._known:
            self._state.touch()
            return 0
        atomic.write(self._state, b"{}")
        if not self._found:
            self._move_in()
        else:
            for folder in sorted({address.rpartition("/")[0] for address in staged}):
                _make_way(self.target, folder)
            for address in staged:
                _put(self.stage / "files" / address, self.target / address)
        found = self._found | {address: _stamp(self.target / address) for address in staged}
        if gone := found.keys() - named:
            for address in gone:
                with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
                    (
                        self.target / address
                    ).unlink()  # unless a folder is in its place, or a file in its folder's
            for folder in {address.rpartition("/")[0] for address in gone}:
                _remove_empty(self.target, folder)
        atomic.write(self._state, _as_json(units, found))
        return len(staged)

    def _move_in(self) -> None:
        """Puts the stage in the place of an empty folder, or of none."""
        if self.target.exists():
            shutil.rmtree(self.target)
        (self.stage / "files").rename(self.target)

    def _remembered(self) -> Iterator[tuple[str, Unit]]:
        """The units whose files are as they were written."""
        try:
            state = json.loads(self._state.read_bytes())
        except (OSError, ValueError):
            return
        if state.get("by") == made_by():
            for name, (key, origin, files) in state["units"].items():
                if all(self._found.get(address) == tuple(stamp) for address, stamp in files.items()):
                    yield name, Unit(name, key, tuple(files), origin)


def refuse_what_is_not_ours(target: Path, root: Path, states: Path) -> None:
    """What is no part of the site is removed from the target, so it must be new, empty, or a site of ours.

    Raises:
        UnsafeTargetError: when it is not.
    """
    sources = [root / name for name in ("content", "theme", "site_builder")]
    if root.resolve().is_relative_to(target) or any(target.is_relative_to(source) for source in sources):
        raise UnsafeTargetError(str(target))
    ours = _state_of(target, states).exists() or any(target.glob("assets/site-*.css"))
    if target.exists() and not ours and (not target.is_dir() or any(target.iterdir())):
        raise UnsafeTargetError(str(target))


def _clear(target: Path) -> None:
    """Removes this build's stage, and those of builds that were killed.

    A process of theirs may still have been writing when this one began: so it is done at its end, too.
    """
    for stage in target.parent.glob(f".{target.name}.{STAGE}*"):
        shutil.rmtree(stage, ignore_errors=True)


def _forget_old(states: Path) -> None:
    """What is known of a folder that was not built for long: it may be gone."""
    for state in states.glob("*.json"):  # a lock may be held
        with suppress(OSError):
            if state.stat().st_mtime < time.time() - FORGOTTEN:
                state.unlink()


def _state_of(target: Path, states: Path) -> Path:
    return states / f"{hashlib.sha256(os.fsencode(target)).hexdigest()[:16]}.json"


def _as_json(units: Iterable[Unit], stamps: Mapping[str, Stamp]) -> bytes:
    state = {
        unit.name: (unit.key, unit.origin, {file: stamps[file] for file in unit.files}) for unit in units
    }
    return json.dumps({"by": made_by(), "units": state}).encode()


def _files(folder: Path) -> Iterator[str]:
    """The addresses of all files below a folder."""
    return (address for address, _ in _entries(folder))


def _stamps(folder: Path) -> Iterator[tuple[str, Stamp]]:
    return ((address, _stamp(entry)) for address, entry in _entries(folder))


def _stamp(file: Path | os.DirEntry[str]) -> Stamp:
    found = file.stat(follow_symlinks=False)
    return found.st_size, found.st_mtime_ns


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [(os.fspath(folder), "")] if folder.is_dir() else []
    while waiting:
        place, below = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{below}{entry.name}/"))
                else:
                    yield below + entry.name, entry


def _put(staged: Path, place: Path) -> None:
    """Renames a file into its place, also where a folder stands."""
    try:
        staged.replace(place)
    except IsADirectoryError:
        shutil.rmtree(place)
        staged.replace(place)


def _make_way(target: Path, folder: str) -> None:
    """Makes a folder of the site, also where a file of that name stands."""
    place = target
    for part in ("", *folder.split("/")):
        place = place / part
        if place.is_symlink() or place.is_file():
            place.unlink()
        place.mkdir(parents=True, exist_ok=True)


def _remove_empty(target: Path, folder: str) -> None:
    """Removes a folder of the site, and those around it, as long as nothing is left in them."""
    with suppress(OSError):  # not empty
        for place in (target / folder, *(target / folder).parents):
            if place == target:
                break
            place.rmdir()
