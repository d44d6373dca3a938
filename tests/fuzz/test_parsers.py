"""Whatever a text holds, it is judged: no traceback, no place outside of it, no foreign word."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from site_builder.content import source
from tests.fuzz.judging import MODELS, YAML, judge_bytes, judge_markdown, judge_yaml, try_all
from tests.fuzz.mutations import JUNK

ALPHABET = st.characters(
    exclude_categories=["Cc", "Cs"], include_characters="\t\n", exclude_characters="\u2028\u2029\ufffe\uffff"
)
"""What `decoded` lets in."""
TEXT, WORD = st.text(ALPHABET), st.text(ALPHABET, max_size=12)
SLIPS = [text for each in JUNK if isinstance(text := source.decoded(each.encode(), ""), str)]
FIELDS = sorted({name for model in MODELS.values() for name in model.model_fields})
KEYS = st.sampled_from(
    [*FIELDS, "from", "标题", "title\uff1a", "", "0", "-1", "[key]", "word", "records", "__root__"]
)
SCALARS = st.one_of(
    WORD,
    st.sampled_from(SLIPS),
    st.sampled_from(
        ["2026-02-30", "0000-00-00", "9999-12-31", "25:00", "24:00", "1e400", "-0", "nan", "inf"]
    ),
    st.sampled_from(["2026-09-25T18:30", "9" * 5000, "\uff11\uff12", "true", "zh", "YI", "none", "a\uff0cb"]),
    st.sampled_from(["mid-autumn", "1900-01-01", "2199-12-31", "venues/hall", "../x", "8-15", "1-1", "0.5"]),
    st.integers(-5, 10**30),
    st.floats(),
    st.none(),
)
VALUES = st.recursive(
    SCALARS, lambda part: st.lists(part, max_size=6) | st.dictionaries(KEYS, part, max_size=6), max_leaves=10
)
MARKS = st.sampled_from(
    [*SLIPS, "## ", "# ", "> ", "- ", "1. ", "|a|b|\n|-|-|\n", "\n\n", "***", "<b>", "“", '"']
)
MARKDOWN = st.lists(MARKS | WORD, max_size=25).map("".join)
TYPES = st.sampled_from(list(MODELS.values()))
REAL = [(source.plain(file.read_text("utf-8"), "").data, model) for file, model in YAML]


def dumped(value: object, **style: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, **style)


@st.composite
def grafted(draw: st.DrawFn) -> tuple[object, type]:
    """What a real file says, with another value in one place."""
    real, model = draw(st.sampled_from(REAL))
    part = data = deepcopy(real)
    while isinstance(part, dict | list) and part:
        place = draw(st.sampled_from([*part] if isinstance(part, dict) else range(len(part))))
        inside = part[place]
        if not isinstance(inside, dict | list) or draw(st.booleans()):
            part[place] = draw(VALUES)
            break
        part = inside
    return data, model


TRIED: dict[str, tuple[SearchStrategy[Any], Callable[[Any], object]]] = {
    "texts as YAML": (
        st.tuples(TEXT | MARKDOWN, TYPES),
        lambda given: judge_yaml(*given),
    ),
    "values as YAML": (
        st.tuples(st.dictionaries(KEYS, VALUES, max_size=8) | VALUES, TYPES, st.booleans()),
        lambda given: judge_yaml(dumped(given[0], default_flow_style=given[2]), given[1]),
    ),
    "real values, one of them another": (
        grafted(),
        lambda given: judge_yaml(dumped(given[0]), given[1]),
    ),
    "texts as Markdown": (
        TEXT | MARKDOWN | MARKDOWN.map("---\nof: 3f9a1c2b\n---\n".__add__),
        judge_markdown,
    ),
    "bytes": (
        st.binary() | st.text().map(lambda text: text.encode("gb18030")) | st.text().map(str.encode),
        judge_bytes,
    ),
}


@pytest.mark.parametrize("kind", TRIED)
def test_whatever_is_written_is_judged(kind: str) -> None:
    try_all(kind, *TRIED[kind])
