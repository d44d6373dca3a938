"""Searching: what can be found on each page, and the page where it is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from zlib import crc32

from site_builder.content.model.story import SECTIONS, Event, Resident, Venue
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import PageText, Story
from site_builder.web import cards, dates
from site_builder.web.addresses import Here, address
from site_builder.web.edition import Edition
from site_builder.web.parts import Choice, Link
from site_builder.web.pictures import focus
from site_builder.web.stories import honours
from site_builder.web.typography import curly
from site_builder.web.views import SearchView

PATH = "search/"
BUNDLE = "pagefind/"
"""Where the index lies, seen from the search page of its language."""

SHARD = 200
"""Stories for each of which a language has another index."""

MAX_SHARDS = 20
"""Beyond, they only grow: a visitor asks each of them, and Pagefind holds 0.3 MB a story."""

PLACES = "communities"
ABOUT = "about"
"""What a page about the site itself is filtered by, among the sections of stories and the communities."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of the indexes that a language is searched in; each page is in one of them."""

    lang: Lang
    number: int = 0
    count: int = 1

    @property
    def address(self) -> str:
        """The folder of its files."""
        return address(self.lang, f"{PATH}{BUNDLE}{self.number}/")

    def holds(self, path: str) -> bool:
        return crc32(path.encode()) % self.count == self.number


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The narrowest files of a photo, and the classes of its focal point."""

    avif: str
    jpeg: str
    alt: str
    focus: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in one language: its texts are searched, the rest is shown and filtered by.

    All addresses are those of links on the search page.
    """

    path: str
    href: str
    texts: tuple[str, ...]
    """The title, the summary, then everything else; a phrase is found within one of them."""
    labels: tuple[str, ...]
    """Section, kind, date."""
    marks: tuple[str, ...] = ()
    picture: Thumbnail | None = None
    section: str = ABOUT
    community: str = ""


def shards(edition: Edition) -> tuple[Shard, ...]:
    """All indexes: of a story that changes, only one a language is made anew."""
    count = min(MAX_SHARDS, 1 + len(edition.site.stories) // SHARD)
    return tuple(Shard(lang, number, count) for number in range(count) for lang in LANGS)


def fingerprint(edition: Edition, shard: Shard) -> str:
    """Is the same as long as the entries would be, and found out sooner."""
    stories = [story for story in edition.site.stories.values() if shard.holds(f"{story.ref}/")]
    venues = [edition.venue(story) for story in stories]
    return f"{shard} {edition.fingerprint(filter(None, (*stories, *venues)))}"


def entries(edition: Edition, shard: Shard) -> Iterator[Entry]:
    """What can be found in an index: stories, communities, pages about the site."""
    here = Here(address(shard.lang, PATH), shard.lang)
    stories, communities, pages = (
        edition.site.stories,
        edition.site.vocabulary.communities,
        edition.site.pages,
    )
    plans = {
        **{f"{ref}/": partial(_story, edition, here, story) for ref, story in stories.items()},
        **{f"communities/{name}/": partial(_community, edition, here, name) for name in communities},
        **{f"{slug}/": partial(_page, edition, here, page) for slug, page in pages.items()},
    }
    return (plan() for path, plan in plans.items() if shard.holds(path))


def search_view(edition: Edition, here: Here) -> SearchView:
    """The search page: the choices of its filters, and where to look without searching."""
    lang = here.lang
    names = (*SECTIONS, PLACES)
    communities = edition.site.vocabulary.communities.items()
    about = (Choice(ABOUT, edition.say(lang, "footer.about")),) if edition.site.pages else ()
    return SearchView(
        introduction=edition.say(lang, "search.introduction"),
        bundle=here.page(PATH + BUNDLE),
        shards=shards(edition)[0].count,
        other=here.to(address("zh" if lang == "en" else "en", PATH)),
        sections=(*(Choice(name, edition.say(lang, f"menu.{name}")) for name in names), *about),
        communities=tuple(Choice(name, community.in_(lang)) for name, community in communities),
        section_links=tuple(Link(edition.say(lang, f"menu.{name}"), here.page(f"{name}/")) for name in names),
        community_links=tuple(
            Link(community.in_(lang), here.page(f"communities/{name}/")) for name, community in communities
        ),
    )


def _story(edition: Edition, here: Here, story: Story) -> Entry:
    lang, facts = here.lang, story.facts
    labels = (
        edition.say(lang, f"menu.{story.section}"),
        cards.kind(edition, lang, story),
        _date(edition, lang, story),
    )
    texts = (
        facts.title.in_(lang),
        facts.summary.in_(lang),
        cards.kind(edition, lang, story),
        cards.place(edition, lang, story),
        *_texts(story, lang),
        *_details(edition, lang, story),
    )
    return Entry(
        path=f"{story.ref}/",
        href=here.page(f"{story.ref}/"),
        texts=tuple(curly(text, lang) for text in texts if text),
        labels=labels,
        marks=cards.marks(edition, lang, story),
        picture=_thumbnail(edition, here, story),
        section=story.section,
        community=facts.community or "",
    )


def _community(edition: Edition, here: Here, name: str) -> Entry:
    lang, path = here.lang, f"communities/{name}/"
    community = edition.site.vocabulary.communities[name]
    about = community.about.in_(lang) if community.about else ""
    labels = (edition.say(lang, "menu.communities"),)
    texts = (community.in_(lang), curly(about, lang))
    return Entry(path, here.page(path), texts, labels, section=PLACES, community=name)


def _page(edition: Edition, here: Here, page: PageText) -> Entry:
    lang, path = here.lang, f"{page.slug}/"
    texts = (page.facts.title.in_(lang), page.facts.summary.in_(lang), *_texts(page, lang))
    labels = (edition.say(lang, "footer.about"),)
    return Entry(path, here.page(path), tuple(curly(text, lang) for text in texts), labels)


def _texts(text: Story | PageText, lang: Lang) -> tuple[str, ...]:
    body = text.texts.in_(lang)
    return body.texts if body else ()


def _details(edition: Edition, lang: Lang, story: Story) -> Iterator[str]:
    """What a story's page says beside its text."""
    facts = story.facts
    if isinstance(facts, Resident):
        yield from honours(edition, lang, facts)
    if isinstance(facts, Venue):
        yield facts.address.in_(lang) if facts.address else ""
        yield from (service.in_(lang) for service in facts.services)
    if isinstance(facts, Event):
        yield from (item.in_(lang) for item in facts.programme)
        venue = edition.venue(story)
        yield venue.facts.title.in_(lang) if venue else ""
    yield from (edition.site.vocabulary.ethnic_groups[code].in_(lang) for code in facts.ethnic_groups)
    yield from (photo.facts.caption.in_(lang) for photo in story.photos if photo.facts.caption)


def _date(edition: Edition, lang: Lang, story: Story) -> str:
    """The next day of an event, or how often it is; the day when any other story was published."""
    if not isinstance(story.facts, Event):
        return dates.long_date(lang, story.facts.published)
    upcoming = dates.next_of(edition, story)
    return dates.long_date(lang, upcoming.day) if upcoming else dates.rhythm(edition, lang, story.facts)


def _thumbnail(edition: Edition, here: Here, story: Story) -> Thumbnail | None:
    if not story.photos:
        return None
    cover = story.photos[0]
    work = edition.photos[cover.path]
    alt = cover.facts.alt.in_(here.lang) if cover.facts.alt else ""
    avif, jpeg = (here.to(work.of(format_)[0].path) for format_ in ("avif", "jpeg"))
    return Thumbnail(avif, jpeg, alt, focus(*cover.facts.focus))
