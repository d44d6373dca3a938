"""The screens in plazas, from content to the files of their folders.

What plans them is imported late: a site without screens does without, and it takes 35 ms.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.assets import KioskTheme
from site_builder.content.gate import Gate, admitted
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.problems import ContentError, Spot, problem
from site_builder.content.source import Source, parse
from site_builder.content.story import Site
from site_builder.photos import darkroom
from site_builder.web.edition import Edition

if TYPE_CHECKING:
    from site_builder.kiosk.screens import Screen

TOKENS = "theme/kiosk/css/tokens.css"
"""What the style of screens begins with: the colours stand there."""


def refuse_illegible(root: Path, site: Site) -> None:
    """Looks whether every screen shows its texts in letters that can be read at its distance.

    Raises:
        ContentError: with each place in the screens' files where one does not.
    """
    if not site.kiosks:
        return
    from site_builder.kiosk.proof import illegible

    found = []
    for each in illegible(site):
        path = f"content/kiosks/{each.kiosk}.yml"
        source = parse((root / path).read_text("utf-8-sig"), path, Kiosk)
        assert isinstance(source, Source), "it has just been read"
        found.append(problem(source.at(*each.loc), each.code, **each.values))
    if found:
        raise ContentError(found)


def refuse_faint(theme: KioskTheme, site: Site) -> None:
    """Looks whether the colours of the theme can be told apart on every screen, those in daylight too.

    Raises:
        ContentError: with each colour in the theme that is too near to that of its ground.
    """
    if not site.kiosks:
        return
    from site_builder.kiosk.contrast import INDOORS, OUTDOORS, faint

    outdoors = any(kiosk.panel.outdoor for kiosk in site.kiosks.values())
    least = OUTDOORS if outdoors else INDOORS
    found = [
        problem(
            Spot(TOKENS, each.line),
            "kiosk-contrast",
            ink=each.ink,
            ground=each.ground,
            contrast=f"{each.contrast:.1f}",
            least=f"{least:g}",
        )
        for each in faint(theme.style.decode(), least)
    ]
    if found:
        raise ContentError(found)


def screens(edition: Edition, site: Site, gate: Gate) -> tuple[Screen, ...]:
    """The screens as the site holds them: anybody may open their folders there, so that whoever is shown
    agrees to the web as well."""
    if not site.kiosks:
        return ()
    shown, _ = admitted(edition.site, replace(gate, channel="kiosk"))
    there = replace(edition, site=shown)
    return tuple(screen(there, site, name, shown.stories.keys()) for name in site.kiosks)


def screen(edition: Edition, site: Site, name: str, web: Collection[str]) -> Screen:
    """One screen; `edition` holds what it may show, `site` all content, `web` names what has a page."""
    from site_builder.kiosk import screens as planning

    return planning.screen(edition, site, name, web, darkroom.recipe())


def files(screen: Screen, theme: KioskTheme, cache: Path) -> dict[str, bytes]:
    """Path in the folder of a screen → bytes.

    Raises:
        FileNotFoundError: when a photo has not been developed.
    """
    from site_builder.kiosk import folder

    media = {variant.path: darkroom.cached(cache, variant).read_bytes() for variant in screen.media}
    return folder.files(screen, theme, media)
