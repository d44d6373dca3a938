"""What a draft may leave open, and what is to be published may not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from site_builder.content.model.story import Photo
from site_builder.content.problems import LANGS, Problem, Spot, problem
from site_builder.content.source import Source, read_text
from site_builder.content.story import PageText, Site, Story

MARKS = {"zh": "【待写】", "en": "[To write]"}
"""What a new draft says wherever somebody has to write something."""

_MARK = re.compile("|".join(map(re.escape, MARKS.values())))


def faults(site: Site, sources: Mapping[str, Source[BaseModel]], root: Path) -> Iterator[Problem]:
    """Every mark that still stands in a story or a page that is no draft, and every photo nobody judged."""
    for text in site.written.values():
        if not text.facts.draft:
            source = sources[text.path]
            yield from _marks(source.text, text.path)
            yield from _bodies(text, root)
            if isinstance(text, Story):
                yield from _photos(text.facts.photos, source)


def marks(folder: Path) -> Iterator[Problem]:
    """Every mark in the files of a story or a page, a draft or not."""
    for name in ("story.yml", "page.yml", "zh.md", "en.md"):
        if (file := folder / name).is_file():
            yield from _marks(str(read_text(file, name)), name)


def _photos(photos: tuple[Photo, ...], source: Source[BaseModel]) -> Iterator[Problem]:
    for number, photo in enumerate(photos):
        if photo.people == "unknown":
            yield problem(source.at("photos", number, "people"), "people-unknown")


def _bodies(text: Story | PageText, root: Path) -> Iterator[Problem]:
    for lang in LANGS:
        body = text.texts.in_(lang)
        if body and _is_marked("\n".join(body.texts)):
            path = f"content/{text.ref}/{lang}.md"
            yield from _marks(str(read_text(root / path, path)), path)


def _is_marked(text: str) -> bool:
    """Twice as fast as the pattern: this is asked of every text."""
    return MARKS["zh"] in text or MARKS["en"] in text


def _marks(text: str, path: str) -> Iterator[Problem]:
    """The first mark of each line; what a comment says is for editors."""
    if not _is_marked(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        mark = _MARK.search(line)
        if mark and not (path.endswith(".yml") and line.lstrip().startswith("#")):
            yield problem(Spot(path, number, mark.start() + 1), "left-to-write", mark=mark[0])
