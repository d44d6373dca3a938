"""Reads all of `content/` into one `Site`, or into every problem of every file."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from site_builder.content import body, references, source
from site_builder.content.model import vocabulary as words
from site_builder.content.model.consent import Consent
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.model.scalars import SLUG
from site_builder.content.model.story import AUTHORED, SECTIONS, Box, InfoPage, Photo, Section, StoryFile
from site_builder.content.problems import ContentError, PhotoError, Problem, Spot, errors, problem
from site_builder.content.source import Source
from site_builder.content.story import Measured, PageText, Site, Story, StoryPhoto, Texts, Vocabulary
from site_builder.content.wording import nearest

M = TypeVar("M", bound=BaseModel)
Measure = Callable[[Path, Sequence[Box]], Future[Measured]]
"""Begins to measure one photo, of which boxes are hidden; the result raises `PhotoError` where it cannot."""

Pending = tuple[str, Photo, Future[Measured]]
"""A photo that is being measured: its path, what was written of it, what will be known."""

MAX_PHOTO_BYTES = 60 * 1024 * 1024
SMALL_PHOTO_PX = 640
RESERVED = frozenset(
    ("en", "assets", "media", "data", "kiosk", "search", "calendar", "communities", "festivals", *SECTIONS)
)
"""Addresses below the root that are not for pages of `content/pages/`."""

_NOISE = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"}
"""What Windows and macOS leave in folders, with whatever capital letters."""


@dataclass(slots=True)
class Found:
    """What reading has come upon so far: values with their sources, and problems."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source[BaseModel]] = field(default_factory=dict)
    unread: dict[str, Texts | None] = field(default_factory=dict)

    def name(self, file: Path) -> str:
        """The path as problems show it; a name in another encoding (a GBK archive) has marks in it."""
        return os.fsencode(file.relative_to(self.root).as_posix()).decode(errors="replace")

    def tell(self, spot: Spot, code: str, **values: object) -> None:
        self.problems.append(problem(spot, code, **values))

    def read(self, file: Path, model: type[M]) -> M | None:
        """The value of one YAML file; None, with problems noted, where there is none."""
        if not self.present(file):
            return None
        found = source.read(file, self.name(file), model)
        if isinstance(found, tuple):
            self.problems.extend(found)
            return None
        self.sources[found.path] = cast(Source[BaseModel], found)
        return found.value

    def present(self, file: Path) -> bool:
        """Whether `file` is there, within `content/` also after links are followed."""
        if not file.is_file():
            self.tell(Spot(self.name(file.parent)), "missing-file", name=file.name)
            return False
        if not file.resolve().is_relative_to((self.root / "content").resolve()):
            self.tell(Spot(self.name(file)), "outside-content", name=file.name)
            return False
        return True

    def at(self, path: str, *loc: str | int) -> Spot:
        return self.sources[path].at(*loc)


def load(root: Path, measure: Measure) -> tuple[Site, tuple[Problem, ...]]:
    """The site in `root/content`, with warnings.

    Raises:
        ContentError: with all problems, when one of them is an error.
    """
    found = Found(root)
    content = root / "content"
    identity = found.read(content / "site.yml", words.Identity)
    vocabulary = _vocabulary(found, content / "vocabulary")
    stories = {
        story.ref: story for section in SECTIONS for story in _stories(found, content, section, measure)
    }
    pages = {page.slug: page for page in _pages(found, content / "pages")}
    consents = dict(_records(found, content / "consents", Consent))
    kiosks = dict(_records(found, content / "kiosks", Kiosk))
    _strangers(found, content, {"site.yml", "vocabulary", *SECTIONS, "pages", "consents", "kiosks"})
    # What is wrong already stops the site; empty, it stands in so that the rest is checked in the same run.
    site = Site(identity or _nobody(), vocabulary, _newest_first(stories), pages, consents, kiosks)
    found.problems.extend(references.faults(site, found.sources, found.unread))
    if errors(found.problems):
        raise ContentError(found.problems)
    return site, tuple(sorted(found.problems))


def _nobody() -> words.Identity:
    return words.Identity.model_construct()  # type: ignore[call-arg]


def _newest_first(stories: dict[str, Story]) -> dict[str, Story]:
    ordered = sorted(stories.values(), key=lambda story: (-story.facts.published.toordinal(), story.slug))
    return {story.ref: story for story in ordered}


def _vocabulary(found: Found, folder: Path) -> Vocabulary:
    """The shared lists; one that cannot be read is empty, and `found.unread` names it."""
    models: dict[str, type[BaseModel]] = {
        "communities": words.Communities,
        "ethnic_groups": words.EthnicGroups,
        "festivals": words.Festivals,
        "honours": words.Honours,
        "terms": words.Terms,
    }
    _strangers(found, folder, {f"{name}.yml" for name in models})
    read = {name: found.read(folder / f"{name}.yml", model) for name, model in models.items()}
    found.unread.update({f"vocabulary/{name}": None for name, value in read.items() if value is None})
    lists: dict[str, Any] = {name: getattr(value, "root", {}) for name, value in read.items()}
    return Vocabulary(**lists)


