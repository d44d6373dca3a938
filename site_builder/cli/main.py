"""The command `site-builder`: what it is given, and how it ends."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from site_builder import __version__
from site_builder.cli.project import FailedError, Project, colours
from site_builder.cli.speech import Group, language, wrong
from site_builder.content.problems import Lang
from site_builder.phrases import say
from site_builder.report import console_language

COMMANDS = {
    "new": "beginning",
    "check": "checking",
    "status": "checking",
    "schema": "checking",
    "serve": "building",
    "build": "building",
    "translated": "editing",
    "withdraw": "editing",
    "photos": "editing",
    "kiosk": "screens",
}
"""Each command with its module, in the order in which people come to need them."""

WRONG_CONTENT, WRONG_USE, INTERRUPTED = 1, 2, 130


class _Program(Group):
    """Imports a command when it is wanted: all together they take 40 ms, and a build can do without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"site_builder.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command


@click.group(
    cls=_Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=("site-builder new venue", "site-builder serve", "site-builder check", "site-builder build"),
)
@click.option("--lang", type=click.Choice(["zh", "en"]), is_eager=True)
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.version_option(__version__)
@click.pass_context
def commands(context: click.Context, lang: Lang | None, root: Path | None) -> None:
    context.obj = Project(root, lang or console_language())
    context.color = colours()
    if context.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(context)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and ends the process: 0 fine, 1 wrong content, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console without Chinese shows marks
            stream.reconfigure(errors="replace")
    try:
        commands.main(arguments, prog_name="site-builder", standalone_mode=False)
    except FailedError:
        sys.exit(WRONG_CONTENT)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(WRONG_USE)
    except click.UsageError as error:
        lang = language(error.ctx) if error.ctx else console_language()
        click.echo(wrong(error, lang), err=True)
        sys.exit(WRONG_USE)
    except click.Abort:
        click.echo("\n" + say(console_language(), "interrupted"), err=True)
        sys.exit(INTERRUPTED)
