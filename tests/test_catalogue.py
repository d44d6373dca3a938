"""`docs/messages.md` holds every message of a check, each with an example that was really made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.content.problems import Problem, Spot, catalogue, problem
from site_builder.report import as_text
from tests.conftest import ROOT
from tests.test_cases import CASES, changed, problems

DOCUMENT = ROOT / "docs" / "messages.md"
OPENING = """\
<!-- Written by `pytest tests/test_catalogue.py --overwrite` from site_builder/content/messages.yml. -->
# 检查会说的话 · What a check says

`site-builder check`指出的每一处，都属于下面的一种。标题里的代号不会变，`check --json`里的`code`就是它。
“提醒”不影响生成网站；其余都要先改好。每种各举一例：在哪个文件的第几行、第几列，错在哪里，怎么改。

Whatever `site-builder check` finds is one of these. The codes stay the same: they are the `code` of
`check --json`. A warning does not stop a build; everything else does. Each comes with an example: file, line
and column, what is wrong, and what to write instead.
"""
ELSEWHERE = Spot("content/venues/hall/story.yml")
VALUES = {
    "channel": "wechat",
    "consent": "c-2026-014",
    "contrast": "5.1",
    "ground": "ground",
    "ink": "ink-soft",
    "least": "7",
    "date": "2026-09-25",
    "field": "when",
    "reason": "…",
    "today": "2026-09-20",
    "value": "https://street.example/",
}
"""For messages that no file of a case can bring about."""


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Code → the first example among the cases, as an editor reads it."""
    found: dict[str, str] = {}
    for param in CASES:
        case: dict[str, Any] = param.values[0]
        if {line.split()[1] for line in case["problems"]} - found.keys():
            root = changed(case, tmp_path_factory.mktemp("case"))
            for each in problems(root):
                found.setdefault(each.code, shown(each, root))
    return found


def test_the_catalogue_in_the_documents_is_true(
    examples: dict[str, str], pytestconfig: pytest.Config
) -> None:
    text = OPENING + "".join(_sections(examples))
    if pytestconfig.getoption("overwrite"):
        DOCUMENT.parent.mkdir(exist_ok=True)
        DOCUMENT.write_text(text, "utf-8")
    assert DOCUMENT.read_text("utf-8") == text


def _sections(examples: dict[str, str]) -> Iterator[str]:
    """Code by code, in the order and under the headings of `messages.yml`."""
    source = (ROOT / "site_builder/content/messages.yml").read_text("utf-8")
    for title, code in re.findall(r"^# --- (.+?) -+$|^([a-z0-9-]+):$", source, re.MULTILINE):
        if title:
            yield f"\n## {title}\n"
            continue
        example = examples.get(code) or shown(problem(ELSEWHERE, code, **VALUES), Path())
        yield f"\n### `{code}`\n\n```text\n{example}\n```\n"


def shown(found: Problem, root: Path) -> str:
    return as_text([found], root).removeprefix("content/")


def test_every_code_stands_in_the_catalogue() -> None:
    assert re.findall(r"^### `(.+)`$", DOCUMENT.read_text("utf-8"), re.MULTILINE) == list(catalogue())
