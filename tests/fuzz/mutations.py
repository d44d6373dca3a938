"""What happens to files: bits flip, lines are lost or doubled, marks slip in."""

from __future__ import annotations

import random
from collections.abc import Callable

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


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data after one to four mutations."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(data, chance)
    return data
