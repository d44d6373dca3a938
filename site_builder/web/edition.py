"""Everything that planning a page may look at."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from site_builder.content.body import Body
from site_builder.content.festivals import Almanac, FestivalDate, almanac
from site_builder.content.model.story import Event
from site_builder.content.occurrences import Occurrence, past, upcoming
from site_builder.content.problems import Lang
from site_builder.content.story import Site, Story, Texts
from site_builder.photos.plan import Development
from site_builder.web.addresses import address

_NO_TEXTS = Texts(Body((), (), (), (), (), "", ""), None)

Words = Mapping[str, str]
"""The interface's words in one language, by dotted key."""


class _Known:
    """What an edition finds out about all its stories once, and shares with the parts of it."""

    almanac: Almanac
    """When each festival comes."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        """Story → its number in the site's order."""
        self.naming: dict[str, list[str]] = {}
        """Story → those that name it, in the site's order."""
        self.upcoming: dict[str, tuple[Occurrence, ...]] = {}
        self.hashes: dict[str, str] = {}

    def learn(self, site: Site, today: dt.date) -> None:
        self.almanac = almanac(site.vocabulary.festivals)
        for place, story in enumerate(site.stories.values()):
            self.places[story.ref] = place
            for ref in _named(story):
                self.naming.setdefault(ref, []).append(story.ref)
            if isinstance(story.facts, Event):
                self.upcoming[story.ref] = upcoming(story.facts.when, self.almanac, today)


@dataclass(frozen=True, slots=True)
class Edition:
    """The site as the gate lets it out, its photos as planned, on one day."""

    site: Site
    photos: Mapping[str, Development]
    """By the photo's path."""
    words: Mapping[Lang, Words]
    assets: Mapping[str, str]
    """Logical name of a theme file (`site.css`) → its address in the site."""
    today: dt.date
    opening: str
    """The one script that pages hold inline, run before anything is painted; empty in a preview, into
    whose pages MkDocs writes a script of its own."""
    _known: _Known = field(default_factory=_Known, repr=False)

    def __post_init__(self) -> None:
        if not self._known.places:
            self._known.learn(self.site, self.today)

    def only(self, stories: Iterable[Story]) -> Edition:
        """The edition without any other stories than these, so that nobody can look at them."""
        among = self._in_order(stories)
        photos = {photo.path: self.photos[photo.path] for story in among for photo in story.photos}
        site = replace(self.site, stories={story.ref: story for story in among})
        return replace(self, site=site, photos=photos)

    def without_texts(self) -> Edition:
        """The edition as who needs no story's text may look at it."""
        stories = {ref: replace(story, texts=_NO_TEXTS) for ref, story in self.site.stories.items()}
        return replace(self, site=replace(self.site, stories=stories))

    def fingerprint(self, stories: Iterable[Story], *, texts: bool = True) -> str:
        """Tells whether `only(stories)`, with texts or without, is the same as another time."""
        told = [self._part()]
        for story in self._in_order(stories):
            told.append(self._part(story))
            if texts:
                told += [body.sha256 if body else "" for body in (story.texts.zh, story.texts.en)]
        return _hash(told)

    def _in_order(self, stories: Iterable[Story]) -> list[Story]:
        refs = {story.ref for story in stories}
        return [self.site.stories[ref] for ref in sorted(refs, key=self._known.places.__getitem__)]

    def _part(self, story: Story | None = None) -> str:
        """A hash of a story without its texts, or of everything but stories."""
        name = story.ref if story else ""
        if name not in self._known.hashes:
            self._known.hashes[name] = _hash(self._told(story) if story else self.only(()))
        return self._known.hashes[name]

    def _told(self, story: Story) -> tuple[object, ...]:
        """The story as a value that is sooner written down: a text takes longer than all else together."""
        return story.ref, story.facts, [(photo, self.photos[photo.path]) for photo in story.photos]

    def upcoming(self, story: Story) -> tuple[Occurrence, ...]:
        """What is known to come of an event, soonest first; nothing for other stories."""
        return self._known.upcoming.get(story.ref, ())

    def past(self, story: Story) -> tuple[Occurrence, ...]:
        """The dates of an event that are over, latest first: since it has a page, or all that are listed."""
        if not isinstance(story.facts, Event):
            return ()
        return past(story.facts.when, self._known.almanac, story.facts.published, self.today)

    def festival(self, name: str, year: int) -> tuple[FestivalDate, ...]:
        """When a festival begins in a Gregorian year."""
        return self._known.almanac(name, year)

    def url(self, lang: Lang, path: str) -> str:
        """The absolute address of a page or file in one language."""
        return self.site.identity.base_url + address(lang, path)

    def venue(self, story: Story) -> Story | None:
        """Where an event takes place, if that has a page."""
        ref = story.facts.venue if isinstance(story.facts, Event) else None
        return self.site.stories.get(ref) if ref else None

    def say(self, lang: Lang, key: str, **values: object) -> str:
        """A word or phrase of the interface, its gaps filled."""
        text = self.words[lang][key]
        return text.format(**values) if values else text

    def related(self, story: Story) -> tuple[Story, ...]:
        """What the story names, then what names it; each once, and only what is let out."""
        refs = dict.fromkeys([*_named(story), *self._known.naming.get(story.ref, ())])
        return tuple(self.site.stories[ref] for ref in refs if ref in self.site.stories)


def _named(story: Story) -> tuple[str, ...]:
    venue = story.facts.venue if isinstance(story.facts, Event) else None
    return (*([venue] if venue else []), *story.facts.related)


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
