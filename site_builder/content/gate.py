"""What one channel may show on one day: drafts, samples, dates and consents decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from site_builder.content.model.consent import CHANNELS, Channel
from site_builder.content.problems import Problem, Spot, problem
from site_builder.content.story import Site, Story


@dataclass(frozen=True, slots=True)
class Gate:
    """The conditions of one output. `drafts` is for a preview, `release` for the public site."""

    channel: Channel
    today: dt.date
    release: bool = False
    drafts: bool = False


def admitted(site: Site, gate: Gate) -> tuple[Site, tuple[Problem, ...]]:
    """The site without what `gate` keeps back, and a notice for each story, photo or ethnicity kept back.

    A consent gates a story by the person it is about and a photo by the people in it (Personal
    Information Protection Law art. 15, 25, 47).
    """
    stories: dict[str, Story] = {}
    notices: list[Problem] = []
    for ref, story in site.stories.items():
        reasons = tuple(_reasons(site, story, gate))
        notices.extend(reasons)
        if not reasons:
            stories[ref], kept_back = _with_agreed_parts(site, story, gate)
            notices.extend(kept_back)
    pages = {slug: page for slug, page in site.pages.items() if gate.drafts or not page.facts.draft}
    for slug in site.pages.keys() - pages.keys():
        notices.append(problem(Spot(site.pages[slug].path), "left-out-draft"))
    return replace(site, stories=stories, pages=pages), tuple(notices)


def agreed(site: Site, gate: Gate) -> Site:
    """The site without what its people do not agree to, whatever else may keep it back today."""
    return replace(
        site,
        stories={
            ref: _with_agreed_parts(site, story, gate)[0]
            for ref, story in site.stories.items()
            if not any(_disagreements(site, story.consents, Spot(ref), gate))
        },
    )


def _reasons(site: Site, story: Story, gate: Gate) -> Iterator[Problem]:
    facts, spot = story.facts, Spot(story.path)
    if facts.draft and not gate.drafts:
        yield problem(spot, "left-out-draft")
    if facts.sample and gate.release:
        yield problem(spot, "left-out-sample")
    if facts.published > gate.today and not gate.drafts:
        yield problem(spot, "left-out-scheduled", date=facts.published)
    if facts.expires and facts.expires <= gate.today:
        yield problem(spot, "left-out-expired", date=facts.expires)
    yield from _disagreements(site, story.consents, spot, gate)


def _disagreements(site: Site, records: Iterable[str], spot: Spot, gate: Gate) -> Iterator[Problem]:
    for name in records:
        consent = site.consents[name]
        if consent.status != "active" or not consent.granted <= gate.today < consent.expires:
            yield problem(spot, "left-out-consent-ended", consent=name)
        elif gate.channel not in consent.scopes:
            yield problem(spot, "left-out-consent-scope", consent=name, channel=gate.channel)


def _with_agreed_parts(site: Site, story: Story, gate: Gate) -> tuple[Story, list[Problem]]:
    kept_back: list[Problem] = []
    photos = []
    for photo in story.photos:
        reasons = tuple(_disagreements(site, photo.facts.consents, Spot(photo.path), gate))
        kept_back.extend(reasons)
        if not reasons:
            photos.append(photo)
    facts = story.facts
    if reasons := tuple(_unnamed_groups(site, story)):
        kept_back.extend(reasons)
        facts = facts.model_copy(update={"ethnic_groups": ()})
    return replace(story, facts=facts, photos=tuple(photos)), kept_back


def _unnamed_groups(site: Site, story: Story) -> Iterator[Problem]:
    """A person's ethnicity is sensitive (art. 28): it is shown only where every consent says so."""
    for name in story.consents if story.facts.ethnic_groups else ():
        if "ethnicity" not in site.consents[name].scopes:
            yield problem(Spot(story.path), "left-out-ethnicity", consent=name)


def channels(site: Site, records: Iterable[str]) -> tuple[Channel, ...]:
    """The channels to which all of these people agree."""
    agreed_to = [set(site.consents[name].scopes) for name in records]
    return tuple(channel for channel in CHANNELS if all(channel in scopes for scopes in agreed_to))


def shown_until(site: Site, story: Story) -> dt.date | None:
    """The first day on which a story, or one of its photos, is no longer shown, if that is known."""
    ends = [site.consents[name].expires for name in story.all_consents]
    return min([*ends, *filter(None, [story.facts.expires])], default=None)
