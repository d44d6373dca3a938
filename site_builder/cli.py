"""The command `site-builder`."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from site_builder import __version__, output, stamp, strip
from site_builder.build import Report, build
from site_builder.content.model.scalars import SLUG
from site_builder.content.problems import ContentError, Lang, PhotoError, Problem, Spot, errors, problem
from site_builder.folder import UnsafeTargetError
from site_builder.phrases import say
from site_builder.progress import progress
from site_builder.report import as_json, as_text, console_language

CALENDAR = (1950, 2090)
"""The first and the last year that the calendars of festivals are used for."""

NAMED = 10
"""Stories that a report names before it only counts them."""


class Project:
    """The checkout that a command works on, and the language it speaks."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.root, self.lang = root, lang

    @contextmanager
    def lost_workers(self) -> Iterator[None]:
        """Says that a process died that worked for this one, and ends with exit code 1."""
        try:
            yield
        except BrokenExecutor:
            click.echo(say(self.lang, "worker_died"), err=True)
            sys.exit(1)

    @contextmanager
    def content_errors(self) -> Iterator[None]:
        """Says what is wrong in the content and ends with exit code 1."""
        try:
            with self.lost_workers():
                yield
        except ContentError as error:
            click.echo(as_text(error.problems, self.root, (self.lang,)), err=True)
            click.echo("\n" + say(self.lang, "wrong", errors=len(errors(error.problems))), err=True)
            sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Folder with mkdocs.yml and content/ (default: here).",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language of messages (default: the console's)."
)
@click.version_option(__version__)
@click.pass_context
def main(context: click.Context, root: Path, lang: Lang | None) -> None:
    """Builds the bilingual site from content/.

    从content文件夹生成中英文网站。
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console without Chinese shows marks
            stream.reconfigure(errors="replace")
    if not (root / "mkdocs.yml").is_file():
        raise click.UsageError(f"{root}: no mkdocs.yml here / 这里没有mkdocs.yml")
    context.obj = Project(root.resolve(), lang or console_language())


@main.command("build")
@click.option("--now", type=click.DateTime(["%Y-%m-%d"]), help="Build as if on this day, e.g. 2026-09-25.")
@click.option("--release", is_flag=True, help="The public site: no samples.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that work side by side (default: one a processor)."
)
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to write (default: site/)."
)
@click.pass_obj
def build_command(
    project: Project,
    now: datetime | None,
    release: bool,
    strict: bool,
    jobs: int | None,
    site_dir: Path | None,
) -> None:
    """Builds the whole site; wrong content stops it before anything is written.

    生成整个网站；内容有错时不写任何文件。

    \b
    site-builder build
    site-builder build --release --site-dir public
    site-builder build --now 2026-09-25
    site-builder build --jobs 1
    """
    today = now.date() if now else output.today()
    if not CALENDAR[0] <= today.year <= CALENDAR[1]:
        raise click.BadParameter(f"{CALENDAR[0]}–{CALENDAR[1]}", param_hint="--now")
    options = output.Options(today, release)
    with project.content_errors():
        if strict:
            _, warnings = output.check(project.root)
            if warnings:
                raise ContentError(warnings)
        try:
            with progress(project.lang) as tell:
                report = build(project.root, options, site_dir, jobs=jobs, progress=tell)
        except UnsafeTargetError as error:
            raise click.UsageError(say(project.lang, "unsafe", target=error)) from None
    _tell_report(project, report)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port to serve on (default: 8000).")
@click.pass_obj
def serve(project: Project, port: int) -> None:
    """Shows the site with its drafts in a browser, and every change as soon as it is saved.

    在浏览器里预览网站（包括草稿），保存后自动刷新。

    \b
    site-builder serve
    site-builder serve --port 8080
    """
    from site_builder.preview import Preview

    def tell(problems: Sequence[Problem]) -> None:
        key = "previewed" if not problems else "preview_wrong"
        if problems:
            click.echo(as_text(problems, project.root, (project.lang,)), err=True)
        click.echo(say(project.lang, key, errors=len(errors(problems))), err=True)

    try:
        preview = Preview(project.root, port, tell)
        preview.run(lambda url: click.echo(say(project.lang, "serving", url=url), err=True))
    except OSError as error:
        raise click.UsageError(say(project.lang, "port_taken", port=port, reason=error)) from None
    except KeyboardInterrupt:
        pass


@main.command()
@click.option("--json", "json_", is_flag=True, help="Print problems as JSON.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.pass_obj
def check(project: Project, json_: bool, strict: bool) -> None:
    """Says every mistake in content/ with its line; writes no site.

    检查content里的所有文件，指出每一处错误。
    """
    try:
        with project.lost_workers():
            _, problems = output.check(project.root)
    except ContentError as error:
        problems = error.problems
    failed = bool(problems) if strict else bool(errors(problems))
    if json_:
        click.echo(as_json(problems))
    elif problems:
        click.echo(as_text(problems, project.root, (project.lang,)), err=True)
    if not json_:
        wrong = len(errors(problems))
        key = "wrong" if wrong else "checked"
        click.echo(say(project.lang, key, errors=wrong, warnings=len(problems) - wrong), err=bool(wrong))
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("stories", nargs=-1, required=True)
@click.pass_obj
def translated(project: Project, stories: tuple[str, ...]) -> None:
    """Stamps the English text of STORIES as a translation of today's Chinese one.

    把英文正文记为现在这份中文的译文。

    \b
    site-builder translated venues/yonghe-plaza
    """
    for name in stories:
        if not re.fullmatch(rf"(?:residents|venues|events|pages)/{SLUG}", name):
            raise click.UsageError(say(project.lang, "not_a_story", name=name))
        try:
            with project.content_errors():
                stamp.stamp(project.root, name)
        except FileNotFoundError as error:
            raise click.UsageError(say(project.lang, "no_file", name=error.filename)) from None
        click.echo(say(project.lang, "stamped", name=name))


@main.group()
def photos() -> None:
    """Takes care of the photos in content/.

    照看content里的照片。
    """


@photos.command("strip")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def strip_command(project: Project, paths: tuple[Path, ...]) -> None:
    """Removes place, date, device and all other metadata from photos, in place and without loss.

    PATHS are photos or folders; without any, all of content/. Turned photos stay turned.

    去掉照片里的拍摄地点、时间、设备等附带信息，画质不变；不写路径就清理整个content。

    \b
    site-builder photos strip
    site-builder photos strip content/venues/yonghe-plaza/photos/plaza.jpg
    """
    found: list[Problem] = []
    cleaned, files = 0, strip.photos(paths or (project.root / "content",))
    for file in files:
        name = _shown(project.root, file)
        try:
            if strip.strip(file):
                cleaned += 1
                click.echo(say(project.lang, "stripped", name=name))
        except PhotoError as error:
            found.append(problem(Spot(name), error.code, **error.values))
        except OSError:
            found.append(problem(Spot(name), "photo-unreadable"))
    if found:
        click.echo(as_text(found, project.root, (project.lang,)), err=True)
    click.echo(say(project.lang, "strip_done", count=cleaned, clean=len(files) - cleaned - len(found)))
    if cleaned:
        click.echo(say(project.lang, "strip_history"))
    sys.exit(1 if found else 0)


def _shown(root: Path, file: Path) -> str:
    """A file as messages name it: relative to the root where it is inside."""
    file = file.resolve()
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _tell_report(project: Project, report: Report) -> None:
    if report.remarks:
        click.echo(say(project.lang, "left_out"))
        for remark in sorted(report.remarks):
            click.echo(f"  {remark.spot.path}: {remark.message(project.lang)}")
    for state, names in report.untranslated.items():
        if names:
            more = ["…"] if len(names) > NAMED else []
            named = ", ".join([*names[:NAMED], *more])
            click.echo(say(project.lang, state, count=len(names), names=named))
    click.echo(
        say(
            project.lang,
            "built",
            site=report.site_dir,
            pages=report.pages,
            photos=report.photos,
            developed=report.developed,
            seconds=report.seconds,
        )
    )
