"""Whatever happens while a release is installed, the old one or the new one is there, whole."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.device.installation import (
    BusyError,
    ForeignFolderError,
    Installed,
    adopt,
    current,
    install,
    notify,
    recover,
)
from site_builder.kiosk import manifest
from site_builder.kiosk.manifest import Entry, UnfitBundleError
from tests.conftest import ROOT
from tests.unit.device.folders import bundle, folder, notice, release_of
from tests.unit.device.test_archive import BAD, Change, changed

A, B, C = (folder(text, f"2026-06-0{day}T00:00:00+08:00") for day, text in enumerate("abc", 1))


def name_of(files: Mapping[str, bytes]) -> str:
    return manifest.read(files["manifest.json"]).release


def put(files: Mapping[str, bytes], screen: Path) -> Installed:
    return install(bundle(screen.with_suffix(".zip"), files), screen)


def shown(screen: Path) -> dict[str, bytes]:
    """All files of the running release."""
    release = current(screen)
    assert release
    return {
        file.relative_to(release).as_posix(): file.read_bytes()
        for file in release.rglob("*")
        if file.is_file()
    }


def listed(place: Path) -> list[str]:
    return sorted(file.name for file in place.iterdir())


def releases(screen: Path) -> list[str]:
    return listed(screen / "releases")


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    return tmp_path / "screen"


def test_a_release_is_installed_and_kept_until_the_one_after_next(screen: Path) -> None:
    assert current(screen) is None
    for files, kept in ((A, (A,)), (B, (A, B)), (C, (B, C))):
        assert put(files, screen) == Installed(name_of(files), changed=True)
        assert shown(screen) == files
        assert releases(screen) == sorted(map(name_of, kept))
    assert (screen / "current").readlink() == Path("releases") / name_of(C)
    assert listed(screen) == [".lock", "current", "releases"]


def test_the_same_release_again_writes_nothing(screen: Path) -> None:
    put(A, screen)
    before = {file: file.stat().st_mtime_ns for file in screen.rglob("releases/*/*")}
    assert put(A, screen) == Installed(name_of(A), changed=False)
    assert {file: file.stat().st_mtime_ns for file in screen.rglob("releases/*/*")} == before


def test_the_same_release_of_a_later_day_brings_its_date_and_notices(screen: Path) -> None:
    put(A, screen)
    later = folder("a", "2026-06-09T00:00:00+08:00", seq=5)
    assert put(later, screen) == Installed(name_of(A), changed=False)
    assert shown(screen) == later
    with pytest.raises(UnfitBundleError, match="older"):
        put(B, screen)


def test_an_older_bundle_is_refused_and_one_of_the_same_day_is_not(screen: Path) -> None:
    put(B, screen)
    with pytest.raises(UnfitBundleError, match="older"):
        put(A, screen)
    assert (shown(screen), releases(screen)) == (B, [name_of(B)])
    same_day = folder("d", "2026-06-02T00:00:00+08:00")
    assert put(same_day, screen).changed


def test_content_that_is_as_it_was_before_comes_back(screen: Path) -> None:
    again = folder("a", "2026-06-03T00:00:00+08:00")
    assert [put(files, screen).changed for files in (A, B, again)] == [True, True, True]
    assert shown(screen) == again
    assert releases(screen) == sorted([name_of(A), name_of(B)])


def other_photo(files: dict[str, bytes]) -> bytes:
    return changed("media/own-b.jpg", files["media/own-b.jpg"][:-1] + b"X")(files)


def other_content(files: dict[str, bytes]) -> bytes:
    """The release that is on, with another content."""
    own = {path: data for path, data in B.items() if path not in ("manifest.json", "notice.json")}
    told = manifest.made(own | {"page-1.js": b"evil"}, name_of(A), "2026-06-02T00:00:00+08:00")
    return changed("page-1.js", b"evil")({**own, "manifest.json": told, "notice.json": notice()})


WORSE: dict[str, tuple[Change, str]] = {
    "another photo of the same size": (other_photo, "other_hash"),
    "the running release with another content": (other_content, "same_release"),
    "older": (lambda files: changed("notice.json", notice(9))(folder("z", "2026-05-01T00:00:00Z")), "older"),
}


@pytest.mark.parametrize(("change", "code"), (BAD | WORSE).values(), ids=BAD | WORSE)
def test_a_bad_bundle_changes_nothing(change: Change, code: str, screen: Path) -> None:
    put(A, screen)
    bad = screen.with_name("bad.zip")
    bad.write_bytes(change(dict(B)))
    with pytest.raises(UnfitBundleError) as refused:
        install(bad, screen)
    assert refused.value.code == code
    assert (shown(screen), releases(screen)) == (A, [name_of(A)])
    assert put(B, screen).changed


@pytest.mark.parametrize(
    ("installed", "offered", "seen"),
    [(3, 3, "offered"), (3, 4, "offered"), (3, 2, "installed"), (3, 0, "installed")],
)
@pytest.mark.parametrize("text", ["a", "b"], ids=["same release", "new release"])
def test_notices_never_go_back(installed: int, offered: int, seen: str, text: str, screen: Path) -> None:
    """A stick may hold a newer release with older notices than those that came over the network since."""
    put(folder("a", seq=1), screen)
    assert notify(screen, notice(installed, "residents/x"))
    put({**folder(text), "notice.json": notice(offered, "residents/y")}, screen)
    expected = {"installed": notice(installed, "residents/x"), "offered": notice(offered, "residents/y")}
    assert shown(screen)["notice.json"] == expected[seen]


def test_notices_alone_are_taken_only_if_they_are_some(screen: Path) -> None:
    assert not notify(screen, notice(2))
    put(A, screen)
    assert notify(screen, notice(2))
    assert not notify(screen, notice(2))
    assert not notify(screen, notice(1, "residents/x"))
    for bad in (b"", b"{}", b"<html>", b"[]", notice(3) + b"x", b" " * (300 << 10)):
        with pytest.raises(UnfitBundleError):
            notify(screen, bad)
    assert shown(screen) == {**A, "notice.json": notice(2)}


def test_what_a_disk_has_lost_is_mended_by_the_same_bundle(screen: Path) -> None:
    put(A, screen)
    release = current(screen)
    assert release
    (release / "page-1.js").write_bytes(b"")
    (release / "media/own-a.jpg").unlink()
    (release / "stranger.js").write_bytes(b"x")
    assert put(A, screen) == Installed(name_of(A), changed=False)
    assert shown(screen) == A


def test_a_screen_goes_back_to_the_release_that_is_whole(screen: Path) -> None:
    put(A, screen)
    put(B, screen)
    assert not recover(screen)
    (screen / "releases" / name_of(B) / "page-1.js").write_bytes(b"")
    assert recover(screen)
    assert shown(screen) == A
    assert put(B, screen).changed
    assert shown(screen) == B
    for release in releases(screen):
        (screen / "releases" / release / "index.html").unlink()
    assert not recover(screen)


class Line:
    """A slow line, which breaks after some files."""

    def __init__(self, files: Mapping[str, bytes], breaks_after: int = 99) -> None:
        self.manifest, self.notice, self._files = files["manifest.json"], files["notice.json"], files
        self._left = breaks_after
        self.fetched: list[str] = []

    def fetch(self, path: str, entry: Entry) -> bytes:
        if not self._left:
            raise ConnectionResetError("the line broke")
        self._left -= 1
        self.fetched.append(path)
        return self._files[path]


def test_what_came_before_the_line_broke_is_not_fetched_again(screen: Path) -> None:
    with pytest.raises(ConnectionResetError):
        adopt(first := Line(A, 2), screen)
    assert current(screen) is None
    stage = screen / "releases" / f".{name_of(A)}"
    (stage / first.fetched[0]).write_bytes(b"spoilt by a power cut")
    (stage / "left-behind").write_bytes(b"x")
    adopt(second := Line(A), screen)
    assert shown(screen) == A
    assert set(first.fetched) & set(second.fetched) == {first.fetched[0]}
    adopt(third := Line(B), screen)
    assert sorted(third.fetched) == ["media/own-b.jpg", "playlist.json"]  # the rest is on the disk
    assert shown(screen) == B


def test_one_installation_waits_for_another(screen: Path) -> None:
    began, goes_on = threading.Event(), threading.Event()

    class Slow(Line):
        def fetch(self, path: str, entry: Entry) -> bytes:
            began.set()
            assert goes_on.wait(30)
            return super().fetch(path, entry)

    slow = threading.Thread(target=adopt, args=(Slow(A), screen))
    slow.start()
    assert began.wait(30)
    with pytest.raises(BusyError):
        adopt(Line(B), screen, patience=0)
    assert current(screen) is None
    goes_on.set()
    adopt(Line(B), screen)
    slow.join()
    assert shown(screen) == B


def test_what_is_not_ours_is_left_alone(screen: Path) -> None:
    screen.mkdir()
    (screen / ".ssh").mkdir()
    for stranger in ("letter.txt", ".bashrc", "releases/20260101120000/index.html", "releases/.keep"):
        (screen / stranger).parent.mkdir(parents=True, exist_ok=True)
        (screen / stranger).write_text("mine")
    before = set(screen.rglob("*"))
    for files in (A, B, C):
        put(files, screen)
    assert before <= set(screen.rglob("*"))
    other = screen.with_name("other")
    other.mkdir()
    (other / "current").symlink_to("releases/20260101120000")
    with pytest.raises(ForeignFolderError):
        put(A, other)
    assert listed(other) == ["current"]


def in_python(program: str, *arguments: object, shell: str = "") -> str:
    """What a program prints that runs in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    if shell:
        command = ["unshare", "--mount", "sh", "-c", f'{shell} && exec "$@"', "sh", *command]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


