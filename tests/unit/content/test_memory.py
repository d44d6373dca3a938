"""What is remembered of files, and what makes it forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.content import ahead, memory
from site_builder.content.found import Found
from site_builder.content.memory import Memory


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "cache" / "said.sqlite"
    with Memory(file) as learnt:
        learnt.keep("content/a/zh.md", b"a", "what a says")
        learnt.keep("content/b/zh.md", b"b", "what b says")
    return file


def test_the_same_bytes_say_the_same(file: Path) -> None:
    again = Memory(file)
    assert again.recall("content/a/zh.md", b"a") == "what a says"
    assert again.recall("content/a/zh.md", b"other") is None
    assert again.recall("content/c/zh.md", b"a") is None


def test_what_nobody_asks_for_is_forgotten(file: Path) -> None:
    with Memory(file) as known:
        known.recall("content/a/zh.md", b"a")
    assert Memory(file).recall("content/b/zh.md", b"b") is None
    assert Memory(file).recall("content/a/zh.md", b"a") == "what a says"


def test_who_fails_may_not_have_asked_for_all(file: Path) -> None:
    with pytest.raises(RuntimeError), Memory(file):
        raise RuntimeError
    assert Memory(file).recall("content/b/zh.md", b"b") == "what b says"


@pytest.mark.parametrize("data", [b"", b"not a database", bytes(5000)])
def test_a_broken_memory_is_begun_anew(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with Memory(file) as anew:
        assert anew.is_empty
        anew.keep("content/a/zh.md", b"a", "what a says")
    assert Memory(file).recall("content/a/zh.md", b"a") == "what a says"


def test_another_program_remembers_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "made_by", lambda: "another one")
    assert Memory(file).is_empty


def test_a_memory_that_cannot_be_written_costs_no_more_than_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the place of the folder", "utf-8")
    with Memory(tmp_path / "cache" / "said.sqlite") as learnt:
        learnt.keep("content/a/zh.md", b"a", "what a says")
        assert learnt.recall("content/a/zh.md", b"a") == "what a says"


def test_what_all_processors_parse_is_what_reading_remembers(
    golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "ENOUGH", 1)
    learnt, read = Memory(), Memory()
    ahead.learn(golden, learnt, 2)
    found = Found(golden, read)
    for file in (golden / "content").glob("*/*/*.*"):
        path, raw = found.name(file), file.read_bytes()
        if file.suffix == ".md":
            found.body(file)
        elif file.suffix == ".yml":
            found.plain(file)
        assert learnt.recall(path, raw) == read.recall(path, raw), path
    assert learnt.recall("content/venues/hall/zh.md", (golden / "content/venues/hall/zh.md").read_bytes())


def test_one_process_learns_nothing_ahead(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ENOUGH", 1)
    memory = Memory()
    ahead.learn(golden, memory, 1)
    assert (
        memory.recall("content/venues/hall/zh.md", (golden / "content/venues/hall/zh.md").read_bytes())
        is None
    )
