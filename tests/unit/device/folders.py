"""Small folders of a screen, as they are bundled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from site_builder.device import archive
from site_builder.kiosk import manifest

PAGE = b'<!doctype html><meta charset="utf-8"><title>Screen</title><script src="page-1.js"></script>'
SCRIPT = b'setInterval(() => fetch("notice.json", { cache: "no-store" }), 500);'
"""The page's heartbeat, once a minute in a real one."""


def notice(seq: int = 1, *revoked: str) -> bytes:
    return json.dumps({"schema": 1, "seq": seq, "notices": [], "revoke": revoked}).encode()


def release_of(files: Mapping[str, bytes]) -> str:
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]


def folder(text: str = "a", built_at: str = "2026-06-01T00:00:00+08:00", seq: int = 1) -> dict[str, bytes]:
    """A folder that says `text`, in the page's playlist and in a photo."""
    files = {
        "index.html": PAGE,
        "page-1.js": SCRIPT,
        "playlist.json": json.dumps({"schema": 1, "says": text}).encode(),
        "media/shared-11111111.jpg": b"\xff\xd8" + b"shared" * 1000,
        f"media/own-{text}.jpg": b"\xff\xd8" + text.encode() * 5000,
    }
    told = manifest.made(files, release_of(files), built_at)
    return {**files, "manifest.json": told, "notice.json": notice(seq)}


def bundle(file: Path, files: Mapping[str, bytes]) -> Path:
    file.write_bytes(archive.packed(files))
    return file
