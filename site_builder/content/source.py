"""Reads one authored YAML file into its type, or into problems with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from site_builder.content.problems import Problem, Spot, problem
from site_builder.content.wording import reword

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

M = TypeVar("M", bound=BaseModel)
Loc = Sequence[str | int]


class _TextLoader(yaml.CSafeLoader):
    """Composes every scalar as text: `19:30` stays `19:30`, `no` stays `no`."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """A file that was read: its value, and where each part of it stands."""

    path: str
    value: M
    node: yaml.Node = field(repr=False, compare=False)

    def at(self, *loc: str | int) -> Spot:
        """The place of a value; the nearest enclosing one where `loc` leads nowhere."""
        return locate(self.path, self.node, loc)


def read_text(file: Path, path: str) -> str | Problem:
    """The text of a UTF-8 file, line ends as LF, without a byte-order mark."""
    size = file.stat().st_size
    if size > MAX_BYTES:
        return problem(Spot(path), "file-too-large", size=f"{size / MAX_BYTES:.1f} MiB")
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return problem(Spot(path, line), "not-utf8", **_guess(raw))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(file: Path, path: str, model: type[M]) -> Source[M] | tuple[Problem, ...]:
    """Reads `file` as a `model`; `path` is how problems name it."""
    text = read_text(file, path)
    if isinstance(text, Problem):
        return (text,)
    return parse(text, path, model)


def parse(text: str, path: str, model: type[M]) -> Source[M] | tuple[Problem, ...]:
    """As `read`, from text."""
    try:
        node = yaml.compose(text, Loader=_TextLoader) or yaml.compose("{}", Loader=_TextLoader)
    except yaml.YAMLError as error:
        return (_syntax(text, path, error),)
    except RecursionError:
        return (problem(Spot(path), "yaml-depth"),)
    assert node is not None
    plain = _Plain(path)
    data = plain.value(node, 0)
    if plain.problems:
        return tuple(plain.problems)
    try:
        return Source(path, model.model_validate(data), node)
    except ValidationError as error:
        return tuple(
            reword(fault, model, locate(path, node, fault["loc"], key=fault["type"] == "extra_forbidden"))
            for fault in error.errors(include_url=False)
        )


def locate(path: str, node: yaml.Node, loc: Loc, *, key: bool = False) -> Spot:
    """Walks pydantic's `loc` through the nodes as deep as it leads.

    With `key` the place is that of the last key instead of its value.
    """
    _, mark = _deepest(node, tuple(loc), 0, key)
    return Spot(path, mark.line + 1, mark.column + 1)


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
            if key.value == str(step):
                return value, key.start_mark
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark
    return None, node.start_mark


class _Plain:
    """Turns nodes into dicts, lists and text, and notes what YAML allows but content does not."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> object:
        refused = self._refused(node, depth)
        if refused:
            self._note(node, refused, name=node.tag.removeprefix("tag:yaml.org,2002:"))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, depth))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return node.value if node.value or node.style else None

    def _refused(self, node: yaml.Node, depth: int) -> str | None:
        if id(node) in self._seen:
            return "yaml-alias"
        if depth > MAX_DEPTH:
            return "yaml-depth"
        return None if node.tag in _PLAIN_TAGS else "yaml-tag"

    def _pairs(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, object]]:
        first: dict[str, int] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in first:
                self._note(key, "duplicate-key", name=name, first=first[name])
            first.setdefault(name, key.start_mark.line + 1)
            yield name, self.value(value, depth + 1)

    def _note(self, node: yaml.Node, code: str, **values: object) -> None:
        mark = node.start_mark
        self.problems.append(problem(Spot(self.path, mark.line + 1, mark.column + 1), code, **values))


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


def _syntax(text: str, path: str, error: yaml.YAMLError) -> Problem:
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    number = min(mark.line, len(lines) - 1) if mark else 0
    for near in (number, number - 1):
        if near >= 0 and (slip := re.match(r"\s*(?:- )?[A-Za-z_]+(\uff1a)", lines[near])):
            return problem(Spot(path, near + 1, slip.start(1) + 1), "yaml-full-width")
    if tab := re.match(r" *(\t)", lines[number]):
        return problem(Spot(path, number + 1, tab.start(1) + 1), "yaml-tab")
    what = getattr(error, "problem", None) or "unreadable"
    column = mark.column + 1 if mark else 1
    return problem(Spot(path, number + 1, column), "yaml-syntax", what=what, what_en=what)


def _guess(raw: bytes) -> dict[str, str]:
    """Names the encoding that Windows editors in China write, where the bytes fit it."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return {"guess": "", "guess_en": ""}
    return {"guess": "，看起来是GBK", "guess_en": "; it looks like GBK"}
