"""A screen that follows its site: what is new there is installed here, as a bundle would be."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from site_builder.device.installation import adopt, current, notify
from site_builder.device.release import manifest_of
from site_builder.kiosk.manifest import (
    LARGEST_MANIFEST,
    LARGEST_NOTICE,
    MANIFEST,
    NOTICE,
    Entry,
    RefusedError,
    UnfitBundleError,
    read,
)

Tell = Callable[..., None]
"""Says a phrase: its key, its values."""

RELEASES_EVERY, NOTICES_EVERY = 300, 60
"""Seconds between two looks; a fifth more or less, lest all screens ask in the same second."""

SILENCE = 20
"""Seconds after which a server that says nothing is given up."""

LONGEST = 900
"""Seconds that one file may take: 64 MiB at 75 kB/s."""

_CHUNK = 1 << 16


class Site:
    """The kiosk's folder on a web server."""

    def __init__(self, address: str) -> None:
        self.address = f"{address.rstrip('/')}/"
        self._opener = OpenerDirector()
        handlers = (HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler, _SameHost)
        for handler in (ProxyHandler, *handlers):  # no files, no FTP
            self._opener.add_handler(handler())

    def get(self, path: str, most: int) -> bytes:
        """A file of it.

        Raises:
            OSError: when it does not come, or not in time.
            UnfitBundleError: when it is larger than that.
        """
        asked = Request(self.address + path, headers={"Cache-Control": "no-cache", "User-Agent": "kiosk"})
        until = time.monotonic() + LONGEST
        data = bytearray()
        try:
            with self._opener.open(asked, timeout=SILENCE) as answer:
                while part := answer.read1(_CHUNK):
                    data += part
                    if len(data) > most:
                        raise UnfitBundleError("too_large", path=path)
                    if time.monotonic() > until:
                        raise TimeoutError(f"{path}: {LONGEST} s")
                if answer.length:
                    raise ConnectionError(f"{path}: {answer.length} bytes short")
        except HTTPException as error:  # an answer that is cut off, or none at all
            raise OSError(f"{path}: {error!r}") from error
        return bytes(data)


class _SameHost(HTTPRedirectHandler):
    """Follows a server to another of its addresses; never to another host, nor from https to http."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if old.hostname != new.hostname or new.scheme not in {"https", old.scheme}:
            raise HTTPError(newurl, code, "another host", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Offered:
    """A release that the site offers."""

    def __init__(self, site: Site, manifest: bytes) -> None:
        self._site = site
        self.manifest = manifest

    @property
    def notice(self) -> bytes | None:
        """Its notices; None where they do not come: those of the running release then stay."""
        with suppress(OSError, UnfitBundleError):
            return self._site.get(NOTICE, LARGEST_NOTICE)
        return None

    def fetch(self, path: str, entry: Entry) -> bytes:
        return self._site.get(path, entry.size)


class Follower:
    """Asks a site for what is new; whatever goes wrong changes nothing, and is told once."""

    def __init__(self, folder: Path, address: str, tell: Tell) -> None:
        self._folder, self._tell = folder, tell
        self._site = Site(address)
        self._told: dict[str, str] = {}

    def follow(self, stop: threading.Event) -> None:
        """Goes on until somebody stops it."""
        next_release = 0.0
        while not stop.is_set():
            now = time.monotonic()
            if now >= next_release:
                self.look_for_release()
                next_release = now + RELEASES_EVERY * random.uniform(0.8, 1.2)
            self.look_for_notices()
            stop.wait(NOTICES_EVERY * random.uniform(0.8, 1.2))

    def look_for_release(self) -> None:
        self._try(MANIFEST, self._take_release)

    def look_for_notices(self) -> None:
        self._try(NOTICE, lambda: notify(self._folder, self._site.get(NOTICE, LARGEST_NOTICE)))

    def _take_release(self) -> None:
        data = self._site.get(MANIFEST, LARGEST_MANIFEST)
        offered, release = read(data), current(self._folder)
        running = manifest_of(release) if release else None
        if running and (offered.built_at, offered.release) == (running.built_at, running.release):
            return
        installed = adopt(_Offered(self._site, data), self._folder)
        if installed.changed:
            self._tell("followed", release=installed.release)

    def _try(self, path: str, step: Callable[[], object]) -> None:
        try:
            step()
        except RefusedError as error:
            self._complain(path, error.key, error.values)
        except Exception as error:  # whatever it was, the screen looks again
            self._complain(path, "follow_failed", {"path": path, "reason": error})
        else:
            if self._told.pop(path, None):
                self._tell("follow_again", path=path)

    def _complain(self, path: str, key: str, values: Mapping[str, object]) -> None:
        said = f"{key} {values}"
        if self._told.get(path) != said:
            self._told[path] = said
            self._tell(key, **values)
