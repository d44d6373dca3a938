"""Whether the theme's colours stand out enough from each other to be read on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

INDOORS, OUTDOORS = 4.5, 7.0
"""The least contrast of text (WCAG 2.2, 1.4.3 and 1.4.6); daylight on a panel asks for the higher one."""

PAIRS: Mapping[str, tuple[str, ...]] = {
    "ground": ("ink", "ink-soft", "red", "right"),
    "ground-deep": ("ink", "ink-soft", "red"),
    "ground-seeds": ("ink", "ink-soft", "red"),
    "red": ("on-red", "on-red-accent"),
    "red-seeds": ("on-red", "on-red-accent"),
    "gold": ("on-gold", "on-gold-accent"),
    "gold-seeds": ("on-gold", "on-gold-accent"),
    "night": ("on-night", "on-night-accent"),
    "night-seeds": ("on-night", "on-night-accent"),
    "info": ("on-info",),
    "warning": ("on-warning",),
    "emergency": ("on-emergency",),
    "code-ground": ("code-ink",),
}
"""Grounds, patterns on them, and what is written there."""

_TOKEN = re.compile(r"^\s*--([\w-]+):\s*#([0-9a-f]{6});", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Faint:
    """A colour too near to that of its ground: its line in the style sheet, and their contrast."""

    line: int
    ink: str
    ground: str
    contrast: float


def faint(style: str, least: float) -> Iterator[Faint]:
    """Every pair whose contrast is below `least`; a colour that `style` does not define counts as 1."""
    colours = {found[1]: found[2] for found in _TOKEN.finditer(style)}
    lines = {found[1]: style.count("\n", 0, found.end()) + 1 for found in _TOKEN.finditer(style)}
    for ground, inks in PAIRS.items():
        for ink in inks:
            known = ink in colours and ground in colours
            found = contrast(colours[ink], colours[ground]) if known else 1.0
            if found < least:
                yield Faint(lines.get(ink, 1), ink, ground, found)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours in hexadecimal digits, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
