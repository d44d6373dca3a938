"""Chromium as a screen needs it: one page, nothing around it, no questions."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from site_builder import atomic
from site_builder.kiosk.manifest import RefusedError

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""What Chromium is called, and where systems keep it that have no search path."""

SWITCHES = (
    # The page alone: no bars, no menu, no window around it.
    "--kiosk",
    # Nobody is there to answer a question or to close a bubble.
    *("--no-first-run", "--no-default-browser-check", "--disable-search-engine-choice-screen"),
    *("--noerrdialogs", "--hide-crash-restore-bubble", "--disable-infobars", "--disable-prompt-on-repost"),
    *("--disable-notifications", "--deny-permission-prompts"),
    *("--disable-default-apps", "--disable-extensions"),
    # A keyring asks for a password at the first start, and there is nothing to keep in it.
    "--password-store=basic",
    # Fingers must not enlarge the page, leave it, or be offered a translation, casting, a printer.
    *("--disable-pinch", "--overscroll-history-navigation=0", "--touch-events=enabled"),
    "--disable-features=Translate,MediaRouter,DialMediaRouteProvider,OptimizationHints,ReadLater,LensOverlay",
    "--disable-print-preview",
    # Slides go on while nobody touches them, also when the window manager believes that they are covered.
    *("--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows"),
    *("--disable-renderer-backgrounding", "--autoplay-policy=no-user-gesture-required"),
    # We watch for a page that hangs; a dialog about it would stay for ever.
    "--disable-hang-monitor",
    # No other host is ever asked: the network may be metered, filtered or absent, and nobody agreed to more.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pings"),
    *("--disable-domain-reliability", "--disable-breakpad", "--metrics-recording-only"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-proxy-server",
    # The folder is on this disk: a large second copy of its photos would only wear a flash card out.
    "--disk-cache-size=67108864",
)

POLITE = 5
"""Seconds in which Chromium may put its profile in order before it is killed."""

_PREFERENCES: Mapping[str, Mapping[str, object]] = {
    "profile": {"exit_type": "Normal", "exited_cleanly": True},
    "translate": {"enabled": False},  # Chromium 156 offers it even without the feature of that name
}

_LOCKS = ("SingletonLock", "SingletonCookie", "SingletonSocket")


class NoBrowserError(RefusedError):
    """There is no Chromium, or not the one that was named."""


def program(named: str | None) -> str:
    """The browser to start: the one that was named, else the first that is there.

    Raises:
        NoBrowserError: when there is none.
    """
    for name in (named,) if named else NAMES:
        if found := shutil.which(name):
            return found
    raise NoBrowserError("no_browser", name=named or NAMES[0])


class Browser:
    """One Chromium with a profile of its own; `start` and `end` may take turns."""

    def __init__(self, program: str, profile: Path, *, headless: bool = False) -> None:
        self.profile = profile
        self._command = [program, f"--user-data-dir={profile}", *SWITCHES]
        if headless:
            self._command += ["--headless"]
        elif os.environ.get("WAYLAND_DISPLAY"):  # else it takes Xwayland's way, which knows less of touch
            self._command += ["--ozone-platform=wayland"]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, address: str) -> None:
        """Opens a page, whatever state the last end has left the profile in.

        Raises:
            OSError: when the program does not start.
        """
        self.profile.mkdir(parents=True, exist_ok=True)
        _end_forgotten(self.profile)
        _mend(self.profile)
        self._process = subprocess.Popen(
            [*self._command, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # its own group of processes, which ends as one
        )

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def end(self) -> None:
        """Ends it with all its processes: asked first, killed if it does not listen, or hangs."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.terminate()  # it alone: without its children it aborts before all is written
            with suppress(subprocess.TimeoutExpired):
                process.wait(POLITE)
        _kill(process.pid)
        process.wait()

    def forget(self) -> None:
        """Drops a profile that Chromium dies of; all it held of value is in the folder as well."""
        shutil.rmtree(self.profile, ignore_errors=True)


def _mend(profile: Path) -> None:
    """Takes away what a power cut leaves: locks, and the memory of a crash that it would ask about.

    The lock names the machine; after one with another name (DHCP) Chromium asks before it starts.
    """
    for name in _LOCKS:
        (profile / name).unlink(missing_ok=True)
    file = profile / "Default" / "Preferences"
    found: dict[str, object] = {}
    with suppress(OSError, ValueError):
        found = _dict(json.loads(file.read_bytes()))
    ours = {name: _dict(found.get(name)) | dict(values) for name, values in _PREFERENCES.items()}
    atomic.write(file, json.dumps(found | ours).encode())


def _dict(known: object) -> dict[str, object]:
    return known if isinstance(known, dict) else {}


def _end_forgotten(profile: Path) -> None:
    """Ends the Chromium that a killed supervisor left: a second one would hand its page to it, and end."""
    with suppress(OSError, ValueError):
        pid = int((profile / _LOCKS[0]).readlink().name.rpartition("-")[2])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()  # the number may be another's by now
        if f"--user-data-dir={profile}".encode() in command.split(b"\0"):
            _kill(os.getpgid(pid))


def _kill(group: int) -> None:
    """Kills a group of processes; Windows knows but the first of them."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            os.kill(group, signal.SIGTERM)
        else:
            os.killpg(group, signal.SIGKILL)
