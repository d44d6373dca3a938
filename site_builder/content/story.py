"""What `load` makes of all files: one frozen `Site` of stories whose every reference holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from site_builder.content.body import Body
from site_builder.content.model.consent import Consent
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.model.scalars import Bilingual
from site_builder.content.model.story import Event, InfoPage, Photo, Resident, Section, Venue
from site_builder.content.model.vocabulary import Community, Festival, Identity, Term
from site_builder.content.problems import Lang

Translation: TypeAlias = Literal["current", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A photo's size as seen (after orientation, in pixels), the SHA-256 of its file, and its placeholder."""

    width: int
    height: int
    sha256: str
    placeholder: str = ""
    """The photo in 16 pixels, faces hidden: a WebP in Base64."""


@dataclass(frozen=True, slots=True)
class StoryPhoto:
    """A photo of a story: what was written of it, and what was measured."""

    path: str
    facts: Photo
    measured: Measured


@dataclass(frozen=True, slots=True)
class Texts:
    """The bodies of a story or page."""

    zh: Body
    en: Body | None

    def in_(self, lang: Lang) -> Body | None:
        return self.zh if lang == "zh" else self.en

    @property
    def translation(self) -> Translation:
        """`stale` when the English text follows an older Chinese one, or does not say which."""
        if self.en is None:
            return "missing"
        return "current" if self.en.translates == self.zh.fingerprint else "stale"


@dataclass(frozen=True, slots=True)
class Story:
    """A resident, a venue or an event."""

    section: Section
    slug: str
    facts: Resident | Venue | Event
    texts: Texts
    photos: tuple[StoryPhoto, ...]

    @property
    def ref(self) -> str:
        return f"{self.section}/{self.slug}"

    @property
    def consents(self) -> tuple[str, ...]:
        """Records of the people whom the story is about (not those who are only in a photo)."""
        return self.facts.consents if isinstance(self.facts, Resident) else ()

    @property
    def all_consents(self) -> frozenset[str]:
        """Records of everybody: whom it is about, and who is in its photos."""
        return frozenset((*self.consents, *(name for photo in self.photos for name in photo.facts.consents)))

    @property
    def path(self) -> str:
        """The file of its facts, as problems name it."""
        return f"content/{self.ref}/story.yml"


@dataclass(frozen=True, slots=True)
class PageText:
    """A page about the site itself."""

    slug: str
    facts: InfoPage
    texts: Texts

    @property
    def ref(self) -> str:
        return f"pages/{self.slug}"

    @property
    def path(self) -> str:
        """The file of its facts, as problems name it."""
        return f"content/{self.ref}/page.yml"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The shared lists."""

    communities: Mapping[str, Community]
    ethnic_groups: Mapping[str, Term]
    festivals: Mapping[str, Festival]
    honours: Mapping[str, Bilingual]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that was authored; `stories` is keyed by `type/slug`, newest first, then by slug."""

    identity: Identity
    vocabulary: Vocabulary
    stories: Mapping[str, Story]
    pages: Mapping[str, PageText]
    consents: Mapping[str, Consent]
    kiosks: Mapping[str, Kiosk]

    @property
    def written(self) -> Mapping[str, Story | PageText]:
        """Everything with a text of its own, by what links call it: `venues/x`, `pages/x`."""
        return {**self.stories, **{page.ref: page for page in self.pages.values()}}

    def section(self, name: Section) -> tuple[Story, ...]:
        return tuple(story for story in self.stories.values() if story.section == name)
