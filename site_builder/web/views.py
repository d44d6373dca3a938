"""The values that templates show; each holds everything its template needs."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.content.problems import Lang
from site_builder.web.parts import (
    Block,
    CalendarMonth,
    Card,
    Choice,
    Countdown,
    DataFile,
    DateBadge,
    Fact,
    FestivalDay,
    FestivalEntry,
    Figure,
    FilterGroup,
    Link,
    NextEvent,
    Notice,
    Picture,
    PlaceCard,
    QuestionView,
    ShareCard,
    StoryGroup,
    Subscription,
)
from site_builder.web.sharing import Share


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of every page as it is seen: the way home, the menu, the switch to the page's twin."""

    home: str
    logo: str
    tagline: str
    menu: tuple[Link, ...]
    switch: Link
    switch_code: str


@dataclass(frozen=True, slots=True)
class Colophon:
    """The foot of every page: whose site this is, and how to reach them."""

    contact: str
    links: tuple[Link, ...]
    parent: Link | None
    organiser: str
    legal: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a page tells search engines, feed readers and where it is shared."""

    canonical: str
    alternates: tuple[tuple[str, str], ...]
    """Pairs of `hreflang` and absolute address."""
    share_card: ShareCard | None
    feed: Link
    json_ld: str
    published: str
    revised: str
    """The days (ISO 8601) of a story, where the page is one."""
    indexed: bool


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
    stylesheet: str
    modules: tuple[str, ...]
    """The scripts that the page's components need; without them the page still says everything."""
    icon: str
    preload: Picture | None
    """The picture that is the largest of the page's first view: fetched before the style sheet is read."""
    masthead: Masthead
    crumbs: tuple[Link, ...]
    colophon: Colophon
    metadata: Metadata


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
class CalendarView:
    introduction: str
    weekdays: tuple[str, ...]
    months: tuple[CalendarMonth, ...]
    festivals: Link
    subscribe: Link


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
    about: str
    notice: Notice | None
    days: tuple[FestivalDay, ...]
    events: StoryGroup
    calendar: Link


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a section's list."""

    introduction: str
    filters: tuple[FilterGroup, ...]
    count: str
    cards: tuple[Card, ...]
    pages: tuple[Link | None, ...]
    """The way to the other pages of the list; None stands for those that are left out."""
    previous: Link | None
    following: Link | None


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
    calendar: Link | None
    """An event's dates as a file for calendars."""
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
    groups: tuple[StoryGroup, ...]


@dataclass(frozen=True, slots=True)
class CommunitiesView:
    introduction: str
    places: tuple[PlaceCard, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """A page about the site itself."""

    marks: tuple[str, ...]
    summary: str
    notice: Notice | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; `bundle` is the folder of its indexes, `other` the page in the other language."""

    introduction: str
    bundle: str
    shards: int
    other: str
    sections: tuple[Choice, ...]
    communities: tuple[Choice, ...]
    section_links: tuple[Link, ...]
    community_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """The page about calendars, feeds and data; `webcal` is the calendar's address for who subscribes."""

    introduction: str
    webcal: str
    calendar: Subscription
    feeds: tuple[Subscription, ...]
    files: tuple[DataFile, ...]


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
    | DataView
    | NotFoundView
)


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows: equal pages under an equal theme give equal bytes."""

    template: str
    frame: Frame
    view: View
