"""Marks an English text as the translation of the Chinese one beside it."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder.content.body import fingerprint
from site_builder.content.source import read_text


def stamp(folder: Path) -> None:
    """Writes the fingerprint of `zh.md` at the top of `en.md` in a story's folder.

    Raises:
        FileNotFoundError: when one of the two is missing.
        ValueError: when one of them is not UTF-8 text.
    """
    chinese, english = (read_text(folder / name, name) for name in ("zh.md", "en.md"))
    if not isinstance(chinese, str) or not isinstance(english, str):
        raise ValueError(f"{folder}: not UTF-8")
    prose = re.sub(r"\A---\n.*?\n---\n", "", english, flags=re.DOTALL)
    (folder / "en.md").write_text(f"---\nof: {fingerprint(chinese)}\n---\n{prose}", "utf-8", newline="\n")
