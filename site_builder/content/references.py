"""The checks between files: every reference of a `Site` leads to something."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from pydantic import BaseModel

from site_builder.content import body as bodies
from site_builder.content import screens
from site_builder.content.festivals import strays
from site_builder.content.markup import unquoted
from site_builder.content.model.event import OnFestival
from site_builder.content.model.story import Event, Resident, StoryFile
from site_builder.content.model.vocabulary import EveOf
from site_builder.content.problems import LANGS, Lang, Problem, problem
from site_builder.content.source import MOST_TOLD, Source
from site_builder.content.story import PageText, Site, Story, Texts
from site_builder.content.wording import nearest

Sources = Mapping[str, Source[BaseModel]]
Unread = Mapping[str, Texts | None]
"""What is there but could not be read, as `venues/x` or `vocabulary/communities`, with texts that could."""


def faults(site: Site, sources: Sources, unread: Unread) -> Iterator[Problem]:
    """Every reference that leads nowhere, and every text that repeats another where it must not.

    A reference to something `unread` holds: its own fault has been told.
    """
    known = _Names(site, unread)
    for file in _by_file(site, sources, unread, known):
        yield from islice(file, MOST_TOLD)
    yield from _titles(site, sources)


def _by_file(site: Site, sources: Sources, unread: Unread, known: _Names) -> Iterator[Iterator[Problem]]:
    if "content/site.yml" in sources:
        yield _identity(site, sources["content/site.yml"], known)
    if "content/vocabulary/festivals.yml" in sources:
        yield _festivals(site, sources["content/vocabulary/festivals.yml"], known)
    for story in site.stories.values():
        source = sources[story.path]
        yield _story(story, source, known)
        yield _consents(site, story, source)
        yield _alts(story.facts, source)
        yield _links(story.texts, known, {photo.file for photo in story.facts.photos})
    for page in site.pages.values():
        yield _links(page.texts, known, set())
    for texts in unread.values():
        if texts:
            yield _links(texts, known, None)
    for name, kiosk in site.kiosks.items():
        yield screens.faults(site, kiosk, sources[f"content/kiosks/{name}.yml"], unread, known.check)


class _Names:
    """What may be named, by kind: `stories`, `consents`, and each list of the vocabulary."""

    def __init__(self, site: Site, unread: Unread) -> None:
        self.unread = unread
        self.texts = {name: titled and titled.texts for name, titled in targets(site).items()} | dict(unread)
        self._kinds: dict[str, Collection[str]] = {
            "stories": site.stories,
            "consents": site.consents,
            "communities": site.vocabulary.communities,
            "ethnic_groups": site.vocabulary.ethnic_groups,
            "festivals": site.vocabulary.festivals,
            "honours": site.vocabulary.honours,
        }

    def check(self, kind: str, value: str, source: Source[BaseModel], *loc: str | int) -> Iterator[Problem]:
        """A problem where nothing of that kind bears the name `value`, which stands at `loc` of `source`."""
        known = self._kinds[kind]
        there = value in known or self.unread.keys() & {value, f"{kind}/{value}", f"vocabulary/{kind}"}
        if not there:
            yield problem(source.at(*loc), "unknown-reference", value=value, **nearest(value, known))


def targets(site: Site) -> Mapping[str, Story | PageText | None]:
    """What a link inside the site may name; a community has no text of its own."""
    return {
        **site.written,
        **{f"communities/{name}": None for name in site.vocabulary.communities},
    }


def _identity(site: Site, source: Source[BaseModel], known: _Names) -> Iterator[Problem]:
    for number, ref in enumerate(site.identity.lead):
        yield from known.check("stories", ref, source, "lead", number)


def _festivals(site: Site, source: Source[BaseModel], known: _Names) -> Iterator[Problem]:
    for name, festival in site.vocabulary.festivals.items():
        for number, code in enumerate(festival.groups):
            yield from known.check("ethnic_groups", code, source, name, "groups", number)
        if isinstance(festival.rule, EveOf):
            place = (name, "rule", "eve_of")
            yield from known.check("festivals", festival.rule.eve_of, source, *place)
            if _turns_in_circles(site, name):
                yield problem(source.at(*place), "festival-without-rule", value=name)
        if festival.announced and _has_rule(site, name):
            for year, number in strays(site.vocabulary.festivals, name):
                date = festival.announced[year][number].date
                yield problem(source.at(name, "announced", year, number, "date"), "announced-far", date=date)


def _turns_in_circles(site: Site, name: str) -> bool:
    seen = {name}
    while (festival := site.vocabulary.festivals.get(name)) and isinstance(festival.rule, EveOf):
        name = festival.rule.eve_of
        if name in seen:
            return True
        seen.add(name)
    return False


def _has_rule(site: Site, name: str) -> bool:
    """Whether its rule leads to dates in the end: not in circles, and to no festival that nobody knows."""
    while (festival := site.vocabulary.festivals.get(name)) and isinstance(festival.rule, EveOf):
        if _turns_in_circles(site, name):
            return False
        name = festival.rule.eve_of
    return festival is not None


def _story(story: Story, source: Source[BaseModel], known: _Names) -> Iterator[Problem]:
    for kind, name, loc in _named(story.facts):
        yield from known.check(kind, name, source, *loc)
    for number, ref in enumerate(story.facts.related):
        if ref == story.ref:
            yield problem(source.at("related", number), "reference-to-itself")


def _consents(site: Site, story: Story, source: Source[BaseModel]) -> Iterator[Problem]:
    """Whoever agrees to be shown but not to be named may stand there under another name."""
    facts = story.facts
    if isinstance(facts, Resident) and facts.kind == "individual" and not facts.sample:
        for number, name in enumerate(facts.consents):
            if (consent := site.consents.get(name)) and "name" not in consent.scopes:
                yield problem(source.at("consents", number), "consent-without-name", consent=name)


def _named(facts: StoryFile) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Each name in a story: of what kind it is, and where it stands."""
    if facts.community is not None:
        yield "communities", facts.community, ("community",)
    for number, code in enumerate(facts.ethnic_groups):
        yield "ethnic_groups", code, ("ethnic_groups", number)
    for number, ref in enumerate(facts.related):
        yield "stories", ref, ("related", number)
    for number, photo in enumerate(facts.photos):
        for place, record in enumerate(photo.consents):
            yield "consents", record, ("photos", number, "people", place)
    if isinstance(facts, Resident):
        for number, honour in enumerate(facts.honours):
            yield "honours", honour.title, ("honours", number, "title")
        for number, record in enumerate(facts.consents):
            yield "consents", record, ("consents", number)
    if isinstance(facts, Event) and facts.venue is not None:
        yield "stories", facts.venue, ("venue",)
    if isinstance(facts, Event) and isinstance(facts.when, OnFestival):
        yield "festivals", facts.when.festival, ("when", "festival")


