"""Each screen as a value that holds everything it plays."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from site_builder.content.model.kiosk import Kiosk
from site_builder.content.problems import LANGS
from site_builder.content.story import Site
from site_builder.kiosk import reader
from site_builder.kiosk.panel import reading_px, target_px, type_px
from site_builder.kiosk.playlist import Playlist, playlist, url
from site_builder.photos.plan import Development, Recipe, Variant
from site_builder.web.edition import Edition
from site_builder.web.policy import SCREENS
from site_builder.web.typography import curly

SCHEMA = 1
"""Of `playlist.json` and `notice.json`."""

WORDS = ("kiosk.", "left.", "quiz.")
"""The words of the interface that a screen needs."""


@dataclass(frozen=True)
class Screen:
    """One screen as planned for a day; its files are made when its photos have been developed."""

    name: str
    title: str
    kiosk: Kiosk
    plan: Mapping[str, Any]
    """`playlist.json` but for its release."""
    notice: bytes
    built_at: str
    photos: tuple[Development, ...]

    @property
    def address(self) -> str:
        """Where in a site its folder stands."""
        return f"{SCREENS}{self.name}/"

    @cached_property
    def media(self) -> tuple[Variant, ...]:
        return tuple(variant for photo in self.photos for variant in photo.files)

    @cached_property
    def fingerprint(self) -> str:
        """Changes with everything but the theme."""
        told = (self.name, self.title, self.kiosk.panel, self.plan, self.notice, self.built_at)
        return hashlib.sha256(repr(told).encode()).hexdigest()


def screen(edition: Edition, site: Site, name: str, web: Collection[str], recipe: Recipe) -> Screen:
    """One screen, planned for the edition's day.

    `edition` holds what it may show, `site` all content, `web` names the stories that have a page.
    """
    kiosk = edition.site.kiosks[name]
    planned = playlist(edition, name, web, recipe)
    calendar = reader.calendar(edition) if kiosk.panel.touch else []
    opened = {slide.story for slide in planned.slides.values()} | {entry["story"] for entry in calendar}
    shown = {
        ref: reader.reading(edition, story, url(edition, kiosk, story) if ref in web else None, recipe)
        for ref, story in edition.site.stories.items()
        if kiosk.panel.touch and ref in opened
    }
    stories = {ref: each.values for ref, each in shown.items()}
    return Screen(
        name=name,
        title=f"{kiosk.title.zh} · {kiosk.title.en}",
        kiosk=kiosk,
        plan={**_plan(edition, name, planned), "stories": stories, "calendar": calendar},
        notice=_notice(edition, kiosk, site.stories.keys() - edition.site.stories.keys()),
        built_at=_midnight(edition, edition.today),
        photos=_developments(edition, planned, shown.values()),
    )


def _plan(edition: Edition, name: str, planned: Playlist) -> dict[str, Any]:
    """What plays; not what a touch opens."""
    kiosk, identity = edition.site.kiosks[name], edition.site.identity
    return {
        "schema": SCHEMA,
        "screen": {
            "id": name,
            **kiosk.title.model_dump(),
            "site": identity.name.model_dump(),
            "tagline": identity.tagline.model_dump(),
            "panel": {
                "px": list(kiosk.panel.px),
                "touch": kiosk.panel.touch,
                "outdoor": kiosk.panel.outdoor,
                "text_px": type_px(kiosk.panel),
                "reading_px": reading_px(kiosk.panel),
                "target_px": target_px(kiosk.panel),
            },
            "languages": {"mode": kiosk.languages.mode, "order": list(kiosk.languages.order)},
            "idle": kiosk.idle.model_dump(),
            "utc_offset_min": _offset(edition),
        },
        "slides": {slide.id: slide.as_json() for slide in planned.slides.values()},
        "default": list(planned.default),
        "dayparts": [
            {
                "days": sorted(set(part.days)),
                "from": _clock(part.from_),
                "to": _clock(part.to),
                "play": list(play),
            }
            for part, play in zip(kiosk.dayparts, planned.dayparts, strict=True)
        ],
        "quiet": kiosk.quiet and {"from": _clock(kiosk.quiet.from_), "to": _clock(kiosk.quiet.to)},
        "fallback": planned.fallback,
        "words": {
            lang: {key: text for key, text in edition.words[lang].items() if key.startswith(WORDS)}
            for lang in LANGS
        },
    }


def _developments(
    edition: Edition, planned: Playlist, readings: Iterable[reader.Reading]
) -> tuple[Development, ...]:
    """What is to be made of each photo, by the photo's source."""
    wanted: dict[str, dict[str, Variant]] = {}
    covers = {ref: story.photos[0].path for ref, story in edition.site.stories.items() if story.photos}
    for slide in planned.slides.values():
        if slide.photo and slide.story:
            wanted.setdefault(covers[slide.story], {})[slide.photo.path] = slide.photo
    for each in readings:
        for source, variant in each.photos:
            wanted.setdefault(source, {})[variant.path] = variant
    photos = {photo.path: photo for story in edition.site.stories.values() for photo in story.photos}
    return tuple(
        Development(
            source=source,
            sha256=photos[source].measured.sha256,
            size=(photos[source].measured.width, photos[source].measured.height),
            blur=photos[source].facts.blur,
            variants=(),
            crops=tuple(variants.values()),
        )
        for source, variants in sorted(wanted.items())
    )


def _notice(edition: Edition, kiosk: Kiosk, kept_back: Iterable[str]) -> bytes:
    """`notice.json`. Its number grows with the days; who must vanish is named by hashes alone."""
    zone = ZoneInfo(edition.site.identity.timezone)
    value = {
        "schema": SCHEMA,
        "seq": edition.today.toordinal(),
        "notices": [
            {
                "id": notice.id,
                "level": notice.level,
                **{lang: curly(notice.in_(lang), lang) for lang in LANGS},
                "from": notice.from_.replace(tzinfo=zone).isoformat(),
                "until": notice.until.replace(tzinfo=zone).isoformat(),
            }
            for notice in kiosk.notices
            if notice.until.date() >= edition.today
        ],
        "revoke": sorted(f"sha256:{hashlib.sha256(ref.encode()).hexdigest()}" for ref in kept_back),
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _clock(time: dt.time) -> str:
    return f"{time:%H:%M}"


def _midnight(edition: Edition, day: dt.date) -> str:
    zone = ZoneInfo(edition.site.identity.timezone)
    return dt.datetime.combine(day, dt.time(), zone).isoformat()


def _offset(edition: Edition) -> int:
    """Minutes by which the site's clock is ahead of UTC: China has had one all year round since 1992."""
    zone = ZoneInfo(edition.site.identity.timezone)
    offset = dt.datetime.combine(edition.today, dt.time(), zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)
