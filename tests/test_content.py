"""The repository's own content keeps what it promises: length, sections, translations, drawings, sources."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from site_builder import output
from site_builder.content.model.story import Resident
from site_builder.content.story import Story
from tests.conftest import ROOT

SITE, WARNINGS = output.check(ROOT)
STORIES = [pytest.param(story, id=ref) for ref, story in SITE.stories.items()]
MAX_DRAWING = 400_000


def test_there_are_no_warnings() -> None:
    assert WARNINGS == ()


def test_there_is_enough_to_read() -> None:
    counted = Counter(story.section for story in SITE.stories.values())
    samples = [story.facts for story in SITE.stories.values() if story.facts.sample]
    assert counted["venues"] >= 10
    assert counted["events"] >= 10
    assert counted["residents"] - len(samples) >= 6
    kinds = {facts.kind for facts in samples if isinstance(facts, Resident)}
    assert kinds == {"individual", "family", "building"}
    assert (len(SITE.vocabulary.communities), len(SITE.vocabulary.ethnic_groups)) == (7, 56)
    assert len(SITE.kiosks) >= 3


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_neither_a_note_nor_an_essay(story: Story) -> None:
    titles = {heading.text for heading in story.texts.zh.headings}
    written = "".join(text for text in story.texts.zh.texts if text not in titles)
    assert 250 <= len(re.sub(r"\s", "", written)) <= 700
    assert len(titles) >= 2


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_translated_section_by_section(story: Story) -> None:
    assert story.texts.translation == "current"
    assert story.texts.en is not None
    assert len(story.texts.en.headings) == len(story.texts.zh.headings)
    assert sorted(link.target for link in story.texts.en.links) == sorted(
        link.target for link in story.texts.zh.links
    )


@pytest.mark.parametrize("story", STORIES)
def test_a_story_has_its_drawing_and_says_that_it_is_one(story: Story) -> None:
    (cover,) = story.photos
    picture = ROOT / cover.path
    assert cover.measured.width >= 1920
    assert picture.stat().st_size <= MAX_DRAWING
    assert picture.with_suffix(".svg").stat().st_size <= MAX_DRAWING
    assert cover.facts.credit.zh.startswith("插图")
    assert cover.facts.credit.en.startswith("Illustration")


def test_only_samples_write_of_individuals_families_and_buildings() -> None:
    for story in SITE.stories.values():
        if isinstance(story.facts, Resident) and story.facts.kind != "collective":
            assert story.facts.sample, story.ref
