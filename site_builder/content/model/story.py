"""What a story folder's `story.yml` (or a page's `page.yml`) holds."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
)

from site_builder.content.model.event import ProgrammeItem, Question, WhenForm
from site_builder.content.model.scalars import (
    Authored,
    Bilingual,
    Clock,
    ConsentId,
    Day,
    Fraction,
    Pair,
    Slug,
    StoryRef,
    Text,
    VenueRef,
    WebAddress,
    Weekday,
    Year,
    by_morning,
    fault,
    ordered,
)

Section = Literal["residents", "venues", "events"]
SECTIONS: tuple[Section, ...] = ("residents", "venues", "events")

Level = Literal["subdistrict", "district", "municipal", "provincial", "national"]
Facility = Literal[
    "step-free",
    "toilet",
    "accessible-toilet",
    "seating",
    "drinking-water",
    "wifi",
    "parking",
    "air-conditioning",
]


def _file_name(value: str) -> str:
    if "/" in value or "\\" in value or value.startswith("."):
        raise fault("photo-path", value=value)
    if set(value) & set('%&#?"<>|*:'):
        raise fault("photo-name", value=value)
    return value


Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Summary(Bilingual):
    """The two sentences that cards, feeds and kiosks show: 20–90 Chinese characters, 8–45 English words."""

    @field_validator("zh")
    @classmethod
    def right_length(cls, zh: str) -> str:
        if not 20 <= len(zh) <= 90:
            raise fault("summary-length-zh", length=len(zh))
        return zh

    @field_validator("en")
    @classmethod
    def right_number_of_words(cls, en: str) -> str:
        if not 8 <= len(en.split()) <= 45:
            raise fault("summary-length-en", length=len(en.split()))
        return en


class SourceNote(Authored):
    """Where a story's facts come from."""

    title: Bilingual
    publisher: Bilingual | None = None
    date: Day | None = None
    url: WebAddress | None = None


Extent = Annotated[float, Field(gt=0, le=1)]


class Box(Authored):
    """A rectangle as fractions of the picture as seen: left, top, width, height."""

    x: Fraction
    y: Fraction
    width: Extent
    height: Extent


def _box(value: object) -> object:
    if isinstance(value, Box):
        return value
    if not isinstance(value, list) or len(value) != 4:
        raise fault("bad-box")
    return dict(zip(("x", "y", "width", "height"), value, strict=True))


WrittenBox = Annotated[
    Box, BeforeValidator(_box, json_schema_input_type=tuple[Fraction, Fraction, Extent, Extent])
]
People = Annotated[
    Annotated[Literal["none", "crowd", "blurred", "unknown"], Tag("word")]
    | Annotated[tuple[ConsentId, ...], Tag("records")],
    Discriminator(lambda value: "records" if isinstance(value, list | tuple) else "word"),
]
"""Who can be seen: a word, or the consent records of those who can be recognised.

`unknown` stands in drafts, until somebody has looked.
"""


