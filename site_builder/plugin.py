"""The MkDocs plugin: hands MkDocs our pages and files in the place of what it found in `content/`."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from site_builder.content.problems import ContentError
from site_builder.output import CACHE, Options, Output, develop, indexed, prepare, prune, today
from site_builder.photos import darkroom
from site_builder.precompress import precompress
from site_builder.report import as_text
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

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        super().__init__(
            page.file,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=True,
            dest_uri=page.file,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.content_string = ""
        PlannedPage(page, self, config)

    def is_documentation_page(self) -> bool:
        return True


class PlannedPage(MkDocsPage):
    """A page of ours in MkDocs' walk: nothing to read, nothing to convert, only a template to fill."""

    def __init__(self, planned: Page, file: PageFile, config: MkDocsConfig) -> None:
        super().__init__(planned.frame.title, file, config)
        self.planned = planned

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", {"template": self.planned.template}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""


class SiteBuilderPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Makes a site of `content/` in `mkdocs build` and `mkdocs serve`.

    `site-builder build` plans and develops by itself, then sets `output` and leaves the rendering.
    """

    output: Output | None = None
    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads the content before MkDocs empties the site folder: a fault leaves the last site standing.

        A preview says what is wrong and goes on showing the last good pages.
        """
        root = Path(config.docs_dir).parent
        if self.output is None or self.serving:
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
        planned = indexed(planned)
        prune(root, planned)
        for remark in planned.remarks:
            level = logging.WARNING if remark.severity == "warning" else logging.INFO
            log.log(level, f"{remark.spot.path}: {remark.en}")
        return planned

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Everything that MkDocs found is a source; what it shall write is ours."""
        assert self.output is not None
        cache = Path(config.docs_dir).parent / CACHE
        ours: list[File] = [PageFile(page, config) for page in self.output.pages]
        for address, data in self.output.files.items():
            ours.append(File.generated(config, address, content=data))
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
        frame = page.planned.frame
        ours: dict[str, Any] = {
            "frame": frame,
            "view": page.planned.view,
            "words": self.output.words[frame.lang],
        }
        context.update(ours)  # type: ignore[typeddict-item]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if not self.serving:
            precompress(Path(config.site_dir))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        server.watch(str(theme_of(config)))
        return server


def theme_of(config: MkDocsConfig) -> Path:
    """The folder of our own templates and styles."""
    folder = config.theme.custom_dir
    assert folder is not None, "mkdocs.yml names no theme.custom_dir"
    return Path(folder)
