"""The checks between files: every reference of a `Site` leads to something."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from site_builder.content import body as bodies
from site_builder.content.model.event import OnFestival
from site_builder.content.model.kiosk import PlayQuiz, PlayStory
from site_builder.content.model.story import Event, Resident, StoryFile
from site_builder.content.model.vocabulary import EveOf
from site_builder.content.problems import LANGS, Problem, Spot, problem
from site_builder.content.source import Source
from site_builder.content.story import PageText, Site, Story
from site_builder.content.wording import nearest

Sources = Mapping[str, Source[BaseModel]]


def faults(site: Site, sources: Sources) -> Iterator[Problem]:
    """Every reference that leads nowhere, and every text that repeats another where it must not."""
    yield from _identity(site, sources)
    yield from _festivals(site, sources)
    for story in site.stories.values():
        source = sources[f"content/{story.ref}/story.yml"]
        yield from _story(site, story, source)
        yield from _alts(story.facts, source)
        yield from _links(site, story, {photo.file for photo in story.facts.photos})
    for page in site.pages.values():
        yield from _links(site, page, set())
    yield from _titles(site, sources)
    yield from _kiosks(site, sources)


def targets(site: Site) -> Mapping[str, Story | PageText | None]:
    """What a link inside the site may name; a community has no text of its own."""
    return {
        **site.stories,
        **{f"pages/{slug}": page for slug, page in site.pages.items()},
        **{f"communities/{name}": None for name in site.vocabulary.communities},
    }


def _unknown(value: str, known: Collection[str], spot: Spot) -> Iterator[Problem]:
    if value not in known:
        yield problem(spot, "unknown-reference", value=value, **nearest(value, known))


def _identity(site: Site, sources: Sources) -> Iterator[Problem]:
    for number, ref in enumerate(site.identity.lead):
        yield from _unknown(ref, site.stories, sources["content/site.yml"].at("lead", number))


def _festivals(site: Site, sources: Sources) -> Iterator[Problem]:
    source = sources["content/vocabulary/festivals.yml"]
    festivals = site.vocabulary.festivals
    for name, festival in festivals.items():
        for number, code in enumerate(festival.groups):
            yield from _unknown(code, site.vocabulary.ethnic_groups, source.at(name, "groups", number))
        if isinstance(festival.rule, EveOf):
            yield from _unknown(festival.rule.eve_of, festivals, source.at(name, "rule", "eve_of"))
            if _turns_in_circles(site, name):
                yield problem(source.at(name, "rule", "eve_of"), "festival-without-rule", value=name)


def _turns_in_circles(site: Site, name: str) -> bool:
    seen = {name}
    while (festival := site.vocabulary.festivals.get(name)) and isinstance(festival.rule, EveOf):
        name = festival.rule.eve_of
        if name in seen:
            return True
        seen.add(name)
    return False


def _story(site: Site, story: Story, source: Source[BaseModel]) -> Iterator[Problem]:
    facts, vocabulary = story.facts, site.vocabulary
    if facts.community is not None:
        yield from _unknown(facts.community, vocabulary.communities, source.at("community"))
    for number, code in enumerate(facts.ethnic_groups):
        yield from _unknown(code, vocabulary.ethnic_groups, source.at("ethnic_groups", number))
    for number, ref in enumerate(facts.related):
        spot = source.at("related", number)
        yield from _unknown(ref, site.stories, spot)
        if ref == story.ref:
            yield problem(spot, "reference-to-itself")
    for number, photo in enumerate(facts.photos):
        for place, record in enumerate(photo.consents):
            yield from _unknown(record, site.consents, source.at("photos", number, "people", place))
    if isinstance(facts, Resident):
        for number, honour in enumerate(facts.honours):
            yield from _unknown(honour.title, vocabulary.honours, source.at("honours", number, "title"))
        for number, record in enumerate(facts.consents):
            yield from _unknown(record, site.consents, source.at("consents", number))
    if isinstance(facts, Event):
        if facts.venue is not None:
            yield from _unknown(facts.venue, site.stories, source.at("venue"))
        if isinstance(facts.when, OnFestival):
            yield from _unknown(facts.when.festival, vocabulary.festivals, source.at("when", "festival"))


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
                file = "page.yml" if isinstance(titled, PageText) else "story.yml"
                spot = sources[f"content/{name}/{file}"].at("title", lang)
                yield problem(spot, "same-title", title=title, other=first[title])
            first.setdefault(title, name)


def _links(site: Site, text: Story | PageText, photos: Collection[str]) -> Iterator[Problem]:
    known = targets(site)
    for lang in LANGS:
        body = text.texts.in_(lang)
        if body is None:
            continue
        for link in body.links:
            yield from _link(link, known, text, lang == "en")
        for image in body.images:
            if image.target not in photos:
                near = nearest(image.target, photos)
                yield problem(image.spot, "body-image-unknown", value=image.target, **near)


def _link(
    link: bodies.Reference,
    known: Mapping[str, Story | PageText | None],
    here: Story | PageText,
    english: bool,
) -> Iterator[Problem]:
    name, _, fragment = link.target.partition("#")
    if bodies.is_outside(link.target):
        return
    if name and name not in known:
        unsafe = ":" in name or name.startswith("/") or ".." in name
        near = {} if unsafe else nearest(name, known)
        yield problem(
            link.spot, "body-link-unsafe" if unsafe else "body-link-broken", value=link.target, **near
        )
        return
    target = known[name] if name else here
    if fragment:
        body = target.texts.in_("en" if english else "zh") if target else None
        if body and bodies.anchor(bodies.unquoted(fragment)) not in {
            heading.anchor for heading in body.headings
        }:
            yield problem(link.spot, "body-anchor-broken", value=bodies.unquoted(fragment))


def _kiosks(site: Site, sources: Sources) -> Iterator[Problem]:
    for name, kiosk in site.kiosks.items():
        source = sources[f"content/kiosks/{name}.yml"]
        if kiosk.venue is not None:
            yield from _unknown(kiosk.venue, site.stories, source.at("venue"))
        spots = [("default", number) for number in range(len(kiosk.default))]
        spots += [
            ("dayparts", part, "play", number)  # type: ignore[misc]
            for part, daypart in enumerate(kiosk.dayparts)
            for number in range(len(daypart.play))
        ]
        for loc, play in zip(spots, kiosk.played, strict=True):
            if isinstance(play, PlayStory):
                yield from _unknown(play.story, site.stories, source.at(*loc, "story"))
            if isinstance(play, PlayQuiz):
                spot = source.at(*loc, "quiz")
                yield from _unknown(play.quiz, site.stories, spot)
                event = site.stories.get(play.quiz)
                if event and not (isinstance(event.facts, Event) and event.facts.quiz):
                    yield problem(spot, "no-quiz", value=play.quiz)
