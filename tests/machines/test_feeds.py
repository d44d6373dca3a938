"""Atom and JSON Feed, by schemas and by a reader."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
from lxml import etree

from site_builder.build import build
from site_builder.output import Options
from tests.conftest import ROOT
from tests.machines.conftest import LANGS, TODAY, both_languages, events
from tests.machines.feasts import feasts
from tests.machines.test_data import strict

NAMES = {"a": "http://www.w3.org/2005/Atom"}
SCHEMAS = ROOT / "tests/machines/schemas"


@both_languages
def test_atom_is_valid(site: Path, lang: str) -> None:
    feed = etree.parse(site / lang / "feed.xml")
    etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng")).assertValid(feed)
    for part, rels in ((".", ["alternate", "self"]), ("a:entry", ["alternate"])):
        for node in feed.getroot().xpath(part, namespaces=NAMES):
            found = sorted(node.xpath("a:link/@rel", namespaces=NAMES))
            assert [rel for rel in found if rel != "enclosure"] == rels
    ids = feed.xpath("//a:id/text()", namespaces=NAMES)
    assert len(set(ids)) == len(ids)


@both_languages
def test_a_reader_reads_atom_without_a_complaint(site: Path, lang: str) -> None:
    feed = feedparser.parse((site / lang / "feed.xml").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True) and feed.feed.updated == days[0]
    for entry in feed.entries:
        assert (site / entry.link.removeprefix(feed.feed.link.removesuffix(lang)) / "index.html").is_file()


@both_languages
def test_json_feed_is_valid_and_tells_the_same(site: Path, lang: str) -> None:
    feed = json.loads((site / lang / "feed.json").read_bytes())
    strict(json.loads((SCHEMAS / "jsonfeed.json").read_bytes())).validate(feed)
    atom = feedparser.parse((site / lang / "feed.xml").read_bytes())
    assert [(item["id"], item["title"]) for item in feed["items"]] == [
        (entry.id, entry.title) for entry in atom.entries
    ]


def test_ids_stay_where_the_site_moves(root: Path, tmp_path: Path) -> None:
    moved = feasts(tmp_path)
    identity = moved / "content/site.yml"
    text = identity.read_text("utf-8")
    old, new = "https://www.example.org/street/", "https://new.example.org/"
    identity.write_text(text.replace(old, new) + f"\nid_base: {old}\n", "utf-8")
    build(moved, Options(TODAY))
    for lang in LANGS:
        one, other = (
            feedparser.parse((at / "site" / lang / "feed.xml").read_bytes()) for at in (root, moved)
        )
        assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]
        assert all(entry.link.startswith(new) for entry in other.entries)
        same = [events(at / "site" / lang / "calendar.ics").keys() for at in (root, moved)]
        assert same[0] == same[1]
