"""When an event takes place, in the one form that says what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationInfo, field_validator

from site_builder.content.model.scalars import (
    Authored,
    Bilingual,
    Clock,
    Day,
    LocalTime,
    Slug,
    Weekday,
    Year,
    by_morning,
    fault,
    one_of,
    ordered,
)


class Hours(Authored):
    """A span of the day."""

    start: Clock | None = None
    end: Clock | None = None

    @field_validator("end")
    @classmethod
    def in_order(cls, end: Clock | None, info: ValidationInfo) -> Clock | None:
        if end and "start" in info.data and info.data["start"] is None:
            raise fault("end-without-start")
        return end and by_morning(info.data.get("start"), end)


class OnFestival(Hours):
    """Each year on a festival, `day` days from its first day."""

    festival: Slug
    day: int = Field(0, ge=-30, le=30)


class Repeating(Hours):
    """On the same weekday again and again; without `weekday` the day is announced each time."""

    every: Literal["week", "month", "quarter"]
    weekday: Weekday | None = None
    nth: int | None = Field(None, ge=1, le=5, validate_default=True)
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None

    @field_validator("nth")
    @classmethod
    def with_weekday(cls, nth: int | None, info: ValidationInfo) -> int | None:
        if not {"every", "weekday"} <= info.data.keys():
            return nth
        if info.data["every"] == "week" and nth is not None:
            raise fault("nth-in-week")
        if info.data["every"] != "week" and (info.data["weekday"] is None) != (nth is None):
            raise fault("weekday-without-nth")
        return nth

    @field_validator("until")
    @classmethod
    def lasting(cls, until: Day | None, info: ValidationInfo) -> Day | None:
        first = info.data.get("from_")
        if until and first and until < first:
            raise fault("end-before-start")
        return until


class Span(Authored):
    """One occurrence with its moments, in the site's time zone."""

    start: LocalTime
    end: LocalTime | None = None

    @field_validator("end")
    @classmethod
    def in_order(cls, end: LocalTime | None, info: ValidationInfo) -> LocalTime | None:
        return end and ordered(info.data.get("start"), end)


class OnDates(Authored):
    """On the dates listed."""

    dates: tuple[Span, ...] = Field(min_length=1)


class InThePast(Authored):
    """A finished event of which only the year is known."""

    past: Year


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

    @field_validator("answer")
    @classmethod
    def answer_is_a_choice(cls, answer: int, info: ValidationInfo) -> int:
        choices = info.data.get("choices")
        if choices is not None and answer > len(choices):
            raise fault("answer-not-a-choice", answer=answer, choices=len(choices))
        return answer
