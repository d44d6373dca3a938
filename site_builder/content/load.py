"""Reads all of `content/` into one `Site`, or into every problem of every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from site_builder.content import album, references, unfinished
from site_builder.content.album import Measure, Pending
from site_builder.content.found import Found, listing, names, shown
from site_builder.content.memory import Memory
from site_builder.content.model import vocabulary as words
from site_builder.content.model.consent import Consent
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.model.scalars import SLUG
from site_builder.content.model.story import AUTHORED, SECTIONS, InfoPage, Section, StoryFile
from site_builder.content.problems import ContentError, Problem, Spot, errors
from site_builder.content.story import PageText, Site, Story, Texts, Vocabulary

M = TypeVar("M", bound=BaseModel)
RESERVED = frozenset(
    ("en", "assets", "media", "data", "kiosk", "search", "calendar", "communities", "festivals", *SECTIONS)
)
"""Addresses below the root that are not for pages of `content/pages/`."""


def load(root: Path, measure: Measure, memory: Memory) -> tuple[Site, tuple[Problem, ...]]:
    """The site in `root/content`, with warnings.

    Raises:
        ContentError: with all problems, when one of them is an error.
    """
    found = Found(root, memory)
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
    found.problems.extend(unfinished.faults(site, found.sources, root))
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
    _strangers(found, folder, {f"{name}.yml" for name in words.LISTS})
    read = {name: found.read(folder / f"{name}.yml", model) for name, model in words.LISTS.items()}
    found.unread.update({f"vocabulary/{name}": None for name, value in read.items() if value is None})
    lists: dict[str, Any] = {name: getattr(value, "root", {}) for name, value in read.items()}
    return Vocabulary(**lists)


def _records(found: Found, folder: Path, model: type[M]) -> Iterator[tuple[str, M]]:
    """The files of a folder that holds one record a file, by their id."""
    for file in listing(folder):
        if file.suffix != ".yml":
            found.tell(Spot(found.name(file)), "unknown-place", name=shown(file.name), known="<id>.yml")
        elif not re.fullmatch(SLUG, file.stem):
            found.tell(Spot(found.name(file)), "bad-slug", value=shown(file.stem))
        elif (value := found.read(file, model)) is not None:
            yield file.stem, value
        else:
            found.unread[f"{folder.name}/{file.stem}"] = None


def _folders(found: Found, parent: Path) -> Iterator[Path]:
    for folder in listing(parent):
        if not folder.is_dir():
            found.tell(Spot(found.name(folder)), "unknown-place", name=shown(folder.name), known="<slug>/")
        elif not re.fullmatch(SLUG, folder.name):
            found.tell(Spot(found.name(folder)), "bad-folder-name", value=shown(folder.name))
        else:
            yield folder


def _stories(found: Found, content: Path, section: Section, measure: Measure) -> Iterator[Story]:
    """The stories of a section; while their texts are read, all their photos are measured."""
    read: list[tuple[str, StoryFile | None, Texts | None, list[Pending]]] = []
    for folder in _folders(found, content / section):
        _strangers(found, folder, {"story.yml", "zh.md", "en.md", "photos"})
        facts = found.read(folder / "story.yml", AUTHORED[section])
        texts = _texts(found, folder)
        if facts is None or texts is None:
            found.unread[f"{section}/{folder.name}"] = texts
        if facts is None:
            begun = list(album.begun_unread(found, folder, measure))
        else:
            begun = list(album.begun(found, folder, facts, measure))
        read.append((folder.name, facts, texts, begun))
    for slug, facts, texts, begun in read:
        photos = tuple(album.measured(found, begun))
        if facts is not None and texts is not None:
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
    for name in names(folder):
        if name not in known:
            spot = Spot(found.name(folder / name))
            found.tell(spot, "unknown-place", name=shown(name), known=", ".join(sorted(known)))


def _texts(found: Found, folder: Path) -> Texts | None:
    zh = found.body(folder / "zh.md")
    en = found.body(folder / "en.md") if (folder / "en.md").exists() else None
    return Texts(zh, en) if zh else None
