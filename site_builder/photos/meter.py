"""Measures photos, a thread a processor, and remembers what it measured."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from site_builder import atomic
from site_builder.content.model.story import Box
from site_builder.content.problems import PhotoError
from site_builder.content.story import Measured
from site_builder.photos import metadata, picture, reader
from site_builder.photos.plan import PAPER, PROCESS
from site_builder.workers import processors

RULES = 1
"""Raised whenever a photo that was let in before may now be refused, so that all are measured anew."""

MAX_THREADS = 4
"""Photos that are measured at once: each may take as much memory as in a darkroom's worker."""

PLACEHOLDER_BYTES = 130
"""The most that a placeholder has, so that it stands in a page in less than 200 bytes."""


class Meter:
    """Size, hash and placeholder of photos; a photo that has not changed is not read again.

    Used as a context: what was measured is written to `memory` at its end, but for what is forgotten.
    """

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known = _remembered(memory)
        self._seen: dict[str, dict[str, Any]] = {}
        self._threads = ThreadPoolExecutor(min(processors(), MAX_THREADS))

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        photos = self._known | self._seen if failure else self._seen  # who fails may not have seen all
        if photos != self._known:
            atomic.write(self._memory, json.dumps({"by": _by(), "photos": photos}).encode())

    def __call__(self, file: Path, blur: Sequence[Box]) -> Future[Measured]:
        """The measured photo `file`, its placeholder with the boxes pixelated.

        The result raises `PhotoError` when it tells where it was taken, or cannot be read (`reader.opened`).
        """
        return self._threads.submit(self._measured, file, tuple(blur))

    def forget(self, files: Iterable[Path]) -> None:
        """Keeps nothing of these photos: a placeholder shows who is in them, however small."""
        for file in files:
            self._seen.pop(str(file), None)

    def _measured(self, file: Path, blur: tuple[Box, ...]) -> Measured:
        try:
            stat = file.stat()
            stamp = [stat.st_size, stat.st_mtime_ns, [[box.x, box.y, box.width, box.height] for box in blur]]
            known = self._known.get(str(file), {})
            same = known.get("stamp") == stamp
            measured = Measured(**known["is"]) if same else measure(file.read_bytes(), blur)
        except OSError:
            raise PhotoError("photo-unreadable") from None
        except MemoryError:
            raise PhotoError("photo-ends-program") from None
        self._seen[str(file)] = {"stamp": stamp, "is": asdict(measured)}
        return measured


def measure(data: bytes, blur: Sequence[Box] = ()) -> Measured:
    """As `Meter`, from the bytes of a file."""
    if metadata.located(data):
        raise PhotoError("photo-location")
    with reader.opened(data) as image:
        width, height = reader.size_as_seen(image)
        # A file that was cut short shows only when its pixels are read, at an eighth where that is enough.
        small = picture.as_seen(image, blur, (max(1, width // 8), max(1, height // 8)), PAPER)
    placeholder = base64.b64encode(picture.as_placeholder(small, PLACEHOLDER_BYTES)).decode()
    return Measured(width, height, hashlib.sha256(data).hexdigest(), placeholder)


def _by() -> str:
    """What the results depend on besides the photos."""
    return f"{picture.encoders()}, process {PROCESS}, rules {RULES}"


def _remembered(memory: Path) -> dict[str, dict[str, Any]]:
    """What is known by today's encoders and rules; nothing where the file is missing or broken."""
    try:
        loaded = json.loads(memory.read_bytes())
        photos: Mapping[str, dict[str, Any]] = loaded["photos"] if loaded["by"] == _by() else {}
        for known in photos.values():
            Measured(**known["is"])
        return dict(photos)
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return {}
