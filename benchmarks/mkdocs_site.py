"""Writes a corpus as MkDocs has it: a project of Markdown a language. Zensical reads the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from benchmarks import told
from benchmarks.told import Corpus, Text
from site_builder.content.problems import LANGS, Lang

ALTERNATES = [
    {"name": "中文", "link": "/", "lang": "zh"},
    {"name": "English", "link": "/en/", "lang": "en"},
]


def write(corpus: Corpus, folder: Path, features: Sequence[str] = ()) -> None:
    """A project a language in `folder`, as Material's guide has it; each builds into a `site` of its own."""
    for lang in LANGS:
        docs, identity = folder / lang / "docs", corpus.identity(lang)
        title = {"title": identity["name"]}
        told.write_page(docs / "index.md", title, f"# {identity['tagline']}\n\n{identity['introduction']}\n")
        told.write_page(docs / "tags.md", {}, "<!-- material/tags -->\n")
        for text in corpus.about:
            body = re.sub(r"\]\(pages/(\w+)\)", r"](\1.md)", text.bodies[lang])
            told.write_page(docs / f"{text.slug}.md", _head(text, lang), f"{_opening(text, lang)}\n\n{body}")
        communities = corpus.names("communities", lang)
        for ref, story in corpus.stories.items():
            head = _head(story, lang) | {"tags": _tags(story, communities, lang)}
            parts = (_opening(story, lang), story.bodies[lang].strip(), *_ending(corpus, story, lang))
            told.write_page(docs / f"{ref}.md", head, "\n\n".join(parts))
        config = _config(identity["name"], lang, features)
        (folder / lang / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")


def _config(name: str, lang: Lang, features: Sequence[str]) -> dict[str, object]:
    """Material as it comes, with its own search and tags; without jieba, which cuts Chinese into words."""
    path = "" if lang == "zh" else f"{lang}/"
    return {
        "site_name": name,
        "site_url": f"https://yongchang.example/{path}",
        "theme": {"name": "material", "language": lang, "font": False, "features": list(features)},
        "plugins": ["search", "tags"],
        "extra": {"alternate": ALTERNATES},
    }


def _tags(story: Text, communities: Mapping[str, str], lang: Lang) -> list[str]:
    kind, community = (story.value(by) for by in ("kind", "community"))
    return [told.words(lang)[f"kind.{kind}"], communities[community], story.value("year")]


def _head(text: Text, lang: Lang) -> dict[str, object]:
    return {"title": text.facts["title"][lang], "description": text.facts["summary"][lang]}


def _opening(text: Text, lang: Lang) -> str:
    return f"# {text.facts['title'][lang]}\n\n{text.facts['summary'][lang]}"


def _ending(corpus: Corpus, story: Text, lang: Lang) -> Iterator[str]:
    """The day of an event, the sources, and links to related stories."""
    words = told.words(lang)
    if story.festival:
        day = told.festivals(lang)[story.festival][1].days[0]
        yield f"{words['fact.when']}{words['colon']}{day.when} {day.lunar}"
    yield f"## {words['story.sources']}"
    yield "\n".join(f"- {source['title'][lang]}" for source in story.facts["sources"])
    yield f"## {words['story.related']}"
    yield "\n".join(
        f"- [{corpus.stories[ref].facts['title'][lang]}](../{ref}.md)" for ref in corpus.related[story.ref]
    )
