"""Looks into search indexes of every kind."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

ZERO_WIDTH = "\u200b"
"""What Pagefind puts between Chinese words."""


def holds(file: Path, sentence: str) -> bool:
    """Whether a file of an index has the sentence, compressed or in JSON, its characters apart or not."""
    data = file.read_bytes()
    text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode(errors="replace")
    bare = "".join(text.replace(ZERO_WIDTH, "").split())
    return sentence in bare or json.dumps(sentence)[1:-1] in bare
