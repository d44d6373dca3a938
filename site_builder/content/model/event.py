"""When an event takes place, in the one form that says what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from site_builder.content.model.scalars import (
    Authored,
    Bilingual,
    Clock,
    Day,
    LocalTime,
    Slug,
    Weekday,
    fault,
    one_of,
)


class Hours(Authored):
    """A span of the day."""

    start: Clock | None = None
    end: Clock | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.end and (not self.start or self.end <= self.start):
            raise fault("end-before-start")
        return self


class OnFestival(Hours):
    """Each year on a festival, `day` days from its first day."""

    festival: Slug
    day: int = Field(0, ge=-30, le=30)


class Repeating(Hours):
    """On the same weekday again and again; without `weekday` the day is announced each time."""

    every: Literal["week", "month", "quarter"]
    weekday: Weekday | None = None
    nth: int | None = Field(None, ge=1, le=5)
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        if self.from_ and self.until and self.until < self.from_:
            raise fault("end-before-start")
        if self.every == "week" and self.nth is not None:
            raise fault("nth-in-week")
        if self.every != "week" and (self.weekday is None) != (self.nth is None):
            raise fault("weekday-without-nth")
        return self


class Span(Authored):
    """One occurrence with its moments, in the site's time zone."""

    start: LocalTime
    end: LocalTime | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.end and self.end <= self.start:
            raise fault("end-before-start")
        return self


class OnDates(Authored):
    """On the dates listed."""

    dates: tuple[Span, ...] = Field(min_length=1)


class InThePast(Authored):
    """A finished event of which only the year is known."""

    past: int = Field(ge=1949, le=2200)


class AnnouncedLater(Authored):
    """An event whose next date nobody has set yet."""

    announced_later: Literal["true"]


When = OnFestival | Repeating | OnDates | InThePast | AnnouncedLater
if TYPE_CHECKING:
    WhenForm = When
else:
    WhenForm = one_of(
        "when-form",
        festival=OnFestival,
        every=Repeating,
        dates=OnDates,
        past=InThePast,
        announced_later=AnnouncedLater,
    )


class ProgrammeItem(Bilingual):
    """One line of an event's programme."""

    time: Clock | None = None


class Question(Bilingual):
    """A prize-quiz question; `answer` is the number of the right choice, from 1."""

    choices: tuple[Bilingual, ...] = Field(min_length=2, max_length=6)
    answer: int = Field(ge=1)

    @model_validator(mode="after")
    def answer_is_a_choice(self) -> Self:
        if self.answer > len(self.choices):
            raise fault("answer-not-a-choice", answer=self.answer, choices=len(self.choices))
        return self
