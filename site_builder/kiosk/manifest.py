"""What a screen's folder holds: each of its files with size and hash, under one release."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.content.model.scalars import DEVICE

SCHEMA = 1
MANIFEST, NOTICE, PAGE = "manifest.json", "notice.json", "index.html"

MOST_FILES = 5_000
LARGEST_FILE = 64 << 20
LARGEST_RELEASE = 1 << 30
LARGEST_MANIFEST = 4 << 20
LARGEST_NOTICE = 256 << 10
"""What no folder of ours comes near to: whoever sends more wants to fill a disk."""

_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_PATH = re.compile(rf"{_PART}(?:/{_PART})*")
_DEVICE = re.compile(rf"{DEVICE}(?:\..*)?", re.IGNORECASE)
_RELEASE = re.compile(r"[0-9a-f]{16,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z)")


class RefusedError(Exception):
    """A screen stays as it is; the phrase `key` with these `values` says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


class UnfitBundleError(RefusedError):
    """A bundle that no screen may take; the phrase is `unfit.<code>`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"unfit.{code}", **values)
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its hash in hexadecimal digits, its size in bytes."""

    sha256: str
    size: int

    @classmethod
    def of(cls, data: bytes) -> Entry:
        return cls(hashlib.sha256(data).hexdigest(), len(data))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one release of a screen's folder holds besides its manifest and its notices."""

    release: str
    built_at: dt.datetime
    """When it was built, with its offset from UTC; does not depend on what it holds, nor that on it."""
    files: Mapping[str, Entry]


def made(files: Mapping[str, bytes], release: str, built_at: str) -> bytes:
    """The `manifest.json` of a folder; `built_at` as `2026-11-28T00:00:00+08:00`.

    Raises:
        UnfitBundleError: when no screen would take it.
    """
    entries = {path: Entry.of(data) for path, data in files.items() if path not in (MANIFEST, NOTICE)}
    told = {path: {"sha256": each.sha256, "size": each.size} for path, each in entries.items()}
    text = {"schema": SCHEMA, "release": release, "built_at": built_at, "files": told}
    data = json.dumps(text, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    read(data)
    return data


def read(data: bytes) -> Manifest:
    """A `manifest.json`, from anywhere.

    Raises:
        UnfitBundleError: when it is none, or names what must not be named.
    """
    if len(data) > LARGEST_MANIFEST:
        raise UnfitBundleError("too_large", path=MANIFEST)
    told = json_of(data, MANIFEST)
    release, built_at, files = told.get("release"), told.get("built_at"), told.get("files")
    if not (isinstance(release, str) and is_release(release)):
        raise UnfitBundleError("bad_release", value=release)
    if not isinstance(files, dict) or not files:
        raise UnfitBundleError("bad_json", path=MANIFEST)
    manifest = Manifest(release, _time(built_at), {path: _entry(path, each) for path, each in files.items()})
    _refuse_crowds(manifest.files)
    return manifest


def compare(path: str, named: Entry, found: Entry) -> None:
    """Compares a file with what its manifest says.

    Raises:
        UnfitBundleError: when it is another one.
    """
    if found.size != named.size:
        raise UnfitBundleError("other_size", path=path)
    if found.sha256 != named.sha256:
        raise UnfitBundleError("other_hash", path=path)


def verify(manifest: Manifest, found: Mapping[str, Entry]) -> None:
    """Compares a folder with its manifest; `found` leaves manifest and notices out.

    Raises:
        UnfitBundleError: naming the first file that is missing, unnamed or another.
    """
    for path in sorted(manifest.files.keys() | found.keys()):
        if path not in found:
            raise UnfitBundleError("missing", path=path)
        if path not in manifest.files:
            raise UnfitBundleError("unnamed", path=path)
        compare(path, manifest.files[path], found[path])


def is_release(name: str) -> bool:
    return bool(_RELEASE.fullmatch(name))


def is_safe(path: str) -> bool:
    """Whether a path stays inside of its folder, on any system: ASCII parts, none hidden, none a device."""
    parts = path.split("/")
    return bool(_PATH.fullmatch(path)) and not any(
        _DEVICE.fullmatch(part) or part.endswith(".") for part in parts
    )


def json_of(data: bytes, path: str) -> dict[str, Any]:
    """An object of our schema.

    Raises:
        UnfitBundleError: when it is something else.
    """
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        raise UnfitBundleError("bad_json", path=path) from None
    if not isinstance(told, dict):
        raise UnfitBundleError("bad_json", path=path)
    if type(told.get("schema")) is not int or told["schema"] != SCHEMA:
        raise UnfitBundleError("other_schema", path=path, value=told.get("schema"))
    return told


def _entry(path: str, told: object) -> Entry:
    if not is_safe(path) or path in (MANIFEST, NOTICE):
        raise UnfitBundleError("unsafe_path", path=path)
    match told:
        case {"sha256": str(digest), "size": int(size)} if (
            _HASH.fullmatch(digest) and type(size) is int and 0 <= size <= LARGEST_FILE
        ):
            return Entry(digest, size)
    raise UnfitBundleError("bad_entry", path=path)


def _time(told: object) -> dt.datetime:
    """A time with its offset, in the one form that both Python and browsers read."""
    if isinstance(told, str) and _TIME.fullmatch(told):
        try:
            return dt.datetime.fromisoformat(told)
        except ValueError:
            pass
    raise UnfitBundleError("bad_time", value=told)


def _refuse_crowds(files: Mapping[str, Entry]) -> None:
    """More than a screen needs, no page at all, and names that some disks cannot keep apart."""
    if len(files) > MOST_FILES or sum(each.size for each in files.values()) > LARGEST_RELEASE:
        raise UnfitBundleError("too_large", path=MANIFEST)
    if PAGE not in files:
        raise UnfitBundleError("missing", path=PAGE)
    known: dict[str, str] = {}
    for path in files:
        for place in _places(path):
            if known.setdefault(place.casefold(), place) != place or (place != path and place in files):
                raise UnfitBundleError("unsafe_path", path=path)


def _places(path: str) -> Iterable[str]:
    """A path with the folders that it lies in."""
    parts = path.split("/")
    return ("/".join(parts[: count + 1]) for count in range(len(parts)))
