"""One screen in a plaza: `kiosks/<id>.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from site_builder.content.model.scalars import (
    Authored,
    Bilingual,
    Clock,
    EventRef,
    LocalTime,
    Pair,
    Slug,
    StoryRef,
    VenueRef,
    Weekday,
    fault,
    one_of,
    ordered,
)
from site_builder.content.model.story import Section

Pixels = Annotated[int, Field(ge=320, le=8192)]


class Panel(Authored):
    """The screen itself: diagonal in inches, pixels across and down, viewing distance in metres."""

    diagonal_in: float = Field(gt=0, le=200)
    px: Annotated[tuple[Pixels, Pixels], Pair]
    distance_m: float = Field(gt=0, le=30)
    touch: bool = False
    outdoor: bool = False


class Languages(Authored):
    """How a screen shows two languages."""

    mode: Literal["alternate", "stacked", "zh", "en"] = "alternate"
    order: Annotated[tuple[Literal["zh", "en"], Literal["zh", "en"]], Pair] = ("zh", "en")

    @field_validator("order")
    @classmethod
    def each_once(cls, order: tuple[str, str]) -> tuple[str, str]:
        if order[0] == order[1]:
            raise fault("language-twice")
        return order

    @property
    def shown(self) -> tuple[Literal["zh", "en"], ...]:
        """Those that slides are seen in, in their order."""
        return (self.mode,) if self.mode == "zh" or self.mode == "en" else self.order


class Idle(Authored):
    """How long an untouched screen waits before it warns, then starts again, in seconds."""

    timeout_s: int = Field(60, ge=10, le=600)
    warn_s: int = Field(30, ge=20, le=120)


class PlaySection(Authored):
    """The latest stories, or the next events, of a section."""

    section: Section
    latest: int | None = Field(None, ge=1, le=50)
    next: int | None = Field(None, ge=1, le=50)

    @field_validator("next")
    @classmethod
    def of_events(cls, next_: int | None, info: ValidationInfo) -> int | None:
        if next_ and info.data.get("section", "events") != "events":
            raise fault("next-without-dates")
        return next_


class PlayStory(Authored):
    """One story."""

    story: StoryRef


class PlayQuiz(Authored):
    """The quiz of an event."""

    quiz: EventRef


Play = PlaySection | PlayStory | PlayQuiz
if TYPE_CHECKING:
    PlayForm = Play
else:
    PlayForm = one_of("play-form", section=PlaySection, story=PlayStory, quiz=PlayQuiz)


class Daypart(Authored):
    """What plays on some days between two times; half-open, and may pass midnight."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    from_: Clock = Field(alias="from")
    to: Clock
    play: tuple[PlayForm, ...] = Field(min_length=1)


class Quiet(Authored):
    """The hours in which the screen stays black."""

    from_: Clock = Field(alias="from")
    to: Clock


class Notice(Bilingual):
    """A notice that pre-empts everything while it holds."""

    id: Slug
    level: Literal["info", "warning", "emergency"]
    from_: LocalTime = Field(alias="from")
    until: LocalTime

    @field_validator("until")
    @classmethod
    def in_order(cls, until: LocalTime, info: ValidationInfo) -> LocalTime:
        return ordered(info.data.get("from_"), until)


class Kiosk(Authored):
    """What one screen shows, when, and on what panel."""

    title: Bilingual
    venue: VenueRef | None = None
    panel: Panel
    languages: Languages = Languages()
    idle: Idle = Idle()
    default: tuple[PlayForm, ...] = Field(min_length=1)
    dayparts: tuple[Daypart, ...] = ()
    quiet: Quiet | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def played(self) -> tuple[Play, ...]:
        """Everything the screen may play, in the order written."""
        return self.default + tuple(item for part in self.dayparts for item in part.play)
