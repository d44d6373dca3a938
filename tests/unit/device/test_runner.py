"""A screen with a real Chromium: started, watched, started again, ended with all that belongs to it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from site_builder.device.browser import Browser, NoBrowserError, program
from site_builder.device.installation import install
from tests.conftest import ROOT
from tests.unit.device.folders import bundle, folder

HEARTBEAT = 10


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    install(bundle(tmp_path / "a.zip", folder()), tmp_path / "screen")
    return tmp_path / "screen"


@pytest.fixture
def chromium(tmp_path: Path) -> Path:
    """Chromium as root may start it, in a machine without a graphics card."""
    return script(tmp_path, 'exec /usr/bin/chromium --no-sandbox --disable-gpu --disable-quic "$@"')


def script(folder: Path, text: str) -> Path:
    file = folder / "browser"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def running(screen: Path, browser: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A screen that runs; what it says goes to a file beside it."""
    command = [sys.executable, "-m", "site_builder", "--lang", "en", "kiosk", "run", str(screen)]
    command += ["--headless", "--browser", str(browser), "--port", str(free_port()), *options]
    with screen.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pid in belonging_to(screen):
            os.kill(pid, signal.SIGKILL)


def said(screen: Path) -> str:
    return screen.with_suffix(".log").read_text("utf-8")


def processes(screen: Path) -> dict[int, list[str]]:
    """The command lines of all processes that work for the screen's browser."""
    profile, found = str(screen / "profile"), {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_text("utf-8", "replace")
        except OSError:
            continue
        if profile in command and "site_builder" not in command:
            found[int(place.name)] = command.replace(" --", "\0--").split("\0")
    return found


def belonging_to(screen: Path) -> list[int]:
    return sorted(processes(screen))


def shown_by(screen: Path) -> list[int]:
    """The first process of the screen's browser, if it has a page."""
    found = processes(screen)
    types = {pid: [word for word in command if word.startswith("--type=")] for pid, command in found.items()}
    own = f"--user-data-dir={screen / 'profile'}"
    first = [pid for pid, command in found.items() if own in command and not types[pid]]
    return first if ["--type=renderer"] in types.values() else []


def until(come: Callable[[], Sequence[int]], seconds: float = 150) -> int:
    """Waits for a process; its number."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := come():
            return found[0]
        time.sleep(0.1)
    pytest.fail("it did not come")


def other_than(screen: Path, *pids: int) -> Callable[[], list[int]]:
    return lambda: [pid for pid in shown_by(screen) if pid not in pids]


def test_a_screen_comes_back_whatever_happens_to_its_browser(screen: Path, chromium: Path) -> None:
    with running(screen, chromium, "--heartbeat", str(HEARTBEAT)) as process:
        first = until(other_than(screen))
        time.sleep(2 * HEARTBEAT)
        assert shown_by(screen) == [first], "the page was opened, and its heartbeat heard"
        os.kill(first, signal.SIGKILL)
        second = until(other_than(screen, first))
        os.kill(second, signal.SIGSTOP)
        third = until(other_than(screen, first, second))
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert belonging_to(screen) == [], third
    told = said(screen).splitlines()
    assert told[0].startswith("The screen is on at http://127.0.0.1:")
    assert told[1:] == [
        "The browser has ended; it is started again.",
        f"The page has been silent for {HEARTBEAT} seconds; the browser is started again.",
        "Stopped.",
    ]


def test_the_browser_that_a_killed_screen_left_gives_way(screen: Path, chromium: Path) -> None:
    with running(screen, chromium) as process:
        first = until(other_than(screen))
        process.kill()
        process.wait()
        assert shown_by(screen) == [first]
        with running(screen, chromium, "--heartbeat", str(HEARTBEAT)) as again:
            second = until(other_than(screen, first))
            time.sleep(HEARTBEAT + 2)
            assert shown_by(screen) == [second]
            again.send_signal(signal.SIGINT)
            assert again.wait(20) == 0
        assert belonging_to(screen) == []


def test_a_browser_that_dies_at_once_is_started_slower_and_slower(screen: Path, tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    dying = script(tmp_path, f'date +%s.%N >> {starts}; mkdir -p "{screen}/profile/spoilt"; exit 1')
    with running(screen, dying) as process:
        until(lambda: [1] if "The browser keeps ending" in said(screen) else [])
        time.sleep(1)
        assert not (screen / "profile").exists(), "it may be the profile that it dies of"
        process.terminate()
        assert process.wait(20) == 0
    moments = [float(line) for line in starts.read_text().split()]
    pauses = [after - before for before, after in pairwise(moments)]
    assert all(pause >= least for pause, least in zip(pauses, (1, 2, 4), strict=True)), pauses


CRASHED = {"profile": {"exit_type": "Crashed", "exited_cleanly": False, "name": "x"}, "other": [1]}
CLEAN = {"profile": {"exit_type": "Normal", "exited_cleanly": True}, "translate": {"enabled": False}}
MENDED = {**CLEAN, "profile": {**CLEAN["profile"], "name": "x"}, "other": [1]}


@pytest.mark.parametrize(
    ("left", "mended"),
    [(json.dumps(CRASHED), MENDED), ("{", CLEAN), ("", CLEAN), ("[]", CLEAN), ('{"profile": 1}', CLEAN)],
)
def test_what_a_power_cut_leaves_is_mended_before_the_start(
    left: str, mended: dict[str, object], tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default/Preferences").write_text(left)
    for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
        (profile / name).symlink_to("another-machine-1")
    browser = Browser("/bin/true", profile)
    browser.start("about:blank")
    browser.end()
    assert not list(profile.glob("Singleton*"))
    assert json.loads((profile / "Default/Preferences").read_text()) == mended


def test_a_browser_is_found_by_path_or_by_name(chromium: Path) -> None:
    assert program(str(chromium)) == str(chromium)
    assert program("chromium") == shutil.which("chromium")
    assert Path(program(None)).name in {"chromium", "google-chrome"}
    with pytest.raises(NoBrowserError):
        program("/nowhere/chromium")
