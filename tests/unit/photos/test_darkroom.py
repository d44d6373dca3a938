"""Developing: nothing twice, nothing lost, in any executor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import distributed
import pytest

from site_builder import atomic
from site_builder.photos import darkroom
from site_builder.photos.plan import Development, Recipe, Variant, crop
from tests.conftest import ROOT
from tests.unit.photos.covers import cover
from tests.unit.photos.laboratory import (
    BLUE,
    BROKEN,
    CLAY,
    CORNERS,
    GREEN,
    JPEG,
    NOISE,
    PAPER,
    RECIPE,
    RED,
    WHITE,
    corners,
    developed,
    lay,
    near,
    opened,
    quarters,
    work,
)
from tests.unit.photos.pictures import encoded, plain, png


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_photo_is_named_and_costs_the_others_nothing(
    tmp_path: Path, pool: Executor, name: str
) -> None:
    data, code = BROKEN[name]
    good = encoded(plain("RGB", CLAY))
    laid = {"first.jpg": good, "broken.jpg": data, "last.jpg": good}
    for file, each in laid.items():
        lay(tmp_path, file, each)
    jobs = [work(tmp_path, file, (32, 24)) for file in laid]
    told: list[tuple[int, int]] = []
    done = darkroom.develop(
        tmp_path, jobs, RECIPE, tmp_path / "cache", pool, progress=lambda *step: told.append(step)
    )
    assert (done.made, done.cached) == (2, 0)
    assert [(each.code, each.spot.path) for each in done.problems] == [(code, "photos/broken.jpg")]
    made = {file.name for file in (tmp_path / "cache").rglob("*.*")}
    assert {file.split(".")[0] for file in made} == {"first", "last"}
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_bomb_that_comes_late_is_a_problem_too(tmp_path: Path, pool: Executor) -> None:
    lay(tmp_path, "a.jpg", png((60_000, 60_000), b"\0"))
    done = darkroom.develop(tmp_path, [work(tmp_path, "a.jpg", (32, 24))], RECIPE, tmp_path / "cache", pool)
    assert [each.code for each in done.problems] == ["photo-too-large"]


def test_a_photo_that_changed_since_it_was_planned_is_a_problem(tmp_path: Path, pool: Executor) -> None:
    lay(tmp_path, "a.jpg", JPEG)
    job = work(tmp_path, "a.jpg", (32, 24))
    lay(tmp_path, "a.jpg", encoded(plain("RGB", CLAY)))
    done = darkroom.develop(tmp_path, [job], RECIPE, tmp_path / "cache", pool)
    assert [each.code for each in done.problems] == ["photo-changed"]


def test_a_photo_that_has_gone_since_is_a_problem(tmp_path: Path, pool: Executor) -> None:
    file = lay(tmp_path, "a.jpg", JPEG)
    job = work(tmp_path, "a.jpg", (32, 24))
    file.unlink()
    done = darkroom.develop(tmp_path, [job], RECIPE, tmp_path / "cache", pool)
    assert [each.code for each in done.problems] == ["photo-unreadable"]


class TestCache:
    def test_what_is_there_is_not_developed_again(self, tmp_path: Path, pool: Executor) -> None:
        jobs = three_jobs(tmp_path)
        cache = tmp_path / "cache"
        first = darkroom.develop(tmp_path, jobs, RECIPE, cache, pool)
        before = {file: file.stat().st_mtime_ns for file in cache.rglob("*.*")}
        again = darkroom.develop(tmp_path, jobs, RECIPE, cache, pool)
        assert [(each.made, each.cached) for each in (first, again)] == [(3, 0), (0, 3)]
        assert {file: file.stat().st_mtime_ns for file in cache.rglob("*.*")} == before

    @pytest.mark.parametrize("loss", [Path.unlink, lambda file: file.write_bytes(b"")])
    def test_what_is_lost_or_empty_is_made_again(self, tmp_path: Path, pool: Executor, loss: object) -> None:
        jobs, cache = three_jobs(tmp_path), tmp_path / "cache"
        darkroom.develop(tmp_path, jobs, RECIPE, cache, pool)
        file = darkroom.cached(cache, jobs[1].variants[0])
        whole = file.read_bytes()
        loss(file)  # type: ignore[operator]
        assert darkroom.develop(tmp_path, jobs, RECIPE, cache, pool).made == 1
        assert file.read_bytes() == whole

    def test_it_holds_whole_files_only(self, tmp_path: Path, pool: Executor) -> None:
        developed(tmp_path, pool, encoded(plain("RGB", CLAY)))
        assert sorted(file.name for file in (tmp_path / "cache" / "media").iterdir()) == [
            "a.jpg-small.avif",
            "a.jpg.avif",
            "a.jpg.jpg",
        ]

    def test_two_may_fill_it_at_once(self, tmp_path: Path, pool: Executor) -> None:
        jobs, cache = three_jobs(tmp_path), tmp_path / "cache"
        runs = [pool.submit(darkroom.develop, tmp_path, jobs, RECIPE, cache) for _ in range(2)]
        assert [run.result().problems for run in runs] == [(), ()]
        assert sorted(file.name for file in (cache / "media").iterdir()) == sorted(
            Path(each.path).name for job in jobs for each in job.files
        )

    def test_pruning_removes_what_named_photos_no_longer_need(self, tmp_path: Path, pool: Executor) -> None:
        developed(tmp_path, pool, JPEG)
        cache = tmp_path / "cache"
        darkroom.prune(cache, {"media/a.jpg.avif"}, ["media/a.jpg"])
        assert [file.name for file in (cache / "media").iterdir()] == ["a.jpg.avif"]

    def test_what_no_photo_explains_goes_after_an_hour(self, tmp_path: Path, pool: Executor) -> None:
        developed(tmp_path, pool, JPEG)
        cache = tmp_path / "cache"
        darkroom.prune(cache, set(), ["media/b.jpg"])
        assert len(list(cache.rglob("*.*"))) == 3  # another build may have just made it
        for file in cache.rglob("*.avif"):
            os.utime(file, (time.time() - 3601,) * 2)
        darkroom.prune(cache, set(), ["media/b.jpg"])
        assert [file.name for file in cache.rglob("*.*")] == ["a.jpg.jpg"]

    def test_an_empty_folder_goes_after_an_hour(self, tmp_path: Path) -> None:
        for name in ("new", "old/deep", "full/deep"):
            (tmp_path / "media" / name).mkdir(parents=True)
        (tmp_path / "media/full/a.jpg").write_bytes(b"a")
        for place in (tmp_path / "media").rglob("*[!w]"):  # all but the new ones
            os.utime(place, (time.time() - 3601,) * 2)
        darkroom.prune(tmp_path, {"media/full/a.jpg"}, [])
        left = sorted(place.relative_to(tmp_path).as_posix() for place in tmp_path.rglob("*"))
        assert left == ["media", "media/full", "media/full/a.jpg", "media/new"]

    def test_a_write_that_fails_leaves_the_old_file(self, tmp_path: Path) -> None:
        file = tmp_path / "deep" / "a.txt"
        atomic.write(file, b"old")
        with pytest.raises(TypeError):
            atomic.write(file, None)  # type: ignore[arg-type]
        assert file.read_bytes() == b"old"
        atomic.write(file, b"new")
        assert file.read_bytes() == b"new"
        assert [each.name for each in file.parent.iterdir()] == ["a.txt"]


def three_jobs(root: Path) -> list[Development]:
    names = [f"{number}.jpg" for number in range(3)]
    for name in names:
        lay(root, name, JPEG)
    return [work(root, name, (320, 240)) for name in names]


KILLED = """
import sys
from pathlib import Path
from tests.unit.photos.laboratory import RECIPE, work
from site_builder.photos import darkroom
root = Path(sys.argv[1])
names = sorted(file.name for file in (root / "photos").iterdir())
darkroom.develop(root, [work(root, name, (1000, 750)) for name in names], RECIPE, root / "cache", jobs=2)
"""


class TestInterruptions:
    def test_a_worker_that_dies_costs_nothing(self, tmp_path: Path) -> None:
        """As when the system runs out of memory and kills the largest process."""
        for number in range(8):
            lay(tmp_path, f"{number}.png", encoded(NOISE.resize((1000, 750)), "PNG"))
        jobs = [work(tmp_path, f"{number}.png", (1000, 750)) for number in range(8)]
        others = children(os.getpid())  # of other tests, such as the program that drives Chromium
        killed: list[int] = []

        def kill_a_worker(done: int, total: int) -> None:
            if done and not killed:
                killed.append([child for child in children(os.getpid()) if child not in others][-1])
                os.kill(killed[0], signal.SIGKILL)

        done = darkroom.develop(tmp_path, jobs, RECIPE, tmp_path / "cache", jobs=2, progress=kill_a_worker)
        assert (len(killed), done.made, done.problems) == (1, 8, ())
        assert len(list((tmp_path / "cache").rglob("[!.]*.*"))) == 24

    def test_a_photo_that_ends_its_process_twice_is_named(self, tmp_path: Path) -> None:
        lay(tmp_path, "a.png", encoded(NOISE.resize((1000, 750)), "PNG"))
        job, over = work(tmp_path, "a.png", (1000, 750)), threading.Event()
        others = children(os.getpid())

        def kill_every_worker() -> None:
            while not over.wait(0.01):
                for child in set(children(os.getpid())).difference(others):
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)

        killer = threading.Thread(target=kill_every_worker)
        killer.start()
        done = darkroom.develop(tmp_path, [job], RECIPE, tmp_path / "cache")
        over.set()
        killer.join()
        assert [each.code for each in done.problems] == ["photo-ends-program"]

    @pytest.mark.parametrize("files_made", [1, 5, 14])
    def test_a_kill_leaves_a_cache_that_can_be_used(self, tmp_path: Path, files_made: int) -> None:
        for number in range(8):
            lay(tmp_path, f"{number}.png", encoded(NOISE.resize((1000, 750)), "PNG"))
        there, anew = tmp_path / "cache", tmp_path / "anew"
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], start_new_session=True, cwd=ROOT
        )
        while len(list(there.rglob("[!.]*.*"))) < files_made:
            time.sleep(0.01)
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        left = {file: file.read_bytes() for file in there.rglob("[!.]*.*")}
        assert 0 < len(left) < 24
        jobs = [work(tmp_path, f"{number}.png", (1000, 750)) for number in range(8)]
        for cache in (there, anew):
            assert darkroom.develop(tmp_path, jobs, RECIPE, cache).problems == ()
        for each in (each for job in jobs for each in job.files):
            whole = darkroom.cached(anew, each).read_bytes()
            assert darkroom.cached(there, each).read_bytes() == whole
            assert left.get(darkroom.cached(there, each), whole) == whole


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{threading.main_thread().native_id}/children").read_text()
    return [int(child) for child in found.split()]


PEAK = r"""
import re, sys
from pathlib import Path
from concurrent.futures import Executor, Future
from tests.unit.photos.laboratory import RECIPE, work
from site_builder.photos import darkroom

