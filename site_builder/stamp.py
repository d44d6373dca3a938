"""Marks an English text as the translation of the Chinese one beside it."""

from __future__ import annotations

from pathlib import Path

from site_builder import atomic
from site_builder.content.body import fingerprint, without_stamp
from site_builder.content.problems import ContentError, Problem
from site_builder.content.source import read_text


def stamp(root: Path, name: str) -> None:
    """Writes the fingerprint of `zh.md` at the top of `en.md` of a story (`venues/x`) or page.

    Raises:
        FileNotFoundError: when one of the two is missing.
        ContentError: when one of them is not UTF-8 text.
    """
    folder = f"content/{name}"
    texts = [read_text(root / folder / file, f"{folder}/{file}") for file in ("zh.md", "en.md")]
    if problems := [text for text in texts if isinstance(text, Problem)]:
        raise ContentError(problems)
    chinese, english = map(str, texts)
    stamped = f"---\nof: {fingerprint(chinese)}\n---\n{without_stamp(english)}"
    atomic.write(root / folder / "en.md", stamped.encode())
