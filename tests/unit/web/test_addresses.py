"""The way from one page to another."""

from __future__ import annotations

import posixpath
from itertools import product
from urllib.parse import urljoin

import pytest

from site_builder.web.addresses import Here, address

PLACES = (
    "",
    "en/",
    "venues/",
    "venues/hall/",
    "en/venues/hall/",
    "venues/page/2/",
    "media/venues/hall/a.avif",
)


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("", "", "./"),
        ("", "en/", "en/"),
        ("", "venues/hall/", "venues/hall/"),
        ("en/", "", "../"),
        ("venues/", "venues/", "./"),
        ("venues/", "venues/hall/", "hall/"),
        ("venues/hall/", "venues/", "../"),
        ("venues/hall/", "venues/hall/", "./"),
        ("venues/hall/", "venues/plaza/", "../plaza/"),
        ("venues/hall/", "en/venues/hall/", "../../en/venues/hall/"),
        ("en/venues/hall/", "venues/hall/", "../../../venues/hall/"),
        ("venues/hall/", "media/venues/hall/a.avif", "../../media/venues/hall/a.avif"),
        ("venues/hall/", "assets/site.css", "../../assets/site.css"),
        ("venues/page/2/", "venues/", "../../"),
    ],
)
def test_links_are_relative(here: str, there: str, link: str) -> None:
    assert Here(here, "zh").to(there) == link


@pytest.mark.parametrize(("here", "there"), list(product(PLACES[:-1], PLACES)))
@pytest.mark.parametrize("mount", ["/", "/a/b/"])
def test_a_browser_gets_there_under_any_path(mount: str, here: str, there: str) -> None:
    base = f"https://www.example.org{mount}"
    assert urljoin(base + here, Here(here, "zh").to(there)) == base + there


@pytest.mark.parametrize(
    ("base", "there", "link"),
    [
        ("/", "venues/", "/venues/"),
        ("/street/", "assets/a.css", "/street/assets/a.css"),
        ("/street/", "", "/street/"),
    ],
)
def test_the_404_page_begins_at_the_base(base: str, there: str, link: str) -> None:
    assert Here("404.html", "zh", base).to(there) == link
    assert posixpath.isabs(link)


def test_twins_share_a_path() -> None:
    assert [address(lang, "venues/hall/") for lang in ("zh", "en")] == ["venues/hall/", "en/venues/hall/"]
    assert [address(lang, "") for lang in ("zh", "en")] == ["", "en/"]
    assert Here("en/venues/", "en").page("venues/hall/") == "hall/"
    assert Here("venues/", "zh").page("venues/hall/") == "hall/"
