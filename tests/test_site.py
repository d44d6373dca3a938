"""The real site, as it is built: every page, link, anchor and promise."""

from __future__ import annotations

import datetime as dt
import filecmp
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from site_builder.build import Report, build
from site_builder.output import Options, today
from tests.conftest import ROOT, for_residents

Site = tuple[Path, Report]

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADS = {("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("iframe", "src")}
NOT_LOADED = {"canonical", "alternate"}


class Outline(HTMLParser):
    """What the tests ask of a page; fails on tags that do not match."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.lang = self.title = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[str] = []
        self.alternates: dict[str, str] = {}
        self.switch = ""
        self.without_alt: list[str] = []
        self.styles: list[str] = []
        self._open: list[str] = []
        self.feed(file.read_text("utf-8"))
        assert self._open == [], f"{file}: never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "html":
            self.lang = found["lang"]
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "a" and "switch" in found.get("class", "").split():
            self.switch = found["href"]
        if tag == "link" and found.get("rel") == "alternate" and "hreflang" in found:
            self.alternates[found["hreflang"]] = found["href"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag == "img" and "alt" not in found:
            self.without_alt.append(found["src"])
        if "style" in found or tag == "style" or any(name.startswith("on") for name in found):
            self.styles.append(tag)
        self._note_loads(tag, found)

    def _note_loads(self, tag: str, found: dict[str, str]) -> None:
        for name, value in found.items():
            if (tag, name) in LOADS and found.get("rel") not in NOT_LOADED:
                self.loads.append(value)
            if name == "srcset":
                self.loads += [part.split()[0] for part in value.split(", ")]

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open.pop() == tag, f"</{tag}> closes nothing"


def pages(site: Path) -> Iterator[tuple[str, Outline]]:
    for file in for_residents(site):
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        yield address, Outline(file)


@pytest.fixture(scope="module")
def outlines(real_site: Site) -> dict[str, Outline]:
    return dict(pages(real_site[0]))


def test_it_has_what_the_subdistrict_needs(outlines: dict[str, Outline]) -> None:
    for section, least in (("venues", 10), ("events", 10), ("residents", 10), ("communities", 7)):
        stories = [address for address in outlines if re.fullmatch(rf"{section}/[a-z0-9-]+/", address)]
        assert len(stories) >= least, section
    assert {"", "about/", "accessibility/", "privacy/", "404.html"} <= outlines.keys()


def test_every_chinese_page_has_its_english_twin_and_back(outlines: dict[str, Outline]) -> None:
    chinese = {address for address in outlines if not address.startswith("en/")} - {"404.html"}
    english = {address for address in outlines if address.startswith("en/")}
    assert {f"en/{address}" for address in chinese} == english
    for address in chinese:
        zh, en = outlines[address], outlines[f"en/{address}"]
        assert (zh.lang, en.lang) == ("zh-CN", "en")
        assert urljoin(f"/{address}", zh.switch) == f"/en/{address}"
        assert urljoin(f"/en/{address}", en.switch) == f"/{address}"
        assert zh.alternates == en.alternates
        assert set(zh.alternates) == {"zh-CN", "en", "x-default"}


def test_no_link_and_no_anchor_is_broken(real_site: Site, outlines: dict[str, Outline]) -> None:
    site = real_site[0]
    broken = []
    for address, outline in outlines.items():
        for link in [*outline.links, *outline.loads]:
            if urlsplit(link).scheme:
                continue
            target = urlsplit(urljoin(f"http://site/{address}", link))
            path = unquote(target.path).lstrip("/")
            file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
            anchors = outlines[path].ids if path in outlines else []
            if not file.is_file() or (target.fragment and unquote(target.fragment) not in anchors):
                broken.append(f"{address} → {link}")
    assert broken == []


def test_links_are_relative_and_nothing_comes_from_elsewhere(outlines: dict[str, Outline]) -> None:
    for address, outline in outlines.items():
        for load in outline.loads:
            assert not urlsplit(load).netloc, f"{address} loads {load}"
        if address != "404.html":  # hosts serve it at any depth
            absolute = [link for link in outline.links + outline.loads if link.startswith("/")]
            assert absolute == [], address


def test_style_sheets_load_nothing_from_elsewhere(real_site: Site) -> None:
    for sheet in real_site[0].rglob("*.css"):
        for address in re.findall(r"url\(\"?([^)\"]+)", sheet.read_text("utf-8")):
            drawn = address.startswith("data:image/svg+xml,")
            assert drawn or (sheet.parent / address).is_file(), f"{sheet.name}: {address}"


def test_pages_are_well_formed(outlines: dict[str, Outline]) -> None:
    for address, outline in outlines.items():
        assert len(outline.ids) == len(set(outline.ids)), f"{address}: an id comes twice"
        assert outline.headings.count("h1") == 1, address
        levels = [int(heading[1]) for heading in outline.headings]
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert levels[0] == 1 and jumps == [], f"{address}: {outline.headings}"
        assert outline.without_alt == [], address
        assert outline.styles == [], f"{address}: inline styles and handlers break a strict policy"


def test_titles_are_unique(real_site: Site) -> None:
    titles: dict[str, str] = {}
    for file in real_site[0].rglob("*.html"):
        title = re.search(r"<title>(.*?)</title>", file.read_text("utf-8"), re.DOTALL)
        assert title
        assert title[1] not in titles, f"{file} and {titles[title[1]]}: {title[1]}"
        titles[title[1]] = str(file)


def test_no_page_is_left_half_translated(real_site: Site) -> None:
    """English pages hold Chinese only in the switch; Chinese pages no untranslated word of the interface."""
    for file in (real_site[0] / "en").rglob("*.html"):
        text = re.sub(r"<[^>]+>", " ", file.read_text("utf-8").replace(">中文<", "><"))
        assert not re.search(r"[\u4e00-\u9fff]", text), file


def test_samples_are_marked_and_left_out_of_a_release(real_site: Site, tmp_path: Path) -> None:
    site, _ = real_site
    samples = sorted(folder.name for folder in (site / "residents").glob("sample-*"))
    assert len(samples) >= 4
    for name in samples:
        assert '<span class="mark">示例</span>' in (site / "residents" / name / "index.html").read_text(
            "utf-8"
        )
        assert '<span class="mark">Sample</span>' in (site / "en/residents" / name / "index.html").read_text(
            "utf-8"
        )
    build(ROOT, Options(dt.date(2026, 11, 23), release=True), tmp_path / "site")
    everything = b"".join(
        file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.suffix in {".html", ".xml"}
    )
    assert b"sample-" not in everything
    assert not list((tmp_path / "site").rglob("*sample-*"))


def test_no_photo_carries_metadata(real_site: Site) -> None:
    photos = [file for file in (real_site[0] / "media").rglob("*") if file.is_file()]
    assert len(photos) > 100
    for photo in photos:
        data = photo.read_bytes()
        for trace in (b"Exif", b"http://ns.adobe.com/xap", b"Photoshop 3.0", b"ICC_PROFILE"):
            assert trace not in data, f"{photo}: {trace!r}"


def test_the_sitemap_names_every_page_but_samples_once(real_site: Site, outlines: dict[str, Outline]) -> None:
    tree = ElementTree.parse(real_site[0] / "sitemap.xml")
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    named = [each.text or "" for each in tree.findall("s:url/s:loc", spaces)]
    base = "https://yongchang.example/"
    pages = {address for address in outlines if address != "404.html" and "/sample-" not in address}
    assert sorted(named) == sorted(base + address for address in pages)
    for entry in tree.findall("s:url", spaces):
        assert {each.get("hreflang") for each in entry.findall("x:link", spaces)} == {
            "zh-CN",
            "en",
            "x-default",
        }


def test_two_builds_give_identical_bytes(real_site: Site, tmp_path: Path) -> None:
    build(ROOT, Options(dt.date(2026, 11, 23)), tmp_path / "again")
    assert differences(real_site[0], tmp_path / "again") == []


def test_mkdocs_alone_builds_the_same_site(tmp_path: Path) -> None:
    build(ROOT, Options(today()), tmp_path / "ours")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    config = config.replace("docs_dir: content", f"docs_dir: {ROOT / 'content'}")
    config = config.replace("custom_dir: theme", f"custom_dir: {ROOT / 'theme'}")
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", "mkdocs.yml", "-d", "theirs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert "WARNING" not in run.stderr
    assert differences(tmp_path / "ours", tmp_path / "theirs") == []


def differences(left: Path, right: Path) -> list[str]:
    """Files that only one folder has, and files whose bytes differ."""
    ours, theirs = ({str(f.relative_to(d)) for f in d.rglob("*") if f.is_file()} for d in (left, right))
    _, different, failed = filecmp.cmpfiles(left, right, ours & theirs, shallow=False)
    return sorted(ours ^ theirs) + sorted(different) + sorted(failed)
