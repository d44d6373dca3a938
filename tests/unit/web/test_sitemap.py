"""What search engines are told."""

from __future__ import annotations

from xml.etree import ElementTree

from site_builder.web.pages import outlines
from site_builder.web.sitemap import robots, sitemap
from tests.unit.making import edition, story

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
BASE = "https://www.example.org/street/"


def entries(*slugs: str) -> dict[str, tuple[dict[str, str], str | None]]:
    """Address → its twins by language, and its day."""
    planned = outlines(edition(*(story(f"venues/{slug}", published="2026-02-03") for slug in slugs)))
    urls = ElementTree.fromstring(sitemap(BASE, planned).encode()).findall(f"{MAP}url")
    return {
        str(url.findtext(f"{MAP}loc")): (
            {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall(LINK)},
            url.findtext(f"{MAP}lastmod"),
        )
        for url in urls
    }


def test_every_page_with_its_twins() -> None:
    found = entries("hall")
    twins = {
        "zh-CN": f"{BASE}venues/hall/",
        "en": f"{BASE}en/venues/hall/",
        "x-default": f"{BASE}venues/hall/",
    }
    assert found[f"{BASE}venues/hall/"] == found[f"{BASE}en/venues/hall/"] == (twins, "2026-02-03")
    assert found[BASE][0]["en"] == f"{BASE}en/"
    for address, (links, _) in found.items():
        assert address in links.values()
        assert set(links.values()) <= set(found)


def test_an_error_page_is_on_no_map() -> None:
    assert not [address for address in entries("hall") if "404" in address]


def test_each_address_comes_once() -> None:
    planned = list(outlines(edition(*(story(f"venues/v{number}") for number in range(30)))))
    assert len({page.url for page in planned}) == len(planned) == len({page.file for page in planned})


def test_robots_may_read_everything() -> None:
    assert robots(BASE).splitlines()[-1] == f"Sitemap: {BASE}sitemap.xml"
