"""Builds the whole site: only what has changed, by all processors, and nothing while anything is wrong."""

from __future__ import annotations

import gc
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from site_builder import output, pagefind
from site_builder.content.problems import Problem
from site_builder.content.story import Translation
from site_builder.folder import Folder, Unit, refuse_what_is_not_ours
from site_builder.photos import darkroom
from site_builder.photos.darkroom import Progress
from site_builder.plugin import theme_of
from site_builder.precompress import with_copies
from site_builder.render import Renderer, configuration, templates
from site_builder.web import search
from site_builder.web.outline import Outline
from site_builder.web.search import Shard
from site_builder.workers import processors, workers

T = TypeVar("T")

STATES = Path(".site_builder/state")
"""What is known of the sites that were built from a checkout."""

RIVALS = 9
"""How often builds of other content may take what was developed out of the cache before it is read."""

SHARE = 50
"""Pages that a process makes at a time."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    site_dir: Path
    pages: int
    photos: int
    developed: int
    written: int
    """Files that were written; all others were right as they stood."""
    remarks: tuple[Problem, ...]
    untranslated: Mapping[Translation, tuple[str, ...]]
    seconds: float


def forget(root: Path) -> None:
    """Forgets photos, texts and pages of earlier builds, so that the next one makes everything anew."""
    shutil.rmtree(root / output.CACHE, ignore_errors=True)
    for state in (root / STATES).glob("*.json"):  # a lock may be held
        state.unlink(missing_ok=True)


def build(
    root: Path,
    options: output.Options,
    site_dir: Path | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Brings the site up to date; what comes out is the same as if it were built anew.

    Pages and indexes are made by `jobs` processes (one a processor), photos by `executor`, or by as many.

    Raises:
        ContentError: with every problem found; the last site stays as it is.
        UnsafeTargetError: before anything is written.
    """
    started = time.monotonic()
    config = configuration(root)
    target = (site_dir or Path(config.site_dir)).resolve()
    refuse_what_is_not_ours(target, root, root / STATES)
    with _garbage_later():
        planned = output.prepare(root, theme_of(config), options, jobs)
    developed = output.develop(root, planned, executor, jobs, progress)
    with Folder.opened(target, root / STATES) as folder:
        units = [*_photos(root, planned, folder), *_screens(root, planned, folder)]
        work = _Work(root, templates(config), options.release, jobs or processors(), planned, folder)
        written = folder.publish([*units, *_made(work)])
    output.prune(root, planned)
    return Report(
        site_dir=target,
        pages=len(planned.pages),
        photos=len(planned.photos),
        developed=developed,
        written=written,
        remarks=planned.remarks,
        untranslated=planned.untranslated,
        seconds=time.monotonic() - started,
    )