KILLED_EVERYWHERE = """
import os, shutil, signal, sys
from pathlib import Path
from site_builder.device.installation import current, install
from site_builder.device.release import entries, manifest_of
from site_builder.kiosk.manifest import verify

STEPS = {"open", "os.rename", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.listdir", "os.scandir"}
bundles, screen, start = [Path(each) for each in sys.argv[1:4]], Path(sys.argv[4]), Path(sys.argv[5])

def killed_at(moment):
    count = 0
    def step(event, arguments):
        nonlocal count
        if event in STEPS:
            count += 1
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(step)
    install(bundles[2], screen)
    os._exit(0)

for bundle in bundles[:2]:
    install(bundle, start)  # also has everything imported
old, seen = current(start).name, []
for moment in range(1, 1000):
    shutil.rmtree(screen, ignore_errors=True)
    shutil.copytree(start, screen, symlinks=True)
    if not (child := os.fork()):
        killed_at(moment)
    status = os.waitpid(child, 0)[1]
    release = current(screen)
    verify(manifest_of(release), entries(release))
    seen.append(release.name == old)
    again = install(bundles[2], screen)
    assert again.changed == seen[-1]
    kept = sorted(each.name for each in (screen / "releases").iterdir())
    assert kept == sorted([old, again.release]), kept
    assert sorted(os.listdir(screen)) == [".lock", "current", "releases"], os.listdir(screen)
    verify(manifest_of(current(screen)), entries(current(screen)))
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, (moment, status)
print(len(seen), seen.count(True), seen == sorted(seen, reverse=True))
"""


