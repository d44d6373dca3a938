"""Stories as lists show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.content.model.event import OnDates
from site_builder.content.model.story import Event
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import dates, pictures
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import Card, Link, StoryGroup
from site_builder.web.typography import curly, title_parts

MAX_IN_GROUP = 12
"""Cards under one heading of a page that is no list: its first view has to stay light."""


def card(
    edition: Edition, here: Here, story: Story, slot: pictures.Slot = pictures.CARD, *, first: bool = False
) -> Card:
    """A story's card; `first` where it stands in the first view of its page."""
    lang, facts = here.lang, story.facts
    event = facts if isinstance(facts, Event) else None
    upcoming = dates.next_of(edition, story)
    dated = upcoming is not None and event is not None and isinstance(event.when, OnDates)
    return Card(
        href=here.page(f"{story.ref}/"),
        title=title_parts(facts.title.in_(lang), lang),
        summary=curly(facts.summary.in_(lang), lang),
        kind=kind(edition, lang, story),
        place=place(edition, lang, story),
        picture=pictures.cover(edition, here, story, slot, first=first),
        badge=dates.badge(lang, upcoming.day) if upcoming else None,
        when=dates.rhythm(edition, lang, event) if event and not dated else "",
        marks=marks(edition, lang, story),
    )


def cards(
    edition: Edition,
    here: Here,
    stories: Iterable[Story],
    slot: pictures.Slot = pictures.CARD,
    *,
    first: bool = False,
) -> tuple[Card, ...]:
    """Cards in their order; `first` where the page begins with them."""
    return tuple(
        card(edition, here, story, slot, first=first and number == 0) for number, story in enumerate(stories)
    )


def group(edition: Edition, here: Here, heading: str, stories: Sequence[Story], path: str) -> StoryGroup:
    """The first of `stories`; `path` is the list that has them all."""
    more = None
    if len(stories) > MAX_IN_GROUP:
        more = Link(edition.say(here.lang, "list.see_all", count=len(stories)), here.page(path))
    return StoryGroup(heading, cards(edition, here, stories[:MAX_IN_GROUP]), more)


def kind(edition: Edition, lang: Lang, story: Story) -> str:
    return edition.say(lang, f"kind.{story.facts.kind}")


def place(edition: Edition, lang: Lang, story: Story) -> str:
    """The community's name; nothing for the whole subdistrict."""
    name = story.facts.community
    return edition.site.vocabulary.communities[name].in_(lang) if name else ""


def marks(edition: Edition, lang: Lang, story: Story) -> tuple[str, ...]:
    """What a reader must know before anything else: a sample, a draft, cancelled, postponed."""
    facts = story.facts
    status = facts.status if isinstance(facts, Event) and not dates.is_over(edition, story) else ""
    flags = {
        "sample": facts.sample,
        "draft": facts.draft,
        "scheduled": facts.published > edition.today,
        "cancelled": status == "cancelled",
        "postponed": status == "postponed",
    }
    return tuple(edition.say(lang, f"mark.{name}") for name, holds in flags.items() if holds)


def marked_title(edition: Edition, lang: Lang, story: Story) -> str:
    """The title where nothing can stand beside it: 【示例】标题; [Sample] Title. What it says itself is not
    said twice."""
    title = curly(story.facts.title.in_(lang), lang)
    said = [mark for mark in marks(edition, lang, story) if not title.startswith(mark)]
    if lang == "zh":
        return "".join(f"【{mark}】" for mark in said) + title
    return " ".join([*(f"[{mark}]" for mark in said), title])


def by_next_date(edition: Edition, events: Iterable[Story]) -> list[Story]:
    """Events with a date to come, soonest first."""
    dated = []
    for story in events:
        upcoming = dates.next_of(edition, story)
        if upcoming:
            dated.append((upcoming.day, story.slug, story))
    return [story for _, _, story in sorted(dated, key=lambda each: each[:2])]
