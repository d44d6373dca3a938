"""Develops photos into a cache that any number of builds share."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, as_completed
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder import atomic
from site_builder.content.problems import PhotoError, Problem, Spot, problem
from site_builder.photos import picture, reader
from site_builder.photos.plan import Development, Recipe, Variant, height_at
from site_builder.workers import processors, workers

MAX_WORKERS = 61
"""As many processes as Windows can wait for."""

LEASE = 3600
"""Seconds for which a file stays that no photo of today's content explains: another build may need it."""

Progress = Callable[[int, int], None]
"""Called with photos done and photos in all: with none at the start, then after each."""


def recipe() -> Recipe:
    """The house recipe, bound to the encoders of this installation."""
    return Recipe(encoders=picture.encoders())


@dataclass(frozen=True, slots=True)
class Developed:
    """What a run did: photos developed, photos found in the cache, photos that failed."""

    made: int
    cached: int
    problems: tuple[Problem, ...]


def develop(
    root: Path,
    work: Sequence[Development],
    recipe: Recipe,
    cache: Path,
    executor: Executor | None = None,
    jobs: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Developed:
    """Makes every file that `cache` lacks; a photo that fails does not cost the others their work.

    `executor` does it, and stays open; its workers see `root` and `cache` under the same paths.
    Without one, a pool of `jobs` processes (one a processor) does it. A worker keeps one photo in
    memory: 0.2 GB for 12 megapixels, 1.4 GB for the largest that is let in.
    """
    missing = [each for each in work if not all(is_cached(cache, variant) for variant in each.files)]
    if not missing:
        return Developed(0, len(work), ())
    missing.sort(key=lambda each: each.size[0] * each.size[1], reverse=True)  # so that no worker ends late
    progress(0, len(missing))
    number = min(jobs or processors(), len(missing), MAX_WORKERS)
    problems: list[Problem] = []
    with nullcontext(executor) if executor else workers(number) as pool:
        outcomes = _outcomes(pool, number, missing, root, recipe, cache)
        for done, (each, failure) in enumerate(outcomes, start=1):
            if failure:
                problems.append(problem(Spot(each.source), failure.code, **failure.values))
            progress(done, len(missing))
    return Developed(len(missing) - len(problems), len(work) - len(missing), tuple(problems))


def is_cached(cache: Path, variant: Variant) -> bool:
    """Whether a file is there; one without bytes is what a power cut leaves."""
    try:
        return cached(cache, variant).stat().st_size > 0
    except OSError:
        return False


def cached(cache: Path, variant: Variant) -> Path:
    """Where the cache keeps a variant; its name already tells source, recipe and size."""
    return cache / variant.path


def prune(cache: Path, keep: Collection[str], named: Iterable[str]) -> None:
    """Removes from the cache what is not to be kept: at once what was made of a photo that content names.

    `named` holds the beginnings of addresses. What belongs to no named photo goes after an hour, and so
    does a folder, whose name is that of a story.
    """
    ours, lately = tuple(named), time.time() - LEASE
    for place, changed in reversed(list(_changes(cache / "media"))):  # what is in a folder before the folder
        path = place.relative_to(cache).as_posix()
        if (path.startswith(ours) or changed < lately) and path not in keep:
            with suppress(OSError):  # another build may be at it; a folder that is not empty stays
                place.rmdir() if place.is_dir() else place.unlink()


def _changes(folder: Path) -> Iterator[tuple[Path, float]]:
    """Everything below a folder, with the time of its last change."""
    for place in folder.rglob("*"):
        with suppress(OSError):
            yield place, place.stat().st_mtime


def _outcomes(
    pool: Executor, number: int, work: Sequence[Development], root: Path, recipe: Recipe, cache: Path
) -> Iterator[tuple[Development, PhotoError | None]]:
    """Every photo with what is wrong with it, as they are done.

    A worker that dies, say for want of memory, breaks its pool: what it leaves undone is done again
    in another of `number` processes, what that one leaves each in a process of its own; a photo that
    ends that too is named.
    """
    undone = yield from _done(pool, work, root, recipe, cache)
    if undone:
        with workers(number) as another:
            undone = yield from _done(another, undone, root, recipe, cache)
    for each in undone:
        with workers(1) as alone:
            for failed in (yield from _done(alone, [each], root, recipe, cache)):
                yield failed, PhotoError("photo-ends-program")


def _done(
    pool: Executor, work: Sequence[Development], root: Path, recipe: Recipe, cache: Path
) -> Generator[tuple[Development, PhotoError | None], None, list[Development]]:
    """As `_outcomes`, in one pool; returns what it left undone when it broke."""
    futures, undone = {}, []
    for each in work:
        try:
            futures[pool.submit(_develop_one, root, each, recipe, cache)] = each
        except BrokenExecutor:
            undone.append(each)
    for future in as_completed(futures):
        try:
            yield futures[future], future.result()
        except BrokenExecutor:
            undone.append(futures[future])
    return undone


def _develop_one(root: Path, work: Development, recipe: Recipe, cache: Path) -> PhotoError | None:
    """Makes the files of one photo; what is wrong with it where that fails."""
    try:
        data = (root / work.source).read_bytes()
        if hashlib.sha256(data).hexdigest() != work.sha256:
            return PhotoError("photo-changed")
        for series in ([work.series] if work.series else []) + [(crop,) for crop in work.crops]:
            _make(data, work, series, recipe, cache)
    except PhotoError as error:
        return error
    except OSError:
        return PhotoError("photo-unreadable")
    except MemoryError:
        return PhotoError("photo-ends-program")
    return None


def _make(data: bytes, work: Development, series: Sequence[Variant], recipe: Recipe, cache: Path) -> None:
    """Makes variants one from the other, the largest first."""
    largest = max(variant.whole_width for variant in series)
    with reader.opened(data) as image:
        whole = picture.as_seen(image, work.blur, (largest, height_at(work.size, largest)), recipe.paper)
    for variant in sorted(series, key=lambda each: each.whole_width, reverse=True):
        if variant.crop:
            shown = picture.cut(whole, variant, recipe.paper)
        else:
            shown = whole = picture.resized(whole, (variant.width, variant.height))
        atomic.write(cached(cache, variant), picture.encoded(shown, variant, recipe))
