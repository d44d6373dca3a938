"""A screen's page opened as a bare file, without the engine: a test puts it in a state and looks at it."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any, TypeAlias

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Error, Page

from tests.conftest import ROOT

KIOSK = ROOT / "theme" / "kiosk"
WIDTH, HEIGHT = 1080, 1920
PX = {"eyebrow": 55, "title": 88, "when": 60, "text": 55}
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types kiosk-worker"
)

Json: TypeAlias = dict[str, Any]


def both(zh: Json, en: Json) -> Json:
    return {"zh": zh, "en": en}


def face(lang: str, title: str, text: str, **more: Any) -> Json:
    empty = {"eyebrow": "", "mark": "", "place": "", "rhythm": "", "choices": [], "caption": "", "alt": title}
    return empty | {"title": title, "text": text, "px": PX} | more


def slide(kind: str, **more: Any) -> Json:
    said = both(
        face("zh", "一起过中秋", "农历八月十五，街坊们坐到一起。"),
        face("en", "Mid-Autumn together", "Neighbours sit down together."),
    )
    empty: Json = {"story": None, "stacked": False, "photo": None, "code": None, "dates": [], "media": []}
    return empty | {"kind": kind, "dwell_s": {"zh": 10, "en": 10}, "url": None} | said | more


def question(right: int, *answers: str) -> Json:
    said = {"question": "月饼是什么时候吃的？", "choices": list(answers), "answer": answers[right - 1]}
    return {"right": right} | both(said, said)


def story() -> Json:
    read = {
        "eyebrow": "节日",
        "mark": "",
        "title": "一起过中秋",
        "summary": "坐到一起。",
        "facts": [["地点", "广场"]],
    }
    told = read | {"blocks": [["h2", "月亮"], *[["p", "月亮圆了。" * 40]] * 6], "untranslated": False}
    quiz = [question(2, "正月", "八月", "九月"), question(1, "今天", "明天")]
    return both(told, told) | {"url": None, "code": None, "photos": [], "quiz": quiz, "dates": []}


def playlist() -> Json:
    words = {
        lang: yaml.safe_load((ROOT / "theme" / "words" / f"{lang}.yml").read_text("utf-8"))
        for lang in ("zh", "en")
    }
    photo = {"src": "media/red.jpg", "width": WIDTH, "height": 700}
    date = {"from": "2026-12-24T18:30:00+08:00", "until": "2026-12-24T21:00:00+08:00"}
    when = date | {"zh": "12月24日 星期四 18:30–21:00", "en": "Thursday 24 December", "mark": None}
    code = {"size": 29, "path": "M4 4.5h7", "px": 400}
    return {
        "screen": both({}, {})
        | {"id": "x", "utc_offset_min": 480, "site": {"zh": "永昌街道", "en": "Yongchang"}},
        "slides": {
            "photo": slide("event", photo=photo, code=code, dates=[when], story="story"),
            "words": slide("words"),
            "quiz": slide("quiz", story="story"),
        },
        "stories": {"story": story()},
        "calendar": [
            date
            | {"story": "story"}
            | both(*[{"title": "中秋", "when": "12月24日", "place": "", "mark": ""}] * 2)
        ],
        "words": words,
    }


@pytest.fixture(scope="session")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a portrait panel of 1080 × 1920 pixels, with the view's scripts alone."""
    folder = tmp_path_factory.mktemp("panel")
    (folder / "media").mkdir()
    Image.new("RGB", (108, 70), "#a8211a").save(folder / "media" / "red.jpg")
    (folder / "playlist.js").write_text(f"window.KIOSK_PLAYLIST = {json.dumps(playlist())};", "utf-8")
    styles = sorted((KIOSK / "css").glob("*.css"), key=lambda file: (file.name != "tokens.css", file.name))
    scripts = [file for file in sorted((KIOSK / "js").glob("*.js")) if "50" <= file.name < "90"]
    for name, files in (("view.css", styles), ("view.js", scripts)):
        (folder / name).write_text("\n".join(file.read_text("utf-8") for file in files), "utf-8")
    sizes = {"width": WIDTH, "height": HEIGHT, "text_px": 55, "reading_px": 33, "target_px": 35}
    values = sizes | {"release": "0" * 16, "title": "屏 · Screen", "style": "view.css", "script": "view.js"}
    filled = {name: html.escape(str(value)) for name, value in (values | {"policy": POLICY}).items()}
    page = Template((KIOSK / "index.html").read_text("utf-8")).substitute(filled)
    (folder / "index.html").write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture
def screen(page: Page, panel: Path) -> Iterator[Page]:
    """The page, opened anew at the panel's own size; anything that its scripts throw fails the test."""
    thrown: list[str] = []

    def note(error: Error) -> None:
        thrown.append(str(error))

    page.on("pageerror", note)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto((panel / "index.html").as_uri())
    page.evaluate("Object.assign(Kiosk, {leave() { window.left = true; }, touched() {}, stay() {}})")
    yield page
    page.remove_listener("pageerror", note)
    assert thrown == []


def state(page: Page, name: str) -> None:
    page.evaluate("name => { document.documentElement.dataset.state = name; }", name)
