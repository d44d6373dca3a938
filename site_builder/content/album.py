"""The photos of a story: listed in it, there, and measured."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

from site_builder.content.found import Found, listing, shown
from site_builder.content.model.story import Box, Photo, StoryFile
from site_builder.content.problems import PhotoError, Spot
from site_builder.content.story import Measured, StoryPhoto
from site_builder.content.wording import nearest

Measure = Callable[[Path, Sequence[Box]], Future[Measured]]
"""Begins to measure one photo, of which boxes are hidden; the result raises `PhotoError` where it cannot."""

Pending = tuple[str, Photo | None, Future[Measured]]
"""A photo that is being measured: its path, what is written of it if anything, what will be known."""

MAX_PHOTO_BYTES = 60 * 1024 * 1024
SMALL_PHOTO_PX = 640


def begun(found: Found, folder: Path, facts: StoryFile, measure: Measure) -> Iterator[Pending]:
    """Has all photos of a story measured, those that it does not list too."""
    path = found.name(folder / "story.yml")
    there = {unicodedata.normalize("NFC", file.name): file for file in listing(folder / "photos")}
    listed: set[str] = set()
    for number, photo in enumerate(facts.photos):
        place = ("photos", number, "file")
        if photo.file in listed:
            found.tell(found.at(path, *place), "photo-listed-twice", name=photo.file)
        elif photo.file not in there:
            found.tell(found.at(path, *place), "photo-missing", name=photo.file, **nearest(photo.file, there))
        elif _may_be_read(found, there[photo.file]):
            yield found.name(there[photo.file]), photo, measure(there[photo.file], photo.blur)
        listed.add(photo.file)
    for name in there.keys() - listed:
        if not _is_drawing(there[name]):
            found.tell(Spot(found.name(there[name])), "photo-unused", name=shown(name), file="story.yml")
            yield from _unlisted(found, there[name], measure)


def begun_unread(found: Found, folder: Path, measure: Measure) -> Iterator[Pending]:
    """Has the photos measured of a story whose facts cannot be read."""
    for file in listing(folder / "photos"):
        if not _is_drawing(file):
            yield from _unlisted(found, file, measure)


def _unlisted(found: Found, file: Path, measure: Measure) -> Iterator[Pending]:
    """A photo of which nothing is written: it is published with the repository all the same."""
    for each in (file, *file.rglob("*")):
        if each.is_file() and _may_be_read(found, each):
            yield found.name(each), None, measure(each, ())


def _is_drawing(file: Path) -> bool:
    """Whether it is the source of a photo, which may stand beside it."""
    return file.suffix.lower() == ".svg" and file.is_file()


def _may_be_read(found: Found, file: Path) -> bool:
    if not found.present(file):
        return False
    size = file.stat().st_size
    if size > MAX_PHOTO_BYTES:
        limit = f"{MAX_PHOTO_BYTES // 1024 // 1024} MB"
        found.tell(
            Spot(found.name(file)), "photo-too-large", size=f"{-(-size // 1024 // 1024)} MB", limit=limit
        )
    return size <= MAX_PHOTO_BYTES


def measured(found: Found, pending: Iterable[Pending]) -> Iterator[StoryPhoto]:
    """The listed photos that can be used; of others only that they tell where they were taken."""
    for path, photo, future in pending:
        try:
            size = future.result()
        except PhotoError as error:
            if photo or error.code == "photo-location":
                found.tell(Spot(path), error.code, **error.values)
            continue
        if photo:
            longer = max(size.width, size.height)
            if longer < SMALL_PHOTO_PX:
                found.tell(Spot(path), "photo-too-small", size=longer)
            yield StoryPhoto(path, photo, size)
