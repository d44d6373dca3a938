"""Files that are still there after a power cut: each step is on the disk before the next one begins."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from site_builder.kiosk.manifest import RefusedError

FULL = (errno.ENOSPC, errno.EDQUOT)


class NoRoomError(RefusedError):
    """The disk is full; all is as it was."""


@contextmanager
def room() -> Iterator[None]:
    """Tells a full disk from other trouble.

    Raises:
        NoRoomError: when there is no room.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoRoomError("no_room") from error
        raise


def write(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all, in a folder that may be new."""
    made = [folder for folder in file.parents if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(file)
    try:
        with draft.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    for folder in (file.parent, *(each.parent for each in made)):
        sync(folder)


def sync(folder: Path) -> None:
    """Sees to it that the names in a folder are on the disk."""
    if os.name == "nt":  # Windows opens no folders, and writes names by itself
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def point(link: Path, target: str) -> None:
    """Makes a link, or moves it to another target, in one step.

    Raises:
        OSError: where the disk takes no links.
    """
    draft = draft_of(link)
    draft.symlink_to(target, target_is_directory=True)
    try:
        draft.replace(link)
    finally:
        draft.unlink(missing_ok=True)
    sync(link.parent)


def draft_of(file: Path) -> Path:
    """What a file is called until it is whole."""
    return file.with_name(f".{file.name}.{uuid4().hex}")


def drafts(file: Path) -> Iterator[Path]:
    """The drafts of a file that kills have left."""
    return file.parent.glob(f".{file.name}.{'[0-9a-f]' * 32}")


def remove(place: Path) -> None:
    """Removes a file or a folder, if it is there."""
    with suppress(FileNotFoundError):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()
