"""Everything that planning a page may look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.content.model.story import Event
from site_builder.content.occurrences import Occurrence, upcoming
from site_builder.content.problems import Lang
from site_builder.content.story import Site, Story
from site_builder.photos.plan import Development

Words = Mapping[str, str]
"""The interface's words in one language, by dotted key."""


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
    _naming: dict[str, list[str]] = field(init=False, repr=False)
    """Story → those that name it, in the site's order."""
    _upcoming: dict[str, tuple[Occurrence, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        naming: dict[str, list[str]] = {}
        coming: dict[str, tuple[Occurrence, ...]] = {}
        for story in self.site.stories.values():
            for ref in _named(story):
                naming.setdefault(ref, []).append(story.ref)
            if isinstance(story.facts, Event):
                coming[story.ref] = upcoming(story.facts.when, self.site.vocabulary.festivals, self.today)
        object.__setattr__(self, "_naming", naming)
        object.__setattr__(self, "_upcoming", coming)

    def upcoming(self, story: Story) -> tuple[Occurrence, ...]:
        """What is known to come of an event, soonest first; nothing for other stories."""
        return self._upcoming.get(story.ref, ())

    def say(self, lang: Lang, key: str, **values: object) -> str:
        """A word or phrase of the interface, its gaps filled."""
        text = self.words[lang][key]
        return text.format(**values) if values else text

    def related(self, story: Story) -> tuple[Story, ...]:
        """What the story names, then what names it; each once, and only what is let out."""
        refs = dict.fromkeys([*_named(story), *self._naming.get(story.ref, ())])
        return tuple(self.site.stories[ref] for ref in refs if ref in self.site.stories)


def _named(story: Story) -> tuple[str, ...]:
    venue = story.facts.venue if isinstance(story.facts, Event) else None
    return (*([venue] if venue else []), *story.facts.related)
