"""What search engines are told: the map of the pages, and that all may be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from site_builder.web.frames import alternates
from site_builder.web.outline import Outline

_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(base_url: str, pages: Iterable[Outline]) -> str:
    """`sitemap.xml` (sitemaps.org 0.9), each page with its twins and the day its content was revised."""
    entries = "".join(line for page in pages if page.indexed for line in _entry(base_url, page))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{entries}</urlset>\n'


def robots(base_url: str) -> str:
    """`robots.txt`: everything may be read; where the map is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n"


def _entry(base_url: str, page: Outline) -> Iterator[str]:
    """Foreign elements come last (sitemap.xsd)."""
    yield f"  <url>\n    <loc>{escape(base_url + page.url)}</loc>\n"
    if page.updated:
        yield f"    <lastmod>{page.updated.isoformat()}</lastmod>\n"
    for code, href in alternates(base_url, page.path):
        yield f'    <xhtml:link rel="alternate" hreflang="{code}" href="{escape(href)}"/>\n'
    yield "  </url>\n"
