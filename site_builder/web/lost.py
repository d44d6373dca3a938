"""The page for lost visitors."""

from __future__ import annotations

from urllib.parse import urlsplit

from site_builder.content.model.story import SECTIONS
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.frames import frame
from site_builder.web.parts import Link
from site_builder.web.views import NotFoundView, Page


def not_found(edition: Edition) -> Page:
    """One file for both languages: a host cannot tell which one a lost visitor reads."""
    base = urlsplit(edition.site.identity.base_url).path
    here, other = Here("404.html", "zh", base), Here("404.html", "en", base)

    def ways(at: Here) -> tuple[Link, ...]:
        home = Link(edition.say(at.lang, "menu.home"), at.page(""))
        return (
            home,
            *(
                Link(edition.say(at.lang, f"menu.{name}"), at.page(f"{name}/"))
                for name in (*SECTIONS, "search")
            ),
        )

    surroundings = frame(
        edition,
        here,
        "",
        title=edition.say("zh", "lost.title"),
        description=edition.say("zh", "lost.text"),
        indexed=False,
    )
    view = NotFoundView(
        text=edition.say("zh", "lost.text"),
        links=ways(here),
        other_title=edition.say("en", "lost.title"),
        other_text=edition.say("en", "lost.text"),
        other_links=ways(other),
    )
    return Page("not_found.html", surroundings, view)
