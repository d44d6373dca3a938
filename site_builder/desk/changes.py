"""What a commit touches in `content/`, and what only a look at the version before it can tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.content.model.story import Event
from site_builder.content.problems import Problem, Spot, problem
from site_builder.content.source import Source, decoded, parse
from site_builder.desk.git import HistoryError, before, git

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""What git calls a tree without files: where the first commit starts from."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files of `content/` that differ from the commit `rev`, as problems name them."""

    rev: str
    paths: frozenset[str]
    gone: frozenset[str]
    """Those that were removed or renamed."""
    added: frozenset[str]
    """Files of `content/` that git does not know yet."""

    @classmethod
    def found(cls, root: Path, since: str | None) -> Changes:
        """What the next commit changes, or all commits since `since` do, as far back as they parted.

        Raises:
            HistoryError: when git does not know.
        """
        git(root, "rev-parse", "--git-dir")
        if since is None:
            rev, names = _head(root), _names(root, "--cached", _head(root))
        else:
            rev = git(root, "merge-base", since, "HEAD").decode().strip()
            names = _names(root, rev, "HEAD")
        new = git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", "content").decode()
        gone = frozenset(name for status, name in names if status == "D")
        return cls(rev, frozenset(name for _, name in names), gone, frozenset(filter(None, new.split("\0"))))

    @property
    def folders(self) -> frozenset[str]:
        """The stories, and files beside them, that were touched: `content/venues/hall`."""
        return frozenset(_home(path) for path in self.paths)

    def concern(self, found: Problem) -> bool:
        """Whether a problem may have come with them: it stands in what they touch, or they reach further.

        What is shared, or gone, may leave others without what they name.
        """
        shared = any(not path.startswith(_STORIES) for path in self.paths)
        return bool(self.paths) and (shared or bool(self.gone) or _home(found.spot.path) in self.folders)


def remarks(root: Path, made: Changes, today: dt.date) -> Iterator[Problem]:
    """Files that were left out of the commit, and events that moved without a word to calendars."""
    for path in sorted(made.added):
        if _home(path) in made.folders:
            yield problem(Spot(path), "not-added")
    for path in sorted(made.paths - made.gone):
        if path.startswith("content/events/") and path.endswith("/story.yml"):
            yield from _moved(root, path, made.rev, today)


_STORIES = tuple(f"content/{section}/" for section in ("residents", "venues", "events", "pages"))


def _moved(root: Path, path: str, rev: str, today: dt.date) -> Iterator[Problem]:
    """An event whose hours or place changed after it was published: calendars go by `updated`."""
    old, new = _event(before(root, path, rev), path), _event(_now(root / path), path)
    if old is None or new is None or old.value.draft or old.value.updated != new.value.updated:
        return
    for field in ("when", "venue"):
        if getattr(old.value, field) != getattr(new.value, field):
            yield problem(new.at(field), "event-not-updated", field=field, today=today)
            return


def _now(file: Path) -> bytes | None:
    """What a file holds; None where it is gone from the disk, though not from the commit."""
    return file.read_bytes() if file.is_file() else None


def _event(data: bytes | None, path: str) -> Source[Event] | None:
    text = decoded(data, path) if data is not None else None
    read = parse(text, path, Event) if isinstance(text, str) else None
    return read if isinstance(read, Source) else None


def _names(root: Path, *range_: str) -> list[tuple[str, str]]:
    """How each file changed (A, M, D), and its name."""
    told = git(
        root, "diff", "--name-status", "--no-renames", "-z", "--relative", *range_, "--", "content"
    ).decode(errors="replace")
    parts = told.split("\0")[:-1]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _head(root: Path) -> str:
    """The commit before the next one."""
    try:
        return git(root, "rev-parse", "--verify", "HEAD").decode().strip()
    except HistoryError:  # the first commit is still to come, or there is no repository: then `diff` says so
        return EMPTY_TREE


def _home(path: str) -> str:
    """What a file belongs to: its story, or itself."""
    return "/".join(path.split("/")[:3])
