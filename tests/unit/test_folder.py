"""The folder of a site: what is written, what is left alone, and what is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.folder import Folder, UnsafeTargetError, refuse_what_is_not_ours


def published(root: Path, units: Mapping[str, tuple[str, Mapping[str, bytes]]]) -> int:
    """Publishes units, by name their key and files; how many files that wrote."""
    with Folder.opened(root / "site", root / "states") as folder:
        found = [
            folder.current(name, key) or folder.add(name, key, files) for name, (key, files) in units.items()
        ]
        return folder.publish(found)


def contents(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {
        file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()
    }


def test_a_site_is_what_was_published_last(tmp_path: Path) -> None:
    first = {"a": ("1", {"a/index.html": b"a"}), "b": ("1", {"b/c/index.html": b"b", "b/x.css": b"x"})}
    assert published(tmp_path, first) == 3
    assert published(tmp_path, first) == 0
    second = {"a": ("2", {"a/index.html": b"new"}), "c": ("1", {"b": b"a file where a folder stood"})}
    assert published(tmp_path, second) == 2
    assert contents(tmp_path) == {"a/index.html": b"new", "b": b"a file where a folder stood"}
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".site")]


def test_a_folder_in_which_nothing_is_left_goes(tmp_path: Path) -> None:
    published(tmp_path, {"a": ("1", {"a/b/c/d.html": b"d"}), "b": ("1", {"a/e.html": b"e"})})
    published(tmp_path, {"b": ("1", {"a/e.html": b"e"})})
    assert [file.name for file in (tmp_path / "site/a").iterdir()] == ["e.html"]


def test_what_came_out_the_same_is_left_alone(tmp_path: Path) -> None:
    published(tmp_path, {"a": ("1", {"a.html": b"a", "b.html": b"b"})})
    before = (tmp_path / "site/a.html").stat()
    assert published(tmp_path, {"a": ("2", {"a.html": b"a", "b.html": b"c"})}) == 1
    assert (tmp_path / "site/a.html").stat() == before
    assert published(tmp_path, {"a": ("3", {"a.html": b"a", "b.html": b"c"})}) == 0
    with Folder.opened(tmp_path / "site", tmp_path / "states") as folder:
        assert folder.current("a", "3")
        assert not folder.current("a", "2")


def test_an_origin_tells_a_unit_where_there_is_one(tmp_path: Path) -> None:
    with Folder.opened(tmp_path / "site", tmp_path / "states") as folder:
        told = replace(folder.add("a", "1", {"a.html": b"a"}), origin="o")
        folder.publish([told, folder.add("b", "1", {"b.html": b"b"})])
    with Folder.opened(tmp_path / "site", tmp_path / "states") as folder:
        assert folder.of_origin("a", "o") == told
        assert not folder.of_origin("a", "p")
        assert not folder.of_origin("b", "")


@pytest.mark.parametrize("state", [b"", b"{", b"\0" * 100, b'{"by": "another version", "units": {}}'])
def test_a_state_that_cannot_be_used_is_begun_anew(tmp_path: Path, state: bytes) -> None:
    units = {"a": ("1", {"a.html": b"a"})}
    published(tmp_path, units)
    (file,) = (tmp_path / "states").glob("*.json")
    file.write_bytes(state)
    (tmp_path / "site/a.html").write_bytes(b"x")
    assert published(tmp_path, units) == 1
    assert contents(tmp_path) == {"a.html": b"a"}


def test_a_folder_that_is_no_site_of_ours_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    refuse_what_is_not_ours(mine, tmp_path / "checkout", tmp_path / "states")
    (mine / "letter.txt").write_text("mine")
    for target in (mine, mine / "letter.txt", tmp_path, tmp_path / "checkout/content/x"):
        with pytest.raises(UnsafeTargetError):
            refuse_what_is_not_ours(target, tmp_path / "checkout", tmp_path / "states")
