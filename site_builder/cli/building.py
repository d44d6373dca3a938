"""The commands that show the site: build, serve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from site_builder import output
from site_builder.build import Report, build, forget
from site_builder.cli.project import Project
from site_builder.cli.speech import DAY, Command, Wrong
from site_builder.content.problems import ContentError, Problem, errors
from site_builder.folder import UnsafeTargetError
from site_builder.progress import progress
from site_builder.web.sharing import qr_lines

CALENDAR = (1950, 2090)
"""The first and the last year that the calendars of festivals are used for."""

NAMED = 10
"""Stories that a report names before it only counts them."""


@click.command(
    "build",
    cls=Command,
    examples=(
        "site-builder build",
        "site-builder build --release --site-dir public",
        "site-builder build --now 2026-09-25",
    ),
)
@click.option("--now", type=DAY, metavar="DATE")
@click.option("--release", is_flag=True)
@click.option("--clean", is_flag=True)
@click.option("--strict", is_flag=True)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N")
@click.option("--site-dir", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.pass_obj
def build_command(
    project: Project,
    now: datetime | None,
    release: bool,
    clean: bool,
    strict: bool,
    jobs: int | None,
    site_dir: Path | None,
) -> None:
    today = now.date() if now else output.today()
    if not CALENDAR[0] <= today.year <= CALENDAR[1]:
        raise Wrong(project.say("outside_calendar", first=CALENDAR[0], last=CALENDAR[1]))
    with project.content_errors():
        if strict:
            _, warnings = output.check(project.root)
            if warnings:
                raise ContentError(warnings)
        if clean:
            forget(project.root)
        try:
            with progress(project.lang) as tell:
                report = build(
                    project.root, output.Options(today, release), site_dir, jobs=jobs, progress=tell
                )
        except UnsafeTargetError as error:
            raise Wrong(project.say("unsafe", target=error)) from None
    _tell_report(project, report)


@click.command(cls=Command, examples=("site-builder serve", "site-builder serve --lan --port 8080"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, metavar="N")
@click.option("--lan", is_flag=True)
@click.pass_obj
def serve(project: Project, port: int, lan: bool) -> None:
    from site_builder.preview import Preview

    def tell(problems: Sequence[Problem]) -> None:
        project.complain(problems)
        key = "previewed" if not problems else "preview_wrong"
        click.echo(project.say(key, errors=len(errors(problems))), err=True)

    def serving(url: str) -> None:
        click.echo(project.say("serving_lan" if lan else "serving", url=url), err=True)
        if lan:
            click.echo("\n".join(qr_lines(url)), err=True)

    try:
        Preview(project.root, port, tell, lan=lan).run(serving)
    except OSError as error:
        raise Wrong(project.say("port_taken", port=port, reason=error)) from None
    except KeyboardInterrupt:
        pass


def _tell_report(project: Project, report: Report) -> None:
    if report.remarks:
        project.tell("left_out")
        for remark in sorted(report.remarks):
            click.echo(f"  {remark.spot.path}: {remark.message(project.lang)}")
    for state, names in report.untranslated.items():
        if names:
            more = ["…"] if len(names) > NAMED else []
            project.tell(state, count=len(names), names=", ".join([*names[:NAMED], *more]))
    project.tell(
        "built",
        site=report.site_dir,
        pages=report.pages,
        written=report.written,
        photos=report.photos,
        developed=report.developed,
        seconds=report.seconds,
    )


COMMANDS = {"serve": serve, "build": build_command}