class Here(Executor):
    def submit(self, function, *arguments):
        future = Future()
        future.set_result(function(*arguments))
        return future

root, size = Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))
job = work(root, "a.png", (1920, round(1920 * size[1] / size[0])))
assert darkroom.develop(root, [job], RECIPE, root / "cache", Here()).made == 1
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.parametrize(
    ("size", "limit"), [((4000, 3000), 250), ((11_500, 8_650), 1500)], ids=["a phone's photo", "the largest"]
)
def test_a_worker_needs_no_more_memory_than_is_said(
    tmp_path: Path, size: tuple[int, int], limit: int
) -> None:
    """In MB, of greys of 16 bits, one of them transparent, which take the most of all kinds."""
    rows = bytes((1 + 2 * size[0]) * size[1])
    lay(tmp_path, "a.png", png(size, rows, bits=16, colour_type=0, tRNS=b"\1\0"))
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path), *map(str, size)],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert int(ran.stdout) < limit


class TestExecutors:
    def test_its_own_processes_give_the_same_bytes(self, tmp_path: Path, pool: Executor) -> None:
        jobs = three_jobs(tmp_path)
        for cache, executor in (("here", pool), ("there", None)):
            assert darkroom.develop(tmp_path, jobs, RECIPE, tmp_path / cache, executor).made == 3
        assert files(tmp_path / "here") == files(tmp_path / "there")

    def test_one_that_was_lent_stays_open(self, tmp_path: Path, pool: Executor) -> None:
        developed(tmp_path, pool, JPEG)
        assert pool.submit(int, "1").result() == 1

    def test_a_cluster_gives_the_same_bytes(self, tmp_path: Path, pool: Executor) -> None:
        """Dask's, with a scheduler and two workers as processes of their own."""
        jobs = three_jobs(tmp_path)
        darkroom.develop(tmp_path, jobs, RECIPE, tmp_path / "here", pool)
        with cluster(tmp_path) as executor:
            done = darkroom.develop(tmp_path, jobs, RECIPE, tmp_path / "there", executor)
        assert (done.made, done.problems) == (3, ())
        assert files(tmp_path / "here") == files(tmp_path / "there")


