"""The live preview: pages are made when somebody asks for them, and reload when something was saved."""

from __future__ import annotations

import logging
import socket
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from site_builder import output, pagefind
from site_builder.content.problems import ContentError, Problem
from site_builder.kiosk.screens import Screen
from site_builder.photos import darkroom
from site_builder.photos.plan import Variant
from site_builder.plugin import theme_of
from site_builder.render import Renderer, configuration
from site_builder.web import search
from site_builder.web.outline import Outline
from site_builder.web.policy import SCREENS

CALM = 0.02
"""Seconds without a change after which it is taken that all has been saved."""

CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
"""What is watched for: not what is only read, as a preview reads everything itself."""

LOOPBACK = "127.0.0.1"

Tell = Callable[[Sequence[Problem]], None]


class _Changes(FileSystemEventHandler):
    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._tell()


class Preview(LiveReloadServer):
    """A site with its drafts on a loopback port; with `lan` on every address of this machine.

    While something is wrong, the last good pages are shown, with what is wrong above them; `tell` is
    called with the problems, none when all is well again.
    """

    def __init__(self, root: Path, port: int, tell: Tell, lan: bool = False) -> None:
        self._root, self._tell = root, tell
        self._host = _address_in_lan() if lan else LOOPBACK
        self._memory = output.remembered(root)
        self._site: output.Output | None = None
        self._pages: Mapping[str, Outline] = {}
        self._photos: Mapping[str, Variant] = {}
        self._problems: tuple[Problem, ...] = ()
        self._indexes: dict[search.Shard, tuple[str, Mapping[str, bytes]]] = {}
        self._indexing = threading.Lock()
        self._screens: Mapping[str, Screen] = {}
        self._folders: dict[str, tuple[str, Mapping[str, bytes]]] = {}
        self._stamps: list[tuple[Path, int]] = []
        super().__init__(self.refresh, "0.0.0.0" if lan else LOOPBACK, port, root=str(root))
        self.build_delay = CALM
        self._read_theme()
        self.refresh()
        self._watch()

    def run(self, tell: Callable[[str], None]) -> None:
        """Serves until it is interrupted; `tell` is called with the address."""
        self.server_bind()
        self.server_activate()
        self.serve_thread.start()
        tell(f"http://{self._host}:{self.server_address[1]}{self.mount_path}")
        try:
            self._build_loop()  # type: ignore[no-untyped-call]
        finally:
            self.shutdown()

    def refresh(self) -> None:
        """Reads everything anew; survives whatever stands in the content."""
        try:
            self._read()
            self._problems = ()
        except ContentError as error:
            self._problems = error.problems
        except Exception:  # a theme that is being written, say
            traceback.print_exc()
        self._tell(self._problems)

    def _read(self) -> None:
        theme = self._read_theme()
        options = output.Options(output.today(), drafts=True)
        site = output.prepare(self._root, theme, options, memory=self._memory)
        output.develop(self._root, site)
        if self._site is None or site.kept != self._site.kept:
            output.prune(self._root, site)
        self._pages = {page.file: page for page in site.pages}
        self._photos = {variant.path: variant for photo in site.photos for variant in photo.files}
        self._screens = {screen.address: screen for screen in site.screens}
        self._site = site
        self.mount_path = urlsplit(site.edition.site.identity.base_url).path

    def _read_theme(self) -> Path:
        """Compiles the templates anew where they have changed; the theme's folder."""
        config = configuration(self._root)
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        theme = theme_of(config)
        stamps = [(file, file.stat().st_mtime_ns) for file in (self._root / "mkdocs.yml", *theme.rglob("*"))]
        if stamps != self._stamps:
            self._renderer, self._stamps = Renderer(config, output.words_of(theme)), stamps
        return theme

    def _watch(self) -> None:
        """By the system's own notices; where it has too few of them, by looking every second."""
        theme = theme_of(configuration(self._root))
        places = [self._root / "content", theme, self._root / "mkdocs.yml"]
        self.observer = Observer()  # type: ignore[assignment]
        self.observer.start()
        try:
            self._watch_all(places)
        except OSError:
            self.observer.stop()
            self.observer = PollingObserver(timeout=1)
            self.observer.start()
            self._watch_all(places)

    def _watch_all(self, places: Sequence[Path]) -> None:
        for place in places:
            self.observer.schedule(_Changes(self._changed), str(place), recursive=True, event_filter=CHANGES)

    def _changed(self) -> None:
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _serve_request(self, environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes] | None:
        """MkDocs answers who waits for a change; all else is made on the spot."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if path.startswith("/livereload/") or (path == "/" and self.mount_path != "/"):
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch = self._visible_epoch
        file = path.removeprefix(self.mount_path) if path.startswith(self.mount_path) else "404.html"
        if f"{file}/index.html" in self._pages or f"{file}/" in self._screens:
            start_response("302 Found", [("Location", f"{quote(path)}/")])
            return []
        name = f"{file}index.html" if file.endswith("/") or not file else file
        status, data = self._made(name)
        if (name.endswith(".html") and not name.startswith(SCREENS)) or status != "200 OK":
            name, data = "404.html", self._inject_js_into_html(data, epoch)  # type: ignore[no-untyped-call]
        kind = self._guess_type(name)  # type: ignore[no-untyped-call]
        headers = [("Content-Type", kind), ("Cache-Control", "no-store")]
        start_response(status, [*headers, ("Content-Length", str(len(data)))])
        return [data]

    def _made(self, name: str) -> tuple[str, bytes]:
        """The status of an answer and its body: a file of the site, or the page for lost visitors."""
        if self._site is None:
            return "200 OK", self._renderer.fault(self._problems)
        if name in self._pages:
            return "200 OK", self._renderer.html(self._pages[name].plan(), self._problems)
        if (data := self._file(self._site, name)) is not None:
            return "200 OK", data
        return "404 Not Found", self._renderer.html(self._pages["404.html"].plan(), self._problems)

    def _file(self, site: output.Output, name: str) -> bytes | None:
        if (data := site.assets.get(name) or site.files.get(name)) is not None:
            return data
        if variant := self._photos.get(name):
            return darkroom.cached(self._root / output.CACHE, variant).read_bytes()
        return self._found(site, name)

    def _found(self, site: output.Output, name: str) -> bytes | None:
        """A file of a calendar, a feed or the data, or of an index, made when somebody asks for it."""
        for bundle in site.bundles:
            if name in bundle.addresses:
                return bundle.make()[name]
        for address, screen in self._screens.items():
            if name.startswith(address) and not name.endswith("/sw.js"):  # it would show what it has kept
                return self._screen(site, screen).get(name.removeprefix(address))
        for shard in search.shards(site.edition):
            if name.startswith(shard.address):
                return self._index(site, shard).get(name)
        return None

    def _screen(self, site: output.Output, screen: Screen) -> Mapping[str, bytes]:
        wanted = screen.fingerprint + site.kiosk_theme.fingerprint
        known, files = self._folders.get(screen.name, ("", {}))
        if known != wanted:
            files = output.screen_files(self._root, site, screen)
            self._folders[screen.name] = wanted, files
        return files

    def _index(self, site: output.Output, shard: search.Shard) -> Mapping[str, bytes]:
        fingerprint = search.fingerprint(site.edition, shard)
        with self._indexing:
            known, files = self._indexes.get(shard, ("", {}))
            if known != fingerprint:
                files = pagefind.index(tuple(search.entries(site.edition, shard)), shard)
                self._indexes[shard] = fingerprint, files
            return files


def _address_in_lan() -> str:
    """The address under which others on the network reach this machine; loopback where there is none.

    Connecting a datagram socket sends nothing: it asks the system which way a packet would leave.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))
        except OSError:
            return LOOPBACK
        address: str = probe.getsockname()[0]
        return address
