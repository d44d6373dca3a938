"""What holds of every input: it is judged in time, in an editor's words, at a place that exists."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from site_builder.content import body, source
from site_builder.content.model import vocabulary as words
from site_builder.content.model.consent import Consent
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.model.story import AUTHORED, SECTIONS, InfoPage
from site_builder.content.problems import Problem
from tests.conftest import GOLDEN, ROOT
from tests.test_cases import FOREIGN

T = TypeVar("T")

INPUTS = {
    "texts as YAML": 500,
    "values as YAML": 500,
    "real values, one of them another": 700,
    "texts as Markdown": 1200,
    "bytes": 500,
    "mutated files, each by itself": 1200,
    "mutated photos": 300,
    "mutated files of the golden site": 350,
    "mutated files of the real site": 100,
}
"""How many are tried of each kind; `test_there_are_enough` holds the sum."""

SECONDS = 4
"""Of processor time that an input may take; the slowest takes a quarter."""

HANG = 120
"""Seconds after which nothing more is expected."""

MODELS = {
    "site.yml": words.Identity,
    "vocabulary/communities.yml": words.Communities,
    "vocabulary/ethnic_groups.yml": words.EthnicGroups,
    "vocabulary/festivals.yml": words.Festivals,
    "vocabulary/honours.yml": words.Honours,
    "vocabulary/terms.yml": words.Terms,
    **{f"{section}/*/story.yml": AUTHORED[section] for section in SECTIONS},
    "pages/*/page.yml": InfoPage,
    "consents/*.yml": Consent,
    "kiosks/*.yml": Kiosk,
}
"""What each YAML file of `content/` is read into."""

YAML = [
    (file, model)
    for site in (GOLDEN, ROOT)
    for pattern, model in MODELS.items()
    for file in sorted((site / "content").glob(pattern))
]
MARKDOWN = [file for site in (GOLDEN, ROOT) for file in sorted((site / "content").glob("*/*/*.md"))]


def try_all(kind: str, inputs: SearchStrategy[T], judge: Callable[[T], None]) -> None:
    """Judges as many of the inputs as `INPUTS` says, the same each time."""
    tried = 0

    @settings(
        max_examples=INPUTS[kind],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def judged(given: T) -> None:
        nonlocal tried
        tried += 1
        judge(given)

    judged()
    assert tried >= INPUTS[kind], kind


@contextmanager
def limited(what: object) -> Iterator[None]:
    """Fails where something takes too long, or does not come to an end."""
    before = signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(HANG)
    began = time.process_time()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert time.process_time() - began < SECONDS, repr(what)[:2000]


def _hangs(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def assert_told(problems: Iterable[Problem], lines: int) -> None:
    """Each problem stands in a file of so many lines, or where it ends, and is told in both languages."""
    for found in problems:
        assert 1 <= found.spot.line <= lines + 1, found
        assert found.spot.column >= 1, found
        said = found.zh, found.en, found.hint_zh, found.hint_en
        assert all(said), found
        assert found.code != "invalid", found
        assert not FOREIGN.search("\n".join(said)), found


def judge_bytes(data: bytes) -> str:
    """The text of a file; empty where it has none."""
    with limited(data):
        found = source.decoded(data, "content/some/file")
    if isinstance(found, str):
        return found
    assert_told([found], data.count(b"\n") + data.count(b"\r") + 1)
    return ""


def judge_yaml(text: str, model: type) -> None:
    with limited(text):
        found = source.parse(text, "content/some/file.yml", model)
    assert_told(found if isinstance(found, tuple) else (), text.count("\n") + 1)


def judge_markdown(text: str, names: tuple[str, ...] = ("zh.md", "en.md")) -> None:
    for name in names:
        with limited(text):
            _, faults = body.parse(text, f"content/some/story/{name}")
        assert_told(faults, text.count("\n") + 1)
