"""Writes a corpus as Hugo has it: Markdown with front matter, taxonomies, i18n, and data."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks import told
from benchmarks.contestants import PEERS
from benchmarks.told import Corpus, Text
from site_builder.content.problems import LANGS, Lang
from site_builder.web.parts import CalendarDay

FILTERS = {
    "residents": ("community", "year"),
    "venues": ("kind", "community", "year"),
    "events": ("kind", "community"),
}
"""Of each section, where readers have a choice. The layouts in `peers/hugo-site` know them as taxonomies."""

DATES = {
    "zh": {"leaf.month": "1月", "leaf.weekday": "Monday", "long.weekday": "2006年1月2日 Monday"},
    "en": {"leaf.month": "Jan", "leaf.weekday": "Mon", "long.weekday": "Monday 2 January 2006"},
}
QUOTES = {"zh": {"quoted": "《", "unquoted": "》"}, "en": {"quoted": "“", "unquoted": "”"}}

Listed = tuple[str, dict[str, Any]]
"""The file of a page, and its front matter."""


def write(corpus: Corpus, site: Path) -> None:
    """A Hugo site in the new folder `site`, with the layouts of `peers/hugo-site`."""
    shutil.copytree(PEERS / "hugo-site", site)
    _write_assets(corpus.root / "theme", site / "static" / "assets")
    for lang in LANGS:
        content = site / "content" / lang
        for ref, story in corpus.stories.items():
            told.write_page(content / f"{ref}.md", _story(corpus, story, lang), story.bodies[lang])
        for text in corpus.about:
            body = re.sub(r"\]\(pages/(\w+)\)", r"](/\1/)", text.bodies[lang])
            told.write_page(content / f"{text.slug}.md", _titled(text, lang), body)
        for file, facts in _lists(corpus, lang):
            told.write_page(content / file, facts)
        (site / "i18n" / f"{lang}.yaml").parent.mkdir(exist_ok=True)
        (site / "i18n" / f"{lang}.yaml").write_text(yaml.safe_dump(_words(corpus, lang)), "utf-8")
    (site / "data").mkdir()
    (site / "data" / "calendar.json").write_text(json.dumps({lang: _months(lang) for lang in LANGS}), "utf-8")


def _write_assets(theme: Path, assets: Path) -> None:
    """One style sheet, the scripts and the drawings of the theme."""
    shutil.copytree(theme / "js", assets)
    shutil.copytree(theme / "images", assets, dirs_exist_ok=True)
    sheets = sorted((theme / "css").glob("*.css"), key=lambda file: (file.name != "tokens.css", file.name))
    (assets / "site.css").write_text("\n".join(sheet.read_text("utf-8") for sheet in sheets), "utf-8")


def _titled(text: Text, lang: Lang) -> dict[str, Any]:
    return {"title": text.facts["title"][lang], "description": text.facts["summary"][lang]}


def _story(corpus: Corpus, story: Text, lang: Lang) -> dict[str, Any]:
    community = story.facts["community"]
    page = {
        **_titled(story, lang),
        "date": story.facts["published"],
        "type": "stories",
        "crumbs": [story.section],
        "kind": story.facts["kind"],
        "community": community,
        "communities": [community],
        **{f"{story.section}/{by}": [story.value(by)] for by in FILTERS[story.section]},
        "related": [f"/{ref}" for ref in corpus.related[story.ref]],
        "sources": [source["title"][lang] for source in story.facts["sources"]],
    }
    if name := story.festival:
        day = told.festivals(lang)[name][1].days[0]
        page |= {"festival": name, "festivals": [name], "day": day.badge.iso, "lunar": day.lunar}
    return page


def _lists(corpus: Corpus, lang: Lang) -> Iterator[Listed]:
    """The pages that list stories, and those with a layout of their own."""
    words = told.words(lang)
    yield "_index.md", {"title": corpus.identity(lang)["tagline"]}
    for section in FILTERS:
        yield f"{section}/_index.md", {"title": words[f"menu.{section}"]}
        yield from _filters(corpus, section, lang)
    yield "communities/_index.md", {"title": words["menu.communities"]}
    for weight, (name, facts) in enumerate(corpus.records("communities").items(), 1):
        page = {"title": facts[lang], "description": facts["about"][lang], "weight": weight}
        yield f"communities/{name}/_index.md", page | {"crumbs": ["communities"]}
    yield from _festivals(lang)
    for name, description in (("calendar", "section.calendar"), ("search", "search.introduction")):
        page = {"title": words[f"menu.{name}"], "description": words[description], "layout": name}
        yield f"{name}.md", page


def _filters(corpus: Corpus, section: str, lang: Lang) -> Iterator[Listed]:
    """A taxonomy has no page of its own; each of its terms has."""
    words, communities = told.words(lang), corpus.names("communities", lang)
    for by in FILTERS[section]:
        yield f"{section}/{by}/_index.md", {"title": words[f"list.by.{by}"], "build": {"render": "never"}}
        for value in {text.value(by) for text in corpus.stories.values() if text.section == section}:
            titles = {"community": communities.get(value), "year": words["list.year"].format(year=value)}
            page = {"title": titles.get(by) or words[f"kind.{value}"], "crumbs": [section]}
            page |= {"description": words[f"section.{section}"], "chosen_from": section, "chosen_by": by}
            yield f"{section}/{by}/{value}/_index.md", page


def _festivals(lang: Lang) -> Iterator[Listed]:
    yield "festivals/_index.md", {"title": told.words(lang)["menu.festivals"], "crumbs": ["calendar"]}
    for name, (title, view) in told.festivals(lang).items():
        days = [
            {"day": day.badge.iso, "when": day.when, "lunar": day.lunar, "mark": day.mark}
            for day in view.days
        ]
        page = {"title": title, "description": view.rule, "whose": view.whose, "days": days}
        following = {"next": days[0]["day"]} if days else {}
        yield f"festivals/{name}/_index.md", page | following | {"crumbs": ["calendar", "festivals"]}


def _words(corpus: Corpus, lang: Lang) -> dict[str, dict[str, str]]:
    """The words of the interface, and the names that stories are told with."""
    found = told.words(lang)
    yearly = found["when.festival"]
    found |= {f"identity.{name}": text for name, text in corpus.identity(lang).items()}
    found |= {f"community.{name}": text for name, text in corpus.names("communities", lang).items()}
    names = corpus.names("festivals", lang)
    found |= {f"every.{name}": yearly.format(festival=text) for name, text in names.items()}
    found |= DATES[lang] | QUOTES[lang]
    return {key: {"other": re.sub(r"{(\w+)}", r"{{ .\1 }}", text)} for key, text in found.items()}


def _months(lang: Lang) -> list[dict[str, Any]]:
    """The calendar without events, which Hugo puts in."""
    return [
        {
            "iso": month.iso,
            "name": month.name,
            "short": month.short,
            "weeks": [[_day(day) if day else None for day in week] for week in month.weeks],
        }
        for month in told.calendar(lang).months
    ]


def _day(day: CalendarDay) -> dict[str, Any]:
    festivals = [
        {"text": each.text, "href": each.href.removeprefix("../"), "mark": each.mark}
        for each in day.entries
        if each.kind == "festival"
    ]
    said = {"iso": day.iso, "number": day.number, "weekday": day.weekday, "lunar": day.lunar}
    return said | {"festivals": festivals}