class Photo(Authored):
    """One photo of a story, with the words and the people that belong to it."""

    file: Annotated[Text, AfterValidator(_file_name)]
    alt: Bilingual | None = None
    decorative: bool = Field(False, validate_default=True)
    caption: Bilingual | None = None
    credit: Bilingual
    focus: Annotated[tuple[Fraction, Fraction], Pair] = (0.5, 0.5)
    people: People
    blur: tuple[WrittenBox, ...] = Field((), validate_default=True)

    @field_validator("decorative")
    @classmethod
    def described(cls, decorative: bool, info: ValidationInfo) -> bool:
        if "alt" in info.data and (info.data["alt"] is None) != decorative:
            raise fault("alt-or-decorative")
        return decorative

    @field_validator("people")
    @classmethod
    def somebody_is_named(cls, people: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if people == ():
            raise fault("people-empty")
        return people

    @field_validator("blur")
    @classmethod
    def hidden(cls, blur: tuple[Box, ...], info: ValidationInfo) -> tuple[Box, ...]:
        if info.data.get("people") == "blurred" and not blur:
            raise fault("blur-without-boxes")
        return blur

    @property
    def consents(self) -> tuple[str, ...]:
        """The consent records of the people shown; empty where nobody can be recognised."""
        return self.people if isinstance(self.people, tuple) else ()


class InfoPage(Authored):
    """A page about the site itself: about, accessibility, privacy."""

    title: Bilingual
    summary: Summary
    draft: bool = False


def _is_meant(info: ValidationInfo) -> bool:
    """Whether a story tells of something real, and is finished."""
    return info.data.get("sample") is False and info.data.get("draft") is False


class StoryFile(InfoPage):
    """What every story has, whatever its section."""

    published: Day
    updated: Day | None = None
    """The day of the last change that readers and calendars should hear of."""
    expires: Day | None = None
    sample: bool = False
    community: Slug | None = None
    ethnic_groups: tuple[Text, ...] = ()
    tags: tuple[Slug, ...] = ()
    related: tuple[StoryRef, ...] = ()
    sources: tuple[SourceNote, ...] = Field((), validate_default=True)
    photos: tuple[Photo, ...] = ()

    @field_validator("updated")
    @classmethod
    def updated_after_publication(cls, updated: Day | None, info: ValidationInfo) -> Day | None:
        published = info.data.get("published")
        if updated and published and updated < published:
            raise fault("updated-before-published")
        return updated

    @field_validator("expires")
    @classmethod
    def expires_after_publication(cls, expires: Day | None, info: ValidationInfo) -> Day | None:
        return expires and ordered(info.data.get("published"), expires)

    @property
    def revised(self) -> dt.date:
        """The day of its last change, or of its publication."""
        return self.updated or self.published

    @field_validator("sources")
    @classmethod
    def sourced(cls, sources: tuple[SourceNote, ...], info: ValidationInfo) -> tuple[SourceNote, ...]:
        if not sources and _is_meant(info):
            raise fault("sources-missing")
        return sources


class Honour(Authored):
    """A title awarded to a resident or a group; `title` is an id of `honours.yml`."""

    title: Slug
    year: Year | None = None
    level: Level


class Resident(StoryFile):
    """A model individual, family, building or group."""

    kind: Literal["individual", "family", "building", "collective"]
    honours: tuple[Honour, ...] = ()
    consents: tuple[ConsentId, ...] = Field((), validate_default=True)

    @field_validator("consents")
    @classmethod
    def agreed(cls, consents: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        named = info.data.get("kind") in {"individual", "family", "building"}
        if named and not consents and _is_meant(info):
            raise fault("consents-missing")
        return consents


class OpeningHours(Authored):
    """When a venue is open; `days` are weekdays, 1 is Monday."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    from_: Clock = Field(alias="from")
    to: Clock

    @field_validator("to")
    @classmethod
    def in_order(cls, to: Clock, info: ValidationInfo) -> Clock:
        return by_morning(info.data.get("from_"), to)


class Venue(StoryFile):
    """A place of public culture or service."""

    kind: Literal[
        "plaza",
        "corridor",
        "reading-corner",
        "practice-centre",
        "activity-room",
        "service-station",
        "canteen",
        "school",
        "hall",
        "landmark",
    ]
    address: Bilingual | None = None
    location: Annotated[tuple[Latitude, Longitude], Pair] | None = None
    """Latitude and longitude in degrees, WGS-84."""
    hours: tuple[OpeningHours, ...] = ()
    facilities: tuple[Facility, ...] = ()
    services: tuple[Bilingual, ...] = ()


class Event(StoryFile):
    """Something that takes place, once or again and again."""

    kind: Literal[
        "festival", "banquet", "show", "exhibition", "training", "screening", "contest", "celebration"
    ]
    venue: VenueRef | None = None
    status: Literal["expected", "confirmed", "postponed", "cancelled"] = "expected"
    when: WhenForm
    programme: tuple[ProgrammeItem, ...] = ()
    quiz: tuple[Question, ...] = ()


AUTHORED: dict[Section, type[StoryFile]] = {"residents": Resident, "venues": Venue, "events": Event}
