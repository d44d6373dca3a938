"""The theme's styles, scripts and images under the names that browsers load them by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
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


@dataclass(frozen=True)
class KioskTheme:
    """What screens are made of: a page to be filled (`string.Template`), style, script, service worker."""

    page: str
    style: bytes
    script: bytes
    worker: bytes

    @cached_property
    def fingerprint(self) -> str:
        """Changes with any of it."""
        told = b"\0".join((self.page.encode(), self.style, self.script, self.worker))
        return hashlib.sha256(told).hexdigest()


def kiosk_theme(theme: Path) -> KioskTheme:
    """The files of `theme/kiosk`: sheets with `tokens.css` first, scripts in the order of their names."""
    folder = theme / "kiosk"
    sheets = sorted((folder / "css").glob("*.css"), key=lambda file: (file.name != "tokens.css", file.name))
    return KioskTheme(
        page=(folder / "index.html").read_text("utf-8"),
        style=_joined(sheets),
        script=_joined(sorted((folder / "js").glob("*.js"))),
        worker=_joined([folder / "sw.js"]),
    )


def _joined(files: Iterable[Path]) -> bytes:
    return "\n".join(file.read_text("utf-8") for file in files).encode()


def inline_script(theme: Path) -> str:
    """The script that every page holds, to the letter: a template that is included loses its last newline."""
    return (theme / "partials" / "opening.js").read_text("utf-8").removesuffix("\n")


def _scripts(folder: Path) -> Iterator[tuple[str, Asset]]:
    """Every module; what it imports (`from "./search-text.js"`) goes by the hashed name as well."""

    @cache
    def asset(name: str) -> Asset:
        text = (folder / name).read_text("utf-8")
        return _asset(name, re.sub(r'(?<= from "\./)[\w-]+\.js(?=";)', renamed, text).encode())

    def renamed(found: re.Match[str]) -> str:
        return asset(found[0])[0].removeprefix("assets/")

    for file in sorted(folder.glob("*.js")):
        yield file.name, asset(file.name)


def _hashed(file: Path) -> tuple[str, Asset]:
    return file.name, _asset(file.name, file.read_bytes())


def _asset(name: str, data: bytes) -> Asset:
    return f"assets/{hashed(name, data)}", data


def hashed(name: str, data: bytes) -> str:
    """A file's name with a hash of its bytes: `site-3f9a1c2b.css`."""
    stem, _, extension = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{extension}"
