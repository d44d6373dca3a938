"""What the site tells as data, for mini-programs and apps: the shapes of `data/*.json`.

What each field means stands in the interface's words, as `data.url`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from site_builder.content.model.consent import Channel
from site_builder.content.model.story import Section


@dataclass(frozen=True, slots=True)
class Name:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Location:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    days: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Place:
    address: str
    location: Location | None
    hours: tuple[Hours, ...]
    facilities: tuple[Name, ...]
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryRecord:
    id: str
    url: str
    section: Section
    kind: Name
    title: str
    summary: str
    published: dt.date
    updated: dt.date
    until: dt.date | None
    sample: bool
    channels: tuple[Channel, ...]
    community: Name | None
    ethnic_groups: tuple[Name, ...]
    tags: tuple[str, ...]
    honours: tuple[str, ...]
    place: Place | None
    related: tuple[str, ...]
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class OccurrenceRecord:
    id: str
    start: dt.date | dt.datetime
    end: dt.date | dt.datetime | None
    lunar: str
    expected: bool


@dataclass(frozen=True, slots=True)
class EventRecord:
    id: str
    url: str
    kind: Name
    title: str
    summary: str
    status: Literal["expected", "confirmed", "postponed", "cancelled"]
    over: bool
    until: dt.date | None
    sample: bool
    channels: tuple[Channel, ...]
    community: Name | None
    venue: Name | None
    festival: Name | None
    rhythm: str
    calendar: str | None
    occurrences: tuple[OccurrenceRecord, ...]


@dataclass(frozen=True, slots=True)
class FestivalRecord:
    id: str
    url: str
    name: str
    ethnic_groups: tuple[Name, ...]
    rule: str
    occurrences: tuple[OccurrenceRecord, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    schema: str
    version: int
    language: str
    site: str
    stories: tuple[StoryRecord, ...]


@dataclass(frozen=True, slots=True)
class Events:
    schema: str
    version: int
    language: str
    site: str
    as_of: dt.date
    events: tuple[EventRecord, ...]
    festivals: tuple[FestivalRecord, ...]
