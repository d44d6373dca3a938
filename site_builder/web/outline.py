"""A page before it is planned: what lists of pages, and builds, need to know of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.content.problems import Lang
from site_builder.web.addresses import address
from site_builder.web.views import Page


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a page stands; it is planned when its turn comes, so that not all are in memory at once.

    `path` is the address without the language, the same for both twins.
    """

    lang: Lang
    path: str
    plan: Callable[[], Page]
    updated: dt.date | None = None
    """The day its content was published or last revised."""
    indexed: bool = True
    """Whether search engines may know it."""
    fingerprint: Callable[[], str] | None = None
    """Is the same as long as the plan would be, where that is found out sooner than planned."""

    @property
    def url(self) -> str:
        return address(self.lang, self.path)

    @property
    def file(self) -> str:
        """The file that the page is written to."""
        return self.url if self.url.endswith(".html") else f"{self.url}index.html"
