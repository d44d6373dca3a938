"""An editor's computer: a copy of the content with a history, the command, a phone's photo, a browser."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import console
import yaml
from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
WORDS = ROOT / "docs/pictures.yml"
"""What the editor types, and the words beside it, in both languages."""

DAY = "2026-09-07"
PHOTO = "content/events/mid-autumn/photos/cover.png"
"""An illustration of the site stands in for a photo."""

COMMAND = f"""#!{sys.executable}
import datetime, sys
sys.path.insert(0, {str(ROOT)!r})
from site_builder import output, preview
output.today = lambda: datetime.date.fromisoformat({DAY!r})
preview._address_in_lan = lambda: "192.168.1.23"
from site_builder.cli.main import main
main()
"""
"""The command as it is, on a certain day and in a certain network."""


@dataclass(frozen=True)
class Desk:
    """An editor's computer: the project, what is in the home folder, and how to draw what is seen."""

    root: Path
    home: Path
    lang: str
    browser: Browser

    @property
    def words(self) -> dict[str, str]:
        return {name: text[self.lang] for name, text in yaml.safe_load(WORDS.read_text("utf-8")).items()}

    @property
    def environment(self) -> dict[str, str]:
        who = {
            f"GIT_{role}_{name}": value
            for role in ("AUTHOR", "COMMITTER")
            for name, value in (
                ("NAME", "editor"),
                ("EMAIL", "editor@example.org"),
                ("DATE", f"{DAY}T09:00Z"),
            )
        }
        return {
            **who,
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}[self.lang],
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
        }

    def typed(self, line: str, arguments: Sequence[str], answers: Sequence[str] = ()) -> str:
        """A command as it was typed, with all that it says."""
        process, end = console.opened(arguments, self.root, self.environment)
        said = console.heard(end, answers)
        process.wait(30)
        os.close(end)
        return f"\x1b[32m$\x1b[0m {line}\n{said}"

    def ours(self, *arguments: str, answers: Sequence[str] = ()) -> str:
        return self.typed(" ".join(("site-builder", *arguments)), ("site-builder", *arguments), answers)

    def git(self, *arguments: str) -> None:
        subprocess.run(
            ["git", *arguments], cwd=self.root, env=self.environment, check=True, capture_output=True
        )

    def edit(self, name: str, find: str, put: str) -> None:
        file = self.root / name
        text = file.read_text("utf-8")
        if text.count(find) != 1:
            raise ValueError(f"{find!r} stands {text.count(find)} times in {name}")
        file.write_text(text.replace(find, put), "utf-8")

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The live preview; its address."""
        arguments = ("site-builder", "serve", "--port", "0")
        process, end = console.opened(arguments, self.root, self.environment)
        try:
            said = console.heard(end, until="Ctrl+C")
            address = re.search(r"http://[\d.:]+/", said)
            assert address, said
            yield address[0]
        finally:
            process.terminate()
            process.wait(30)
            os.close(end)

    def screen(self, address: str, width: int, height: int, scale: float = 1) -> bytes:
        """What a browser of this size shows."""
        size = {"width": width, "height": height}
        page = self.browser.new_page(viewport=size, device_scale_factor=scale)  # type: ignore[arg-type]
        page.clock.set_fixed_time(f"{DAY}T09:00:00+08:00")
        page.goto(address)
        return shot(page)

    def drawn(self, html: str, place: str = "body") -> bytes:
        """What a page of our own shows in a place of it."""
        page = self.browser.new_page(viewport={"width": 1000, "height": 400})
        page.set_content(html)
        return shot(page, place)

    def terminal(self, name: str, *texts: str) -> None:
        """Draws what was typed and said."""
        self.save(name, self.drawn(console.page(self.words["terminal"], texts), "main"))

    def save(self, name: str, picture: bytes, colours: int = 256) -> None:
        """Writes a picture with as many colours as it needs, which takes a third of the room."""
        with Image.open(io.BytesIO(picture)) as image:
            small = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        file = PICTURES / f"{name}.{self.lang}.png"
        small.save(file, optimize=True)
        print(f"{file.relative_to(ROOT)}  {small.width}×{small.height}  {file.stat().st_size // 1000} kB")


@contextmanager
def desk(lang: str, browser: Browser) -> Iterator[Desk]:
    """A project with a history, the command, and a photo as a phone wrote it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Desk(Path(folder, "site"), Path(folder, "home"), lang, browser)
        for name in ("content", "theme", ".githooks"):
            shutil.copytree(ROOT / name, made.root / name)
        shutil.copy(ROOT / "mkdocs.yml", made.root)
        (made.root / ".gitignore").write_text(".site_builder/\n", "utf-8")
        command = made.home / "bin/site-builder"
        command.parent.mkdir(parents=True)
        command.write_text(COMMAND, "utf-8")
        command.chmod(0o755)
        _take_photo(made.home / made.words["photo"].removeprefix("~/"))
        made.git("init", "--quiet", "--initial-branch=main")
        made.git("add", "--all")
        made.git("commit", "--quiet", "--message", "content")
        made.git("config", "core.hooksPath", ".githooks")
        yield made


def _take_photo(file: Path) -> None:
    """As of a phone held upright: the place is noted, and that the picture is to be turned."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 0.0), 3: "E", 4: (102.0, 42.0, 0.0)})
    file.parent.mkdir(parents=True)
    with Image.open(ROOT / PHOTO) as drawn:
        drawn.convert("RGB").rotate(90, expand=True).save(file, quality=92, exif=notes.tobytes())


def shot(page: Page, place: str | None = None) -> bytes:
    """A page as it looks with all its images and fonts, or a place of it; the page is closed."""
    page.evaluate(
        "Promise.allSettled([document.fonts.ready, ...Array.from(document.images, it => it.decode())])"
    )
    target = page.locator(place) if place else page
    shown = target.screenshot(animations="disabled")
    page.close()
    return shown
