"""One person for each combination of what a consent record may say, and what tells of them."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from site_builder.photos.meter import measure
from tests.conftest import NOW
from tests.unit.photos.pictures import encoded

DAY = dt.timedelta(days=1)
ALL = ("web", "kiosk", "wechat", "print", "name", "ethnicity")
SCOPES = [
    *((scope,) for scope in ALL),
    *(("web", "name"), ("web", "ethnicity"), ("web", "kiosk"), ALL, ALL[1:], ALL[:-1]),
]
TERMS = {
    "to come": (NOW + DAY, NOW + 99 * DAY),
    "from today": (NOW, NOW + 99 * DAY),
    "running": (NOW - 99 * DAY, NOW + 99 * DAY),
    "to the end of today": (NOW - 99 * DAY, NOW + DAY),
    "to the end of yesterday": (NOW - 99 * DAY, NOW),
    "over": (NOW - 99 * DAY, NOW - 9 * DAY),
}
TERM_HOLDS = {"from today", "running", "to the end of today"}

PLACES = (
    *("title", "summary", "body", "alt", "caption", "slug", "file"),
    *("guest-alt", "guest-caption", "guest-file"),
)
"""Where something tells of a person: in the own story, and at the photo in somebody else's."""
SLUGS = {"slug", "file", "guest-file"}
"""Those that are written one way for both languages."""
LETTERS, RARE = "bdfghjkmpr", "龘靐齉爩鱻麤龗灪麣鸞"
MARK = re.compile(f"qzx[{LETTERS}]{{4}}xzq|犇[{RARE}]{{4}}猋")


@dataclass(frozen=True)
class Person:
    """One combination of what a consent record may say."""

    number: int
    scopes: tuple[str, ...] = ALL
    term: str = "running"
    status: str = "active"
    minor: bool = False

    def may_be_shown(self, channel: str) -> bool:
        return self.status == "active" and self.term in TERM_HOLDS and channel in self.scopes

    def mark(self, place: str, lang: str) -> str:
        """A word that stands for this person in this place alone."""
        digits = f"{PLACES.index(place)}{self.number:03}"
        if lang == "en" or place in SLUGS:
            return f"qzx{''.join(LETTERS[int(digit)] for digit in digits)}xzq"
        return f"犇{''.join(RARE[int(digit)] for digit in digits)}猋"

    @property
    def marks(self) -> set[str]:
        return {self.mark(place, lang) for place in PLACES for lang in ("zh", "en")}

    @property
    def record(self) -> dict[str, object]:
        granted, expires = TERMS[self.term]
        role = "guardian" if self.minor else "subject"
        facts = {"subject": f"R-{self.number}", "role": role, "minor": self.minor, "scopes": [*self.scopes]}
        return facts | {"granted": str(granted), "expires": str(expires), "status": self.status}

    @property
    def group(self) -> str:
        return "PM" if "ethnicity" in self.scopes else "JP"

    def both(self, place: str, zh: str = "{}", en: str = "{}") -> dict[str, str]:
        return {"zh": zh.format(self.mark(place, "zh")), "en": en.format(self.mark(place, "en"))}

    def photo(self, before: str = "") -> dict[str, Any]:
        return {
            "file": self.mark(f"{before}file", "en") + ".png",
            "alt": self.both(f"{before}alt"),
            "caption": self.both(f"{before}caption"),
            "credit": {"zh": "社区", "en": "Community"},
            "people": [f"c-{self.number}"],
        }

    def pixels(self, before: str = "") -> bytes:
        noise = random.Random(f"{self.number}{before}").randbytes(3 * 48 * 32)
        return encoded(Image.frombytes("RGB", (48, 32), noise), "PNG")

    @cached_property
    def placeholders(self) -> set[str]:
        return {measure(self.pixels(before)).placeholder for before in ("", "guest-")}


WALL = {
    "title": {"zh": "墙上的屏", "en": "Wall"},
    "panel": {"diagonal_in": 55, "px": [1080, 1920], "distance_m": 2, "touch": True},
    "default": [{"section": "residents", "latest": 50}, {"story": "venues/hall"}],
}

PEOPLE = [
    Person(number, *facts)
    for number, facts in enumerate(product(SCOPES, TERMS, ("active", "withdrawn"), (False, True)))
]


def write(root: Path, people: list[Person]) -> Path:
    """The story of each person, a photo of each in the story of the hall, a screen that shows them all."""
    content = root / "content"
    dump(content / "kiosks/wall.yml", WALL)
    hall = yaml.safe_load((content / "venues/hall/story.yml").read_text("utf-8"))
    hall["photos"] += [person.photo("guest-") for person in people]
    dump(content / "venues/hall/story.yml", hall)
    for person in people:
        folder = content / "residents" / person.mark("slug", "en")
        facts = {
            "title": person.both("title"),
            "summary": person.both(
                "summary", "{}，谁家有事喊一声，这位邻居就来了", "{} and one two three four five six"
            ),
            "kind": "individual",
            "published": "2026-01-15",
            "ethnic_groups": [person.group],
            "sources": [{"title": {"zh": "简报", "en": "Bulletin"}}],
            "photos": [person.photo()],
            "consents": [f"c-{person.number}"],
        }
        dump(folder / "story.yml", facts)
        for lang in ("zh", "en"):
            (folder / f"{lang}.md").write_text(f"{person.mark('body', lang)}\n", "utf-8")
        _put(folder / "photos" / person.photo()["file"], person.pixels())
        _put(content / "venues/hall/photos" / person.photo("guest-")["file"], person.pixels("guest-"))
        dump(content / f"consents/c-{person.number}.yml", person.record)
    return root


def dump(file: Path, facts: object) -> None:
    _put(file, yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000).encode())


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
