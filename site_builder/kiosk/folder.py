"""The folder of a screen: everything that plays there, named in a manifest."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Mapping
from string import Template

from site_builder.assets import KioskTheme, hashed
from site_builder.kiosk import manifest
from site_builder.kiosk.panel import reading_px, target_px, type_px
from site_builder.kiosk.screens import Screen
from site_builder.web.policy import policy_of_screens


def files(screen: Screen, theme: KioskTheme, media: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path in the folder → bytes; `media` holds those of every photo by its path.

    Equal values, theme and photos give equal bytes. The release is a hash of all of it but the day.
    """
    style, script = hashed("kiosk.css", theme.style), hashed("kiosk.js", theme.script)
    fixed = {style: theme.style, script: theme.script, "sw.js": theme.worker, **media}
    release = _release(screen, theme, fixed)
    listed = json.dumps({**screen.plan, "release": release}, ensure_ascii=False, separators=(",", ":"))
    page = _page(screen, theme, release, style, script)
    made = {
        **fixed,
        "index.html": page.encode(),
        "playlist.json": listed.encode(),
        "playlist.js": f"window.KIOSK_PLAYLIST = {_as_script(listed)};\n".encode(),
    }
    made["manifest.json"] = manifest.made(made, release, screen.built_at)
    made["notice.json"] = screen.notice
    return made


def _as_script(value: str) -> str:
    """JSON as a script may hold it: these two end a line there (ECMA-262 before 2019)."""
    return value.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _page(screen: Screen, theme: KioskTheme, release: str, style: str, script: str) -> str:
    panel = screen.kiosk.panel
    values = {
        "release": release,
        "title": screen.title,
        "style": style,
        "script": script,
        "policy": policy_of_screens(),
        "width": panel.px[0],
        "height": panel.px[1],
        "text_px": type_px(panel),
        "reading_px": reading_px(panel),
        "target_px": target_px(panel),
    }
    return Template(theme.page).substitute({key: html.escape(str(value)) for key, value in values.items()})


def _release(screen: Screen, theme: KioskTheme, fixed: Mapping[str, bytes]) -> str:
    told = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(fixed.items())}
    value = json.dumps([screen.plan, screen.title, theme.page, policy_of_screens(), told], ensure_ascii=False)
    return hashlib.sha256(value.encode()).hexdigest()[:16]
