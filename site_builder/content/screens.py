"""The checks of a screen against all other content, and of its dayparts against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from itertools import combinations

from pydantic import BaseModel

from site_builder.content.model.kiosk import Daypart, Kiosk, Play, PlayQuiz, PlaySection, PlayStory, Quiet
from site_builder.content.model.story import Event
from site_builder.content.problems import Problem, problem
from site_builder.content.source import Source
from site_builder.content.story import Site

Check = Callable[..., Iterator[Problem]]
"""Of a name: its kind, the name, the source, and where it stands there."""

DAY, WEEK = 24 * 60, 7 * 24 * 60


def faults(
    site: Site, kiosk: Kiosk, source: Source[BaseModel], unread: Collection[str], check: Check
) -> Iterator[Problem]:
    """Names that lead nowhere, lists that show nothing, dayparts that contend for the same time.

    `unread` names stories that are there but could not be read.
    """
    if kiosk.venue is not None:
        yield from check("stories", kiosk.venue, source, "venue")
    for loc, play in places(kiosk):
        yield from _play(site, play, source, loc, check)
    yield from _empty(kiosk, source, {ref.partition("/")[0] for ref in (*site.stories, *unread)})
    yield from _times(kiosk, source)


def places(kiosk: Kiosk) -> Iterator[tuple[tuple[str | int, ...], Play]]:
    """Each of `kiosk.played`, and where it stands in the file."""
    for number, play in enumerate(kiosk.default):
        yield ("default", number), play
    for part, daypart in enumerate(kiosk.dayparts):
        for number, play in enumerate(daypart.play):
            yield ("dayparts", part, "play", number), play


def _play(
    site: Site, play: Play, source: Source[BaseModel], loc: tuple[str | int, ...], check: Check
) -> Iterator[Problem]:
    if isinstance(play, PlayStory):
        yield from check("stories", play.story, source, *loc, "story")
    if isinstance(play, PlayQuiz):
        yield from check("stories", play.quiz, source, *loc, "quiz")
        event = site.stories.get(play.quiz)
        if event and not (isinstance(event.facts, Event) and event.facts.quiz):
            yield problem(source.at(*loc, "quiz"), "no-quiz", value=play.quiz)


def _empty(kiosk: Kiosk, source: Source[BaseModel], told: Collection[str]) -> Iterator[Problem]:
    """A list of nothing but sections of which no story is `told`."""
    lists: dict[tuple[str | int, ...], tuple[Play, ...]] = {("default",): kiosk.default}
    lists |= {("dayparts", number, "play"): part.play for number, part in enumerate(kiosk.dayparts)}
    for loc, plays in lists.items():
        if all(isinstance(play, PlaySection) and play.section not in told for play in plays):
            sections = dict.fromkeys(play.section for play in plays if isinstance(play, PlaySection))
            yield problem(source.at(*loc), "plays-nothing", value=", ".join(sections))


def _times(kiosk: Kiosk, source: Source[BaseModel]) -> Iterator[Problem]:
    spans: dict[tuple[str | int, ...], Daypart | Quiet] = {
        ("dayparts", number): part for number, part in enumerate(kiosk.dayparts)
    }
    for loc, span in (spans | ({("quiet",): kiosk.quiet} if kiosk.quiet else {})).items():
        if span.from_ == span.to:
            yield problem(source.at(*loc, "to"), "no-duration", time=f"{span.to:%H:%M}")
    for (early, one), (late, other) in combinations(enumerate(kiosk.dayparts), 2):
        if len(set(one.days)) == len(set(other.days)) and _minutes(one) & _minutes(other):
            yield problem(source.at("dayparts", late), "dayparts-overlap", number=early + 1)


def _minutes(part: Daypart) -> set[int]:
    """The minutes of the week, from Monday on, in which a daypart plays."""
    start, length = _minute(part.from_), (_minute(part.to) - _minute(part.from_)) % DAY
    return {((day - 1) * DAY + start + minute) % WEEK for day in part.days for minute in range(length)}


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
