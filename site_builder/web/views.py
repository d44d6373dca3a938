"""The values that templates show; each holds everything its template needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from site_builder.content.problems import Lang


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
class NextEvent:
    """An event that is to come, and how long it is until then."""

    card: Card
    countdown: Countdown


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
class Frame:
    """What surrounds every page."""

    lang: Lang
    code: str
    """The page's language tag (BCP 47)."""
    locale: str
    """The same for Open Graph: `zh_CN`."""
    policy: str
    """The Content-Security-Policy as a page itself may state it; none in a preview."""
    title: str
    heading: tuple[str, ...]
    """The title as it is set on the page, in the parts between which a line breaks best."""
    description: str
    site_name: str
    long_name: str
    tagline: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    """Pairs of `hreflang` and absolute address."""
    stylesheet: str
    modules: tuple[str, ...]
    """The scripts that the page's components need; without them the page still says everything."""
    icon: str
    logo: str
    share_card: ShareCard | None
    preload: Picture | None
    """The picture that is the largest of the page's first view: fetched before the style sheet is read."""
    home: str
    menu: tuple[Link, ...]
    switch: Link
    switch_code: str
    crumbs: tuple[Link, ...]
    footer_links: tuple[Link, ...]
    parent: Link | None
    organiser: str
    contact: str
    legal: tuple[Link, ...]
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class HomeView:
    introduction: str
    hero: str
    figures: tuple[tuple[str, str], ...]
    next_events: tuple[NextEvent, ...]
    lead: Card | None
    residents: tuple[Card, ...]
    venues: tuple[Card, ...]
    communities: tuple[Link, ...]
    festivals: tuple[FestivalEntry, ...]
    more_festivals: Link
    more_events: Link
    more_residents: Link
    more_venues: Link
    more_communities: Link


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
class CalendarView:
    introduction: str
    weekdays: tuple[str, ...]
    months: tuple[CalendarMonth, ...]
    festivals: Link


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """One time that a festival comes, in both calendars; `mark` says that the date is only expected."""

    badge: DateBadge
    when: str
    lunar: str
    mark: str


@dataclass(frozen=True, slots=True)
class FestivalEntry:
    """A festival as lists show it, with its next date where one is known."""

    href: str
    name: str
    whose: str
    day: FestivalDay | None


@dataclass(frozen=True, slots=True)
class FestivalsView:
    """All festivals by year: pairs of a heading and what belongs under it."""

    introduction: str
    groups: tuple[tuple[str, tuple[FestivalEntry, ...]], ...]
    calendar: Link


@dataclass(frozen=True, slots=True)
class FestivalView:
    whose: str
    rule: str
    notice: Notice | None
    days: tuple[FestivalDay, ...]
    events: tuple[Card, ...]
    calendar: Link


@dataclass(frozen=True, slots=True)
class FilterGroup:
    label: str
    choices: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a section's list."""

    introduction: str
    filters: tuple[FilterGroup, ...]
    count: str
    cards: tuple[Card, ...]
    pages: tuple[Link, ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A prize-quiz question; `number` is that of the right choice, from 1."""

    question: str
    choices: tuple[str, ...]
    answer: str
    number: int


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code (ISO/IEC 18004) with its quiet zone: `size` modules a side.

    The dark ones are an SVG path, to be drawn with a stroke of width 1.
    """

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Share:
    """How a page is handed on: its absolute address, in writing and as a QR code."""

    address: str
    code: QrCode


@dataclass(frozen=True, slots=True)
class StoryView:
    eyebrow: str
    marks: tuple[str, ...]
    summary: str
    cover: Figure | None
    badge: DateBadge | None
    countdown: Countdown | None
    status: str
    notice: Notice | None
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    programme: tuple[tuple[str, str], ...]
    quiz: tuple[QuestionView, ...]
    gallery: tuple[Figure, ...]
    sources: tuple[Link, ...]
    share: Share
    related: tuple[Card, ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class CommunityView:
    introduction: str
    groups: tuple[tuple[Link, tuple[Card, ...]], ...]


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A community as the list of communities shows it."""

    href: str
    name: str
    count: str
    about: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class CommunitiesView:
    introduction: str
    places: tuple[PlaceCard, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """A page about the site itself."""

    summary: str
    notice: Notice | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a form: what is sent, and what is read."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; `bundle` is the folder of the index, `other` the page in the other language."""

    introduction: str
    bundle: str
    other: str
    sections: tuple[Choice, ...]
    communities: tuple[Choice, ...]
    section_links: tuple[Link, ...]
    community_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`404.html` speaks both languages; `other` is its English half."""

    text: str
    links: tuple[Link, ...]
    other_title: str
    other_text: str
    other_links: tuple[Link, ...]


View = (
    HomeView
    | ListView
    | StoryView
    | CommunityView
    | CommunitiesView
    | CalendarView
    | FestivalView
    | FestivalsView
    | TextView
    | SearchView
    | NotFoundView
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: where it stands, and all that it shows.

    Equal pages under an equal theme give equal bytes. `path` is the address without the language,
    the same for both twins.
    """

    url: str
    path: str
    template: str
    frame: Frame
    view: View
    updated: dt.date | None = None

    @property
    def file(self) -> str:
        """The file that the page is written to."""
        return self.url if self.url.endswith(".html") else f"{self.url}index.html"
