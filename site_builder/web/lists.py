"""A section's list: 24 stories a page, with filters that are plain pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from site_builder.content.model.event import InThePast, OnDates
from site_builder.content.model.story import Event, Section
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import cards, dates
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import FilterGroup, Link
from site_builder.web.views import ListView

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Selection:
    """Some stories of a section: all of them, or those of one kind, community or year."""

    section: Section
    by: str
    value: str
    stories: tuple[Story, ...]

    @property
    def path(self) -> str:
        return f"{self.section}/{self.by}/{self.value}/" if self.by else f"{self.section}/"

    def page_path(self, number: int) -> str:
        return self.path if number == 1 else f"{self.path}page/{number}/"

    @property
    def pages(self) -> range:
        return range(1, max(1, -(-len(self.stories) // PER_PAGE)) + 1)

    def on_page(self, number: int) -> tuple[Story, ...]:
        return self.stories[(number - 1) * PER_PAGE : number * PER_PAGE]


def selections(edition: Edition, section: Section) -> tuple[Selection, ...]:
    """The whole section first, then each filter that has at least two choices, in a fixed order."""
    stories = _in_order(edition, section)
    found = [Selection(section, "", "", stories)]
    for by in ("kind", "community", "year"):
        chosen: dict[str, list[Story]] = {}
        for story in stories:
            if value := _value(story, by):
                chosen.setdefault(value, []).append(story)
        if len(chosen) > 1:
            found += [
                Selection(section, by, value, tuple(chosen[value])) for value in _ordered(edition, by, chosen)
            ]
    return tuple(found)


def _in_order(edition: Edition, section: Section) -> tuple[Story, ...]:
    """Events by their next date, then those without one, then what is over; other sections newest first."""
    stories = edition.site.section(section)
    if section != "events":
        return stories
    dated = cards.by_next_date(edition, stories)
    known = {story.slug for story in dated}
    rest = [story for story in stories if story.slug not in known]
    over = [dates.is_over(edition, story) for story in rest]
    return (*dated, *(story for _, story in sorted(zip(over, rest, strict=True), key=itemgetter(0))))


def _value(story: Story, by: str) -> str:
    if by == "kind":
        return story.facts.kind
    if by == "community":
        return story.facts.community or ""
    return _year(story)


def _year(story: Story) -> str:
    """The year that a finished or dated event belongs to; other stories go by what they are about."""
    when = story.facts.when if isinstance(story.facts, Event) else None
    if isinstance(when, InThePast):
        return str(when.past)
    if isinstance(when, OnDates):
        return str(min(span.start for span in when.dates).year)
    return "" if when else str(story.facts.published.year)


def _ordered(edition: Edition, by: str, chosen: dict[str, list[Story]]) -> list[str]:
    if by == "community":
        return [name for name in edition.site.vocabulary.communities if name in chosen]
    if by == "year":
        return sorted(chosen, reverse=True)
    return sorted(chosen, key=lambda value: (-len(chosen[value]), value))


def label(edition: Edition, lang: Lang, selection: Selection) -> str:
    """What a filter is called: 文化广场, 永和社区, 2021."""
    if selection.by == "community":
        return edition.site.vocabulary.communities[selection.value].in_(lang)
    if selection.by == "year":
        return edition.say(lang, "list.year", year=selection.value)
    return edition.say(lang, f"kind.{selection.value}")


def list_view(
    edition: Edition, here: Here, every: tuple[Selection, ...], selection: Selection, number: int
) -> ListView:
    """Page `number` (from 1) of a selection; `every` holds all selections of the section."""
    lang, pages = here.lang, selection.pages
    return ListView(
        introduction=edition.say(lang, f"section.{selection.section}"),
        filters=tuple(_filters(edition, here, every, selection)),
        count=_count(edition, lang, len(selection.stories)),
        cards=cards.cards(edition, here, selection.on_page(number), first=True),
        pages=tuple(_page_links(here, selection, number)) if len(pages) > 1 else (),
        previous=_step(edition, here, selection, number - 1, "list.previous"),
        following=_step(edition, here, selection, number + 1, "list.next"),
    )


def _count(edition: Edition, lang: Lang, number: int) -> str:
    return edition.say(lang, "list.count.one" if number == 1 else "list.count", count=number)


def _page_links(here: Here, selection: Selection, number: int) -> Iterator[Link | None]:
    """The first page, the last, and those around `number`; None where some are left out."""
    before = 0
    for each in selection.pages:
        if each in {1, number - 1, number, number + 1, selection.pages[-1]}:
            if each > before + 1:
                yield None
            yield Link(str(each), here.page(selection.page_path(each)), each == number)
            before = each


def _step(edition: Edition, here: Here, selection: Selection, number: int, key: str) -> Link | None:
    if number not in selection.pages:
        return None
    return Link(edition.say(here.lang, key), here.page(selection.page_path(number)))


def _filters(
    edition: Edition, here: Here, every: tuple[Selection, ...], current: Selection
) -> Iterator[FilterGroup]:
    whole = every[0]
    for by in dict.fromkeys(each.by for each in every if each.by):
        everything = Link(edition.say(here.lang, "list.all"), here.page(whole.path), current.by != by)
        choices = [
            Link(
                f"{label(edition, here.lang, each)} {len(each.stories)}",
                here.page(each.path),
                each.path == current.path,
            )
            for each in every
            if each.by == by
        ]
        yield FilterGroup(edition.say(here.lang, f"list.by.{by}"), (everything, *choices))