@dataclass(frozen=True)
class _Work:
    """What is to be made, and how a process makes its share of it."""

    root: Path
    templates: str
    """A hash of what pages are filled with."""
    copies: bool
    """Whether compressed copies stand beside the files."""
    jobs: int
    planned: output.Output
    folder: Folder

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(configuration(self.root), self.planned.edition.words)

    def pages(self, start: int) -> list[Unit]:
        """A share of all pages, from number `start` on."""
        return [self._page(outline) for outline in self.planned.pages[start : start + SHARE]]

    def _page(self, outline: Outline) -> Unit:
        origin = ""
        if outline.fingerprint:
            origin = _hash(f"{outline.fingerprint()} {self.templates} {self.copies}")
        if known := self.folder.of_origin(outline.file, origin):
            return known
        page = outline.plan()
        unit = self._text(outline.file, self.renderer.key(page), partial(self.renderer.html, page))
        return replace(unit, origin=origin)

    def files(self) -> list[Unit]:
        """What is neither page nor photo nor index."""
        files = {**self.planned.assets, **self.planned.files}
        return [
            self._text(address, hashlib.sha256(data).hexdigest(), partial(bytes, data))
            for address, data in files.items()
        ]

    def _text(self, address: str, key: str, make: Callable[[], bytes]) -> Unit:
        """What hosts serve has its compressed copies beside it."""
        key = f"{key} with copies" if self.copies else key
        if known := self.folder.current(address, key):
            return known
        data = make()
        return self.folder.add(address, key, with_copies(address, data) if self.copies else {address: data})

    def bundle(self, number: int) -> list[Unit]:
        """Files for machines that are made together."""
        bundle = self.planned.bundles[number]
        name = bundle.addresses[0]
        origin = _hash(f"{bundle.fingerprint()} {self.templates} {self.copies}")
        if known := self.folder.of_origin(name, origin):
            return [known]
        files = bundle.make()
        if self.copies:
            files = {
                path: copy
                for address, data in files.items()
                for path, copy in with_copies(address, data).items()
            }
        key = _hash(repr(sorted((path, hashlib.sha256(data).hexdigest()) for path, data in files.items())))
        unit = self.folder.current(name, key) or self.folder.add(name, key, files)
        return [replace(unit, origin=origin)]

    def index(self, shard: Shard) -> list[Unit]:
        """One of the search indexes."""
        name, origin = shard.address, _hash(search.fingerprint(self.planned.edition, shard))
        if known := self.folder.of_origin(name, origin):
            return [known]
        entries = tuple(search.entries(self.planned.edition, shard))
        key = _hash(repr(entries))
        unit = self.folder.current(name, key)
        if not unit:
            unit = self.folder.add(name, key, pagefind.index(entries, shard, self.jobs))
        return [replace(unit, origin=origin)]


def _hash(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


_Task = Callable[[_Work], list[Unit]]


def _made(work: _Work) -> list[Unit]:
    """Everything but photos, the longest tasks first."""
    tasks: list[_Task] = [
        *(partial(_Work.index, shard=shard) for shard in search.shards(work.planned.edition)),
        *(partial(_Work.bundle, number=number) for number in range(len(work.planned.bundles))),
        _Work.files,
        *(partial(_Work.pages, start=start) for start in range(0, len(work.planned.pages), SHARE)),
    ]
    gc.freeze()  # what is there by now is not looked through again, nor copied for that by each process
    try:
        if work.jobs == 1:
            return [unit for task in tasks for unit in _done(task, work)]
        with workers(work.jobs, _begin, work) as pool:
            return [unit for units in pool.map(_do, tasks) for unit in units]
    finally:
        gc.unfreeze()


_work: _Work
"""The work of this process, where it is one of several."""


def _begin(work: _Work) -> None:
    global _work
    _work = work


def _do(task: _Task) -> list[Unit]:
    return _done(task, _work)


def _done(task: _Task, work: _Work) -> list[Unit]:
    with _garbage_later():
        units = task(work)
    gc.collect(0)
    return units


@contextmanager
def _garbage_later() -> Iterator[None]:
    """Leaves garbage where it is: a page makes 16 kB of it, and takes a third longer with the looking."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _photos(root: Path, planned: output.Output, folder: Folder) -> Iterator[Unit]:
    """A name tells source, recipe and size of a photo: it is its own key."""
    for photo in planned.photos:
        for variant in photo.files:
            if known := folder.current(variant.path, variant.path):
                yield known
            else:
                data = _developed(root, planned, darkroom.cached(root / output.CACHE, variant).read_bytes)
                yield folder.add(variant.path, variant.path, {variant.path: data})


def _developed(root: Path, planned: output.Output, read: Callable[[], T]) -> T:
    """What `read` finds in the cache; what a build of other content has just taken out is made again."""
    for _ in range(RIVALS):
        with suppress(FileNotFoundError):
            return read()
        output.develop(root, planned)
    return read()


def _screens(root: Path, planned: output.Output, folder: Folder) -> Iterator[Unit]:
    """The folders of kiosks. Their manifests name all files, so that none has a compressed copy."""
    for screen in planned.screens:
        name = f"{screen.address}index.html"
        key = _hash(f"{screen.fingerprint} {planned.kiosk_theme.fingerprint}")
        if known := folder.current(name, key):
            yield known
        else:
            files = _developed(root, planned, partial(output.screen_files, root, planned, screen))
            yield folder.add(name, key, {screen.address + path: data for path, data in files.items()})
