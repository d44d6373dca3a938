"""Whatever stands in content, a check ends with a verdict: no traceback, no place before the first line."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import output
from site_builder.content.problems import ContentError, Problem
from tests.conftest import copy_golden

SEEDS = range(15)
ROUNDS = 20
JUNK = (
    *(
        "\0",
        "\x1b[31m",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\u200d",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "\U0010ffff",
    ),
    *(
        "\t",
        "\r",
        "\n---\n",
        "\n...\n",
        "%",
        "@",
        "`",
        "&a ",
        "*a",
        "!!python/name:os.system ",
        "? ",
        "- ",
        "|",
        ">-",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        "[[[[[[[[",
        ": ",
        "\uff1a",
        "\uff0c",
        '"',
        "'",
        "\\",
        "<<: ",
        "~",
        "#",
        "nan",
        "9" * 400,
    ),
    *(
        "![](",
        "[](#)",
        "](",
        "<",
        "<!--",
        "```\n",
        "|--|--|\n",
        "&#0;",
        "%zz",
        "[x]: y\n",
        "**",
        "../",
        "0000-00-00",
    ),
)


def flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def shortened(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[last:]


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def doubled(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    return b"".join([*lines[:at], lines[at] * chance.choice((2, 2, 50)), *lines[at:]])


def soiled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(JUNK).encode() + data[at:]


def shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(flipped, shortened, truncated, doubled, soiled, soiled, soiled, shuffled),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_mutated_content_is_judged(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    root = copy_golden(tmp_path)
    files = sorted(file for file in root.joinpath("content").rglob("*") if file.is_file())
    for _ in range(ROUNDS):
        file = chance.choice(files)
        before = file.read_bytes()
        data = before
        for _ in range(chance.randint(1, 4)):
            data = chance.choice(MUTATIONS)(data, chance)
        file.write_bytes(data)
        assert_judged(root, f"seed {seed}, {file.relative_to(root)}: {data[:2000]!r}")
        file.write_bytes(before)
    shutil.rmtree(root)


def assert_judged(root: Path, what: str) -> None:
    for found in verdict(root, what):
        assert found.spot.line >= 1, what
        assert found.spot.column >= 1, what
        assert found.zh and found.en, what


def verdict(root: Path, what: str) -> tuple[Problem, ...]:
    try:
        return output.check(root)[1]
    except ContentError as error:
        return error.problems
    except Exception as error:
        raise AssertionError(what) from error
