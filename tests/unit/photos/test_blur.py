"""Of what a box hides nothing stands in any file that is made of a photo."""

from __future__ import annotations

from concurrent.futures import Executor
from itertools import product
from pathlib import Path
from statistics import pstdev

import pytest
from PIL import Image

from site_builder.photos.plan import Variant
from tests.unit.photos.covers import cover
from tests.unit.photos.laboratory import opened
from tests.unit.photos.pictures import encoded

SIZE = (2400, 1800)
"""Larger than any file that is made of it."""
FIELD = 15
HIDDEN, OPEN = (0.4, 0.45, 0.15, 0.2), (0.7, 0.45, 0.15, 0.2)
"""Of 360 pixels each way, which become twelve squares of two fields each way."""
FACTS = {"people": "blurred", "blur": [list(HIDDEN)], "focus": ["0.5", "0.5"]}
Part = tuple[float, float, float, float]

turned = pytest.mark.parametrize("orientation", [1, 6])


def chequered(swapped: bool = False) -> Image.Image:
    """Fields, black and white; `swapped` under the box, where the mean of each square stays."""
    tile = Image.new("L", (2 * FIELD, 2 * FIELD), 255)
    tile.paste(0, (0, 0, FIELD, FIELD))
    tile.paste(0, (FIELD, FIELD, 2 * FIELD, 2 * FIELD))
    picture = Image.new("L", SIZE)
    for left, top in product(range(0, SIZE[0], 2 * FIELD), range(0, SIZE[1], 2 * FIELD)):
        picture.paste(tile, (left, top))
    if swapped:
        left, top, right, bottom = pixels(HIDDEN)
        picture.paste(picture.crop((left - FIELD, top, right - FIELD, bottom)), (left, top))
    return picture.convert("RGB")


def pixels(part: Part, size: tuple[int, int] = SIZE) -> tuple[int, int, int, int]:
    left, top, width, height = part
    corners = (left * size[0], top * size[1], (left + width) * size[0], (top + height) * size[1])
    return tuple(round(each) for each in corners)  # type: ignore[return-value]


def photographed(picture: Image.Image, orientation: int, kind: str = "PNG") -> bytes:
    """The picture as a phone stores it that is held flat (1) or upright (6)."""
    stored = picture.transpose(Image.Transpose.ROTATE_90) if orientation == 6 else picture
    return encoded(stored, kind, orientation)


@turned
def test_no_file_depends_on_what_a_box_hides(tmp_path: Path, pool: Executor, orientation: int) -> None:
    photos = [photographed(chequered(swapped), orientation) for swapped in (False, True)]
    hidden = [
        list(cover(tmp_path / str(number), pool, data, **FACTS).values())
        for number, data in enumerate(photos)
    ]
    assert hidden[0] == hidden[1]
    seen = [
        list(cover(tmp_path / f"{number} seen", pool, data).values()) for number, data in enumerate(photos)
    ]
    assert len(seen[0]) == len(hidden[0]) == 8  # five AVIF, two JPEG, a card
    assert all(one != other for one, other in zip(*seen, strict=True))


@turned
@pytest.mark.parametrize("kind", ["JPEG", "AVIF"])
def test_detail_is_gone_inside_a_box_and_stays_outside(
    tmp_path: Path, pool: Executor, kind: str, orientation: int
) -> None:
    data = photographed(chequered(), orientation, kind)
    for variant, file in cover(tmp_path, pool, data, **FACTS).items():
        grey = opened(file).convert("L")
        assert contrast(grey, within(variant, HIDDEN)) < 12, variant.path
        assert contrast(grey, within(variant, OPEN)) > 50, variant.path


def within(variant: Variant, part: Part) -> Part:
    """A part of the photo as a part of the variant."""
    if not (cut := variant.crop):
        return part
    left, top, width, height = part
    return (left - cut.left) / cut.width, (top - cut.top) / cut.height, width / cut.width, height / cut.height


def contrast(grey: Image.Image, part: Part) -> float:
    """How far the pixels of a part are from their mean, but for its edge."""
    left, top, right, bottom = pixels(part, grey.size)
    return pstdev(grey.crop((left + 3, top + 3, right - 3, bottom - 3)).tobytes())
