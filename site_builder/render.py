"""Renders pages through MkDocs' theme, in any order, each by itself.

MkDocs' own loop comes to the same bytes in more than twice the time: it plans, announces and joins
what our pages have no use for.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, TemplateNotFound
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import get_navigation

from site_builder.content.problems import Lang, Problem
from site_builder.output import CACHE
from site_builder.plugin import any_page, context_of, root_of, theme_of
from site_builder.provenance import made_by
from site_builder.web.edition import Words
from site_builder.web.views import Page

_REFERENCE = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
_WORD = re.compile(r"""words\[["']([^"']+)["']\]""")


def configuration(root: Path) -> MkDocsConfig:
    """What `mkdocs.yml` says."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    return load_config(str(root / "mkdocs.yml"))


def templates(config: MkDocsConfig) -> str:
    """A hash of `mkdocs.yml` and of all our templates: they fill equal pages in the same way."""
    files = [Path(config.config_file_path), *sorted(theme_of(config).rglob("*.html"))]
    return hashlib.sha256(repr([(file.name, file.read_bytes()) for file in files]).encode()).hexdigest()


class Renderer:
    """Fills templates; `key` tells what a page's bytes depend on besides its value."""

    def __init__(self, config: MkDocsConfig, words: Mapping[Lang, Words]) -> None:
        self._words = words
        self._keys: dict[tuple[str, Lang], str] = {}
        self._sources: dict[str, str] = {}
        self._settings = Path(config.config_file_path).read_bytes()
        files = Files([])
        self._environment = config.plugins.on_env(config.theme.get_env(), config=config, files=files)
        self._environment.bytecode_cache = _compiled(root_of(config) / CACHE / "templates")
        self._context = get_context(get_navigation(files, config), files, config, any_page(config))

    def html(self, page: Page, problems: Sequence[Problem] = ()) -> bytes:
        """The page as it is written to its file; in a preview with what is wrong in the content by now."""
        return self._filled(page.template, {**context_of(page, self._words), "problems": problems})

    def fault(self, problems: Sequence[Problem]) -> bytes:
        """What a preview shows while it has no page to show."""
        return self._filled("fault.html", {"words": self._words["zh"], "problems": problems})

    def _filled(self, template: str, values: Mapping[str, Any]) -> bytes:
        html: str = self._environment.get_template(template).render({**self._context, **values})
        return html.encode()

    def key(self, page: Page) -> str:
        """A hash that is the same as long as the page would come out the same."""
        around = (page.template, page.frame.lang)
        if around not in self._keys:
            self._keys[around] = self._surroundings(*around)
        return hashlib.sha256(f"{self._keys[around]} {page!r}".encode()).hexdigest()

    def _surroundings(self, template: str, lang: Lang) -> str:
        """A hash of everything around the value: settings, the templates that may be used, their words."""
        sources = {name: self._source(name) for name in sorted(self._closure(template))}
        used = {word for source in sources.values() for word in _WORD.findall(source)}
        words = {word: self._words[lang].get(word) for word in sorted(used)}
        told = (made_by(), self._settings, sources, words)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def _closure(self, template: str) -> set[str]:
        """A template and all that it names, directly or not."""
        found, waiting = {template}, [template]
        while waiting:
            named = set(_REFERENCE.findall(self._source(waiting.pop()))) - found
            found |= named
            waiting += named
        return found

    def _source(self, template: str) -> str:
        """What a template says; nothing where its name is put together in rendering: Material's own."""
        if template not in self._sources:
            loader = self._environment.loader
            assert loader is not None
            self._sources[template] = ""
            with suppress(TemplateNotFound):
                self._sources[template], _, _ = loader.get_source(self._environment, template)
        return self._sources[template]


class _Compiled(FileSystemBytecodeCache):
    def get_source_checksum(self, source: str) -> str:
        """Our code says what is escaped, and that is compiled too."""
        return super().get_source_checksum(f"{made_by()} {source}")


def _compiled(folder: Path) -> _Compiled:
    """Templates as Python compiled them, 0.1 s for those of one page."""
    folder.mkdir(parents=True, exist_ok=True)
    return _Compiled(str(folder))
