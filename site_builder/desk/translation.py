"""Marks an English text as the translation of the Chinese one beside it, and tells what changed since."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder import atomic
from site_builder.content.body import fingerprint, stamped, without_stamp
from site_builder.content.problems import ContentError, Problem
from site_builder.content.source import decoded, read_text
from site_builder.desk.git import versions


def stamp(root: Path, name: str) -> None:
    """Writes the fingerprint of `zh.md` at the top of `en.md` of a story (`venues/x`) or page.

    Raises:
        FileNotFoundError: when one of the two is missing.
        ContentError: when one of them is not UTF-8 text.
    """
    chinese, english = _texts(root, name)
    text = f"---\nof: {fingerprint(chinese)}\n---\n{without_stamp(english)}"
    atomic.write(root / f"content/{name}/en.md", text.encode())


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a text, as it was and as it is; equal where nothing changed, one empty if new or gone."""

    before: str
    after: str


def changes(root: Path, name: str) -> tuple[tuple[Change, ...], ...] | None:
    """What has changed in the Chinese text since the English one was stamped: a tuple for each paragraph.

    Paragraphs that stayed as they were are left out. None where git knows no such Chinese text, or the
    English one bears no stamp.

    Raises:
        FileNotFoundError, ContentError: as `stamp`.
        HistoryError: when there is no git.
    """
    chinese, english = _texts(root, name)
    wanted = stamped(english)
    if wanted == fingerprint(chinese):
        return ()
    for data in versions(root, f"content/{name}/zh.md") if wanted else ():
        old = decoded(data, name)
        if isinstance(old, str) and fingerprint(old) == wanted:
            return tuple(_paragraphs(old, chinese))
    return None


def _paragraphs(old: str, new: str) -> Iterator[tuple[Change, ...]]:
    before, after = ([part.strip() for part in text.split("\n\n") if part.strip()] for text in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        pairs = max(last - first, end - start)
        olds = before[first:last] + [""] * (pairs - (last - first))
        news = after[start:end] + [""] * (pairs - (end - start))
        yield from (tuple(_parts(*pair)) for pair in zip(olds, news, strict=True))


def _parts(old: str, new: str) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        yield Change(old[first:last], new[start:end])


def _texts(root: Path, name: str) -> tuple[str, str]:
    folder = f"content/{name}"
    texts = [read_text(root / folder / file, f"{folder}/{file}") for file in ("zh.md", "en.md")]
    if problems := [text for text in texts if isinstance(text, Problem)]:
        raise ContentError(problems)
    chinese, english = map(str, texts)
    return chinese, english
