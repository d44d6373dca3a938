"""A story's own page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.content.markup import unquoted
from site_builder.content.model.event import AnnouncedLater, OnDates, OnFestival, ProgrammeItem, Question
from site_builder.content.model.story import Event, Resident, SourceNote, Venue
from site_builder.content.occurrences import Occurrence
from site_builder.content.problems import Lang
from site_builder.content.story import PageText, Story
from site_builder.web import cards, dates, ics, pictures, prose
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import Block, Fact, Link, Notice, QuestionView
from site_builder.web.sharing import Share
from site_builder.web.typography import curly
from site_builder.web.views import StoryView

MAX_RELATED = 6
MORE_DATES = 3
"""How many dates of an event are shown after the next one, and of those that are over."""


def near(edition: Edition, story: Story, *neighbours: Story | None) -> tuple[Story, ...]:
    """All stories that its page shows or leads to, itself first."""
    bodies = filter(None, (story.texts.zh, story.texts.en))
    linked = {link.target.partition("#")[0] for body in bodies for link in body.links}
    leading = (edition.site.stories.get(ref) for ref in sorted(linked))
    related = edition.related(story)[:MAX_RELATED]
    return tuple(filter(None, (story, edition.venue(story), *neighbours, *related, *leading)))


def story_view(
    edition: Edition, here: Here, story: Story, before: Story | None, after: Story | None
) -> StoryView:
    """The page of `story`; `before` and `after` are its neighbours in the section's list."""
    lang, facts = here.lang, story.facts
    event = facts if isinstance(facts, Event) else None
    upcoming = dates.next_of(edition, story)
    first, others = story.photos[:1], story.photos[1:]
    body = story.texts.in_(lang)
    shown = {unquoted(image.target) for image in body.images} if body else set()
    return StoryView(
        eyebrow=" · ".join(
            filter(None, [cards.kind(edition, lang, story), cards.place(edition, lang, story)])
        ),
        marks=cards.marks(edition, lang, story),
        summary=curly(facts.summary.in_(lang), lang),
        cover=pictures.figure(edition, here, first[0], pictures.COVER, first=True) if first else None,
        badge=dates.badge(lang, upcoming.day) if upcoming else None,
        countdown=dates.countdown(edition, lang, upcoming) if upcoming else None,
        status=_status(edition, lang, story),
        notice=translation_notice(edition, here, story, f"{story.ref}/"),
        blocks=text_blocks(edition, here, story),
        facts=tuple(story_facts(edition, here, story)),
        calendar=_own_calendar(edition, here, story) if upcoming else None,
        programme=tuple(_programme_line(lang, item) for item in event.programme) if event else (),
        quiz=tuple(_question(lang, question) for question in event.quiz) if event else (),
        gallery=tuple(
            pictures.figure(edition, here, photo, pictures.BODY)
            for photo in others
            if photo.facts.file not in shown
        ),
        sources=tuple(_source(lang, source) for source in facts.sources),
        share=Share(edition.site.identity.base_url + here.url),
        related=cards.cards(edition, here, edition.related(story)[:MAX_RELATED], pictures.COMPACT),
        previous=_neighbour(here, before),
        following=_neighbour(here, after),
    )


def components(view: StoryView) -> tuple[str, ...]:
    """The custom elements that a story's page holds."""
    held = {
        "read-aloud": bool(view.blocks),
        "share-page": True,
        "photo-viewer": bool(view.cover or view.gallery or any(block.figure for block in view.blocks)),
        "days-left": view.countdown is not None,
        "open-now": any(fact.hours for fact in view.facts),
        "prize-quiz": bool(view.quiz),
    }
    return tuple(name for name, holds in held.items() if holds)


def text_blocks(edition: Edition, here: Here, text: Story | PageText) -> tuple[Block, ...]:
    body = text.texts.in_(here.lang)
    return prose.blocks(edition, here, text, body) if body else ()


