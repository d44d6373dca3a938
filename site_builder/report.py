"""Problems as people read them: grouped by file, with the line and a caret."""

from __future__ import annotations

import json
import locale
import os
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from site_builder.content.problems import LANGS, Lang, Problem, errors
from site_builder.content.source import MAX_BYTES

MAX_WIDTH = 240

Style = Callable[..., str]
"""Colours a text, as `click.style` does."""

_REMARK = {"zh": "提醒：", "en": "Warning: "}
"""Before what need not be mended for the site to be built."""
_WORD = re.compile(r"""[^\s:,'"{}\[\]()：，、；。“”（）]+|\S""")


def plain(text: str, **_: object) -> str:
    return text


def console_language() -> Lang:
    """Chinese where the console's locale is Chinese, else English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def as_text(
    problems: Iterable[Problem], root: Path, langs: tuple[Lang, ...] = LANGS, style: Style = plain
) -> str:
    """Every problem with its place, message and remedy in `langs`; what was wrong is coloured by `style`."""
    blocks = []
    for path, group in groupby(sorted(problems), key=lambda each: each.spot.path):
        lines = _lines(root / path)
        blocks += [_block(found, lines, langs, style) for found in group]
    return "\n".join(blocks)


def as_json(problems: Iterable[Problem]) -> str:
    """The shape of `check --json`, one object for scripts."""
    found = sorted(each for each in problems if each.severity != "notice")
    wrong = len(errors(found))
    counted = {
        "problems": [each.as_json() for each in found],
        "errors": wrong,
        "warnings": len(found) - wrong,
    }
    return json.dumps(counted, indent=2)


def _block(found: Problem, lines: list[str], langs: tuple[Lang, ...], style: Style) -> str:
    spot, colour = found.spot, "red" if found.severity == "error" else "yellow"
    first, *others = (style(_message(found, lang), fg=colour, bold=True) for lang in langs)
    place = style(f"{spot.path}:{spot.line}:{spot.column}", fg="cyan")
    texts = [f"{place}  {first}", *(f"      {other}" for other in others)]
    if spot.line <= len(lines) and lines[spot.line - 1].strip():
        line, column = _window(lines[spot.line - 1], spot.column)
        texts += [f"      | {line}", f"      | {style(_caret(line, column), fg=colour)}"]
    texts += [f"      → {style(found.hint(lang), fg='green')}" for lang in langs]
    return "\n".join(texts)


def _message(found: Problem, lang: Lang) -> str:
    return (_REMARK[lang] if found.severity == "warning" else "") + found.message(lang)


def _window(line: str, column: int) -> tuple[str, int]:
    """What a console can show of a long line: the part around the column, and the column in it."""
    if len(line) <= MAX_WIDTH:
        return line, column
    start = max(0, column - MAX_WIDTH // 2)
    return line[start : start + MAX_WIDTH], column - start


def _caret(line: str, column: int) -> str:
    """Marks below the word at the column."""
    word = _WORD.match(line, column - 1)
    return " " * cells(line[: column - 1]) + "^" * max(1, cells(word[0]) if word else 1)


def cells(text: str) -> int:
    """How wide a terminal shows a text; Chinese characters take two cells."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _lines(file: Path) -> list[str]:
    """The lines of a text file; none of a photo, a folder, a link or what is too large to be a text."""
    if file.suffix not in {".yml", ".md"} or file.is_symlink() or not file.is_file():
        return []
    if file.stat().st_size > MAX_BYTES:
        return []
    text = file.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return ["".join(char if char.isprintable() else "\ufffd" for char in line) for line in text.split("\n")]
