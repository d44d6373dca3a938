"""The MkDocs plugin: hands MkDocs our pages and files in the place of what it found in `content/`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from site_builder import pagefind
from site_builder.content.problems import ContentError, Lang
from site_builder.output import CACHE, Options, Output, develop, prepare, prune, screen_files, today
from site_builder.photos import darkroom
from site_builder.report import as_text
from site_builder.web import search
from site_builder.web.edition import Words
from site_builder.web.outline import Outline
from site_builder.web.views import Page

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("site_builder")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: everything about the site stands in `content/site.yml`."""


class PageFile(File):
    """A page of ours as MkDocs sees it: a document without a source."""

    def __init__(self, file: str, config: MkDocsConfig, outline: Outline | None = None) -> None:
        super().__init__(
            file,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=True,
            dest_uri=file,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.content_string = ""
        PlannedPage(outline, self, config)

    def is_documentation_page(self) -> bool:
        return True


class PlannedPage(MkDocsPage):
    """A page of ours in MkDocs' walk: nothing to read, nothing to convert, only a template to fill."""

    def __init__(self, outline: Outline | None, file: PageFile, config: MkDocsConfig) -> None:
        super().__init__("", file, config)
        self.planned = outline.plan() if outline else None

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"template": self.planned.template if self.planned else "main.html"}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""


def any_page(config: MkDocsConfig) -> MkDocsPage:
    """A page as the theme's base asks for one: it shows nothing of it."""
    page = PageFile("index.html", config).page
    assert page is not None
    page.read_source(config)
    return page


def context_of(page: Page, words: Mapping[Lang, Words]) -> dict[str, Any]:
    """What our templates are given."""
    return {"frame": page.frame, "view": page.view, "words": words[page.frame.lang]}


class SiteBuilderPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Makes a site of `content/` in `mkdocs build` and `mkdocs serve`.

    `site-builder build` does the same without MkDocs' loop, and only what has changed.
    """

    output: Output | None = None
    index: Mapping[str, bytes]
    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads the content before MkDocs empties the site folder: a fault leaves the last site standing.

        A preview says what is wrong and goes on showing the last good pages.
        """
        root = root_of(config)
        try:
            self.output = self._planned(root, config)
        except ContentError as error:
            message = "\n" + as_text(error.problems, root)
            if self.output is None:
                raise PluginError(message) from None
            log.error(message)
        config.theme.static_templates.clear()
        return config

    def _planned(self, root: Path, config: MkDocsConfig) -> Output:
        planned = prepare(root, theme_of(config), Options(today(), drafts=self.serving))
        develop(root, planned)
        prune(root, planned)
        self.index = search_index(planned)
        for remark in planned.remarks:
            level = logging.WARNING if remark.severity == "warning" else logging.INFO
            log.log(level, f"{remark.spot.path}: {remark.en}")
        return planned

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Everything that MkDocs found is a source; what it shall write is ours."""
        assert self.output is not None
        cache = root_of(config) / CACHE
        ours: list[File] = [PageFile(page.file, config, page) for page in self.output.pages]
        made = (file for bundle in self.output.bundles for file in bundle.make().items())
        for address, data in {**self.output.assets, **self.output.files, **dict(made), **self.index}.items():
            ours.append(File.generated(config, address, content=data))
        for screen in self.output.screens:
            for path, data in screen_files(root_of(config), self.output, screen).items():
                ours.append(File.generated(config, screen.address + path, content=data))
        for photo in self.output.photos:
            for variant in photo.files:
                source = str(darkroom.cached(cache, variant))
                ours.append(File.generated(config, variant.path, abs_src_path=source))
        return Files(ours)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """What content says is escaped in our templates; Material's own expect that it is not."""
        ours = {file.relative_to(theme_of(config)).as_posix() for file in theme_of(config).rglob("*.html")}
        env.autoescape = lambda name: name in ours
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        assert self.output is not None
        assert isinstance(page, PlannedPage)
        assert page.planned is not None
        context.update(context_of(page.planned, self.output.edition.words))  # type: ignore[typeddict-item]
        return context

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        server.watch(str(theme_of(config)))
        return server


def theme_of(config: MkDocsConfig) -> Path:
    """The folder of our own templates and styles."""
    folder = config.theme.custom_dir
    assert folder is not None, "mkdocs.yml names no theme.custom_dir"
    return Path(folder)


def root_of(config: MkDocsConfig) -> Path:
    """The checkout: what holds `content/`."""
    return Path(config.docs_dir).parent


def search_index(planned: Output) -> dict[str, bytes]:
    """Address → bytes of all search indexes.

    Raises:
        ContentError: when one of them cannot be made.
    """
    files: dict[str, bytes] = {}
    for shard in search.shards(planned.edition):
        files |= pagefind.index(tuple(search.entries(planned.edition, shard)), shard)
    return files
