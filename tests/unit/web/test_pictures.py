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


@pytest.mark.parametrize(
    ("photo_size", "step", "expected"),
    [
        ((1600, 900), pictures.Step(0, "92vw"), "92vw"),
        ((1600, 900), pictures.Step(0, "100vw - 36px"), "calc(100vw - 36px)"),
        ((1500, 1000), pictures.Step(0, "391px", 3 / 2), "391px"),
        ((900, 1600), pictures.Step(0, "391px", 3 / 2), "391px"),
        ((1600, 900), pictures.Step(0, "391px", 3 / 2), "calc(1.19 * (391px))"),
        ((3000, 500), pictures.Step(0, "46vw - 13px", 3 / 2), "calc(4.00 * (46vw - 13px))"),
    ],
)
def test_how_wide_a_photo_is_laid_out(
    photo_size: tuple[int, int], step: pictures.Step, expected: str
) -> None:
    assert pictures.sizes((step,), photo_size) == expected


def test_sizes_name_each_width_once() -> None:
    slot = (pictures.Step(900, "800px"), pictures.Step(700, "92vw", 2), pictures.Step(0, "92vw"))
    assert pictures.sizes(slot, (1500, 1000)) == "(min-width: 900px) 800px, 92vw"
    wide = "(min-width: 900px) 800px, (min-width: 700px) calc(1.50 * (92vw)), 92vw"
    assert pictures.sizes(slot, (3000, 1000)) == wide


@pytest.mark.parametrize("name", ["COVER", "CARD", "COMPACT", "LEAD", "BODY"])
def test_a_place_of_the_layout_is_told_widest_viewport_first_to_the_narrowest(name: str) -> None:
    steps = [step.least for step in getattr(pictures, name)]
    assert steps == sorted(set(steps), reverse=True)
    assert steps[-1] == 0
