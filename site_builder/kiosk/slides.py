"""The slides of a screen: values that hold everything there is to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any, Literal

from site_builder.content.problems import Lang
from site_builder.kiosk.typesetting import length
from site_builder.photos.plan import Size, Variant

Kind = Literal["story", "event", "words", "code", "quiz", "screen"]

A_MINUTE: Mapping[Lang, int] = {"zh": 150, "en": 130}
"""Chinese characters, and English words, that an elderly reader takes in."""

TO_FIND = 3
"""Seconds before somebody begins to read."""

DWELL = (8, 30)
"""The least and the most seconds for which a slide stays."""

TO_SCAN = 15
"""Seconds for which a QR code stays at least."""


@dataclass(frozen=True, slots=True)
class Face:
    """A slide in one language; `px` are font sizes by part, in pixels of the panel."""

    title: str
    px: Mapping[str, int]
    eyebrow: str = ""
    mark: str = ""
    text: str = ""
    place: str = ""
    rhythm: str = ""
    caption: str = ""
    alt: str = ""
    choices: tuple[str, ...] = ()
    row: bool = False
    """Whether the choices stand side by side."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its quiet zone, `size` modules and `px` pixels a side; `path` as in `sharing.QrCode`."""

    size: int
    path: str
    px: int


@dataclass(frozen=True, slots=True)
class Date:
    """One time that an event takes place: from when until when it is not over (ISO 8601), in words."""

    first: str
    until: str
    texts: Mapping[Lang, str]
    mark: Mapping[Lang, str] | None


@dataclass(frozen=True, slots=True)
class Slide:
    """What is on view at one time. `stacked`: both languages together, otherwise one after the other."""

    id: str
    kind: Kind
    faces: Mapping[Lang, Face]
    story: str | None = None
    url: str | None = None
    photo: Variant | None = None
    code: Code | None = None
    dates: tuple[Date, ...] = ()
    stacked: bool = False

    @property
    def dwell_s(self) -> dict[Lang, int]:
        """Seconds for which each language stays; stacked ones share the time for both."""
        reading = {lang: _reading(face, self, lang) for lang, face in self.faces.items()}
        if self.stacked:
            reading = dict.fromkeys(reading, sum(reading.values()))
        least = TO_SCAN if self.code else DWELL[0]
        return {lang: min(max(ceil(TO_FIND + time), least), DWELL[1]) for lang, time in reading.items()}

    def as_json(self) -> dict[str, Any]:
        """The shape of `playlist.json`."""
        return {
            "kind": self.kind,
            "story": self.story,
            "stacked": self.stacked,
            **{lang: asdict(face) for lang, face in self.faces.items()},
            "dwell_s": self.dwell_s,
            "url": self.url,
            "media": [self.photo.path] if self.photo else [],
            "photo": photo_as_json(self.photo.path, (self.photo.width, self.photo.height))
            if self.photo
            else None,
            "code": asdict(self.code) if self.code else None,
            "dates": dates_as_json(self.dates),
        }


def dates_as_json(dates: tuple[Date, ...]) -> list[dict[str, Any]]:
    return [
        {
            "from": date.first,
            "until": date.until,
            **_named(date.texts),
            "mark": date.mark and _named(date.mark),
        }
        for date in dates
    ]


def _named(texts: Mapping[Lang, str]) -> dict[str, Any]:
    return {str(lang): text for lang, text in texts.items()}


def photo_as_json(path: str, size: Size) -> dict[str, Any]:
    return {"src": path, "width": size[0], "height": size[1]}


def _reading(face: Face, slide: Slide, lang: Lang) -> float:
    """Seconds that it takes to read a face."""
    when = slide.dates[0].texts[lang] if slide.dates else face.rhythm
    texts = (face.eyebrow, face.title, face.text, when, face.place, face.caption, *face.choices)
    return sum(length(text, lang) for text in texts) * 60 / A_MINUTE[lang]
