"""Reads one authored YAML file into its type, or into problems with their places."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from site_builder.content.problems import Problem, Spot, problem
from site_builder.content.syntax import FULL_WIDTH_COLON, TextLoader, mark, refusals
from site_builder.content.wording import reword, without_echoes

MAX_BYTES = 1024 * 1024
MOST_TOLD = 100
"""Faults of one file that are told at once: with their number grows the time to find the place of each."""

_BOM = b"\xef\xbb\xbf"
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What no editor means to write; YAML refuses some, and takes others for the end of a line."""
_JOINED_WORDS = re.compile(r"[!-~]+(?:\s*[\uff0c\u3001]\s*[!-~]+)+")
_FIRST_JOINT = re.compile("[^\uff0c\u3001]*([\uff0c\u3001])")

M = TypeVar("M", bound=BaseModel)
Loc = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """A file that was read: its value, and its text, where the place of each part is found when asked for."""

    path: str
    value: M
    text: str = field(repr=False, compare=False)

    def at(self, *loc: str | int) -> Spot:
        """The place of a value; the nearest enclosing one where `loc` leads nowhere."""
        return locate(self.path, composed(self.text), loc)


@dataclass(frozen=True, slots=True)
class Plain:
    """A YAML file as dicts, lists and texts, and what YAML allows but content does not."""

    data: object
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """Whether the data mean anything."""


def read_bytes(file: Path, path: str, limit: int = MAX_BYTES) -> bytes | Problem:
    """The bytes of a file that has no more than `limit` of them; `path` is how problems name it."""
    with file.open("rb", buffering=0) as opened:
        if (size := os.fstat(opened.fileno()).st_size) > limit:
            return problem(
                Spot(path), "file-too-large", size=f"{-(-size // 1024)} KiB", limit=f"{limit // 1024} KiB"
            )
        return opened.readall()


def read_text(file: Path, path: str) -> str | Problem:
    """The text of a file, as `decoded`."""
    data = read_bytes(file, path)
    return data if isinstance(data, Problem) else decoded(data, path)


def decoded(data: bytes, path: str) -> str | Problem:
    """The text of a UTF-8 file, line ends as LF, without a byte-order mark or invisible characters."""
    raw = data.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        spot = after(path, raw[: error.start].decode())
        return problem(spot, "not-utf8", **_guess(data))
    if hidden := _INVISIBLE.search(text):
        return problem(after(path, text[: hidden.start()]), "control-character")
    return text


def plain(text: str, path: str) -> Plain:
    """What a YAML text says."""
    if refused := tuple(refusals(text, path)):
        return Plain(None, refused, readable=False)
    reader = _Reader(path)
    data = reader.file(composed(text))
    return Plain(data, tuple(reader.problems), not reader.unreadable)


def value(said: Plain, text: str, path: str, model: type[M]) -> Source[M] | tuple[Problem, ...]:
    """What a YAML text says, as a `model`."""
    if not said.readable:
        return said.problems
    try:
        found = model.model_validate(said.data)
    except ValidationError as error:
        node = composed(text)
        faults = islice(without_echoes(error.errors(include_url=False)), MOST_TOLD)
        return (*said.problems, *(reword(fault, model, _spot(path, node, fault)) for fault in faults))
    return said.problems or Source(path, found, text)


def parse(text: str, path: str, model: type[M]) -> Source[M] | tuple[Problem, ...]:
    """As `plain` and `value` together."""
    return value(plain(text, path), text, path, model)


@lru_cache(maxsize=1)
def composed(text: str) -> yaml.Node:
    """A text that `refusals` has nothing against, as nodes that know their places.

    Kept, since a file with one fault often has another.
    """
    node = yaml.compose(text, Loader=TextLoader) or yaml.compose("{}", Loader=TextLoader)
    assert node is not None
    return node


def _spot(path: str, node: yaml.Node, fault: ErrorDetails) -> Spot:
    """Where a fault stands: a key that is wrong itself, else the value."""
    if fault["loc"] and fault["loc"][-1] == "[key]":
        return locate(path, node, fault["loc"][:-1], key=True)
    return locate(path, node, fault["loc"], key=fault["type"] == "extra_forbidden")


def locate(path: str, node: yaml.Node, loc: Loc, *, key: bool = False) -> Spot:
    """Walks pydantic's `loc` through the nodes as deep as it leads.

    With `key` the place is that of the last key instead of its value.
    """
    _, found = _deepest(node, tuple(loc), 0, key)
    return Spot(path, found.line + 1, found.column + 1)


def _deepest(node: yaml.Node, loc: Loc, depth: int, key: bool) -> tuple[int, yaml.Mark]:
    """How many steps lead somewhere, and to which place.

    A step may be the tag of a union, which is no key of the file or, by chance, the name of one:
    so each step is tried as a key and as nothing, and the way that leads deepest is the right one.
    """
    if depth == len(loc):
        return depth, node.start_mark
    ways = [(0 if depth == 0 else -1, node.start_mark)]
    child, key_mark = _child(node, loc[depth])
    if child is not None:
        reached, mark = _deepest(child, loc, depth + 1, key)
        last = depth + 1 == len(loc)
        ways.append((max(reached, depth + 1), key_mark if key and last else mark))
    if depth + 1 < len(loc):
        ways.append(_deepest(node, loc, depth + 1, key))
    return max(ways, key=lambda way: way[0])


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Mark]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if _name(key) == str(step):
                return value, key.start_mark
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark
    return None, node.start_mark


def _name(key: yaml.Node) -> str:
    """A field's name; a list or group in its place has none."""
    return key.value if isinstance(key, yaml.ScalarNode) else "?"


class _Reader:
    """Turns nodes into dicts, lists and text, and notes what YAML allows but content does not.

    `unreadable` tells that a full-width mark took the place of an ASCII one, so that the values mean nothing.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.unreadable = False

    def file(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.ScalarNode):
            self._full_width(node, FULL_WIDTH_COLON, "yaml-full-width")
        return self.value(node)

    def value(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item) for item in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return node.value if node.value or node.style else None

    def _item(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.ScalarNode) and _JOINED_WORDS.fullmatch(node.value):
            self._full_width(node, _FIRST_JOINT, "yaml-full-width-comma")
        return self.value(node)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, object]]:
        first: dict[str, int] = {}
        for key, value in node.value:
            name = _name(key)
            if name in first:
                self.problems.append(
                    problem(mark(self.path, key), "duplicate-key", name=name, first=first[name])
                )
            first.setdefault(name, key.start_mark.line + 1)
            self._full_width(key, FULL_WIDTH_COLON, "yaml-full-width")
            yield name, self.value(value)

    def _full_width(self, node: yaml.Node, pattern: re.Pattern[str], code: str) -> None:
        slip = pattern.match(node.value) if isinstance(node, yaml.ScalarNode) and not node.style else None
        if slip:
            spot = mark(self.path, node)
            self.problems.append(problem(replace(spot, column=spot.column + slip.start(1)), code))
            self.unreadable = True


def after(path: str, text: str) -> Spot:
    """The place that follows `text`, which begins the file."""
    return Spot(path, text.count("\n") + 1, len(text) - text.rfind("\n"))


def _guess(raw: bytes) -> dict[str, str]:
    """Names the encoding that Windows editors in China write, where the bytes fit it."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return {"guess": "，看起来是UTF-16", "guess_en": "; it looks like UTF-16"}
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return {"guess": "", "guess_en": ""}
    return {"guess": "，看起来是GBK", "guess_en": "; it looks like GBK"}
