"""Whatever happens to a file of a real site, a check ends with a verdict."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from site_builder import output
from site_builder.content.problems import ContentError, PhotoError, Problem, Spot, problem
from site_builder.photos.meter import measure
from tests.conftest import GOLDEN, ROOT
from tests.fuzz.judging import (
    INPUTS,
    MARKDOWN,
    YAML,
    assert_told,
    judge_bytes,
    judge_markdown,
    judge_yaml,
    limited,
)
from tests.fuzz.mutations import mutated
from tests.unit.photos.laboratory import quarters
from tests.unit.photos.pictures import encoded

SEEDS = range(10)
"""Of the tests that check whole sites, so that processors share them."""

PHOTOS = [encoded(quarters(), kind, 6) for kind in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")]


def test_there_are_enough() -> None:
    assert sum(INPUTS.values()) >= 5000


def test_a_mutated_file_is_judged_by_itself() -> None:
    chance = random.Random(1)
    files = [*YAML, *((file, None) for file in MARKDOWN)]
    for number in range(INPUTS["mutated files, each by itself"]):
        file, model = files[number % len(files)]
        text = judge_bytes(mutated(file.read_bytes(), chance))
        if model:
            judge_yaml(text, model)
        else:
            judge_markdown(text)


def test_a_mutated_photo_is_measured_or_refused() -> None:
    chance = random.Random(2)
    for number in range(INPUTS["mutated photos"]):
        data = mutated(PHOTOS[number % len(PHOTOS)], chance)
        with limited(data):
            try:
                found = measure(data)
            except PhotoError as error:
                assert_told([problem(Spot("content/photo"), error.code, **error.values)], 1)
            else:
                assert min(found.width, found.height) >= 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("site", "kind"),
    [(GOLDEN, "mutated files of the golden site"), (ROOT, "mutated files of the real site")],
)
def test_a_site_with_a_mutated_file_is_judged(site: Path, kind: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    files = copied(site / "content", tmp_path / "content")
    assert verdict(tmp_path, "as it is") == verdict(tmp_path, "again")
    for _ in range(INPUTS[kind] // len(SEEDS)):
        file = chance.choice(files)
        before = file.read_bytes()
        data = mutated(before, chance)
        file.write_bytes(data)
        for found in verdict(tmp_path, f"{file.relative_to(tmp_path)}: {data[:2000]!r}"):
            assert_told([found], lines(tmp_path / found.spot.path))
        file.write_bytes(before)
    shutil.rmtree(tmp_path)


def copied(site: Path, content: Path) -> list[Path]:
    """The files of a copy, whose photos are small."""
    shutil.copytree(site, content)
    for photo in content.rglob("*.png"):
        photo.write_bytes(encoded(quarters(), "PNG"))
    return sorted(file for file in content.rglob("*") if file.is_file())


def verdict(root: Path, what: str) -> tuple[Problem, ...]:
    try:
        with limited(what):
            return output.check(root, jobs=1)[1]
    except ContentError as error:
        return error.problems
    except Exception as error:
        raise AssertionError(what) from error


def lines(file: Path) -> int:
    """Of a text as editors see them; a photo or a folder has one."""
    if file.suffix not in {".md", ".yml"} or not file.is_file():
        return 1
    return len(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
