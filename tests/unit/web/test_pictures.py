"""A planned photo as pages show it."""

from __future__ import annotations

import pytest

from site_builder.web import pictures
from site_builder.web.addresses import Here
from tests.unit.making import edition, photo, story

HERE = Here("en/venues/hall/", "en")


@pytest.mark.parametrize(
    ("focus", "classes"),
    [
        (["0.5", "0.5"], ""),
        (["0.4", "0.6"], ""),
        (["0.1", "0.5"], "x-0"),
        (["0.3", "0.8"], "x-25 y-75"),
        (["1", "0"], "x-100 y-0"),
    ],
)
def test_the_focal_point_to_the_nearest_quarter(focus: list[str], classes: str) -> None:
    hall = story("venues/hall", photos=[photo(focus=focus)])
    assert pictures.picture(edition(hall), HERE, hall.photos[0], pictures.CARD).focus == classes


def test_every_width_is_named_from_where_the_page_stands() -> None:
    hall = story("venues/hall", photos=[photo("plaza.jpg")])
    shown = pictures.picture(edition(hall), HERE, hall.photos[0], pictures.COVER, first=True)
    addresses = [each.split() for each in shown.avif.split(", ")]
    assert all(address.startswith("../../../media/venues/hall/plaza-") for address, _ in addresses)
    assert addresses[-1][1] == f"{shown.width}w"
    assert shown.src in shown.jpeg
    assert (shown.alt, shown.first) == ("What plaza.jpg shows", True)


def test_decoration_has_no_description() -> None:
    hall = story("venues/hall", photos=[photo(alt=None, decorative=True)])
    assert pictures.picture(edition(hall), HERE, hall.photos[0], pictures.BODY).alt == ""


def test_a_caption_has_curly_quotes() -> None:
    words = {"zh": "“家”字", "en": "The children's 'home'"}
    hall = story("venues/hall", photos=[photo(caption=words)])
    shown = pictures.figure(edition(hall), HERE, hall.photos[0], pictures.BODY)
    assert shown.caption == "The children’s ‘home’"
