"""Stamping marks an English text as the translation of today's Chinese one."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.content.body import fingerprint, parse
from site_builder.stamp import stamp


@pytest.mark.parametrize(
    "before",
    ["Words.\n", "---\nof: 00000000\n---\nWords.\n", "\ufeff---\r\nof: 00000000\r\n---\r\nWords.\r\n"],
)
def test_the_stamp_replaces_an_older_one(tmp_path: Path, before: str) -> None:
    (tmp_path / "zh.md").write_text("\ufeff文字。\r\n", "utf-8", newline="")
    (tmp_path / "en.md").write_text(before, "utf-8", newline="")
    for _ in range(2):
        stamp(tmp_path)
        written = (tmp_path / "en.md").read_text("utf-8")
        assert written == f"---\nof: {fingerprint('文字。')}\n---\nWords.\n"
    assert parse(written, "en.md")[0].translates == fingerprint("文字。\n")


def test_both_texts_have_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "zh.md").write_text("文字。", "utf-8")
    with pytest.raises(FileNotFoundError):
        stamp(tmp_path)
    assert not (tmp_path / "en.md").exists()
