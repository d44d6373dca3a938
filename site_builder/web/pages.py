"""All pages of the site, in both languages, as values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.content.model.story import SECTIONS, Section
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import PageText, Story
from site_builder.web import festivals, lists, metadata, search, stories, subscriptions
from site_builder.web.addresses import Here, address
from site_builder.web.calendar import calendar_view
from site_builder.web.edition import Edition
from site_builder.web.frames import frame
from site_builder.web.home import home_view, lead_story
from site_builder.web.lost import not_found
from site_builder.web.outline import Outline
from site_builder.web.places import communities_view, community_view
from site_builder.web.views import Page, TextView


def outlines(edition: Edition) -> Iterator[Outline]:
    """Every page; each path comes once in each language, except `404.html`, which speaks both."""
    for lang in LANGS:
        yield Outline(lang, "", partial(_home, edition, lang))
        for section in SECTIONS:
            yield from _section(edition, lang, section)
        yield Outline(lang, "calendar/", partial(_calendar, edition, lang))
        yield from _festivals(edition, lang)
        yield from _communities(edition, lang)
        for text in edition.site.pages.values():
            yield Outline(lang, f"{text.slug}/", partial(_text, edition, lang, text))
        yield Outline(lang, search.PATH, partial(_search, edition, lang))
        told = partial(edition.fingerprint, ())
        yield Outline(lang, subscriptions.PATH, partial(_data, edition, lang), fingerprint=told)
    yield Outline("zh", "404.html", partial(not_found, edition), indexed=False)


def _here(lang: Lang, path: str) -> Here:
    return Here(address(lang, path), lang)


def _home(edition: Edition, lang: Lang) -> Page:
    here, identity = _here(lang, ""), edition.site.identity
    lead, view = lead_story(edition), home_view(edition, here)
    surroundings = frame(
        edition,
        here,
        "",
        title=identity.tagline.in_(lang),
        description=identity.introduction.in_(lang),
        cover=next(iter(lead.photos), None) if lead else None,
        components=("days-left",) if view.next_events else (),
    )
    return Page("home.html", surroundings, view)


def _section(edition: Edition, lang: Lang, section: Section) -> Iterator[Outline]:
    every = lists.selections(edition, section)
    for selection in every:
        for number in selection.pages:
            yield Outline(
                lang,
                selection.page_path(number),
                partial(_list_page, edition, lang, every, selection, number),
                fingerprint=partial(_list_fingerprint, edition, every, selection, number),
            )
    ordered = edition.site.section(section)
    for before, story, after in zip((None, *ordered), ordered, (*ordered[1:], None), strict=False):
        yield Outline(
            lang,
            f"{story.ref}/",
            partial(_story, edition, lang, story, before, after),
            story.facts.revised,
            not story.facts.sample,
            partial(_story_fingerprint, edition, story, before, after),
        )


def _list_fingerprint(
    edition: Edition, every: tuple[lists.Selection, ...], selection: lists.Selection, number: int
) -> str:
    counts = [(each.path, len(each.stories)) for each in every]
    return f"{selection.path} {number} {counts} {edition.fingerprint(selection.on_page(number))}"


def _list_page(
    edition: Edition, lang: Lang, every: tuple[lists.Selection, ...], selection: lists.Selection, number: int
) -> Page:
    """Planned with nothing but what its fingerprint tells of."""
    edition = edition.only(selection.on_page(number))
    path = selection.page_path(number)
    here = _here(lang, path)
    name = edition.say(lang, f"menu.{selection.section}")
    title = name
    if selection.by:
        title = edition.say(lang, "list.title", section=name, choice=lists.label(edition, lang, selection))
    if number > 1:
        title = edition.say(lang, "list.title.page", title=title, number=number)
    surroundings = frame(
        edition,
        here,
        path,
        title=title,
        description=edition.say(lang, f"section.{selection.section}"),
        crumbs=((name, f"{selection.section}/"),) if path != f"{selection.section}/" else (),
    )
    view = lists.list_view(edition, here, every, selection, number)
    return Page("list.html", surroundings, view)


def _story_fingerprint(edition: Edition, story: Story, before: Story | None, after: Story | None) -> str:
    return edition.fingerprint(stories.near(edition, story, before, after))


def _story(edition: Edition, lang: Lang, story: Story, before: Story | None, after: Story | None) -> Page:
    """Planned with nothing but what its fingerprint tells of."""
    edition = edition.only(stories.near(edition, story, before, after))
    path = f"{story.ref}/"
    here = _here(lang, path)
    view = stories.story_view(edition, here, story, before, after)
    surroundings = frame(
        edition,
        here,
        path,
        title=story.facts.title.in_(lang),
        description=story.facts.summary.in_(lang),
        crumbs=((edition.say(lang, f"menu.{story.section}"), f"{story.section}/"),),
        cover=next(iter(story.photos), None),
        preload=view.cover.picture if view.cover else None,
        components=stories.components(view),
        about=metadata.of_story(edition, lang, story),
        facts=story.facts,
        indexed=not story.facts.sample,
    )
    return Page("story.html", surroundings, view)


def _communities(edition: Edition, lang: Lang) -> Iterator[Outline]:
    yield Outline(lang, "communities/", partial(_community_list, edition, lang))
    for slug in edition.site.vocabulary.communities:
        yield Outline(lang, f"communities/{slug}/", partial(_community, edition, lang, slug))


def _community_list(edition: Edition, lang: Lang) -> Page:
    path = "communities/"
    here = _here(lang, path)
    surroundings = frame(
        edition,
        here,
        path,
        title=edition.say(lang, "menu.communities"),
        description=edition.say(lang, "section.communities"),
    )
    return Page("communities.html", surroundings, communities_view(edition, here))


def _community(edition: Edition, lang: Lang, slug: str) -> Page:
    path = f"communities/{slug}/"
    here = _here(lang, path)
    title = edition.site.vocabulary.communities[slug].in_(lang)
    surroundings = frame(
        edition,
        here,
        path,
        title=title,
        description=edition.say(lang, "community.description", name=title),
        crumbs=((edition.say(lang, "menu.communities"), "communities/"),),
    )
    return Page("community.html", surroundings, community_view(edition, here, slug))


def _calendar(edition: Edition, lang: Lang) -> Page:
    path = "calendar/"
    here = _here(lang, path)
    view = calendar_view(edition, here)
    surroundings = frame(
        edition,
        here,
        path,
        title=edition.say(lang, "menu.calendar"),
        description=view.introduction,
        components=("today-mark",),
    )
    return Page("calendar.html", surroundings, view)


def _festivals(edition: Edition, lang: Lang) -> Iterator[Outline]:
    yield Outline(lang, "festivals/", partial(_festival_list, edition, lang))
    for slug in edition.site.vocabulary.festivals:
        yield Outline(lang, f"festivals/{slug}/", partial(_festival, edition, lang, slug))


def _festival_list(edition: Edition, lang: Lang) -> Page:
    path = "festivals/"
    here = _here(lang, path)
    view = festivals.festivals_view(edition, here)
    surroundings = frame(
        edition,
        here,
        path,
        title=edition.say(lang, "menu.festivals"),
        description=view.introduction,
        crumbs=((edition.say(lang, "menu.calendar"), "calendar/"),),
    )
    return Page("festivals.html", surroundings, view)


def _festival(edition: Edition, lang: Lang, slug: str) -> Page:
    path = f"festivals/{slug}/"
    here = _here(lang, path)
    view = festivals.festival_view(edition, here, slug)
    surroundings = frame(
        edition,
        here,
        path,
        title=festivals.title(lang, edition.site.vocabulary.festivals[slug]),
        description=edition.say(lang, "festival.description", whose=view.whose, rule=view.rule),
        crumbs=(
            (edition.say(lang, "menu.calendar"), "calendar/"),
            (edition.say(lang, "menu.festivals"), "festivals/"),
        ),
    )
    return Page("festival.html", surroundings, view)


def _text(edition: Edition, lang: Lang, text: PageText) -> Page:
    path = f"{text.slug}/"
    here = _here(lang, path)
    summary = text.facts.summary.in_(lang)
    notice = stories.translation_notice(edition, here, text, path)
    marks = (edition.say(lang, "mark.draft"),) if text.facts.draft else ()
    view = TextView(marks, summary, notice, stories.text_blocks(edition, here, text))
    surroundings = frame(
        edition,
        here,
        path,
        title=text.facts.title.in_(lang),
        description=summary,
        components=("read-aloud",) if view.blocks else (),
    )
    return Page("text.html", surroundings, view)


def _search(edition: Edition, lang: Lang) -> Page:
    here = _here(lang, search.PATH)
    surroundings = frame(
        edition,
        here,
        search.PATH,
        title=edition.say(lang, "menu.search"),
        description=edition.say(lang, "search.introduction"),
        components=("site-search",),
    )
    return Page("search.html", surroundings, search.search_view(edition, here))


def _data(edition: Edition, lang: Lang) -> Page:
    """Planned without any story, as its fingerprint says."""
    edition = edition.only(())
    here = _here(lang, subscriptions.PATH)
    view = subscriptions.data_view(edition, here)
    surroundings = frame(
        edition,
        here,
        subscriptions.PATH,
        title=edition.say(lang, "menu.data"),
        description=view.introduction,
    )
    return Page("data.html", surroundings, view)
