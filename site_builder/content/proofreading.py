"""What an editor would mark in texts that hold no error: slips, variants of terms, stale translations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path

import yaml
from pydantic import BaseModel

from site_builder.content.model.scalars import Bilingual
from site_builder.content.orthography import Slip, blank, chinese_slips, english_slips, forgotten_chinese
from site_builder.content.problems import LANGS, Lang, Problem, Spot, problem
from site_builder.content.source import after, composed, read_text
from site_builder.content.story import Site
from site_builder.content.terminology import Terminology

MOST = 3
"""Problems of one kind that are told of a file: more would bury the rest."""

PROSE = {"summary", "alt", "caption", "about", "introduction", "contact"}
"""Fields of running text. In a title, a credit or a programme a space may stand for a comma."""

NEVER_FOREIGN = {"title", "summary", "alt"}
"""Fields that are Chinese in Chinese: not a name, a number or an address that may be the same in both."""

QUOTED = "sources"
"""The field whose Chinese is that of the documents it names."""

FIELD_LETTERS, LINE_LETTERS = 8, 40
"""Latin letters from which a text without a Chinese character was forgotten: KTV and WeChat are not."""

_NOT_PROSE = re.compile(
    r"^[ \t]*(?P<fence>```+|~~~+).*?(?:^[ \t]*(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)(?:(?!\n\n).)*?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|https?://[!-~]+|&#?\w+;",
    re.MULTILINE | re.DOTALL,
)
"""Blocks and spans of code, where links lead, and characters by their names in HTML."""
_LOST = re.compile(r"""^ *(?:- )?[\w-]+: [^\s"'\[{|>#][^\n]*? (#[^\s#][^\n]*)$""", re.MULTILINE)


def proofread(root: Path, site: Site) -> Iterator[Problem]:
    """The warnings of every text of `site`, which was read from `root`."""
    terms = Terminology(site.vocabulary)
    for path, value in _files(site):
        yield from islice(_lost(root, path), MOST)
        if _is_suspected(terms, _pairs(value)):
            yield from _few(_in_fields(terms, root, path))
    for name, texts in ((name, text.texts) for name, text in site.written.items()):
        for lang in LANGS:
            if (body := texts.in_(lang)) and _may_hold_slips(terms, body.texts, lang):
                yield from _few(_in_body(terms, root, f"content/{name}/{lang}.md", lang))
        if texts.en and texts.translation == "stale":
            line = 1 if texts.en.translates is None else 2
            yield problem(Spot(f"content/{name}/en.md", line), "translation-stale", name=name)


def _lost(root: Path, path: str) -> Iterator[Problem]:
    """Words of a text that YAML takes for a comment: who comments leaves a space after the mark."""
    text = read_text(root / path, path)
    if isinstance(text, str) and " #" in text:
        for lost in _LOST.finditer(text):
            yield problem(after(path, text[: lost.start(1)]), "comment-in-text", value=lost[1])


def _files(site: Site) -> Iterator[tuple[str, object]]:
    """Every YAML file that holds texts in both languages, with what it says."""
    yield "content/site.yml", site.identity
    for each in fields(site.vocabulary):
        yield f"content/vocabulary/{each.name}.yml", getattr(site.vocabulary, each.name)
    for text in site.written.values():
        yield text.path, text.facts
    for name, kiosk in site.kiosks.items():
        yield f"content/kiosks/{name}.yml", kiosk


def _pairs(value: object, name: str = "") -> Iterator[tuple[str, Bilingual]]:
    """Every text in both languages within a value, under the name of its field."""
    if isinstance(value, Bilingual):
        yield name, value
    if isinstance(value, BaseModel):
        value = vars(value)
    if isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(each, str):
                yield from _pairs(each, _field(name, key))
    elif isinstance(value, tuple):
        for each in value:
            yield from _pairs(each, name)


def _field(outer: str, inner: str) -> str:
    """The field that judges of a text: the innermost one, but for what belongs to a source."""
    return outer if outer == QUOTED else inner


