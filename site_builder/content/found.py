"""What reading `content/` has come upon so far."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, TypeAdapter

from site_builder.content import body, source
from site_builder.content.body import Body
from site_builder.content.memory import Memory
from site_builder.content.problems import Problem, Spot, problem
from site_builder.content.source import Source
from site_builder.content.story import Texts

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T", bytes, str)

_BODY = TypeAdapter(Body)

_NOISE = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"}
"""What Windows and macOS leave in folders, with whatever capital letters."""


@dataclass(slots=True)
class Found:
    """What reading has come upon so far: values with their sources, and problems."""

    root: Path
    memory: Memory
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source[BaseModel]] = field(default_factory=dict)
    unread: dict[str, Texts | None] = field(default_factory=dict)
    _inside: dict[Path, bool] = field(default_factory=dict)

    def name(self, file: Path) -> str:
        """The path as problems show it; a name in another encoding (a GBK archive) has marks in it."""
        inside = str(file).removeprefix(f"{self.root}{os.sep}").replace(os.sep, "/")
        return os.fsencode(inside).decode(errors="replace")

    def tell(self, spot: Spot, code: str, **values: object) -> None:
        self.problems.append(problem(spot, code, **values))

    def read(self, file: Path, model: type[M]) -> M | None:
        """The value of one YAML file; None, with problems noted, where there is none."""
        if (read := self.plain(file)) is None:
            return None
        found = source.value(*read, self.name(file), model)
        if isinstance(found, tuple):
            self.problems.extend(found)
            return None
        self.sources[found.path] = cast(Source[BaseModel], found)
        return found.value

    def plain(self, file: Path) -> tuple[source.Plain, str] | None:
        """What one YAML file says, whatever it ought to say, and its text."""
        if (raw := self._bytes(file)) is None or (text := self._text(file, raw)) is None:
            return None
        path = self.name(file)
        if known := self.memory.recall(path, raw):
            return source.Plain(json.loads(known)), text
        said = source.plain(text, path)
        if not said.problems:
            self.memory.keep(path, raw, json.dumps(said.data, ensure_ascii=False))
        return said, text

    def body(self, file: Path) -> Body | None:
        """One text; None, with problems noted, where there is none."""
        if (raw := self._bytes(file)) is None:
            return None
        path = self.name(file)
        if known := self.memory.recall(path, raw):
            return _BODY.validate_json(known)
        if (text := self._text(file, raw)) is None:
            return None
        parsed, faults = body.parse(text, path)
        self.problems.extend(faults)
        if not faults:
            self.memory.keep(path, raw, _BODY.dump_json(parsed).decode())
        return parsed

    def _bytes(self, file: Path) -> bytes | None:
        return self._good(source.read_bytes(file, self.name(file))) if self.present(file) else None

    def _text(self, file: Path, raw: bytes) -> str | None:
        return self._good(source.decoded(raw, self.name(file)))

    def _good(self, found: T | Problem) -> T | None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def present(self, file: Path) -> bool:
        """Whether `file` is there, within `content/` also after links are followed."""
        if not file.is_file():
            self.tell(Spot(self.name(file.parent)), "missing-file", name=file.name)
            return False
        if not self._is_inside(file.resolve() if file.is_symlink() else file.parent):
            self.tell(Spot(self.name(file)), "outside-content", name=file.name)
            return False
        return True

    def _is_inside(self, place: Path) -> bool:
        if place not in self._inside:
            self._inside[place] = place.resolve().is_relative_to((self.root / "content").resolve())
        return self._inside[place]

    def at(self, path: str, *loc: str | int) -> Spot:
        return self.sources[path].at(*loc)


def listing(folder: Path) -> list[Path]:
    """What stands in a folder, by name, without what Windows and macOS leave there."""
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.name.casefold() not in _NOISE)


def shown(name: str) -> str:
    """A file's name as messages show it."""
    return os.fsencode(name).decode(errors="replace")
