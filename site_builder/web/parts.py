"""The values that views are composed of: links, pictures, cards, dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in all its widths: `srcset` texts, the JPEG for old browsers, its size in pixels."""

    avif: str
    jpeg: str
    src: str
    large: str
    """The widest JPEG, for who wants to see the photo alone."""
    width: int
    height: int
    alt: str
    sizes: str
    placeholder: str
    """A WebP of 16 pixels in Base64, seen until the picture has come."""
    focus: str = ""
    """Classes that keep the focal point in view where the layout crops: `x-25 y-75`."""
    first: bool = False
    """Whether it is what a visitor sees first: loaded at once, all others when they come near."""


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What is shown where a page is shared: its absolute address, size in pixels and text."""

    href: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A photo with its caption and credit."""

    picture: Picture
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class DateBadge:
    """A date as a calendar leaf: `9月`, `25`, `星期五`."""

    iso: str
    month: str
    day: str
    weekday: str


@dataclass(frozen=True, slots=True)
class Countdown:
    """How long it is to a date, in words as of the day of the build; browsers refresh them.

    `first` and `last` are the first and last day (ISO 8601) of what is to come.
    """

    first: str
    last: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A story as lists show it."""

    href: str
    title: tuple[str, ...]
    summary: str
    kind: str
    place: str
    picture: Picture | None
    badge: DateBadge | None
    when: str
    marks: tuple[str, ...]
    """Words such as 示例, 草稿."""


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """Stories under a heading, with the way to all of them where only some are shown."""

    heading: str
    cards: tuple[Card, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class NextEvent:
    """An event that is to come, and how long it is until then; `mark` says that its date may change."""

    card: Card
    countdown: Countdown
    mark: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a body: either safe HTML or a figure."""

    html: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a story's fact list; `links` where its values lead somewhere, else `texts`.

    `hours` are opening hours as JSON: lists of weekday (1 is Monday), opening and closing time.
    """

    label: str
    texts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark to the reader, with a link where there is something to go to."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A festival or an event on one day: which of its days it is, and whether it is only expected."""

    kind: Literal["festival", "event"]
    text: str
    href: str
    time: str = ""
    which: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day in both calendars, and what is on."""

    iso: str
    number: int
    weekday: str
    lunar: str
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month in weeks from Monday; None stands for a day of another month."""

    iso: str
    name: str
    short: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    quiet: bool
    """Whether nothing is on."""


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """One time that a festival comes, in both calendars; `mark` says that it is over or only expected."""

    badge: DateBadge
    when: str
    lunar: str
    mark: str
    over: bool


@dataclass(frozen=True, slots=True)
class FestivalEntry:
    """A festival as lists show it, with its next date where one is known."""

    href: str
    name: str
    whose: str
    day: FestivalDay | None


@dataclass(frozen=True, slots=True)
class FilterGroup:
    label: str
    choices: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A prize-quiz question; `number` is that of the right choice, from 1."""

    question: str
    choices: tuple[str, ...]
    answer: str
    number: int


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A community as the list of communities shows it."""

    href: str
    name: str
    count: str
    about: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Something that programs fetch again and again: a link to it, its absolute address, what it holds."""

    link: Link
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class DataField:
    """A field of a record: its name, its type, what it means."""

    name: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of data: where it is, its schema, the fields of its records by their name."""

    file: Subscription
    schema: Link
    records: tuple[tuple[str, tuple[DataField, ...]], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a form: what is sent, and what is read."""

    value: str
    text: str
