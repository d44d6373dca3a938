"""Names and sizes of everything made from a photo."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.model.story import Photo
from site_builder.content.story import Measured, StoryPhoto
from site_builder.photos.plan import Crop, Development, Recipe, crop, plan, prefix, widths
from tests.unit.making import RECIPE, photo


def planned(
    file: str = "plaza.jpg",
    size: tuple[int, int] = (1600, 1200),
    sha256: str = "0" * 64,
    cover: bool = False,
    **facts: Any,
) -> Development:
    authored = Photo.model_validate(photo(file, **facts))
    measured = Measured(*size, sha256)
    return plan(
        "venues/hall",
        StoryPhoto(f"content/venues/hall/photos/{file}", authored, measured),
        RECIPE,
        cover=cover,
    )


def names(development: Development) -> set[str]:
    return {variant.path for variant in development.variants}


@pytest.mark.parametrize(
    ("original", "avif", "jpeg"),
    [
        (200, (200,), (200,)),
        (300, (300,), (300,)),
        (320, (320,), (320,)),
        (321, (320, 321), (321,)),
        (640, (320, 640), (640,)),
        (1000, (320, 640, 960, 1000), (640,)),
        (1440, (320, 640, 960, 1440), (640, 1440)),
        (1501, (320, 640, 960, 1440, 1501), (640, 1440)),
        (1920, (320, 640, 960, 1440, 1920), (640, 1440)),
        (4000, (320, 640, 960, 1440, 1920), (640, 1440)),
    ],
)
def test_widths(original: int, avif: tuple[int, ...], jpeg: tuple[int, ...]) -> None:
    work = planned(size=(original, original))
    assert tuple(variant.width for variant in work.of("avif")) == avif
    assert tuple(variant.width for variant in work.of("jpeg")) == jpeg


def test_a_recipe_may_plan_other_widths() -> None:
    assert widths(500, (100, 200)) == (100, 200)
    assert widths(50, (100, 200)) == (50,)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 1200), [(320, 240), (640, 480), (960, 720), (1440, 1080), (1600, 1200)]),
        ((1000, 2000), [(320, 640), (640, 1280), (960, 1920), (1000, 2000)]),
        ((1000, 667), [(320, 213), (640, 427), (960, 640), (1000, 667)]),
        ((4000, 1), [(320, 1), (640, 1), (960, 1), (1440, 1), (1920, 1)]),
    ],
)
def test_heights_keep_the_proportions(size: tuple[int, int], expected: list[tuple[int, int]]) -> None:
    assert [(each.width, each.height) for each in planned(size=size).of("avif")] == expected


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("plaza.jpg", "plaza"),
        ("IMG_2041.JPG", "img-2041"),
        ("big plaza (2).jpeg", "big-plaza-2"),
        ("广场.jpg", "photo"),
        ("广场2.jpg", "2"),
        ("a.b.jpg", "a-b"),
        ("\uff21.jpg", "photo"),
        ("a" * 240 + ".jpg", "a" * 60),
        ("a" * 59 + "-b.jpg", "a" * 59),
    ],
)
def test_names_are_addresses(file: str, stem: str) -> None:
    for variant in planned(file).variants:
        extension = {"avif": "avif", "jpeg": "jpg"}[variant.format]
        pattern = rf"media/venues/hall/{stem}-[0-9a-f]{{8}}-{variant.width}\.{extension}"
        assert re.fullmatch(pattern, variant.path)


BOX = [0.1, 0.1, 0.2, 0.2]


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "1" * 64},
        {"blur": [BOX]},
        {"blur": [BOX, BOX]},
        {"blur": [[0.1, 0.1, 0.2, 0.3]]},
    ],
)
def test_other_pixels_have_other_names(change: dict[str, Any]) -> None:
    assert not names(planned()) & names(planned(**change))


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(encoders="newer"),
        replace(RECIPE, avif_quality=50),
        replace(RECIPE, avif_speed=6),
        replace(RECIPE, jpeg_quality=70),
        replace(RECIPE, paper="#ffffff"),
    ],
)
def test_another_recipe_gives_other_names(recipe: Recipe) -> None:
    shown = StoryPhoto("a.jpg", Photo.model_validate(photo()), Measured(1600, 1200, "0" * 64))
    assert not names(plan("venues/hall", shown, RECIPE)) & names(plan("venues/hall", shown, recipe))


def test_words_about_a_photo_leave_its_name() -> None:
    assert names(planned()) == names(planned(caption={"zh": "说明", "en": "Words"}, focus=[0.1, 0.2]))


def test_two_photos_in_chinese_do_not_meet() -> None:
    assert not names(planned("广场.jpg")) & names(planned("长廊.jpg", sha256="1" * 64))


class TestCard:
    def test_only_a_cover_has_one(self) -> None:
        assert planned().card is None
        card = planned(cover=True).card
        assert card is not None
        assert re.fullmatch(r"media/venues/hall/plaza-[0-9a-f]{8}-card\.jpg", card.path)
        assert (card.width, card.height, card.format) == (1200, 630, "jpeg")

    def test_the_variants_of_a_cover_are_those_of_any_photo(self) -> None:
        assert planned(cover=True).variants == planned().variants
        assert len(planned(cover=True).files) == len(planned().files) + 1

    def test_another_focus_is_another_card_of_the_same_photo(self) -> None:
        left, right = planned(cover=True, focus=["0", "0"]), planned(cover=True, focus=["1", "1"])
        assert left.variants == right.variants
        assert left.card and right.card and left.card.path != right.card.path

    def test_it_begins_as_everything_made_of_the_photo(self) -> None:
        facts = Photo.model_validate(photo("plaza.jpg"))
        shown = StoryPhoto("a.jpg", facts, Measured(1600, 1200, "0" * 64))
        files = plan("venues/hall", shown, RECIPE, cover=True).files
        assert all(each.path.startswith(prefix("venues/hall", shown)) for each in files)


MIDDLE = (0.5, 0.5)


@pytest.mark.parametrize(
    ("size", "focus", "expected"),
    [
        ((1200, 630), MIDDLE, Crop(0, 0, 1, 1, (1200, 630))),
        ((2400, 1260), (0.9, 0.9), Crop(0, 0, 1, 1, (1200, 630))),
        ((1200, 1260), MIDDLE, Crop(0, 0.25, 1, 0.5, (1200, 630))),
        ((1200, 1260), (0.5, 0.1), Crop(0, 0, 1, 0.5, (1200, 630))),
        ((1200, 1260), (0.5, 1.0), Crop(0, 0.5, 1, 0.5, (1200, 630))),
        ((2400, 630), (0.625, 0.5), Crop(0.375, 0, 0.5, 1, (1200, 630))),
        ((2400, 630), (0.0, 0.5), Crop(0, 0, 0.5, 1, (1200, 630))),
        ((1199, 630), MIDDLE, Crop(0, 0, 1, 1, (1199, 630))),  # a pixel too narrow: whole, on paper
        ((600, 1200), MIDDLE, Crop(0, 0, 1, 1, (315, 630))),
        ((5000, 100), MIDDLE, Crop(0, 0, 1, 1, (1200, 24))),
        ((300, 200), MIDDLE, Crop(0, 0, 1, 1, (300, 200))),
        ((9000, 1), MIDDLE, Crop(0, 0, 1, 1, (1200, 1))),
    ],
)
def test_what_a_frame_shows_of_a_photo(
    size: tuple[int, int], focus: tuple[float, float], expected: Crop
) -> None:
    assert crop(size, (1200, 630), focus) == expected


@given(
    size=st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_crop_lies_in_the_photo_around_its_focus_and_enlarges_nothing(
    size: tuple[int, int], focus: tuple[float, float]
) -> None:
    part = crop(size, (1200, 630), focus)
    right, bottom = part.left + part.width, part.top + part.height
    assert 0 <= part.left <= focus[0] <= right + 1e-9 <= 1 + 2e-9
    assert 0 <= part.top <= focus[1] <= bottom + 1e-9 <= 1 + 2e-9
    assert part.size[0] <= part.width * size[0] + 1e-6
    assert part.size[1] <= max(1, part.height * size[1] + 1e-6)
