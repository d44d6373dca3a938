"""What a story folder's `story.yml` (or a page's `page.yml`) holds."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from site_builder.content.model.event import ProgrammeItem, Question, WhenForm
from site_builder.content.model.scalars import (
    Authored,
    Bilingual,
    Clock,
    ConsentId,
    Day,
    Fraction,
    Slug,
    StoryRef,
    Text,
    VenueRef,
    WebAddress,
    Weekday,
    fault,
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
    return value


class Summary(Bilingual):
    """The two sentences that cards, feeds and kiosks show: 20–90 Chinese characters, 8–45 English words."""

    @model_validator(mode="after")
    def right_length(self) -> Self:
        if not 20 <= len(self.zh) <= 90:
            raise fault("summary-length-zh", length=len(self.zh))
        if not 8 <= len(self.en.split()) <= 45:
            raise fault("summary-length-en", length=len(self.en.split()))
        return self


class SourceNote(Authored):
    """Where a story's facts come from."""

    title: Bilingual
    publisher: Bilingual | None = None
    date: Day | None = None
    url: WebAddress | None = None


class Box(Authored):
    """A rectangle as fractions of the picture as seen: left, top, width, height."""

    x: Fraction
    y: Fraction
    width: Annotated[float, Field(gt=0, le=1)]
    height: Annotated[float, Field(gt=0, le=1)]


def _box(value: object) -> object:
    if isinstance(value, list):
        if len(value) != 4:
            raise fault("bad-box")
        return dict(zip(("x", "y", "width", "height"), value, strict=True))
    return value


class Photo(Authored):
    """One photo of a story, with the words and the people that belong to it."""

    file: Annotated[Text, AfterValidator(_file_name)]
    alt: Bilingual | None = None
    decorative: bool = False
    caption: Bilingual | None = None
    credit: Bilingual
    focus: tuple[Fraction, Fraction] = (0.5, 0.5)
    people: Literal["none", "crowd", "blurred"] | tuple[ConsentId, ...]
    blur: tuple[Annotated[Box, BeforeValidator(_box)], ...] = ()

    @model_validator(mode="after")
    def complete(self) -> Self:
        if (self.alt is None) != self.decorative:
            raise fault("alt-or-decorative")
        if self.people == "blurred" and not self.blur:
            raise fault("blur-without-boxes")
        if self.people == ():
            raise fault("people-empty")
        return self

    @property
    def consents(self) -> tuple[str, ...]:
        """The consent records of the people shown; empty where nobody can be recognised."""
        return self.people if isinstance(self.people, tuple) else ()


class InfoPage(Authored):
    """A page about the site itself: about, accessibility, privacy."""

    title: Bilingual
    summary: Summary


class StoryFile(InfoPage):
    """What every story has, whatever its section."""

    published: Day
    expires: Day | None = None
    draft: bool = False
    sample: bool = False
    community: Slug | None = None
    ethnic_groups: tuple[Text, ...] = ()
    tags: tuple[Slug, ...] = ()
    related: tuple[StoryRef, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    photos: tuple[Photo, ...] = ()

    @model_validator(mode="after")
    def dated_and_sourced(self) -> Self:
        if self.expires and self.expires <= self.published:
            raise fault("end-before-start")
        if not self.sources and not self.sample:
            raise fault("sources-missing")
        return self


class Honour(Authored):
    """A title awarded to a resident or a group; `title` is an id of `honours.yml`."""

    title: Slug
    year: int | None = Field(None, ge=1949, le=2200)
    level: Level


class Resident(StoryFile):
    """A model individual, family, building or group."""

    kind: Literal["individual", "family", "building", "collective"]
    honours: tuple[Honour, ...] = ()
    consents: tuple[ConsentId, ...] = ()

    @model_validator(mode="after")
    def agreed(self) -> Self:
        if self.kind != "collective" and not self.sample and not self.consents:
            raise fault("consents-missing")
        return self


class OpeningHours(Authored):
    """When a venue is open; `days` are weekdays, 1 is Monday."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    from_: Clock = Field(alias="from")
    to: Clock

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.to <= self.from_:
            raise fault("end-before-start")
        return self


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
    location: (
        tuple[Annotated[float, Field(ge=-90, le=90)], Annotated[float, Field(ge=-180, le=180)]] | None
    ) = None
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
