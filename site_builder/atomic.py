"""Writes files whole or not at all."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4


def write(file: Path, data: bytes) -> None:
    """Writes beside the file and renames, so that nobody ever reads half of it.

    The draft's name is unique among threads, processes and machines that share the folder.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        draft.write_bytes(data)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
