"""As much as a file may hold of whatever makes parsers slow is judged in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import output
from site_builder.content import body
from site_builder.content.problems import ContentError
from site_builder.content.source import MOST_TOLD
from tests.fuzz.judging import MODELS, assert_told, judge_markdown, judge_yaml, limited

REPEATED = (
    *("[", "![", "![[", "[](", "![](", "![a](", "[![a](b)](", "[a\n", "[a](#b)\n\n", "[a](<", "](data:(a)"),
    *("*", "**", "***a", "*a**", "a **b", "_a_ ", "`a", '"', "'a", "“", "\\", "&amp;", "~"),
    *("<", "<a ", "<a b='", "<!--", "<![CDATA[", "<https://a", "&#", "](javascript:(", "(", "：", "，", "　"),
    *(
        " ",
        "\t",
        "\n",
        "    a\n",
        "> ",
        "- ",
        "- a\n",
        "1.\n",
        "#",
        "## a\n\n",
        "|",
        "|a|b|\n|-|-|\n",
        "---\n",
    ),
    *(
        "{",
        "{a: ",
        "[a, ",
        "? ",
        ": ",
        "|-|-|\n",
        "\ufeff",
        "é",
        "汉",
        "https://a.b ",
        "%zz",
        "-\n",
        "a: 1\n",
    ),
)
NUMBERED = (
    *(
        "[a](b{})",
        "[a](b{})\n",
        "[a{}]: b\n",
        "![a](b{}.jpg)\n\n",
        "<b{}>",
        "## a{}\n\n",
        "a{}\n\n",
        "[a]({}) ",
    ),
)


def filled(pattern: str, size: int) -> str:
    """The pattern again and again up to so many bytes, with the number of each time."""
    if "{}" not in pattern:
        return pattern * (size // len(pattern.encode()))
    return "".join(pattern.replace("{}", str(number)) for number in range(size // (len(pattern) + 4)))


@pytest.mark.parametrize("pattern", [*REPEATED, *NUMBERED])
def test_a_long_text(pattern: str) -> None:
    judge_markdown("a" + filled(pattern, body.MAX_BYTES) + "b", ("zh.md",))


@pytest.mark.parametrize("pattern", REPEATED)
def test_a_long_file_of_values(pattern: str) -> None:
    for before in ("", "title: ", "title: {zh: a, en: "):
        judge_yaml(before + filled(pattern, 100_000), MODELS["events/*/story.yml"])


@pytest.mark.parametrize(
    ("name", "before", "pattern", "after"),
    [
        ("events/*/story.yml", "", "a{}: 1\n", ""),
        ("events/*/story.yml", "", "title{}: 1\n", ""),
        ("events/*/story.yml", "", "? [a{}]\n", ""),
        ("events/*/story.yml", "tags: [", "A{}, ", "]"),
        ("events/*/story.yml", "photos: [", "{a{}: 1}, ", "]"),
        ("events/*/story.yml", "quiz: [", "{choices: [1, 2, 3, {}]}, ", "]"),
        ("events/*/story.yml", "when: {past: ", "9", "}"),
        ("events/*/story.yml", "kind: ", "festival", ""),
        ("kiosks/*.yml", "default: [", "{a{}: 1}, ", "]"),
        ("vocabulary/communities.yml", "", "A{}: 1\n", ""),
        ("vocabulary/ethnic_groups.yml", "", "A{}: 1\n", ""),
        ("vocabulary/festivals.yml", "", "a{}: {rule: {x: 1}}\n", ""),
        ("vocabulary/festivals.yml", "a: {zh: a, en: a, rule: {lunar: 1-1}, announced: {", "{}: {}, ", "}}"),
        ("vocabulary/terms.yml", "", "- {}\n", ""),
    ],
)
def test_a_file_with_thousands_of_faults(name: str, before: str, pattern: str, after: str) -> None:
    judge_yaml(before + filled(pattern, 100_000) + after, MODELS[name])


@pytest.mark.parametrize(
    ("file", "old", "new", "pattern", "after"),
    [
        ("events/mid-autumn/story.yml", "programme:", "related: [", "events/a{}, ", "]\nprogramme:"),
        ("kiosks/hall.yml", "default: [", "default: [", "{story: events/a{}}, ", ""),
        ("events/mid-autumn/zh.md", "", "", "[a](venues/hal{}) ", "\n"),
    ],
)
def test_thousands_of_names_that_lead_nowhere(
    golden: Path, file: str, old: str, new: str, pattern: str, after: str
) -> None:
    place = golden / "content" / file
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new + filled(pattern, body.MAX_BYTES // 2) + after, 1), "utf-8")
    with limited(file), pytest.raises(ContentError) as raised:
        output.check(golden)
    told = [each for each in raised.value.problems if each.code in {"unknown-reference", "body-link-broken"}]
    assert len(told) == MOST_TOLD
    assert_told(told, text.count("\n") + 1)