def test_a_kill_at_any_step_leaves_the_old_release_or_the_new_one(tmp_path: Path) -> None:
    bundles = [bundle(tmp_path / f"{number}.zip", files) for number, files in enumerate((A, B, C))]
    said = in_python(KILLED_EVERYWHERE, *bundles, tmp_path / "screen", tmp_path / "start")
    moments, old, in_order = said.split()
    assert int(moments) > 60
    assert 40 < int(old) < int(moments)
    assert in_order == "True"  # the old one up to a step, the new one from there


WITHOUT_LINKS = """
import errno, os, sys
from pathlib import Path
from site_builder.device.installation import current, install

def no_links(event, arguments):
    if event == "os.symlink":
        raise OSError(errno.EPERM, "no links on this disk")

screen = Path(sys.argv[3])
if sys.argv[4:]:
    install(Path(sys.argv[1]), screen)
sys.addaudithook(no_links)
for bundle in sys.argv[1:3]:
    print(install(Path(bundle), screen).release == current(screen).name)
print(*sorted(os.listdir(screen)))
"""


@pytest.mark.parametrize("before", [(), ("a link",)], ids=["new", "had a link"])
def test_where_a_disk_takes_no_links_a_file_points(before: tuple[str, ...], tmp_path: Path) -> None:
    bundles = [bundle(tmp_path / f"{number}.zip", files) for number, files in enumerate((A, B))]
    said = in_python(WITHOUT_LINKS, *bundles, tmp_path / "screen", *before)
    assert said == "True\nTrue\n.lock current.txt releases\n"
    assert (tmp_path / "screen/current.txt").read_text() == name_of(B)
    put(C, tmp_path / "screen")
    assert shown(tmp_path / "screen") == C
    assert listed(tmp_path / "screen") == [".lock", "current", "releases"]


FULL = """
import os, sys
from pathlib import Path
from site_builder.device.disk import NoRoomError
from site_builder.device.installation import current, install

screen = Path(sys.argv[3])
old = install(Path(sys.argv[1]), screen).release
try:
    install(Path(sys.argv[2]), screen)
except NoRoomError:
    print(current(screen).name == old, os.listdir(screen / "releases") == [old])
"""


def can_mount() -> bool:
    """Whether this process may have disks of its own."""
    trial = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(trial, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not can_mount(), reason="needs a disk of its own")
@pytest.mark.parametrize("limit", ["size=200k", "nr_inodes=16"], ids=["bytes", "names"])
def test_a_full_disk_leaves_all_as_it_was(limit: str, tmp_path: Path) -> None:
    own = {f"media/{number}.jpg": bytes([number]) * 20_000 for number in range(20)}
    files = {**{path: A[path] for path in ("index.html", "page-1.js")}, **own}
    told = manifest.made(files, release_of(files), "2026-07-01T00:00:00+08:00")
    large = bundle(tmp_path / "large.zip", {**files, "manifest.json": told, "notice.json": notice()})
    disk = tmp_path / "disk"
    disk.mkdir()
    said = in_python(
        FULL,
        *(bundle(tmp_path / "a.zip", A), large, disk / "screen"),
        shell=f"mount -t tmpfs -o {limit} tmpfs {disk}",
    )
    assert said == "True True\n"
