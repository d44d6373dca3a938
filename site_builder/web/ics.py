"""How the entries of calendars are named and numbered, and where calendars stand."""

from __future__ import annotations

from urllib.parse import urlsplit

from site_builder.content.model.story import Event
from site_builder.content.occurrences import Occurrence
from site_builder.content.story import Story
from site_builder.web.edition import Edition

EVERYTHING = "calendar.ics"
"""The calendar of all events and festivals, in the folder of its language."""

_RANKS = ("expected", "confirmed", "postponed", "cancelled")
"""The order in which an event's status mostly changes."""


def path(story: Story) -> str:
    """Where an event's own calendar stands, in the folder of its language."""
    return f"{story.ref}.ics"


def dated(edition: Edition) -> list[Story]:
    """The events that have a calendar of their own: those with dates to come."""
    return [story for story in edition.site.section("events") if edition.upcoming(story)]


def uid(edition: Edition, ref: str, key: str) -> str:
    """The name of an entry, the same in both languages and for ever."""
    home = urlsplit(edition.site.identity.ids)
    steps = filter(None, f"{home.path}/{ref}/{key}".split("/"))
    return f"{'.'.join(steps)}@{home.netloc}"


def sequence(story: Story, occurrence: Occurrence) -> int:
    """A number that rises with each change of date or status, so that calendars take it over.

    It counts the notices of the date and follows the usual course of a status; where a status goes back,
    or the hours change, it is the story's `updated` that raises it.
    """
    facts = story.facts
    rank = _RANKS.index(facts.status) if isinstance(facts, Event) else 0
    return 10 * (facts.revised - facts.published).days + occurrence.notices + rank
