"""Remembers what faultless files say, so that a file that has not changed is not parsed again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from site_builder.provenance import made_by

_TABLE = "CREATE TABLE IF NOT EXISTS said (path TEXT PRIMARY KEY, hash BLOB, text TEXT) WITHOUT ROWID"


class Memory:
    """What was read of each file, as text, under the hash of the file's bytes.

    Used as a context: what is new is written to `file`, if any, at its end; what was not asked for is
    forgotten. A file that is broken, or of another version of this program, is begun anew.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known = _remembered(file) if file else {}
        self._kept: set[str] = set()
        self._new: dict[str, tuple[bytes, str]] = {}

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Who fails may not have asked for all."""
        gone = set() if failure else self._known.keys() - self._kept
        if self._file and (self._new or gone):
            with suppress(sqlite3.Error, OSError):  # a memory that cannot be written costs time, no more
                _write(self._file, self._new, gone)
        self._known.update(self._new)
        self._new, self._kept = {}, set()
        for path in gone:
            del self._known[path]

    @property
    def is_empty(self) -> bool:
        return not self._known

    def recall(self, path: str, raw: bytes) -> str | None:
        """What is known of a file with these bytes."""
        self._kept.add(path)
        known = self._new.get(path) or self._known.get(path)
        return known[1] if known and known[0] == _hash(raw) else None

    def merge(self, other: Memory) -> None:
        """Takes over what another one has newly learnt."""
        self._new.update(other._new)

    def keep(self, path: str, raw: bytes, text: str) -> None:
        self._new[path] = (_hash(raw), text)


def _hash(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def _remembered(file: Path) -> dict[str, tuple[bytes, str]]:
    if not file.exists():
        return {}
    try:
        with closing(sqlite3.connect(file)) as database:
            made = database.execute("SELECT text FROM said WHERE path = ''").fetchone()
            if made == (made_by(),):
                rows = database.execute("SELECT path, hash, text FROM said WHERE path != ''")
                return {path: (hash_, text) for path, hash_, text in rows}
    except sqlite3.Error:
        pass
    with suppress(OSError):
        file.unlink()
    return {}


def _write(file: Path, new: Mapping[str, tuple[bytes, str]], gone: set[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "PRAGMA secure_delete = ON"
        )  # else what is deleted stands in the file until overwritten
        database.execute(_TABLE)
        database.execute("INSERT OR REPLACE INTO said VALUES ('', x'', ?)", (made_by(),))
        rows = [(path, hash_, text) for path, (hash_, text) in new.items()]
        database.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", rows)
        database.executemany("DELETE FROM said WHERE path = ?", [(path,) for path in gone])
