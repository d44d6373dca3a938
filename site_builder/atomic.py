"""Writes files whole or not at all."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4


def write(file: Path, data: bytes, mode: int | None = None) -> None:
    """Writes beside the file and renames, so that nobody ever reads half of it; `mode` is its permissions.

    The draft's name is unique among threads, processes and machines that share the folder.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{uuid4().hex}")
    try:
        draft.touch(mode if mode is not None else 0o666)
        draft.write_bytes(data)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
