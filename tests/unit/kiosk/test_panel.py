"""Sizes on a screen follow from its own size and the distance of those who read it."""

from __future__ import annotations

import pytest

from site_builder.content.model.kiosk import Panel
from site_builder.kiosk.panel import CAPITAL, code_px, pixels_a_mm, reading_px, target_px, type_px

PLAZA = Panel(diagonal_in=55, px=(1080, 1920), distance_m=2)


def test_a_55_inch_panel_at_two_metres_needs_the_type_that_en_301_549_asks_for() -> None:
    """12.2 mm a metre: 24.4 mm, 38.5 px of capital height, 53 px of type that has 0.73 em."""
    assert pixels_a_mm(PLAZA) == pytest.approx(1.577, abs=0.001)
    assert type_px(PLAZA) >= 53
    assert type_px(PLAZA) * CAPITAL >= 12.2 * 2 * pixels_a_mm(PLAZA)


@pytest.mark.parametrize("change", [{"distance_m": 4}, {"diagonal_in": 27.5}, {"px": (2160, 3840)}])
def test_twice_as_far_half_as_large_or_twice_as_fine_takes_twice_the_pixels(
    change: dict[str, object],
) -> None:
    assert type_px(PLAZA.model_copy(update=change)) == pytest.approx(2 * type_px(PLAZA), abs=1)


def test_who_touches_a_panel_stands_near_it() -> None:
    assert reading_px(PLAZA) == type_px(PLAZA, 1.2) < type_px(PLAZA)
    near = PLAZA.model_copy(update={"distance_m": 0.8})
    assert reading_px(near) == type_px(near)


def test_a_target_measures_22_mm() -> None:
    assert 22 <= target_px(PLAZA) / pixels_a_mm(PLAZA) < 23


@pytest.mark.parametrize("distance", [0.5, 2, 3, 7])
def test_a_code_measures_a_tenth_of_the_distance_without_its_quiet_zone(distance: float) -> None:
    panel = PLAZA.model_copy(update={"distance_m": distance})
    side = code_px(panel, 33, 4)
    module, rest = divmod(side, 33 + 2 * 4)
    assert rest == 0, "each module is whole pixels"
    assert 33 * module / pixels_a_mm(panel) >= distance * 100