def _alts(facts: StoryFile, source: Source[BaseModel]) -> Iterator[Problem]:
    for lang in LANGS:
        seen: dict[str, str] = {}
        for number, photo in enumerate(facts.photos):
            if photo.alt is None:
                continue
            text = photo.alt.in_(lang)
            repeated = {
                facts.title.in_(lang): ("标题", "the title"),
                photo.file: ("文件名", "the file's name"),
                photo.file.rpartition(".")[0]: ("文件名", "the file's name"),
                **dict.fromkeys(seen, ("另一张照片的说明", "that of another photo")),
            }.get(text)
            if repeated:
                spot = source.at("photos", number, "alt", lang)
                yield problem(spot, "alt-repeats", text=text, what_zh=repeated[0], what_en=repeated[1])
            seen[text] = text


def _titles(site: Site, sources: Sources) -> Iterator[Problem]:
    for lang in LANGS:
        first: dict[str, str] = {}
        for name, titled in targets(site).items():
            if titled is None:
                continue
            title = titled.facts.title.in_(lang)
            if title in first:
                spot = sources[titled.path].at("title", lang)
                yield problem(spot, "same-title", title=title, other=first[title])
            first.setdefault(title, name)


def _links(texts: Texts, known: _Names, photos: Collection[str] | None) -> Iterator[Problem]:
    """Faults of the links and images of one story; `photos` is None where its list could not be read."""
    for lang in LANGS:
        body = texts.in_(lang)
        if body is None:
            continue
        for link in body.links:
            if not bodies.is_outside(link.target):
                yield from _link(link, known, body, lang)
        for image in body.images if photos is not None else ():
            name = unquoted(image.target)
            if name not in (photos or ()):
                yield problem(image.spot, "body-image-unknown", value=name, **nearest(name, photos or ()))


def _link(link: bodies.Reference, known: _Names, here: bodies.Body, lang: Lang) -> Iterator[Problem]:
    target = unquoted(link.target)
    name, _, fragment = target.partition("#")
    if ":" in name or name.startswith("/") or ".." in name:
        yield problem(link.spot, "body-link-unsafe", value=target)
    elif name not in known.texts and (name or not fragment):
        if not (name.startswith("communities/") and "vocabulary/communities" in known.unread):
            yield problem(link.spot, "body-link-broken", value=target, **nearest(name, known.texts))
    elif fragment:
        there = known.texts[name] if name else None
        body = there.in_(lang) if there else None if name else here
        anchors = {heading.anchor for heading in body.headings} if body else set()
        if (body or name.startswith("communities/")) and bodies.anchor(fragment) not in anchors:
            yield problem(link.spot, "body-anchor-broken", value=fragment)
