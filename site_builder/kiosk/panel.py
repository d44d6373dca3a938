"""How large things must be on a screen, for people at its distance."""

from __future__ import annotations

from math import ceil, hypot

from site_builder.content.model.kiosk import Panel
from site_builder.photos.plan import Size

MM_AN_INCH = 25.4

CAPITAL_MM_A_METRE = 12.2
"""Height of a capital letter that subtends 0.7° (EN 301 549, 5.1.4)."""

CAPITAL = 0.68
"""Height of a capital letter in em: Noto Sans CJK has 0.733, Arial 0.716, Liberation Sans 0.688."""

ARM_M = 1.2
"""Distance in metres of who touches a screen, with a step back for long sight."""

TARGET_MM = 22
"""The least side of what is touched."""

SCANNED_FROM = 10
"""A QR code is read from as many times its side."""


def pixels_a_mm(panel: Panel) -> float:
    """Pixels a millimetre."""
    return hypot(*panel.px) / (panel.diagonal_in * MM_AN_INCH)


def type_px(panel: Panel, distance_m: float | None = None) -> int:
    """The smallest font size in pixels that is legible from a distance: that of the panel, or another."""
    capital = CAPITAL_MM_A_METRE * (distance_m or panel.distance_m) * pixels_a_mm(panel)
    return ceil(capital / CAPITAL)


def reading_px(panel: Panel) -> int:
    """The smallest font size in pixels that is legible for who touches the panel."""
    return type_px(panel, min(panel.distance_m, ARM_M))


def target_px(panel: Panel) -> int:
    """The least side in pixels of what is touched."""
    return ceil(TARGET_MM * pixels_a_mm(panel))


def code_px(panel: Panel, modules: int, quiet_zone: int) -> int:
    """The side in pixels of a QR code of so many modules with a quiet zone on either side.

    Without it the code measures a tenth of the distance at least; each module is whole pixels.
    """
    side = panel.distance_m * 1000 / SCANNED_FROM * pixels_a_mm(panel)
    return ceil(side / modules) * (modules + 2 * quiet_zone)


def is_portrait(px: Size) -> bool:
    return px[1] > px[0]
