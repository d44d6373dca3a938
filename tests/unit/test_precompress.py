"""Compressed copies beside text files."""

from __future__ import annotations

import gzip

import brotli
import pytest

from site_builder.precompress import TEXT, with_copies

LONG = "一街烟火，籽籽同心。".encode() * 150


@pytest.mark.parametrize("folder", ["venues", "assets"])
@pytest.mark.parametrize("ending", sorted(TEXT))
def test_a_text_gets_two_copies_that_hold_the_same(folder: str, ending: str) -> None:
    name = f"{folder}/page{ending}"
    files = with_copies(name, LONG)
    assert list(files) == [name, f"{name}.gz", f"{name}.br"]
    assert gzip.decompress(files[f"{name}.gz"]) == files[name] == LONG
    assert brotli.decompress(files[f"{name}.br"]) == LONG
    assert all(len(files[name + copy]) < len(LONG) for copy in (".gz", ".br"))


def test_a_copy_holds_neither_name_nor_time() -> None:
    flags, time = (data := with_copies("a.txt", LONG)["a.txt.gz"])[3], data[4:8]
    assert (data[:3], flags, time) == (b"\x1f\x8b\x08", 0, bytes(4))


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b""), ("a.txt", LONG[:3000]), ("a.jpg", LONG), ("_headers", LONG)]
)
def test_what_would_not_shrink_or_is_no_text_gets_no_copy(name: str, data: bytes) -> None:
    assert with_copies(name, data) == {name: data}


def test_what_browsers_keep_for_ever_is_as_small_as_can_be() -> None:
    drawing = bytes(range(32, 127)) + LONG[:2100] + LONG[5:2400]
    names = ("assets/a.svg", "venues/a.svg")
    small, quick = (with_copies(name, drawing)[f"{name}.br"] for name in names)
    assert len(small) < len(quick)
