"""The commands that change what was written: translated, withdraw, photos strip."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import click

from site_builder import output
from site_builder.cli.project import FailedError, Project
from site_builder.cli.speech import Command, Group, Wrong
from site_builder.content.model.scalars import SLUG
from site_builder.content.problems import PhotoError, Problem, Spot, problem
from site_builder.content.wording import nearest
from site_builder.desk import drafts, strip, translation
from site_builder.desk.git import HistoryError
from site_builder.desk.translation import Change
from site_builder.desk.withdrawal import Withdrawal, mark, withdrawal
from site_builder.plugin import theme_of
from site_builder.render import configuration

NAMED = 20
"""Addresses that are named before they are only counted."""


@click.command(
    cls=Command,
    examples=(
        "site-builder translated venues/yonghe-plaza",
        "site-builder translated --diff venues/yonghe-plaza",
    ),
)
@click.argument("stories", nargs=-1, required=True, metavar="STORY…")
@click.option("--diff", is_flag=True)
@click.pass_obj
def translated(project: Project, stories: tuple[str, ...], diff: bool) -> None:
    for name in stories:
        story = name.replace("\\", "/").removeprefix("content/").rstrip("/")
        if not re.fullmatch(rf"(?:residents|venues|events|pages)/{SLUG}", story):
            raise Wrong(project.say("not_a_story", name=name))
        try:
            with project.content_errors():
                if diff:
                    _show(project, story, translation.changes(project.root, story))
                else:
                    translation.stamp(project.root, story)
                    project.tell("stamped", name=story)
        except FileNotFoundError as error:
            key = "no_english" if Path(error.filename).name == "en.md" else "no_file"
            raise Wrong(project.say(key, name=project.shown(Path(error.filename)))) from None
        except HistoryError as error:
            raise Wrong(project.say("no_history", reason=error)) from None


def _show(project: Project, name: str, changes: tuple[tuple[Change, ...], ...] | None) -> None:
    """The paragraphs that changed: what went between [-…-], what came between {+…+}, as git does."""
    if changes is None:
        project.tell("diff_unknown", name=name)
        return
    project.tell("diff_of" if changes else "diff_none", name=name)
    for paragraph in changes:
        parts = []
        for change in paragraph:
            if change.before == change.after:
                parts.append(change.after)
                continue
            parts += [click.style(f"[-{change.before}-]", fg="red")] if change.before else []
            parts += [click.style(f"{{+{change.after}+}}", fg="green")] if change.after else []
        click.echo("\n" + "".join(parts))


@click.command(
    cls=Command, examples=("site-builder withdraw c-2026-014 --dry-run", "site-builder withdraw c-2026-014")
)
@click.argument("consent", metavar="CONSENT")
@click.option("--dry-run", is_flag=True)
@click.option("--json", "json_", is_flag=True)
@click.pass_obj
def withdraw(project: Project, consent: str, dry_run: bool, json_: bool) -> None:
    known = drafts.taken(project.root, "consent")
    if consent not in known:
        near = nearest(consent, known)["near" if project.lang == "zh" else "near_en"]
        raise Wrong(project.say("no_record", name=consent, near=near))
    with project.content_errors():
        marked = not dry_run and mark(project.root, consent)  # first, whatever else may be wrong
        if marked and not json_:
            project.tell("withdrawn", name=consent)
        site, _ = output.read(project.root)
        theme = theme_of(configuration(project.root))
        found, after = withdrawal(site, theme, consent, output.today())
        if not dry_run:
            output.prune(project.root, after)
    if json_:
        click.echo(json.dumps({**asdict(found), "marked": marked}, ensure_ascii=False, indent=2))
    else:
        _tell_withdrawal(project, found)


def _tell_withdrawal(project: Project, found: Withdrawal) -> None:
    if not found.sources:
        project.tell("withdraw_unused", name=found.record)
        return
    for key in ("stories", "photos", "gone", "changed", "kiosks"):
        if names := _short(getattr(found, key)):
            project.tell(f"withdraw_{key}", count=len(names))
            more = ["…"] if len(names) > NAMED else []
            click.echo("".join(f"  {each}\n" for each in [*names[:NAMED], *more]), nl=False)
    steps = ["build", "upload", *found.by_hand, "search", "history"]
    project.tell("withdraw_steps")
    paths = " ".join(f"--path {path}" for path in found.sources)
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {project.say(f'withdraw_step.{step}', paths=paths)}")


def _short(addresses: tuple[str, ...]) -> list[str]:
    """Addresses, with one for all sizes and formats of a photo: `media/venues/hall/hall-3f9a1c2b-…`."""
    sizes = re.compile(r"^(media/.+-[0-9a-f]{8})-[^/]+$")
    return list(dict.fromkeys(sizes.sub(r"\1-…", address) for address in addresses))


@click.group("photos", cls=Group)
def photos_group() -> None: ...


@photos_group.command(
    "strip",
    cls=Command,
    examples=(
        "site-builder photos strip",
        "site-builder photos strip content/venues/yonghe-plaza/photos/plaza.jpg",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.pass_obj
def strip_command(project: Project, paths: tuple[Path, ...]) -> None:
    found: list[Problem] = []
    cleaned, files = 0, strip.photos(paths or (project.root / "content",))
    for file in files:
        name = project.shown(file)
        try:
            if strip.strip(file):
                cleaned += 1
                project.tell("stripped", name=name)
        except PhotoError as error:
            found.append(problem(Spot(name), error.code, **error.values))
        except OSError:
            found.append(problem(Spot(name), "photo-unreadable"))
    project.complain(found)
    project.tell("strip_done", count=cleaned, clean=len(files) - cleaned - len(found))
    if cleaned:
        project.tell("strip_history")
    if found:
        raise FailedError


COMMANDS = {"translated": translated, "withdraw": withdraw, "photos": photos_group}