def _records(found: Found, folder: Path, model: type[M]) -> Iterator[tuple[str, M]]:
    """The files of a folder that holds one record a file, by their id."""
    for file in _listing(folder):
        if file.suffix != ".yml":
            found.tell(Spot(found.name(file)), "unknown-place", name=_name(file.name), known="<id>.yml")
        elif not re.fullmatch(SLUG, file.stem):
            found.tell(Spot(found.name(file)), "bad-slug", value=_name(file.stem))
        elif (value := found.read(file, model)) is not None:
            yield file.stem, value
        else:
            found.unread[f"{folder.name}/{file.stem}"] = None


def _folders(found: Found, parent: Path) -> Iterator[Path]:
    for folder in _listing(parent):
        if not folder.is_dir():
            found.tell(Spot(found.name(folder)), "unknown-place", name=_name(folder.name), known="<slug>/")
        elif not re.fullmatch(SLUG, folder.name):
            found.tell(Spot(found.name(folder)), "bad-folder-name", value=_name(folder.name))
        else:
            yield folder


def _listing(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.name.casefold() not in _NOISE)


def _name(name: str) -> str:
    """A file's name as messages show it."""
    return os.fsencode(name).decode(errors="replace")


def _stories(found: Found, content: Path, section: Section, measure: Measure) -> Iterator[Story]:
    """The stories of a section; while their texts are read, all their photos are measured."""
    read: list[tuple[str, StoryFile, Texts | None, list[Pending]]] = []
    for folder in _folders(found, content / section):
        _strangers(found, folder, {"story.yml", "zh.md", "en.md", "photos"})
        facts = found.read(folder / "story.yml", AUTHORED[section])
        texts = _texts(found, folder)
        if facts is None or texts is None:
            found.unread[f"{section}/{folder.name}"] = texts
        if facts is not None:
            read.append((folder.name, facts, texts, list(_photos(found, folder, facts, measure))))
    for slug, facts, texts, pending in read:
        photos = tuple(_measured(found, pending))
        if texts is not None:
            yield Story(section, slug, facts, texts, photos)  # type: ignore[arg-type]


def _pages(found: Found, parent: Path) -> Iterator[PageText]:
    for folder in _folders(found, parent):
        if folder.name in RESERVED:
            found.tell(Spot(found.name(folder)), "reserved-name", value=folder.name)
        _strangers(found, folder, {"page.yml", "zh.md", "en.md"})
        facts = found.read(folder / "page.yml", InfoPage)
        texts = _texts(found, folder)
        if facts and texts:
            yield PageText(folder.name, facts, texts)
        else:
            found.unread[f"pages/{folder.name}"] = texts


def _strangers(found: Found, folder: Path, known: set[str]) -> None:
    """Names what stands in a folder and means nothing there: most often a misspelt file name."""
    for file in _listing(folder):
        if file.name not in known:
            found.tell(
                Spot(found.name(file)), "unknown-place", name=_name(file.name), known=", ".join(sorted(known))
            )


def _texts(found: Found, folder: Path) -> Texts | None:
    zh = _text(found, folder / "zh.md")
    en = _text(found, folder / "en.md") if (folder / "en.md").exists() else None
    return Texts(zh, en) if zh else None


def _text(found: Found, file: Path) -> body.Body | None:
    if not found.present(file):
        return None
    text = source.read_text(file, found.name(file))
    if isinstance(text, Problem):
        found.problems.append(text)
        return None
    parsed, faults = body.parse(text, found.name(file))
    found.problems.extend(faults)
    return parsed


def _photos(found: Found, folder: Path, facts: StoryFile, measure: Measure) -> Iterator[Pending]:
    path = found.name(folder / "story.yml")
    there = {unicodedata.normalize("NFC", file.name): file for file in _listing(folder / "photos")}
    listed: set[str] = set()
    for number, photo in enumerate(facts.photos):
        spot = found.at(path, "photos", number, "file")
        if photo.file in listed:
            found.tell(spot, "photo-listed-twice", name=photo.file)
        elif photo.file not in there:
            found.tell(spot, "photo-missing", name=photo.file, **nearest(photo.file, there))
        elif _may_be_read(found, there[photo.file]):
            yield found.name(there[photo.file]), photo, measure(there[photo.file], photo.blur)
        listed.add(photo.file)
    for name in there.keys() - listed:
        if not name.lower().endswith(".svg"):  # a drawing beside the photo made from it
            found.tell(Spot(found.name(there[name])), "photo-unused", name=_name(name), file="story.yml")


def _may_be_read(found: Found, file: Path) -> bool:
    if not found.present(file):
        return False
    size = file.stat().st_size
    if size > MAX_PHOTO_BYTES:
        limit = f"{MAX_PHOTO_BYTES // 1024 // 1024} MB"
        found.tell(Spot(found.name(file)), "photo-too-large", size=f"{size // 1024 // 1024} MB", limit=limit)
    return size <= MAX_PHOTO_BYTES


def _measured(found: Found, pending: Iterable[Pending]) -> Iterator[StoryPhoto]:
    for path, photo, future in pending:
        try:
            measured = future.result()
        except PhotoError as error:
            found.tell(Spot(path), error.code, path=path, **error.values)
            continue
        longer = max(measured.width, measured.height)
        if longer < SMALL_PHOTO_PX:
            found.tell(Spot(path), "photo-too-small", size=longer)
        yield StoryPhoto(path, photo, measured)
