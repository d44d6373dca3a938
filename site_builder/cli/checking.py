"""The commands that look at the content and change none of it: check, status, schema."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from site_builder import output
from site_builder.cli.project import FailedError, Project
from site_builder.cli.speech import DAY, Command, Wrong
from site_builder.content.problems import ContentError, Problem, errors
from site_builder.desk import changes, state
from site_builder.desk.changes import Changes
from site_builder.desk.git import HistoryError
from site_builder.desk.state import Entry, Status
from site_builder.report import as_json, cells

SCHEMAS = Path(".vscode/schemas")
"""Where the editor's settings look for them."""


@click.command(
    cls=Command,
    examples=(
        "site-builder check",
        "site-builder check --staged",
        "site-builder check --since origin/main",
        "site-builder check --json",
    ),
)
@click.option("--staged", is_flag=True)
@click.option("--since", metavar="REV")
@click.option("--strict", is_flag=True)
@click.option("--json", "json_", is_flag=True)
@click.pass_obj
def check(project: Project, staged: bool, since: str | None, strict: bool, json_: bool) -> None:
    problems = _checked(project)
    if staged or since is not None:
        problems = _of_changes(project, problems, since)
    if json_:
        click.echo(as_json(problems))
    else:
        project.complain(problems)
    wrong = len(errors(problems))
    if not json_:
        counted = {"errors": wrong, "warnings": len(problems) - wrong}
        key = "check_wrong" if wrong else "checked"
        click.echo(project.say(key, **counted), err=bool(wrong))
    if wrong or (strict and problems):
        raise FailedError


def _checked(project: Project) -> tuple[Problem, ...]:
    try:
        with project.lost_workers():
            return output.check(project.root)[1]
    except ContentError as error:
        return error.problems


def _of_changes(project: Project, problems: tuple[Problem, ...], since: str | None) -> tuple[Problem, ...]:
    try:
        made = Changes.found(project.root, since)
    except HistoryError as error:
        raise Wrong(project.say("no_history", reason=error)) from None
    concerned = tuple(each for each in problems if made.concern(each))
    return tuple(sorted({*concerned, *changes.remarks(project.root, made, output.today())}))


@click.command(cls=Command, examples=("site-builder status", "site-builder status --json"))
@click.option("--now", type=DAY, metavar="DATE")
@click.option("--json", "json_", is_flag=True)
@click.pass_obj
def status(project: Project, now: datetime | None, json_: bool) -> None:
    today = now.date() if now else output.today()
    wrong: tuple[Problem, ...] = ()
    try:
        with project.lost_workers():
            found = state.status(output.read(project.root)[0], project.root, today)
    except ContentError as error:
        wrong = errors(error.problems)
        found = Status(today, tuple(state.located(project.root)))
    if json_:
        click.echo(json.dumps({**found.as_json(), "errors": len(wrong)}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(project, found)))
        if wrong:
            click.echo("\n" + project.say("status_wrong", errors=len(wrong)), err=True)
    if wrong:
        raise FailedError


def _table(project: Project, found: Status) -> Iterator[str]:
    """Matter by matter, each row in columns: what, its title, what of it."""
    yield click.style(project.say("status_of", day=found.today), bold=True)
    if not found.entries:
        yield project.say("status_clear")
    for matter, entries in groupby(found.entries, key=lambda each: each.matter):
        rows = [
            (each.name, each.zh if project.lang == "zh" else each.en, _of(project, each)) for each in entries
        ]
        widths = [max(cells(row[column]) for row in rows) for column in (0, 1)]
        yield f"\n{click.style(project.say(f'matter.{matter}', count=len(rows)), fg='cyan')}"
        for row in rows:
            padded = [text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=False)]
            yield f"  {'  '.join([*padded, row[2]])}".rstrip()


def _of(project: Project, entry: Entry) -> str:
    """The day that matters, how much is still to be written, or what rests on a record."""
    gaps = (
        [] if entry.gaps is None else [project.say("gaps" if entry.gaps else "gaps_none", count=entry.gaps)]
    )
    return "  ".join([*([str(entry.day)] if entry.day else []), *gaps, ", ".join(entry.stories)])


@click.command("schema", cls=Command, examples=("site-builder schema", "site-builder schema schemas"))
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]")
@click.pass_obj
def schema_command(project: Project, folder: Path | None) -> None:
    from site_builder.content import schema  # late: only this command needs it

    with project.content_errors():
        site, _ = output.read(project.root)
    target = folder or project.root / SCHEMAS
    target.mkdir(parents=True, exist_ok=True)
    for name, data in schema.files(site.vocabulary).items():
        (target / name).write_bytes(data)
    project.tell("schemas", folder=os.fspath(target))


COMMANDS = {"check": check, "status": status, "schema": schema_command}
