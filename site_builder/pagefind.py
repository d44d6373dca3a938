"""The search index: has Pagefind's program make the files that browsers search in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Collection
from dataclasses import asdict
from html import escape
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from site_builder.content.problems import ContentError, Lang, Spot, problem
from site_builder.web.search import Entry, Shard
from site_builder.workers import processors

BREAK = "¶"
"""Stands between the texts of a page, so that no phrase reaches from one into the next."""

SPACE = "␣"
"""Stands for a space that was in a Chinese text, between the characters that are words of the index."""

PUNCTUATION = "，。、；：？！…—·～“”‘’（）《》〈〉【】「」『』/.,:;?!()&+%@#'-–"
"""What is indexed beside letters and digits in Chinese: 街道，永昌 is another phrase than 街道永昌."""

FULL_WIDTH = 0xFEE0
"""From a letter to its full-width twin."""

LANGUAGES: dict[Lang, str] = {"zh": "und", "en": "en"}
"""What Pagefind is told: it would cut Chinese into words by a dictionary, which finds 80 % of phrases."""

USED = ("pagefind-entry.json", "*.pf_meta", "index/*", "fragment/*")
"""What the search page loads of all that Pagefind writes."""

ENGINE = ("pagefind.js", "wasm.*.pagefind")
"""What it loads once, from the first index."""

CHUNK = 1000
"""How much a file of the index holds (Pagefind itself: 20000): a visitor loads those that a query needs.

Over 1,000 stories a first Chinese query takes 160–245 kB so, headers included.
"""

ROOM = 1 << 28
"""Bytes that must be free in memory for pages and index."""

WEIGHT = 7
"""How much more a word counts in a title than in a text, where words are ranked; Pagefind's for h1."""


def index(entries: Collection[Entry], shard: Shard, threads: int | None = None) -> dict[str, bytes]:
    """Address → bytes of the files of an index, made by so many threads (one a processor).

    Raises:
        ContentError: when Pagefind's program cannot be run, or fails.
    """
    with TemporaryDirectory(dir=_in_memory()) as folder:
        _stage(entries, shard, Path(folder, "pages"))
        _run(shard.lang, folder, threads or processors())
        bundle = Path(folder, "bundle")
        found = len(list(bundle.glob("fragment/*")))
        if found != len(entries):  # it only warns of a file that it could not read
            raise _failed(f"{found} of {len(entries)} pages")
        return {
            shard.address + file.relative_to(bundle).as_posix(): file.read_bytes()
            for pattern in (USED if shard.number else USED + ENGINE)
            for file in sorted(bundle.glob(pattern))
        }


def _in_memory() -> Path | None:
    """A folder in memory, where Linux has one with room: a disk takes longer for the files than Pagefind."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and disk_usage(memory).free > ROOM
    return memory if roomy else None


def words(text: str, lang: Lang) -> str:
    """A text as Pagefind is to split it at its spaces: a Chinese one into characters.

    Letters and digits become the plain ones (NFKC, no diacritics), Latin ones single too, so that any
    part of a text is a phrase of the index.
    """
    text = " ".join(text.replace(BREAK, " ").split())
    return unicodedata.normalize("NFKC", text) if lang == "en" else text.translate(_SPREAD).rstrip()


class _Spread(dict[int, str]):
    """Character → how it stands in the index, a space after each word of it."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(f"{token} " for token in _tokens(chr(code)))
        return self[code]


_SPREAD = _Spread()


def _tokens(char: str) -> tuple[str, ...]:
    if char == " ":
        return (SPACE,)
    kind = unicodedata.category(char)[0]
    if kind in "MC":  # what only changes or joins the characters around it
        return ()
    if kind not in "LN":
        return (char,)
    split = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", char))
    plain = unicodedata.normalize("NFC", "".join(c for c in split if unicodedata.category(c)[0] != "M"))
    return tuple(each for each in plain if unicodedata.category(each)[0] in "LN") or (char,)


def _stage(entries: Collection[Entry], shard: Shard, folder: Path) -> None:
    language = f"{LANGUAGES[shard.lang]}-{shard.number}"
    for entry in entries:
        file = folder / entry.path / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text(_page(entry, language, shard.lang), "utf-8")


def _page(entry: Entry, language: str, lang: Lang) -> str:
    """A page for Pagefind: its card, its choices, then its texts, a BREAK after each.

    The card is the name of an anchor, which Pagefind keeps with a page and does not search. Its metadata
    are searched: a page would be found by the name of its photo. Its filters come in another order each
    time (1.5.2): the choices are words that nobody types. The `language` begins the names of all files and
    the ids of all results, so it has the number of the index in it.
    """
    choices = [choice("section", entry.section)]
    if entry.community:
        choices.append(choice("community", entry.community))
    title, *texts = (escape(words(text, lang)) for text in entry.texts)
    weighed = title if lang == "zh" else f'<span data-pagefind-weight="{WEIGHT}">{title}</span>'
    content = f" {BREAK} ".join([" ".join(choices), weighed, *texts, ""])
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>'
        f"<p data-pagefind-body><span id='{_card(entry)}'></span>{content}</p></body></html>"
    )


def choice(name: str, value: str) -> str:
    """The word of the index that stands for one choice of a filter, in full-width letters.

    No text and no query holds such letters (NFKC); they sort last, so that these words come in a small
    part of the index; and browsers take them for one word.
    """
    return "".join(chr(ord(char) + FULL_WIDTH) for char in f"{name}_{value}".replace("-", "_"))


def _card(entry: Entry) -> str:
    """What a result shows beside the texts, as JSON without spaces and without what HTML would read."""
    card: dict[str, object] = {"href": entry.href, "labels": entry.labels, "marks": entry.marks}
    if entry.picture:
        card["picture"] = asdict(entry.picture)
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[\s'&<>]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _run(lang: Lang, folder: str, threads: int) -> None:
    """Pagefind at work, without settings of the machine: it would read variables and files of its own."""
    command = [str(get_executable()), "--site", "pages", "--output-path", "bundle", "--quiet"]
    if lang == "zh":
        command += ["--include-characters", PUNCTUATION]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    environment |= {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK), "RAYON_NUM_THREADS": str(threads)}
    try:
        run = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        raise _failed(str(error)) from None
    if run.returncode:
        raise _failed(run.stdout.decode(errors="replace"))


def _failed(said: str) -> ContentError:
    reason = (said.strip().splitlines() or [""])[-1]
    return ContentError([problem(Spot("content"), "search-index", reason=reason)])
