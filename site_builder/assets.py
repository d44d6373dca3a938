"""The theme's styles, scripts and images under the names that browsers load them by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

Asset = tuple[str, bytes]
"""The address of a file in the site, and its bytes."""


def theme_assets(theme: Path) -> Iterator[tuple[str, Asset]]:
    """Logical name (`site.css`, `photo-viewer.js`) → asset: one style sheet, every module, every image.

    An address holds a hash of the bytes, so that browsers may keep the file for ever. The order
    of the style sheets has no meaning: `tokens.css`, which comes first, declares the layers.
    """
    images = dict(_hashed(file) for file in sorted((theme / "images").glob("*.svg")))
    yield from images.items()
    yield from _scripts(theme / "js")
    sheets = sorted((theme / "css").glob("*.css"), key=lambda file: (file.name != "tokens.css", file.name))
    style = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    for name, (address, _) in images.items():
        style = style.replace(f'url("{name}")', f'url("{address.removeprefix("assets/")}")')
    yield "site.css", _asset("site.css", style.encode())


def inline_script(theme: Path) -> str:
    """The script that every page holds, to the letter: a template that is included loses its last newline."""
    return (theme / "partials" / "opening.js").read_text("utf-8").removesuffix("\n")


def _scripts(folder: Path) -> Iterator[tuple[str, Asset]]:
    """Every module; what it imports (`from "./search-text.js"`) goes by the hashed name as well."""

    @cache
    def asset(name: str) -> Asset:
        text = (folder / name).read_text("utf-8")
        return _asset(name, re.sub(r'(?<= from "\./)[\w-]+\.js(?=";)', hashed, text).encode())

    def hashed(found: re.Match[str]) -> str:
        return asset(found[0])[0].removeprefix("assets/")

    for file in sorted(folder.glob("*.js")):
        yield file.name, asset(file.name)


def _hashed(file: Path) -> tuple[str, Asset]:
    return file.name, _asset(file.name, file.read_bytes())


def _asset(name: str, data: bytes) -> Asset:
    stem, _, extension = name.rpartition(".")
    return f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{extension}", data
