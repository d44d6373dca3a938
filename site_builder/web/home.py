"""The front page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from site_builder.content.story import Story
from site_builder.web import cards, dates, pictures
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.festivals import dated_entries
from site_builder.web.parts import Link, NextEvent
from site_builder.web.typography import curly
from site_builder.web.views import HomeView

NEXT_EVENTS = 3
NEXT_FESTIVALS = 4
TEASERS = 6


def home_view(edition: Edition, here: Here) -> HomeView:
    """What is on next, a lead story, residents, venues, and the way to everything else."""
    lang, identity = here.lang, edition.site.identity
    lead = lead_story(edition)

    def teasers(section: tuple[Story, ...]) -> list[Story]:
        real_first = sorted(section, key=lambda story: story.facts.sample)
        return [story for story in real_first if story is not lead][:TEASERS]

    def more(name: str) -> Link:
        return Link(edition.say(lang, f"home.more.{name}"), here.page(f"{name}/"))

    return HomeView(
        introduction=curly(identity.introduction.in_(lang), lang),
        hero=here.to(edition.assets["hero.svg"]),
        figures=tuple((figure.value.in_(lang), figure.label.in_(lang)) for figure in identity.figures),
        next_events=tuple(_next_events(edition, here)),
        lead=cards.card(edition, here, lead, pictures.LEAD) if lead else None,
        residents=cards.cards(edition, here, teasers(edition.site.section("residents"))),
        venues=cards.cards(edition, here, teasers(edition.site.section("venues"))),
        communities=tuple(
            Link(community.in_(lang), here.page(f"communities/{name}/"))
            for name, community in edition.site.vocabulary.communities.items()
        ),
        festivals=tuple(entry for _, entry in dated_entries(edition, here)[:NEXT_FESTIVALS]),
        more_festivals=more("calendar"),
        more_events=more("events"),
        more_residents=more("residents"),
        more_venues=more("venues"),
        more_communities=more("communities"),
    )


def _next_events(edition: Edition, here: Here) -> Iterator[NextEvent]:
    for story in cards.by_next_date(edition, edition.site.section("events"))[:NEXT_EVENTS]:
        if occurrence := dates.next_of(edition, story):
            countdown = dates.countdown(edition, here.lang, occurrence)
            expected = dates.is_expected(story, occurrence)
            mark = edition.say(here.lang, "status.expected") if expected else ""
            yield NextEvent(cards.card(edition, here, story), countdown, mark)


def lead_story(edition: Edition) -> Story | None:
    """The first story of `lead` in `site.yml` that is let out, else the newest that is no sample."""
    stories = edition.site.stories
    chosen = (stories[ref] for ref in edition.site.identity.lead if ref in stories)
    real = (story for story in stories.values() if not story.facts.sample)
    return next(chain(chosen, real), None)
