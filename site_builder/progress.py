"""Shows how far the photos are: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

import click

from site_builder.content.problems import Lang
from site_builder.photos.darkroom import Progress as Tell
from site_builder.phrases import say

if TYPE_CHECKING:
    from rich.console import Console

EVERY = 10
"""Photos between two plain lines."""


@contextmanager
def progress(lang: Lang) -> Iterator[Tell]:
    """What to call with photos done and photos in all."""
    with ExitStack() as shown:

        @cache
        def begun() -> Tell:
            from rich.console import Console  # late: most builds develop nothing, and it takes 30 ms

            console = Console(stderr=True)
            if console.is_terminal:
                return shown.enter_context(_bar(console, lang))
            return lambda done, total: _line(lang, done, total)

        yield lambda done, total: begun()(done, total)


def _line(lang: Lang, done: int, total: int) -> None:
    if done and (done % EVERY == 0 or done == total):
        click.echo(f"{say(lang, 'photos')} {done}/{total}", err=True)


@contextmanager
def _bar(console: Console, lang: Lang) -> Iterator[Tell]:
    """Photos done, their rate, and the time that is left."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    what, speed = TextColumn("{task.description}"), TextColumn("{task.fields[rate]}")
    columns = (what, BarColumn(), MofNCompleteColumn(), speed, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(say(lang, "photos"), total=None, visible=False, rate="")
        began = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal began
            began = began if done else time.monotonic()
            rate = say(lang, "rate", rate=done / (time.monotonic() - began)) if done else ""
            bar.update(task, completed=done, total=total, visible=True, rate=rate)

        yield tell
