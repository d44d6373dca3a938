"""The commands of screens: bundle, where the site is written; install and run, where one hangs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from site_builder.cli.project import FailedError, Project
from site_builder.cli.speech import DAY, Command, Group, Wrong
from site_builder.content.wording import nearest
from site_builder.kiosk.manifest import MANIFEST, RefusedError, read

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(
    "kiosk",
    cls=Group,
    examples=(
        "site-builder kiosk bundle yonghe-plaza --out yonghe-plaza.zip",
        "site-builder kiosk install yonghe-plaza.zip /var/lib/kiosk",
        "site-builder kiosk run /var/lib/kiosk",
    ),
)
def kiosk() -> None: ...


@kiosk.command(
    "bundle",
    cls=Command,
    examples=(
        "site-builder kiosk bundle yonghe-plaza --out yonghe-plaza.zip",
        "site-builder kiosk bundle yonghe-plaza --out yonghe-plaza.zip --release --now 2026-09-25",
    ),
)
@click.argument("name", metavar="ID")
@click.option("--out", type=FILE, required=True, metavar="FILE.zip")
@click.option("--now", type=DAY, metavar="DATE")
@click.option("--release", is_flag=True)
@click.pass_obj
def bundle(project: Project, name: str, out: Path, now: datetime | None, release: bool) -> None:
    root = project.root
    # Late, here and below: a screen's machine has neither the content nor what reads it.
    from site_builder import atomic
    from site_builder.cli.building import CALENDAR
    from site_builder.device.archive import packed
    from site_builder.output import Options, UnknownKioskError, kiosk_folder, today
    from site_builder.plugin import theme_of
    from site_builder.render import configuration

    day = now.date() if now else today()
    if not CALENDAR[0] <= day.year <= CALENDAR[1]:
        raise Wrong(project.say("outside_calendar", first=CALENDAR[0], last=CALENDAR[1]))
    theme = theme_of(configuration(root))
    with project.content_errors():
        try:
            files = kiosk_folder(root, theme, Options(day, release), name)
        except UnknownKioskError as error:
            near = nearest(error.name, error.known)["near" if project.lang == "zh" else "near_en"]
            raise Wrong(project.say("no_kiosk", name=error.name, near=near)) from None
    data = packed(files)
    try:
        atomic.write(out, data)
    except OSError as error:
        raise Wrong(project.say("not_written", file=out, reason=error.strerror)) from None
    told = {"release": read(files[MANIFEST]).release, "files": len(files), "size": _megabytes(len(data))}
    project.tell("bundled", file=out, **told)


@kiosk.command(
    "install",
    cls=Command,
    examples=(
        "site-builder kiosk install yonghe-plaza.zip /var/lib/kiosk",
        "site-builder kiosk install /media/usb/yonghe-plaza.zip /var/lib/kiosk",
    ),
)
@click.argument("file", type=FILE, metavar="FILE.zip")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.pass_obj
def install_command(project: Project, file: Path, folder: Path) -> None:
    from site_builder.device.installation import install

    if not file.is_file():
        raise Wrong(project.say("no_file", name=file))
    with _refusals(project), _disk_errors(project, folder):
        installed = install(file, folder)
    project.tell("installed" if installed.changed else "installed_already", release=installed.release)


@kiosk.command(
    "run",
    cls=Command,
    examples=(
        "site-builder kiosk run /var/lib/kiosk",
        "site-builder kiosk run /var/lib/kiosk --from https://yongchang.example/kiosk/yonghe-plaza/",
        "site-builder kiosk run kiosk --port 8650 --browser /usr/bin/google-chrome",
    ),
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N")
@click.option("--browser", metavar="PATH")
@click.option("--from", "site", metavar="URL")
@click.option("--heartbeat", type=click.IntRange(min=5), metavar="SECONDS")
@click.option("--headless", is_flag=True)
@click.pass_obj
def run_command(
    project: Project,
    folder: Path,
    port: int | None,
    browser: str | None,
    site: str | None,
    heartbeat: int | None,
    headless: bool,
) -> None:
    from site_builder.device import runner

    def tell(key: str, **values: object) -> None:
        click.echo(project.say(key, **values), err=True)

    if site and (urlsplit(site).scheme not in {"http", "https"} or not urlsplit(site).hostname):
        raise Wrong(project.say("no_address", value=site))
    try:
        with _refusals(project):
            runner.run(
                folder,
                tell,
                port=port or runner.PORT,
                browser=browser,
                site=site,
                headless=headless,
                heartbeat=heartbeat or runner.HEARTBEAT,
                waiting=project.say("waiting_page"),
            )
    except OSError as error:
        raise Wrong(project.say("port_taken", port=port or runner.PORT, reason=error)) from None


@contextmanager
def _refusals(project: Project) -> Iterator[None]:
    """Says why a screen stays as it is."""
    try:
        yield
    except RefusedError as error:
        click.echo(project.say(error.key, **error.values), err=True)
        raise FailedError from None


@contextmanager
def _disk_errors(project: Project, folder: Path) -> Iterator[None]:
    """Says what a disk, or a stick, does not do."""
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        click.echo(project.say("disk_failed", place=place, reason=error.strerror), err=True)
        raise FailedError from None


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"


COMMANDS = {"kiosk": kiosk}
