"""Commands that explain themselves, and what is wrong with a command line, in the console's language."""

from __future__ import annotations

from typing import Any

import click

from site_builder.content.problems import Lang
from site_builder.content.wording import nearest
from site_builder.phrases import phrases, say
from site_builder.report import console_language

INDENT = "  "

DAY = click.DateTime(["%Y-%m-%d"])


class Wrong(click.UsageError):
    """A command line that cannot be followed; the message is in the console's language already."""


class Command(click.Command):
    """A command whose explanation is `help.<its path>` of the phrases, its options' `option.<name>`."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def get_short_help_str(self, limit: int = 45) -> str:
        context = click.get_current_context()
        return explanation(context, f"{_path(context)}{self.name}").split("\n")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = super().collect_usage_pieces(ctx)
        own = {"[OPTIONS]": "options_metavar", "COMMAND [ARGS]...": "command_metavar"}
        return [say(language(ctx), own[each]) if each in own else each for each in pieces]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = language(ctx)
        formatter.write(f"{_usage(ctx)}\n\n")
        for line in explanation(ctx, _path(ctx).rstrip(".") or "site-builder").split("\n"):
            formatter.write(f"{INDENT}{line}\n")
        if self.examples:
            formatter.write(f"\n{say(lang, 'examples')}\n")
            formatter.write("".join(f"{INDENT}{example}\n" for example in self.examples))
        self.format_options(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = language(ctx)
        known = [(param, param.get_help_record(ctx)) for param in self.get_params(ctx)]
        rows = [(record[0], _meaning(ctx, param)) for param, record in known if record]
        _list(formatter, say(lang, "options"), rows)


class Group(Command, click.Group):
    """A command of commands."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        known = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str()) for name, command in known if command]
        _list(formatter, say(language(ctx), "commands"), rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known:
            lang = language(ctx)
            near = nearest(args[0], known)["near" if lang == "zh" else "near_en"]
            raise Wrong(say(lang, "no_command", name=args[0], near=near), ctx)
        return super().resolve_command(ctx, args)


def language(ctx: click.Context) -> Lang:
    """What `--lang` says, else the console's."""
    chosen: Lang | None = ctx.find_root().params.get("lang")
    return chosen or console_language()


def wrong(error: click.UsageError, lang: Lang) -> str:
    """What is wrong with a command line, with its usage and where to find help."""
    texts = [f"{say(lang, 'wrong_use')}{_fault(error, lang)}"]
    if error.ctx:
        texts.append(_usage(error.ctx))
        texts.append(say(lang, "see_help", command=error.ctx.command_path))
    return "\n".join(texts)


def _usage(ctx: click.Context) -> str:
    pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
    return f"{say(language(ctx), 'usage')}{ctx.command_path} {pieces}"


def _fault(error: click.UsageError, lang: Lang) -> str:
    if isinstance(error, Wrong) or lang == "en":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = nearest(error.option_name, error.possibilities or ())["near"]
        return say(lang, "no_option", name=error.option_name, near=near)
    if isinstance(error, click.MissingParameter) and error.param:
        return say(lang, "missing_parameter", name=error.param.get_error_hint(error.ctx))  # type: ignore[arg-type]
    if isinstance(error, click.BadParameter) and error.param:
        name = error.param_hint or error.param.get_error_hint(error.ctx)  # type: ignore[arg-type]
        return say(lang, "bad_parameter", name=name, remedy=_remedy(error.param.type, lang))
    return say(lang, "bad_command", message=error.format_message())


def _remedy(kind: click.ParamType, lang: Lang) -> str:
    if isinstance(kind, click.Choice):
        return say(lang, "one_of", choices="、".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return say(lang, "number_from", least=kind.min)
    if isinstance(kind, click.DateTime):
        return say(lang, "a_day")
    return say(lang, "a_file" if isinstance(kind, click.Path) else "another_value")


def _list(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    formatter.write(f"\n{title}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def explanation(ctx: click.Context, path: str) -> str:
    return say(language(ctx), f"help.{path}")


def _meaning(ctx: click.Context, param: click.Parameter) -> str:
    """What an option is for: of this command, or wherever it stands."""
    keys = (f"option.{_path(ctx)}{param.name}", f"option.{param.name}")
    return say(language(ctx), next(key for key in keys if key in phrases()))


def _path(ctx: click.Context) -> str:
    """The commands that lead here, the program's own name left out: `photos.strip.`"""
    return "".join(f"{name}." for name in ctx.command_path.split(" ")[1:])
