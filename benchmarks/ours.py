"""This pipeline as a contestant: python -m benchmarks.ours cache photo…"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.content.model.story import Photo
from site_builder.content.story import StoryPhoto
from site_builder.photos import darkroom
from site_builder.photos.meter import Meter
from site_builder.photos.plan import Development, Recipe, plan

FACTS = {"decorative": True, "credit": {"zh": "测量", "en": "Measured"}, "people": "none"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The house recipe and what it makes of some photos of one folder."""

    recipe: Recipe
    work: tuple[Development, ...]


def planned(photos: Sequence[Path], memory: Path) -> Plan:
    """Measures photos and plans their development, without the share card that only a cover has."""
    recipe = darkroom.recipe()
    facts = [Photo.model_validate({"file": photo.name, **FACTS}) for photo in photos]
    with Meter(memory) as meter:
        measured = [each.result() for each in [meter(photo, ()) for photo in photos]]
    shown = [
        StoryPhoto(photo.name, fact, size) for photo, fact, size in zip(photos, facts, measured, strict=True)
    ]
    return Plan(recipe, tuple(plan("bench/photos", each, recipe) for each in shown))


def main() -> None:
    cache, *photos = map(Path, sys.argv[1:])
    todo = planned(photos, cache / "measured.json")
    developed = darkroom.develop(photos[0].parent, todo.work, todo.recipe, cache)
    if developed.problems:
        sys.exit(str(developed.problems))


if __name__ == "__main__":
    main()
