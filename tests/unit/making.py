"""Small stories, sites and editions, made as `load` would make them from files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from site_builder.assets import theme_assets
from site_builder.content import body
from site_builder.content.load import load
from site_builder.content.memory import Memory
from site_builder.content.model.consent import Consent
from site_builder.content.model.story import AUTHORED
from site_builder.content.problems import LANGS
from site_builder.content.story import Measured, Site, Story, StoryPhoto, Texts
from site_builder.photos.meter import Meter
from site_builder.photos.plan import Recipe, plan
from site_builder.web.edition import Edition
from tests.conftest import GOLDEN, NOW, ROOT

RECIPE = Recipe(encoders="none")
KINDS = {"residents": "collective", "venues": "plaza", "events": "show"}


def text(markdown: str) -> body.Body:
    parsed, faults = body.parse(markdown, "zh.md")
    assert not faults, faults
    return parsed


def photo(file: str = "a.jpg", **facts: Any) -> dict[str, Any]:
    said = {"zh": f"说明{file}", "en": f"What {file} shows"}
    return {"file": file, "alt": said, "credit": {"zh": "社区", "en": "Community"}, "people": "none", **facts}


def story(ref: str, zh: str = "正文。", en: str | None = None, **facts: Any) -> Story:
    """The story `venues/hall`; every fact that is not given is an ordinary one."""
    section, slug = ref.split("/")
    ordinary = {
        "title": {"zh": f"标题{slug}", "en": f"Title {slug}"},
        "summary": {"zh": "一二三四五六七八九十" * 2, "en": "one two three four five six seven eight"},
        "published": "2026-01-01",
        "kind": KINDS[section],
        "sources": [{"title": {"zh": "简报", "en": "Bulletin"}}],
        **({"when": {"announced_later": "true"}} if section == "events" else {}),
    }
    authored = AUTHORED[section].model_validate(ordinary | facts)
    photos = tuple(
        StoryPhoto(f"content/{ref}/photos/{each.file}", each, Measured(1600, 1200, "0" * 64, "UklGRg=="))
        for each in authored.photos
    )
    return Story(section, slug, authored, Texts(text(zh), text(en) if en else None), photos)


def consent(**facts: Any) -> Consent:
    ordinary = {
        "subject": "R-001",
        "role": "subject",
        "scopes": ["web", "kiosk", "wechat", "print", "name", "ethnicity"],
        "granted": "2026-01-01",
        "expires": "2027-01-01",
        "status": "active",
    }
    return Consent.model_validate(ordinary | facts)


@cache
def _golden() -> Site:
    with TemporaryDirectory() as folder, Meter(Path(folder) / "measured.json") as meter:
        return load(GOLDEN, meter, Memory())[0]


def site(*stories: Story, **parts: Any) -> Site:
    """The golden site's vocabulary and identity with these stories alone."""
    return replace(_golden(), stories={each.ref: each for each in stories}, **parts)


def edition(*stories: Story, today: dt.date = NOW, **parts: Any) -> Edition:
    """An edition of these stories with the real words of the theme."""
    words = {lang: yaml.safe_load((ROOT / f"theme/words/{lang}.yml").read_text("utf-8")) for lang in LANGS}
    photos = {
        each.path: plan(one.ref, each, RECIPE, cover=number == 0)
        for one in stories
        for number, each in enumerate(one.photos)
    }
    assets = {name: address for name, (address, _) in theme_assets(ROOT / "theme")}
    return Edition(site(*stories, **parts), photos, words, assets, today, "run()")
