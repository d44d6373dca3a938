"""Compressed copies beside text files."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from site_builder.precompress import TEXT, precompress

LONG = "一街烟火，籽籽同心。".encode() * 50


@pytest.mark.parametrize("folder", ["venues", "assets"])
@pytest.mark.parametrize("ending", sorted(TEXT))
def test_a_text_gets_two_copies_that_hold_the_same(tmp_path: Path, folder: str, ending: str) -> None:
    file = tmp_path / folder / f"page{ending}"
    file.parent.mkdir()
    file.write_bytes(LONG)
    precompress(tmp_path)
    copies = [file.with_name(file.name + ".gz"), file.with_name(file.name + ".br")]
    assert sorted(file.parent.iterdir()) == sorted([file, *copies])
    assert gzip.decompress(copies[0].read_bytes()) == brotli.decompress(copies[1].read_bytes()) == LONG
    assert all(copy.stat().st_size < len(LONG) for copy in copies)


def test_a_copy_holds_neither_name_nor_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LONG)
    precompress(tmp_path)
    flags, time = (data := (tmp_path / "a.txt.gz").read_bytes())[3], data[4:8]
    assert (data[:3], flags, time) == (b"\x1f\x8b\x08", 0, bytes(4))


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b""), ("a.txt", b"short"), ("a.jpg", LONG), ("_headers", LONG)]
)
def test_what_would_not_shrink_or_is_no_text_gets_no_copy(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    precompress(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_what_browsers_keep_for_ever_is_as_small_as_can_be(tmp_path: Path) -> None:
    for folder in ("assets", "venues"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.svg").write_bytes(bytes(range(32, 127)) + LONG[:700] + LONG[5:800])
    precompress(tmp_path)
    small, quick = (tmp_path / folder / "a.svg.br" for folder in ("assets", "venues"))
    assert small.stat().st_size < quick.stat().st_size
