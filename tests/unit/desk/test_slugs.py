"""Addresses proposed for titles."""

from __future__ import annotations

import re

import pytest

from site_builder.content.model.scalars import SLUG
from site_builder.desk.slugs import MAX_LENGTH, proposed


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("永和广场", "yonghe-guangchang"),
        ("永兴路社区长者食堂", "yongxing-lu-shequ-zhangzhe-shitang"),  # 长 is read zhǎng here
        ("重阳节", "chongyang-jie"),  # and 重 chóng
        ("“我们的节日”中秋", "womende-jieri-zhongqiu"),
        ("2026年Book沙龙", "2026-nian-book-shalong"),
        ("Café de la Paix", "cafe-de-la-paix"),
        ("！？", "venue"),
    ],
)
def test_a_title_is_written_in_pinyin(title: str, slug: str) -> None:
    assert proposed(title, fallback="venue") == slug


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    assert proposed("永和广场", {"yonghe-guangchang", "yonghe-guangchang-2"}) == "yonghe-guangchang-3"


@pytest.mark.parametrize(
    "title", ["永和民族团结进步文化广场" * 9, "x" * 200, "龘靐齉㐀", "一", "a--b—c/../d", "Ⅷ½", "Con", "LPT1"]
)
def test_whatever_the_title_the_name_fits_an_address(title: str) -> None:
    slug = proposed(title)
    assert re.fullmatch(SLUG, slug)
    assert len(slug) <= MAX_LENGTH
