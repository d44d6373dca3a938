"""The addresses of pages, and the way from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from site_builder.content.problems import Lang

CODES: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
"""The language tags (BCP 47) of what is published."""


def address(lang: Lang, path: str) -> str:
    """Where a page stands in one language: `venues/x/` and `en/venues/x/`; the home page is ``."""
    return path if lang == "zh" else f"en/{path}"


@dataclass(frozen=True, slots=True)
class Here:
    """A page's own place, from which links lead away.

    Links are relative, so that a site works under any path; with `base` (for `404.html`, which a
    host serves at any depth) they begin with that path instead.
    """

    url: str
    lang: Lang
    base: str | None = None

    def to(self, url: str) -> str:
        """The link to another address or file of the site."""
        if self.base is not None:
            return self.base + url
        for up, shared in _ways(self.url):
            if url.startswith(shared):
                return up + url[len(shared) :] or "./"
        raise AssertionError("the outermost folder holds everything")

    def page(self, path: str) -> str:
        """The link to a page in this page's language."""
        return self.to(address(self.lang, path))


@cache
def _ways(url: str) -> tuple[tuple[str, str], ...]:
    """The folders that a page stands in, the innermost first: how to get there, and their addresses."""
    steps = url.split("/")[:-1]
    return tuple(
        ("../" * (len(steps) - depth), "".join(f"{step}/" for step in steps[:depth]))
        for depth in range(len(steps), -1, -1)
    )
