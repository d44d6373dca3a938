"""The communities: their list, and the page of each with all its stories."""

from __future__ import annotations

from site_builder.content.model.story import SECTIONS, Section
from site_builder.content.story import Story
from site_builder.web import cards, pictures
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import PlaceCard, StoryGroup
from site_builder.web.views import CommunitiesView, CommunityView


def communities_view(edition: Edition, here: Here) -> CommunitiesView:
    """All communities of the vocabulary, in its order."""
    return CommunitiesView(
        introduction=edition.say(here.lang, "section.communities"),
        places=tuple(_place(edition, here, name) for name in edition.site.vocabulary.communities),
    )


def community_view(edition: Edition, here: Here, name: str) -> CommunityView:
    """One community: its venues, events and residents."""
    community = edition.site.vocabulary.communities[name]
    stories = stories_of(edition, name)
    groups: list[StoryGroup] = []
    order: tuple[Section, ...] = ("venues", "events", "residents")
    for section in order:
        found = [story for story in stories if story.section == section]
        if found:
            heading = edition.say(here.lang, f"menu.{section}")
            groups.append(cards.group(edition, here, heading, found, _list_of(edition, section, name)))
    return CommunityView(community.about.in_(here.lang) if community.about else "", tuple(groups))


def _list_of(edition: Edition, section: Section, name: str) -> str:
    """The list that has all stories of a community; it is the section's own where there is no other one."""
    others = any(story.facts.community not in {None, name} for story in edition.site.section(section))
    return f"{section}/community/{name}/" if others else f"{section}/"


def stories_of(edition: Edition, name: str) -> tuple[Story, ...]:
    return tuple(
        story
        for section in SECTIONS
        for story in edition.site.section(section)
        if story.facts.community == name
    )


def _place(edition: Edition, here: Here, name: str) -> PlaceCard:
    stories = stories_of(edition, name)
    key = "list.count.one" if len(stories) == 1 else "list.count" if stories else "list.none"
    illustrated = next((story for story in reversed(stories) if story.photos), None)
    community = edition.site.vocabulary.communities[name]
    return PlaceCard(
        href=here.page(f"communities/{name}/"),
        name=community.in_(here.lang),
        count=edition.say(here.lang, key, count=len(stories)),
        about=community.about.in_(here.lang) if community.about else "",
        picture=pictures.cover(edition, here, illustrated, pictures.CARD) if illustrated else None,
    )
