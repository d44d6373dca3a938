"""What every command knows: the checkout it works on, and the language it speaks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import click

from site_builder.cli.speech import Wrong
from site_builder.content.problems import ContentError, Lang, Problem, errors
from site_builder.phrases import say
from site_builder.report import as_text


class FailedError(Exception):
    """Ends a command with exit code 1, when it has said why."""


class Project:
    """The checkout that a command works on, and the language it speaks."""

    def __init__(self, root: Path | None, lang: Lang) -> None:
        self._root, self.lang = root, lang

    @cached_property
    def root(self) -> Path:
        """The folder named, else the nearest one, from here upwards, with `mkdocs.yml` and `content/`.

        Raises:
            Wrong: when there is none.
        """
        here = (self._root or Path()).resolve()
        for folder in (here,) if self._root else (here, *here.parents):
            if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
                return folder
        raise Wrong(self.say("no_project", folder=here), click.get_current_context())

    def say(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values)

    def tell(self, key: str, **values: object) -> None:
        """Says what a command has done."""
        click.echo(self.say(key, **values))

    def complain(self, problems: Iterable[Problem]) -> None:
        """Says what is wrong, or might be better, in the content."""
        text = as_text(problems, self.root, (self.lang,), style=click.style)
        if text:
            click.echo(text, err=True)

    @contextmanager
    def lost_workers(self) -> Iterator[None]:
        """Says that a process died that worked for this one."""
        try:
            yield
        except BrokenExecutor:
            click.echo(self.say("worker_died"), err=True)
            raise FailedError from None

    @contextmanager
    def content_errors(self) -> Iterator[None]:
        """Says what is wrong in the content."""
        try:
            with self.lost_workers():
                yield
        except ContentError as error:
            self.complain(error.problems)
            click.echo("\n" + self.say("wrong", errors=len(errors(error.problems))), err=True)
            raise FailedError from None

    def shown(self, file: Path) -> str:
        """A file as messages name it: relative to the root where it is inside."""
        file = file.resolve()
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else str(file)


def colours() -> bool | None:
    """None: where there is a terminal; never where somebody asks for none (no-color.org)."""
    return False if os.environ.get("NO_COLOR") else None