def translation_notice(edition: Edition, here: Here, text: Story | PageText, path: str) -> Notice | None:
    """On an English page: that the translation is missing, or older than the Chinese text."""
    state = text.texts.translation
    if here.lang == "zh" or state == "current":
        return None
    link = Link(edition.say("en", "translation.read"), here.to(path))
    return Notice(edition.say("en", f"translation.{state}"), link)


def _status(edition: Edition, lang: Lang, story: Story) -> str:
    """Expected, confirmed or finished; what is cancelled or postponed is among the marks."""
    if not isinstance(story.facts, Event):
        return ""
    if dates.is_over(edition, story):
        return edition.say(lang, "status.past")
    upcoming, status = dates.next_of(edition, story), story.facts.status
    known = not isinstance(story.facts.when, AnnouncedLater)
    if (status == "expected" and known) or (upcoming and dates.is_expected(story, upcoming)):
        return edition.say(lang, "status.expected")
    return edition.say(lang, "status.confirmed") if story.facts.status == "confirmed" else ""


def story_facts(edition: Edition, here: Here, story: Story) -> list[Fact]:
    """What is to be known of a story, line by line."""
    found: list[Fact] = []
    if isinstance(story.facts, Event):
        found += _event_facts(edition, here, story, story.facts)
    if isinstance(story.facts, Venue):
        found += _venue_facts(edition, here.lang, story.facts)
    if isinstance(story.facts, Resident):
        found.append(Fact(edition.say(here.lang, "fact.honours"), honours(edition, here.lang, story.facts)))
    found += _belonging(edition, here, story)
    return [fact for fact in found if fact.texts or fact.links]


def _own_calendar(edition: Edition, here: Here, story: Story) -> Link:
    return Link(edition.say(here.lang, "ics.add"), here.page(ics.path(story)))


def _event_facts(edition: Edition, here: Here, story: Story, event: Event) -> list[Fact]:
    lang = here.lang
    rhythm = dates.rhythm(edition, lang, event)
    festival: tuple[Link, ...] = ()
    if isinstance(event.when, OnFestival):
        festival = (Link(rhythm, here.page(f"festivals/{event.when.festival}/")),)
    where = _neighbour(here, edition.venue(story))
    later = edition.upcoming(story)[1 : 1 + MORE_DATES] if dates.next_of(edition, story) else ()
    earlier = edition.past(story)[:MORE_DATES]
    return [
        Fact(edition.say(lang, "fact.when"), tuple(_when(edition, lang, story, event)), festival),
        Fact(edition.say(lang, "fact.later"), tuple(_dates(edition, lang, story, later))),
        Fact(edition.say(lang, "fact.earlier"), tuple(_dates(edition, lang, None, earlier))),
        Fact(edition.say(lang, "fact.venue"), links=(where,) if where else ()),
    ]


def _when(edition: Edition, lang: Lang, story: Story, event: Event) -> Iterator[str]:
    """The next date in both calendars, how often, and what else is to be known of it."""
    upcoming, planned = dates.next_of(edition, story), edition.upcoming(story)[:1]
    if upcoming:
        yield dates.in_full(edition, lang, upcoming)
        yield dates.lunar_text(lang, upcoming.day)
    elif planned:
        yield edition.say(lang, "when.planned", date=dates.in_full(edition, lang, planned[0]))
    if event.status == "postponed":
        yield edition.say(lang, "when.postponed")
    if not isinstance(event.when, OnFestival) and not (planned and isinstance(event.when, OnDates)):
        yield dates.rhythm(edition, lang, event)
    if event.status == "expected" and not dates.is_over(edition, story):
        yield edition.say(lang, "when.ask")


def _dates(
    edition: Edition, lang: Lang, story: Story | None, occurrences: Iterable[Occurrence]
) -> Iterator[str]:
    """Further dates, each with 预计 where it may change (of a `story` that goes on)."""
    for each in occurrences:
        text = dates.in_full(edition, lang, replace(each, start=None, end=None))
        expected = story is not None and dates.is_expected(story, each)
        yield edition.say(lang, "when.expected", date=text) if expected else text


