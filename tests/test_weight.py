"""What a first view of each page weighs, photos apart: at most 60 kB after gzip, in 12 requests."""

from __future__ import annotations

import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from site_builder.build import Report
from tests.conftest import for_residents

BYTES, REQUESTS = 60_000, 12
LINKS = {"stylesheet", "icon", "manifest", "modulepreload", "preload"}


class Loads(HTMLParser):
    """What a page loads for a first view, as addresses that it writes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"img", "script", "iframe", "source", "video", "audio", "embed"} and "src" in said:
            self.found.add(said["src"])
        if tag == "link" and LINKS & set(said.get("rel", "").split()) and "href" in said:
            self.found.add(said["href"])


def parts(site: Path, page: Path) -> dict[str, int]:
    """Address → bytes after gzip of everything in the first view that is no photo."""
    address = "/" + page.relative_to(site).as_posix()
    waiting, weights = [address], {}
    while waiting:
        here = waiting.pop()
        if here in weights or here.startswith("/media/"):
            continue
        data = (site / here.lstrip("/")).read_bytes()
        weights[here] = min(len(data), len(zlib.compress(data, 6, wbits=31)))
        waiting += [
            urlsplit(urljoin(here, each)).path for each in loads(here, data) if not each.startswith("data:")
        ]
    return weights


def loads(address: str, data: bytes) -> set[str]:
    if address.endswith(".html"):
        return Loads(data.decode()).found
    if address.endswith(".css"):
        return set(re.findall(r"url\(\s*[\"']?([^\"')]+)", data.decode()))
    if address.endswith(".js"):
        return set(re.findall(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""", data.decode()))
    return set()


def test_every_page_is_light(real_site: tuple[Path, Report]) -> None:
    site, _ = real_site
    heavy = {}
    for page in for_residents(site):
        weights = parts(site, page)
        assert len(weights) >= 4, f"{page}: {weights}"
        if sum(weights.values()) > BYTES or len(weights) > REQUESTS:
            heavy[page.relative_to(site).as_posix()] = (sum(weights.values()), len(weights), weights)
    assert heavy == {}, "page: (bytes, requests, parts)"


def test_photos_alone_are_left_out(real_site: tuple[Path, Report]) -> None:
    """Of the front page a page, a style sheet, scripts and the drawings of the theme are weighed."""
    weights = parts(real_site[0], real_site[0] / "index.html")
    kinds = {Path(address).suffix for address in weights}
    assert kinds == {".html", ".css", ".js", ".svg"}
    assert any("/band-" in address for address in weights), "a drawing that only the style sheet names"
