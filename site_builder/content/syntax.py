"""Why a text is not the plain YAML that content is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from site_builder.content.problems import Problem, Spot, problem

MAX_DEPTH = 20
FULL_WIDTH_COLON = re.compile(r"\s*(?:- \s*)?(?:[{\[]\s*)?[A-Za-z_]+(\uff1a)")

_NO_SPACE = re.compile(r"\s*(?:- )?[A-Za-z_]+(:)[^\s/]")
_FULL_WIDTH_COMMA = re.compile(r"(\uff0c)\s*[A-Za-z_]+\s*[:\uff1a]")
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_WORDS = {
    "mapping values are not allowed in this context": (
        "多了一个冒号，或者缩进不对",
        "a colon too many, or wrong indentation",
    ),
    "could not find expected ':'": (
        "这一行没有冒号",
        "this line has no colon",
    ),
    "no space after the colon": (
        "冒号后面少了空格",
        "a space is missing after the colon",
    ),
    "did not find expected key": (
        "这里应是与同组对齐的字段名",
        "a field name in line with its group is expected here",
    ),
    "did not find expected '-' indicator": (
        "列表各项的“-”没有对齐",
        "the dashes of the list are not in line",
    ),
    "did not find expected ',' or '}'": (
        "花括号里缺了逗号，或者没有写完",
        "the braces lack a comma, or are not closed",
    ),
    "did not find expected ',' or ']'": (
        "方括号里缺了逗号，或者没有写完",
        "the brackets lack a comma, or are not closed",
    ),
    "did not find expected node content": (
        "括号里多了逗号，或者没有写完",
        "a comma too many, or brackets that are not closed",
    ),
    "found unexpected end of stream": (
        "引号没有成对",
        "the quotation mark is never closed",
    ),
    "found unknown escape character": (
        "双引号里的反斜杠另有含义，请改用单引号",
        "a backslash means something else in double quotes; use single ones",
    ),
    "did not find expected hexdecimal number": (
        "双引号里的反斜杠另有含义，请改用单引号",
        "a backslash means something else in double quotes; use single ones",
    ),
    "found character that cannot start any token": (
        "内容不能以这个符号开头，请给整句加引号",
        "no text begins with this character; put it in quotes",
    ),
    "block sequence entries are not allowed in this context": (
        "“-”要另起一行",
        "a dash begins a line of its own",
    ),
    "but found another document": (
        "一个文件里不能再有一行“---”",
        "a file has no second line of three dashes",
    ),
}
"""Errors of libyaml, and one that it takes for others, in an editor's words, Chinese and English."""


class TextLoader(yaml.CSafeLoader):
    """Composes every scalar as text: `19:30` stays `19:30`, `no` stays `no`."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def mark(path: str, at: yaml.Node | yaml.Event) -> Spot:
    """Where a part of the file begins."""
    assert at.start_mark is not None
    return Spot(path, at.start_mark.line + 1, at.start_mark.column + 1)


def refusals(text: str, path: str) -> Iterator[Problem]:
    """Why `text` cannot be composed: wrong syntax, and what YAML has beyond plain values.

    Composing recurses in C, and at a depth of some 10,000 it ends the process: the depth is looked at here.
    """
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=TextLoader):
            yield from _beyond_plain(event, path)
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if documents > 1:
                yield _unreadable(mark(path, event), "but found another document")
                return
            if depth > MAX_DEPTH:
                yield problem(mark(path, event), "yaml-depth")
                return
    except yaml.YAMLError as error:
        yield _syntax(text, path, error)


def _beyond_plain(event: yaml.Event, path: str) -> Iterator[Problem]:
    if getattr(event, "anchor", None):
        yield problem(mark(path, event), "yaml-alias")
    tag = getattr(event, "tag", None)
    if tag and tag not in _PLAIN_TAGS:
        yield problem(mark(path, event), "yaml-tag", name=tag.removeprefix("tag:yaml.org,2002:"))


def _syntax(text: str, path: str, error: yaml.YAMLError) -> Problem:
    """The slip behind an error of the parser, which often notices it only on the next line."""
    lines = [*text.split("\n"), ""]
    context = getattr(error, "context", None) or ""
    line, column = _where(error)
    for near in (line, line - 1):
        if near >= 0 and (slip := FULL_WIDTH_COLON.match(lines[near])):
            return problem(Spot(path, near + 1, slip.start(1) + 1), "yaml-full-width")
    noticed = getattr(error, "problem_mark", None)
    for near in (line, noticed.line if noticed else line):
        if tab := re.match(r" *(\t)", lines[near]):
            return problem(Spot(path, near + 1, tab.start(1) + 1), "yaml-tab")
    for near in (line, line - 1):
        if near >= 0 and (slip := _NO_SPACE.match(lines[near])):
            return _unreadable(Spot(path, near + 1, slip.start(1) + 1), "no space after the colon")
    if "flow" in context and (comma := _FULL_WIDTH_COMMA.search(lines[line])):
        return problem(Spot(path, line + 1, comma.start(1) + 1), "yaml-full-width-comma")
    spot = Spot(path, line + 1, column + 1)
    if context in {"while scanning an alias", "while scanning an anchor"}:
        return problem(spot, "yaml-alias")
    if context == "while scanning a tag":
        return problem(spot, "yaml-tag", name="!")
    return _unreadable(spot, getattr(error, "problem", None) or "")


def _where(error: yaml.YAMLError) -> tuple[int, int]:
    """Line and column, from 0, of the word or bracket at fault.

    A quote, a bracket or a field name that is never ended is at fault itself, not the line where that shows.
    """
    begun, noticed = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    context = getattr(error, "context", None) or ""
    never_ended = begun and noticed and begun.line < noticed.line and "block" not in context
    at = begun if never_ended or context.startswith("while scanning a") else noticed
    return (at.line, at.column) if at else (0, 0)


def _unreadable(spot: Spot, what: str) -> Problem:
    zh, en = _WORDS.get(what, ("", ""))
    return problem(spot, "yaml-syntax", what=zh and f"：{zh}", what_en=en and f": {en}")
