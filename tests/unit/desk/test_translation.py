"""Stamping marks an English text as the translation of today's Chinese one."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.content.body import fingerprint, parse
from site_builder.content.problems import ContentError
from site_builder.desk.translation import stamp


@pytest.mark.parametrize(
    "before",
    ["Words.\n", "---\nof: 00000000\n---\nWords.\n", "\ufeff---\r\nof: 00000000\r\n---\r\nWords.\r\n"],
)
def test_the_stamp_replaces_an_older_one(tmp_path: Path, before: str) -> None:
    story = tmp_path / "content/venues/hall"
    story.mkdir(parents=True)
    (story / "zh.md").write_text("\ufeff文字。\r\n", "utf-8", newline="")
    (story / "en.md").write_text(before, "utf-8", newline="")
    for _ in range(2):
        stamp(tmp_path, "venues/hall")
        written = (story / "en.md").read_text("utf-8")
        assert written == f"---\nof: {fingerprint('文字。')}\n---\nWords.\n"
    assert parse(written, "en.md")[0].translates == fingerprint("文字。\n")


def test_both_texts_have_to_be_there(tmp_path: Path) -> None:
    story = tmp_path / "content/venues/hall"
    story.mkdir(parents=True)
    (story / "zh.md").write_text("文字。", "utf-8")
    with pytest.raises(FileNotFoundError):
        stamp(tmp_path, "venues/hall")
    assert not (story / "en.md").exists()


def test_prose_between_two_rules_is_no_stamp(tmp_path: Path) -> None:
    story = tmp_path / "content/venues/hall"
    story.mkdir(parents=True)
    (story / "zh.md").write_text("文字。", "utf-8")
    (story / "en.md").write_text("---\n\nFirst.\n\n---\n\nSecond.\n", "utf-8")
    stamp(tmp_path, "venues/hall")
    assert (story / "en.md").read_text("utf-8").endswith("---\n---\n\nFirst.\n\n---\n\nSecond.\n")


def test_text_that_is_not_utf8_is_named_and_left_alone(tmp_path: Path) -> None:
    story = tmp_path / "content/venues/hall"
    story.mkdir(parents=True)
    (story / "zh.md").write_text("文字。", "utf-8")
    (story / "en.md").write_bytes("译文".encode("gbk"))
    with pytest.raises(ContentError) as raised:
        stamp(tmp_path, "venues/hall")
    assert [each.code for each in raised.value.problems] == ["not-utf8"]
    assert (story / "en.md").read_bytes() == "译文".encode("gbk")
