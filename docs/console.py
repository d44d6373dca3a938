"""A command at a terminal: what it says there, and the page that shows it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from site_builder.report import cells

COLUMNS = 96

_PROMPT = "› ".encode()
"""What a question ends with."""
_CODES = re.compile(r"\x1b\[([\d;]*)([A-Za-z])")
_STYLES = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "36": "cyan"}
_BLOCKS = {"█": "full", "▀": "upper", "▄": "lower"}

Cell: TypeAlias = tuple[str, str]
"""A character with the classes of its style."""

STYLE = """
body { margin: 0; background: #fff; }
main { display: inline-block; background: #1f2328; color: #d7dce2; border-radius: 10px; overflow: hidden; }
header { height: 34px; background: #343a42; display: flex; align-items: center; gap: 8px; padding: 0 14px;
  color: #b8c0c9; font: 15px "Noto Sans CJK SC"; }
header i { width: 12px; height: 12px; border-radius: 50%; background: #666e78; }
header span { flex: 1; text-align: center; margin-right: 52px; }
pre { margin: 0; padding: 14px 20px 18px; width: calc(96 * 10px); line-height: 22px; font-size: 16.6113px;
  font-family: "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
pre.tight { line-height: 20px; }
pre b { display: inline-block; font-weight: inherit; width: 20px; text-align: center; font-size: 18.5px;
  height: 1em; line-height: 1; }
.bold { font-weight: bold; } .dim { color: #8b949e; }
.red { color: #ff8d85; } .green { color: #7ee08a; } .yellow { color: #e8c268; } .cyan { color: #6cc8e8; }
.full, .upper, .lower { display: inline-block; width: 10px; height: 20px; vertical-align: top; }
.full { background: #fff; }
.upper { background: linear-gradient(#fff 50%, transparent 50%); }
.lower { background: linear-gradient(transparent 50%, #fff 50%); }
"""
"""A column is 10 pixels wide; a Chinese character takes two."""


def opened(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], int]:
    """A command at a terminal of its own, and the other end of that."""
    end, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    return process, end


def heard(end: int, answers: Sequence[str] = (), until: str | None = None, patience: float = 120) -> str:
    """What is said at a terminal: to the end, to certain words, or until it is silent for so many seconds.

    Each question gets the next answer.
    """
    waiting, said = list(answers), b""
    while select.select([end], [], [], patience)[0]:
        try:
            part = os.read(end, 65536)
        except OSError:  # Linux tells the end so
            break
        said += part
        if waiting and said.endswith(_PROMPT):
            os.write(end, f"{waiting.pop(0)}\n".encode())
        if not part or (until and until in said.decode(errors="ignore")):
            break
    if waiting:
        raise RuntimeError(f"{waiting} was never asked for:\n{said.decode()}")
    return said.decode().replace("\r\n", "\n")


def page(title: str, texts: Sequence[str]) -> str:
    """A window with all that was typed and said."""
    lines = [line for text in texts for line in _lines(text.rstrip("\n"))]
    shown = "\n".join("".join(_spans(line)) for line in lines)
    tight = ' class="tight"' if "<b class=" in shown else ""
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><main><header><i></i><i></i><i></i>"
        f"<span>{escape(title)}</span></header><pre{tight}>{shown}</pre></main>"
    )


def _lines(text: str) -> Iterator[list[Cell]]:
    """The lines as a terminal breaks them."""
    line: list[Cell] = []
    for char, style in _styled(text):
        if char == "\n" or sum(cells(each) for each, _ in line) + cells(char) > COLUMNS:
            yield line
            line = []
        if char != "\n":
            line.append((char, style))
    yield line


def _styled(text: str) -> Iterator[Cell]:
    style: list[str] = []
    position = 0
    for code in _CODES.finditer(text):
        yield from ((char, " ".join(style)) for char in text[position : code.start()])
        position = code.end()
        if code[2] == "m":
            named = [_STYLES[each] for each in code[1].split(";") if each in _STYLES]
            style = [] if code[1] in {"", "0"} else [*style, *named]
    yield from ((char, " ".join(style)) for char in text[position:])


def _spans(line: Sequence[Cell]) -> Iterator[str]:
    for style, run in groupby(line, key=lambda cell: cell[1]):
        shown = "".join(_shown(char) for char, _ in run)
        yield f'<span class="{style}">{shown}</span>' if style else shown


def _shown(char: str) -> str:
    if char in _BLOCKS:
        return f'<b class="{_BLOCKS[char]}"></b>'
    return f"<b>{char}</b>" if cells(char) == 2 else escape(char)