def _venue_facts(edition: Edition, lang: Lang, venue: Venue) -> list[Fact]:
    def say(key: str) -> str:
        return edition.say(lang, key)

    opening = tuple(
        f"{say('list.separator').join(say(f'weekday.{day}') for day in hours.days)} "
        f"{hours.from_:%H:%M}–{hours.to:%H:%M}"
        for hours in venue.hours
    )
    places: tuple[Link, ...] = ()
    if venue.location:
        north, east = venue.location
        places = (
            Link(say("map.amap"), f"https://uri.amap.com/marker?position={east},{north}&coordinate=wgs84"),
            Link(say("map.geo"), f"geo:{north},{east}"),
        )
    return [
        Fact(say("fact.address"), (venue.address.in_(lang),) if venue.address else ()),
        Fact(say("fact.map"), links=places),
        Fact(say("fact.hours"), opening, hours=_hours_as_json(venue)),
        Fact(say("fact.facilities"), tuple(say(f"facility.{name}") for name in venue.facilities)),
        Fact(say("fact.services"), tuple(service.in_(lang) for service in venue.services)),
    ]


def _hours_as_json(venue: Venue) -> str:
    spans = [
        (day, f"{hours.from_:%H:%M}", f"{hours.to:%H:%M}") for hours in venue.hours for day in hours.days
    ]
    return json.dumps(sorted(spans), separators=(",", ":")) if spans else ""


def honours(edition: Edition, lang: Lang, resident: Resident) -> tuple[str, ...]:
    """2023年 优秀志愿者（区级）, one text an honour."""
    titles = edition.site.vocabulary.honours
    texts = []
    for honour in resident.honours:
        level = edition.say(lang, f"level.{honour.level}")
        text = edition.say(lang, "honour", title=titles[honour.title].in_(lang), level=level)
        texts.append(edition.say(lang, "honour.in", honour=text, year=honour.year) if honour.year else text)
    return tuple(texts)


def _belonging(edition: Edition, here: Here, story: Story) -> list[Fact]:
    lang, facts, vocabulary = here.lang, story.facts, edition.site.vocabulary
    community: tuple[Link, ...] = ()
    if facts.community:
        name = vocabulary.communities[facts.community].in_(lang)
        community = (Link(name, here.page(f"communities/{facts.community}/")),)
    groups = tuple(vocabulary.ethnic_groups[code].in_(lang) for code in facts.ethnic_groups)
    return [
        Fact(edition.say(lang, "fact.community"), links=community),
        Fact(edition.say(lang, "fact.ethnic_groups"), groups),
    ]


def _programme_line(lang: Lang, item: ProgrammeItem) -> tuple[str, str]:
    return (f"{item.time:%H:%M}" if item.time else "", curly(item.in_(lang), lang))


def _question(lang: Lang, question: Question) -> QuestionView:
    return QuestionView(
        question=curly(question.in_(lang), lang),
        choices=tuple(curly(choice.in_(lang), lang) for choice in question.choices),
        answer=curly(question.choices[question.answer - 1].in_(lang), lang),
        number=question.answer,
    )


def _source(lang: Lang, source: SourceNote) -> Link:
    title = source.title.in_(lang)
    title = f"《{title}》" if lang == "zh" else f"“{title}”"
    publisher = source.publisher.in_(lang) if source.publisher else ""
    date = dates.long_date(lang, source.date) if source.date else ""
    separator = "\uff0c" if lang == "zh" else ", "
    return Link(separator.join(filter(None, (publisher, title, date))), source.url or "")


def _neighbour(here: Here, story: Story | None) -> Link | None:
    if story is None:
        return None
    return Link(curly(story.facts.title.in_(here.lang), here.lang), here.page(f"{story.ref}/"))
