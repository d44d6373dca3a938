"""Variants of terms: found as whole words in any case, number and spacing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.content.model.vocabulary import Term
from site_builder.content.terminology import Terminology
from tests.unit.making import site

VOCABULARY = replace(
    site().vocabulary,
    terms=(Term(zh="街道", en="subdistrict", avoid=("street office", "street")),),
    ethnic_groups={"DE": Term(zh="德昂族", en="Deang", avoid=("De'ang",))},
)
TERMS = Terminology(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our Street Offices", [(4, "term-variant", "Street Offices", "subdistrict")]),
        ("our street\noffice", [(4, "term-variant", "street office", "subdistrict")]),
        ("our street\n\noffice", [(4, "term-variant", "street", "subdistrict")]),
        ("De’ang songs", [(0, "group-spelling", "De’ang", "Deang")]),
        ("streetwise bystreets", []),
    ],
)
def test_a_variant_is_found_as_whole_words(text: str, found: list[tuple[int, str, str, str]]) -> None:
    slips = [
        (slip.offset, slip.code, slip.values["value"], slip.values["right"]) for slip in TERMS.slips(text)
    ]
    assert slips == found
    assert TERMS.is_suspected(" ".join(text.split("\n"))) >= bool(found)


def test_without_variants_nothing_is_found() -> None:
    terms = Terminology(replace(VOCABULARY, terms=(), ethnic_groups={}))
    assert list(terms.slips("Any street office")) == []
