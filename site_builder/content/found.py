"""What reading `content/` has come upon so far."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel

from site_builder.content import source
from site_builder.content.problems import Problem, Spot, problem
from site_builder.content.source import Source
from site_builder.content.story import Texts

M = TypeVar("M", bound=BaseModel)

_NOISE = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"}
"""What Windows and macOS leave in folders, with whatever capital letters."""


@dataclass(slots=True)
class Found:
    """What reading has come upon so far: values with their sources, and problems."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source[BaseModel]] = field(default_factory=dict)
    unread: dict[str, Texts | None] = field(default_factory=dict)

    def name(self, file: Path) -> str:
        """The path as problems show it; a name in another encoding (a GBK archive) has marks in it."""
        return os.fsencode(file.relative_to(self.root).as_posix()).decode(errors="replace")

    def tell(self, spot: Spot, code: str, **values: object) -> None:
        self.problems.append(problem(spot, code, **values))

    def read(self, file: Path, model: type[M]) -> M | None:
        """The value of one YAML file; None, with problems noted, where there is none."""
        if not self.present(file):
            return None
        found = source.read(file, self.name(file), model)
        if isinstance(found, tuple):
            self.problems.extend(found)
            return None
        self.sources[found.path] = cast(Source[BaseModel], found)
        return found.value

    def present(self, file: Path) -> bool:
        """Whether `file` is there, within `content/` also after links are followed."""
        if not file.is_file():
            self.tell(Spot(self.name(file.parent)), "missing-file", name=file.name)
            return False
        if not file.resolve().is_relative_to((self.root / "content").resolve()):
            self.tell(Spot(self.name(file)), "outside-content", name=file.name)
            return False
        return True

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