@contextmanager
def cluster(folder: Path) -> Iterator[Executor]:
    """The executor of a Dask cluster on loopback; its processes end with it."""
    meeting = folder / "scheduler.json"
    place = ["--scheduler-file", str(meeting), "--host", "127.0.0.1", "--no-dashboard"]
    worker = ["worker", *place, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
    with ExitStack() as stack:
        for arguments in (["scheduler", "--port", "0", *place], worker, worker):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments], stderr=subprocess.DEVNULL, cwd=ROOT
            )
            stack.callback(process.wait, 20)
            stack.callback(process.terminate)
        while not meeting.exists():
            time.sleep(0.05)
        with distributed.Client(scheduler_file=str(meeting)) as client:
            client.wait_for_workers(2, 30)
            yield client.get_executor()


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*.*")}


class TestPlanned:
    """What `plan` plans comes out of the darkroom as planned."""

    def develop(
        self, root: Path, pool: Executor, data: bytes, recipe: Recipe, focus: tuple[float, float] = (0.5, 0.5)
    ) -> dict[str, bytes]:
        made = cover(root, pool, data, recipe, focus=[str(each) for each in focus])
        for each, file in made.items():
            assert opened(file).size == (each.width, each.height)
        return {each.path: file for each, file in made.items()}

    @pytest.mark.parametrize("size", [(1600, 1200), (900, 1600), (3000, 500), (700, 700), (40, 2000), (1, 1)])
    def test_every_file_has_the_size_it_was_planned_with(
        self, tmp_path: Path, pool: Executor, size: tuple[int, int]
    ) -> None:
        made = self.develop(tmp_path, pool, encoded(quarters(size), "PNG"), RECIPE)
        assert sum(path.endswith("-card.jpg") for path in made) == 1

    def test_every_width_shows_the_whole_photo(self, tmp_path: Path, pool: Executor) -> None:
        made = self.develop(tmp_path, pool, encoded(quarters((1600, 1200)), "PNG"), RECIPE)
        for path, data in made.items():
            if not path.endswith("-card.jpg"):
                found = corners(opened(data))
                assert all(near(*pair, 8) for pair in zip(found, CORNERS, strict=True)), (path, found)

    @pytest.mark.parametrize(
        ("focus", "shows"),
        [
            ((0.5, 0.5), CORNERS),
            ((0.5, 0.0), (RED, GREEN, RED, GREEN)),
            ((0.5, 1.0), (BLUE, WHITE, BLUE, WHITE)),
        ],
    )
    def test_the_card_is_cut_around_the_focus(
        self, tmp_path: Path, pool: Executor, focus: tuple[float, float], shows: tuple[object, ...]
    ) -> None:
        made = self.develop(tmp_path, pool, encoded(quarters((1300, 2600)), "PNG"), RECIPE, focus)
        found = corners(opened(next(data for path, data in made.items() if path.endswith("-card.jpg"))))
        assert all(near(*pair, 8) for pair in zip(found, shows, strict=True)), found  # type: ignore[arg-type]

    def test_a_small_cover_stands_whole_on_paper(self, tmp_path: Path, pool: Executor) -> None:
        made = self.develop(tmp_path, pool, encoded(quarters((800, 400)), "PNG"), RECIPE)
        card = opened(next(data for path, data in made.items() if path.endswith("-card.jpg")))
        assert all(near(card.getpixel(at), PAPER) for at in ((20, 20), (180, 300), (600, 100), (1180, 610)))
        inside = card.crop((200, 115, 1000, 515))
        assert all(near(*pair, 8) for pair in zip(corners(inside), CORNERS, strict=True))

    def test_a_panorama_is_not_enlarged_for_its_card(self, tmp_path: Path, pool: Executor) -> None:
        """Its card needs the photo at a width that none of its variants has."""
        fine = NOISE.resize((4000, 700)).convert("RGB")
        made = self.develop(tmp_path, pool, encoded(fine, "PNG"), replace(RECIPE, jpeg_quality=98))
        card = opened(next(data for path, data in made.items() if path.endswith("-card.jpg")))
        part = crop((4000, 700), (1200, 630), (0.5, 0.5))
        box = (part.left * 4000, 0, (part.left + part.width) * 4000, 700)
        expected = fine.resize((1200, 630), box=box)
        pairs = zip(card.convert("L").tobytes(), expected.convert("L").tobytes(), strict=True)
        assert sum(abs(a - b) for a, b in pairs) / (1200 * 630) < 4


def test_the_house_recipe_names_its_encoders() -> None:
    recipe = darkroom.recipe()
    assert all(part in recipe.encoders for part in ("Pillow", "avif", "libjpeg_turbo", "littlecms2", "heif"))
    assert "None" not in recipe.encoders


def test_a_variant_knows_how_wide_its_whole_photo_is() -> None:
    part = crop((4000, 700), (1200, 630), (0.5, 0.5))
    assert Variant("a", "jpeg", 1200, 630, part).whole_width == 3600
    assert Variant("a", "jpeg", 640, 480).whole_width == 640
