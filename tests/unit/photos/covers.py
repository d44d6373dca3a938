"""The cover of a story, planned and developed as a build does."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from site_builder.content.model.story import Photo
from site_builder.content.story import StoryPhoto
from site_builder.photos import darkroom
from site_builder.photos.meter import measure
from site_builder.photos.plan import Recipe, Variant, plan
from tests.unit.making import photo
from tests.unit.photos.laboratory import RECIPE, lay


def cover(
    root: Path, pool: Executor, data: bytes, recipe: Recipe = RECIPE, **facts: Any
) -> dict[Variant, bytes]:
    """All that is made of it, whole and cut."""
    lay(root, "a.png", data)
    shown = Photo.model_validate(photo("a.png", **facts))
    story_photo = StoryPhoto("photos/a.png", shown, measure(data, shown.blur))
    job = plan("venues/hall", story_photo, recipe, cover=True)
    assert darkroom.develop(root, [job], recipe, root / "cache", pool).problems == ()
    return {each: darkroom.cached(root / "cache", each).read_bytes() for each in job.files}