def _is_suspected(terms: Terminology, pairs: Iterable[tuple[str, Bilingual]]) -> bool:
    """Whether a file must be looked at: its values tell what is wrong and not where."""
    pairs = list(pairs)
    return terms.is_suspected("\n".join(pair.en for _, pair in pairs)) or any(
        True for name, pair in pairs for lang in LANGS for _ in _field_slips(name, lang, pair.in_(lang))
    )


def _may_hold_slips(terms: Terminology, lines: Iterable[str], lang: Lang) -> bool:
    if lang == "en" and terms.is_suspected("\n".join(lines)):
        return True
    return any(True for line in lines for _ in _line_slips(line, lang))


def _field_slips(name: str, lang: Lang, text: str) -> Iterator[Slip]:
    if lang == "en":
        yield from english_slips(text)
    elif name != QUOTED:
        yield from chinese_slips(text, prose=name in PROSE)
        yield from forgotten_chinese(text, FIELD_LETTERS) if name in NEVER_FOREIGN else ()


def _line_slips(line: str, lang: Lang) -> Iterator[Slip]:
    if lang == "en":
        yield from english_slips(line)
    else:
        yield from chinese_slips(line, prose=not line.startswith("#"))
        yield from forgotten_chinese(line, LINE_LETTERS)


def _in_body(terms: Terminology, root: Path, path: str, lang: Lang) -> Iterator[tuple[Spot, Slip]]:
    """The slips in a Markdown file, with their places."""
    text = read_text(root / path, path)
    if isinstance(text, Problem):
        return
    prose = _NOT_PROSE.sub(blank, text)
    for number, line in enumerate(prose.split("\n"), 1):
        for slip in _distinct(_line_slips(line, lang)):
            yield Spot(path, number, slip.offset + 1), slip
    for slip in _distinct(terms.slips(prose)) if lang == "en" else ():
        yield after(path, prose[: slip.offset]), slip


def _in_fields(terms: Terminology, root: Path, path: str) -> Iterator[tuple[Spot, Slip]]:
    """The slips in a YAML file, with their places."""
    text = read_text(root / path, path)
    if isinstance(text, Problem):
        return
    for name, lang, node in _scalars(composed(text)):
        in_terms = terms.slips(node.value) if lang == "en" else ()
        for slip in _distinct((*_field_slips(name, lang, node.value), *in_terms)):
            yield _place(text, path, node, slip.offset), slip


def _scalars(node: yaml.Node, name: str = "") -> Iterator[tuple[str, Lang, yaml.ScalarNode]]:
    """Every text in one of the languages, as `_pairs`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in LANGS and isinstance(value, yaml.ScalarNode):
                yield name, key.value, value
            else:
                yield from _scalars(value, _field(name, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, name)


def _place(text: str, path: str, node: yaml.ScalarNode, offset: int) -> Spot:
    """Where a character of a value is written.

    YAML folds lines and takes off indentation, but it keeps what is between: so the characters are counted.
    """
    start = node.start_mark.index + (node.style in {"'", '"'})
    if node.style in {"|", ">"}:
        start = text.index("\n", start) + 1
    at_space = node.value[offset].isspace()
    earlier = len("".join(node.value[:offset].split()))
    written = re.finditer(r"\S", text[start : node.end_mark.index])
    found = next(islice(written, earlier - at_space, None), None)
    place = 0 if found is None else found.end() if at_space else found.start()
    return after(path, text[: start + place])


def _distinct(slips: Iterable[Slip]) -> Iterator[Slip]:
    """The first of equal ones: who corrects it sees the others in the same line or field."""
    seen: set[tuple[str, object]] = set()
    for slip in slips:
        what = (slip.code, slip.values.get("value"))
        if what not in seen:
            seen.add(what)
            yield slip


def _few(found: Iterable[tuple[Spot, Slip]]) -> Iterator[Problem]:
    """Each kind of slip a few times in a file."""
    told: Counter[str] = Counter()
    for spot, slip in found:
        told[slip.code] += 1
        if told[slip.code] <= MOST:
            yield problem(spot, slip.code, **slip.values)
