"""What reading `content/` has come upon so far."""

from __future__ import annotations

import json
import os
import stat
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
    """Folder → whether it is in `content/`."""

    def __post_init__(self) -> None:
        self._inside[self.root / "content"] = True

    def name(self, file: Path) -> str:
        """The path as problems show it; a name in another encoding (a GBK archive) has marks in it."""
        return shown(str(file).removeprefix(f"{self.root}{os.sep}").replace(os.sep, "/"))

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
        path = self.name(file)
        if (raw := self._bytes(file, path)) is None or (text := self._text(raw, path)) is None:
            return None
        if known := self.memory.recall(path, raw):
            return source.Plain(json.loads(known)), text
        said = source.plain(text, path)
        if not said.problems:
            self.memory.keep(path, raw, json.dumps(said.data, ensure_ascii=False))
        return said, text

    def body(self, file: Path) -> Body | None:
        """One text; None, with problems noted, where there is none."""
        path = self.name(file)
        if (raw := self._bytes(file, path, body.MAX_BYTES)) is None:
            return None
        if known := self.memory.recall(path, raw):
            return _BODY.validate_json(known)
        if (text := self._text(raw, path)) is None:
            return None
        parsed, faults = body.parse(text, path)
        self.problems.extend(faults)
        if not faults:
            self.memory.keep(path, raw, _BODY.dump_json(parsed).decode())
        return parsed

    def _bytes(self, file: Path, path: str, limit: int = source.MAX_BYTES) -> bytes | None:
        return self._good(source.read_bytes(file, path, limit)) if self.present(file) else None

    def _text(self, raw: bytes, path: str) -> str | None:
        return self._good(source.decoded(raw, path))

    def _good(self, found: T | Problem) -> T | None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def present(self, file: Path) -> bool:
        """Whether `file` is there, within `content/` also after links are followed."""
        mode = _mode(file)
        is_link = stat.S_ISLNK(mode)
        if not (file.is_file() if is_link else stat.S_ISREG(mode)):
            self.tell(Spot(self.name(file.parent)), "missing-file", name=file.name)
            return False
        if not (self._leads_inside(file) if is_link else self._is_inside(file.parent)):
            self.tell(Spot(self.name(file)), "outside-content", name=file.name)
            return False
        return True

    def _is_inside(self, folder: Path) -> bool:
        if folder not in self._inside:
            plain = stat.S_ISDIR(_mode(folder))
            self._inside[folder] = self._is_inside(folder.parent) if plain else self._leads_inside(folder)
        return self._inside[folder]

    def _leads_inside(self, link: Path) -> bool:
        return link.resolve().is_relative_to((self.root / "content").resolve())

    def at(self, path: str, *loc: str | int) -> Spot:
        return self.sources[path].at(*loc)


def listing(folder: Path) -> list[Path]:
    """What stands in a folder, by name, without what Windows and macOS leave there."""
    return [folder / name for name in names(folder)]


def names(folder: Path) -> list[str]:
    """The names of what `listing` lists."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if not _is_noise(entry.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_noise(name: str) -> bool:
    """Whether a program left it there, and nobody means it: Word's `~$` tells that a file is open."""
    return name.casefold() in _NOISE or name.startswith("~$")


def shown(name: str) -> str:
    """A file's name as messages show it."""
    return name if name.isascii() else os.fsencode(name).decode(errors="replace")


def _mode(file: Path) -> int:
    """What kind of file stands there, of a link that it is one; 0 for none."""
    try:
        return file.lstat().st_mode
    except OSError:
        return 0
