"""What needs an editor's eye: one table of drafts, dates, translations, consents, photos and festivals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from site_builder.content.festivals import almanac
from site_builder.content.model.event import OnFestival
from site_builder.content.model.story import Event
from site_builder.content.story import PageText, Site, Story
from site_builder.content.unfinished import marks
from site_builder.desk.strip import photos
from site_builder.photos.metadata import located as tells_place

SOON = dt.timedelta(days=60)
"""How far ahead an editor is told what is coming."""

Matter = Literal["draft", "scheduled", "expiring", "missing", "stale", "consent", "location", "festival"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look at: a story, a record, a photo or a festival, with the day that matters, if any."""

    matter: Matter
    name: str
    zh: str
    en: str
    day: dt.date | None = None
    gaps: int | None = None
    """Of drafts: places where something is still to be written."""
    stories: tuple[str, ...] = ()
    """Of consents: what rests on them."""


@dataclass(frozen=True, slots=True)
class Status:
    """Everything to look at on a day, matter by matter, the nearest day first."""

    today: dt.date
    entries: tuple[Entry, ...]

    def as_json(self) -> dict[str, object]:
        """The shape of `status --json`."""
        rows = [
            {name: str(value) if name == "day" else value for name, value in asdict(each).items() if value}
            for each in self.entries
        ]
        return {"today": str(self.today), "entries": rows}


def status(site: Site, root: Path, today: dt.date) -> Status:
    """What needs an eye in the content of `root`."""
    found = [
        *_drafts(site, root),
        *_dated(site, today),
        *_untranslated(site),
        *_consents(site, today),
        *located(root),
        *_festivals(site, today),
    ]
    return Status(today, tuple(sorted(found, key=_order)))


def _order(entry: Entry) -> tuple[int, dt.date, str]:
    return get_args(Matter).index(entry.matter), entry.day or dt.date.max, entry.name


def located(root: Path) -> Iterator[Entry]:
    """Photos that tell where they were taken."""
    for file in photos((root / "content",)):
        if tells_place(file.read_bytes()):
            yield Entry("location", file.relative_to(root).as_posix(), file.name, file.name)


def _drafts(site: Site, root: Path) -> Iterator[Entry]:
    for name, text in site.written.items():
        if text.facts.draft:
            gaps = sum(1 for _ in marks(root / "content" / name))
            yield Entry("draft", name, *_title(text), gaps=gaps)


def _dated(site: Site, today: dt.date) -> Iterator[Entry]:
    """Stories that are still to appear, or soon to go."""
    for story in site.stories.values():
        facts = story.facts
        if facts.published > today and not facts.draft:
            yield Entry("scheduled", story.ref, *_title(story), facts.published)
        if facts.expires and facts.expires <= today + SOON:
            yield Entry("expiring", story.ref, *_title(story), facts.expires)


def _untranslated(site: Site) -> Iterator[Entry]:
    for name, text in site.written.items():
        if text.texts.translation != "current":
            yield Entry(text.texts.translation, name, *_title(text))


def _consents(site: Site, today: dt.date) -> Iterator[Entry]:
    """Records that end soon, have ended, or were withdrawn, while a story still rests on them."""
    for name, record in site.consents.items():
        stories = tuple(story.ref for story in site.stories.values() if name in story.all_consents)
        ending = record.status == "withdrawn" or record.expires <= today + SOON
        if stories and ending:
            day = None if record.status == "withdrawn" else record.expires
            yield Entry("consent", name, record.subject, record.subject, day, stories=stories)


def _festivals(site: Site, today: dt.date) -> Iterator[Entry]:
    """Festivals that come soon and have no event."""
    told = {
        story.facts.when.festival
        for story in site.stories.values()
        if isinstance(story.facts, Event) and isinstance(story.facts.when, OnFestival)
    }
    dates = almanac(site.vocabulary.festivals)
    for name in site.vocabulary.festivals.keys() - told:
        for found in (each for year in (today.year, today.year + 1) for each in dates(name, year)):
            if today <= found.day <= today + SOON:
                festival = site.vocabulary.festivals[name]
                yield Entry("festival", name, festival.zh, festival.en, found.day)


def _title(text: Story | PageText) -> tuple[str, str]:
    return text.facts.title.zh, text.facts.title.en
