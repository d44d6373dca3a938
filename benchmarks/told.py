"""What a corpus of stories says, in plain values that every generator is fed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks import stories
from site_builder.content.problems import LANGS, Lang
from site_builder.output import Options, prepare
from site_builder.web.views import CalendarView, FestivalView, Page

SECTIONS = tuple(name for name, _ in stories.SHARES)

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A story, or a page about the site: its facts, and its Markdown by language."""

    ref: str
    facts: Facts
    bodies: Mapping[Lang, str]

    @property
    def section(self) -> str:
        return self.ref.partition("/")[0]

    @property
    def slug(self) -> str:
        return self.ref.partition("/")[2]

    @property
    def festival(self) -> str:
        """The name of the festival that an event is on; nothing for other stories."""
        return str(self.facts.get("when", {}).get("festival", ""))

    def value(self, by: str) -> str:
        """What it is listed under: its `kind`, its `community`, or the `year` when it was published."""
        return str(self.facts["published"].year if by == "year" else self.facts[by])


@dataclass(frozen=True)
class Corpus:
    """The content of a checkout."""

    root: Path

    @cached_property
    def stories(self) -> Mapping[str, Text]:
        return {text.ref: text for section in SECTIONS for text in self._texts(section)}

    @cached_property
    def about(self) -> Sequence[Text]:
        return tuple(self._texts("pages"))

    @cached_property
    def related(self) -> Mapping[str, Sequence[str]]:
        """Story → those that it names, then those that name it, as our pages show them."""
        found = {ref: list(story.facts["related"]) for ref, story in self.stories.items()}
        for ref, story in self.stories.items():
            for other in story.facts["related"]:
                if ref not in found[other]:
                    found[other].append(ref)
        return found

    def records(self, vocabulary: str) -> dict[str, Facts]:
        """Name → what one of the vocabularies says of it."""
        return dict(_loaded(self.root / "content" / "vocabulary" / f"{vocabulary}.yml"))

    def names(self, vocabulary: str, lang: Lang) -> dict[str, str]:
        return {name: facts[lang] for name, facts in self.records(vocabulary).items()}

    def identity(self, lang: Lang) -> dict[str, str]:
        """The texts of the site about itself."""
        found = _loaded(self.root / "content" / "site.yml")
        return {name: each[lang] for name, each in found.items() if isinstance(each, dict) and lang in each}

    def _texts(self, section: str) -> Iterator[Text]:
        for folder in sorted((self.root / "content" / section).iterdir()):
            (file,) = folder.glob("*.yml")
            bodies = {lang: _body(folder / f"{lang}.md") for lang in LANGS}
            yield Text(f"{section}/{folder.name}", _loaded(file), bodies)


def _loaded(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)


def _body(file: Path) -> str:
    """The Markdown without its front matter."""
    text = file.read_text("utf-8")
    return text.split("---\n", 2)[2] if text.startswith("---\n") else text


@cache
def words(lang: Lang) -> dict[str, str]:
    """The words of our interface by key."""
    return dict(_loaded(stories.ROOT / "theme" / "words" / f"{lang}.yml"))


@cache
def _days() -> tuple[tuple[str, Page], ...]:
    """Path and value of our pages of festivals and of the calendar, planned with hardly a story."""
    with TemporaryDirectory() as folder:
        stories.write(Path(folder), 1)
        outlines = prepare(Path(folder), stories.ROOT / "theme", Options(stories.TODAY)).pages
    planned = ((outline.path, outline.plan()) for outline in outlines)
    return tuple(each for each in planned if isinstance(each[1].view, FestivalView | CalendarView))


@cache
def festivals(lang: Lang) -> dict[str, tuple[str, FestivalView]]:
    """Name → title and dates of each festival: peers, which know no lunar calendar, are told them."""
    return {
        path.split("/")[1]: (page.frame.title, page.view)
        for path, page in _days()
        if page.frame.lang == lang and isinstance(page.view, FestivalView)
    }


def calendar(lang: Lang) -> CalendarView:
    """The year to come with its festivals, and with an event that is to be left out."""
    views = (page.view for _, page in _days() if page.frame.lang == lang)
    return next(view for view in views if isinstance(view, CalendarView))


def write_page(file: Path, facts: Facts, body: str = "") -> None:
    """Markdown with front matter."""
    file.parent.mkdir(parents=True, exist_ok=True)
    head = yaml.dump(dict(facts), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
    file.write_text(f"---\n{head}---\n{body}", "utf-8")
