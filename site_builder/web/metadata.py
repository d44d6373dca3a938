"""What a page is about, for search engines: JSON-LD with the terms of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.content.model.story import Event, Venue
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import dates
from site_builder.web.addresses import CODES
from site_builder.web.edition import Edition

Thing = Mapping[str, Any]
"""A thing of schema.org: its type and properties."""

_STATUSES = {"postponed": "EventPostponed", "cancelled": "EventCancelled"}

_ESCAPES = [(character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029"]


def script(things: Iterable[Thing]) -> str:
    """Things as one JSON-LD text that cannot end the script element which holds it; empty without any."""
    graph = list(things)
    if not graph:
        return ""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    )
    for character, escaped in _ESCAPES:
        text = text.replace(character, escaped)
    return text


def breadcrumbs(edition: Edition, lang: Lang, crumbs: Iterable[tuple[str, str]]) -> Thing:
    """The way from the front page: the name and path of each step, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": {"@type": "WebPage", "@id": edition.url(lang, path)},
            }
            for number, (name, path) in enumerate(crumbs, 1)
        ],
    }


def of_story(edition: Edition, lang: Lang, story: Story) -> Thing:
    """A venue is a place, an event with a known date an event, everything else an article."""
    if isinstance(story.facts, Venue):
        return _place(edition, lang, story.facts) | _common(edition, lang, story)
    if isinstance(story.facts, Event) and edition.upcoming(story):
        return _event(edition, lang, story, story.facts) | _common(edition, lang, story)
    return _article(edition, lang, story) | _common(edition, lang, story)


def _common(edition: Edition, lang: Lang, story: Story) -> dict[str, Any]:
    facts, photo = story.facts, next(iter(story.photos), None)
    card = edition.photos[photo.path].card if photo else None
    found = {
        "name": facts.title.in_(lang),
        "description": facts.summary.in_(lang),
        "url": edition.url(lang, f"{story.ref}/"),
    }
    if card:
        found["image"] = edition.site.identity.base_url + card.path
    return found


def _organiser(edition: Edition, lang: Lang) -> Thing:
    identity = edition.site.identity
    url = edition.url(lang, "")
    return {"@type": "GovernmentOrganization", "name": identity.organiser.in_(lang), "url": url}


def _article(edition: Edition, lang: Lang, story: Story) -> dict[str, Any]:
    facts = story.facts
    return {
        "@type": "Article",
        "headline": facts.title.in_(lang),
        "inLanguage": CODES[lang],
        "datePublished": facts.published.isoformat(),
        "dateModified": facts.revised.isoformat(),
        "author": _organiser(edition, lang),
        "publisher": _organiser(edition, lang),
    }


def _place(edition: Edition, lang: Lang, venue: Venue) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Place", "containedInPlace": _subdistrict(edition, lang)}
    if venue.address:
        found["address"] = venue.address.in_(lang)
    if venue.location:
        north, east = venue.location
        found["geo"] = {"@type": "GeoCoordinates", "latitude": north, "longitude": east}
    if venue.hours:
        found["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [f"https://schema.org/{_WEEKDAYS[day - 1]}" for day in hours.days],
                "opens": f"{hours.from_:%H:%M}",
                "closes": f"{hours.to:%H:%M}",
            }
            for hours in venue.hours
        ]
    if venue.facilities:
        found["amenityFeature"] = [
            {
                "@type": "LocationFeatureSpecification",
                "name": edition.say(lang, f"facility.{name}"),
                "value": True,
            }
            for name in venue.facilities
        ]
    return found


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _subdistrict(edition: Edition, lang: Lang) -> Thing:
    return {"@type": "AdministrativeArea", "name": edition.site.identity.long_name.in_(lang)}


def _event(edition: Edition, lang: Lang, story: Story, event: Event) -> dict[str, Any]:
    """The next time that it takes place."""
    upcoming = edition.upcoming(story)[0]
    start, end = dates.span(edition, upcoming)
    if upcoming.start is None:
        end = upcoming.final
    found = {
        "@type": "Event",
        "inLanguage": CODES[lang],
        "startDate": start.isoformat(),
        "eventStatus": f"https://schema.org/{_STATUSES.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _location(edition, lang, story),
        "organizer": _organiser(edition, lang),
    }
    return found | ({"endDate": end.isoformat()} if end else {})


def _location(edition: Edition, lang: Lang, story: Story) -> Thing:
    """The venue, else the community or the subdistrict."""
    venue = edition.venue(story)
    if venue and isinstance(venue.facts, Venue):
        place = _place(edition, lang, venue.facts)
        known = {key: place[key] for key in ("@type", "address", "geo") if key in place}
        return known | {"name": venue.facts.title.in_(lang), "url": edition.url(lang, f"{venue.ref}/")}
    community = story.facts.community
    if community is None:
        return _subdistrict(edition, lang)
    name = edition.site.vocabulary.communities[community].in_(lang)
    return {"@type": "Place", "name": name, "containedInPlace": _subdistrict(edition, lang)}
