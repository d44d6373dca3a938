"""Makes the pictures of the guide anew: `python docs/pictures.py [zh] [en]`.

Everything is really done, in a copy of the content with a history of its own: commands at a terminal, pages
in the live preview. Only the day is fixed, and the address that a phone would be told. It needs git, Debian's
Chromium and Chinese fonts, and asks nothing of any other host.
"""

from __future__ import annotations

import base64
import os
import sys
import time
import urllib.request
from collections.abc import Sequence

import console
from computer import DAY, PHOTO, PICTURES, ROOT, Desk, desk
from playwright.sync_api import sync_playwright

from site_builder.content.unfinished import MARKS

SLUG = "moon-evening"
STORY = f"content/events/{SLUG}/story.yml"
BODY = f"content/events/{SLUG}/zh.md"
FACE = (0.45, 0.52, 0.1, 0.15)
"""Left, top, width and height of what the guide blurs."""

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def begin(desk: Desk) -> None:
    """A new event, question by question."""
    words = desk.words
    answers = [words["title"], SLUG, "3", words["when"], "", words["photo"]]
    desk.terminal("new", desk.ours("new", "event", answers=answers))


def write(desk: Desk) -> None:
    """Everything that was still to be written, but with three mistakes."""
    words, story = desk.words, desk.root / STORY
    lines = story.read_text("utf-8").split("\n")
    for lang, mark in MARKS.items():
        texts = iter(words[f"texts_{lang}"].split("\n"))
        for number, line in enumerate(lines):
            if mark in line and not line.lstrip().startswith("#"):
                lines[number] = f"{line.partition(': ')[0]}: {next(texts)}"
    story.write_text("\n".join(lines), "utf-8")
    desk.edit(STORY, "people: unknown", f"people: blurred\n    blur: [[{', '.join(map(str, FACE))}]]")
    story.with_name("zh.md").write_text(words["body"], "utf-8")
    desk.edit(STORY, "    credit:\n", "    credits:\n")
    desk.edit(STORY, f"published: {DAY}", "published: 2026年9月7日")
    desk.edit(BODY, "\n## ", "\n# ")


def check(desk: Desk) -> None:
    """Three mistakes are told; the last one is kept out of a commit, with a file that was left out."""
    desk.terminal("check", desk.ours("check"))
    desk.edit(STORY, "    credits:\n", "    credit:\n")
    desk.edit(BODY, "\n# ", "\n## ")
    desk.git("add", STORY, STORY.replace("story.yml", "photos"))
    message = desk.words["message"]
    desk.terminal("hook", desk.typed(f'git commit -m "{message}"', ("git", "commit", "-m", message)))
    desk.edit(STORY, "published: 2026年9月7日", f"published: {DAY}")
    desk.terminal("mended", desk.ours("check"))


def preview(desk: Desk) -> None:
    """The draft in the live preview, on a phone and on a desktop, without a mistake and with one."""
    with desk.serving() as base:
        address = f"{base}{'en/' if desk.lang == 'en' else ''}events/{SLUG}/"
        _wait(address, desk.words["title" if desk.lang == "zh" else "title_en"])
        draft = desk.screen(address, 390, 780, 1.25)
        desk.save("draft", desk.screen(address, 1000, {"zh": 1080, "en": 1008}[desk.lang]))
        desk.edit(STORY, "kind: show", "kind: shwo")
        _wait(address, "shwo")
        desk.save("mistake", desk.screen(address, 1000, 560))
        desk.save("phone", _beside(desk, draft, desk.screen(address, 390, 780, 1.25)))
        desk.edit(STORY, "kind: shwo", "kind: show")


def _wait(address: str, text: str) -> None:
    """Until a page says something."""
    for _ in range(200):
        with urllib.request.urlopen(address, timeout=30) as answer:
            if text in answer.read().decode():
                return
        time.sleep(0.05)
    raise RuntimeError(f"{address} does not say {text}")


def _beside(desk: Desk, *pictures: bytes) -> bytes:
    """Screens of phones beside each other."""
    shown = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(each).decode()}">' for each in pictures
    )
    style = (
        "body{margin:0;display:flex;align-items:flex-start;gap:16px;width:1000px}"
        "img{box-sizing:border-box;width:492px;border:2px solid #c8ccd1;border-radius:18px}"
    )
    return desk.drawn(f"<!doctype html><style>{style}</style>{shown}")


def lan(desk: Desk) -> None:
    """The address for a phone, as a QR code."""
    arguments = ("site-builder", "serve", "--lan")
    process, end = console.opened(arguments, desk.root, desk.environment)
    said = console.heard(end, until="Ctrl+C") + console.heard(end, patience=2)
    process.terminate()
    process.wait(30)
    os.close(end)
    desk.terminal("lan", f"\x1b[32m$\x1b[0m {' '.join(arguments)}\n{said}")


def later(desk: Desk) -> None:
    """What comes later: the table, a stale translation, a consent that is taken back."""
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "draft")
    desk.edit(
        "content/venues/yonghe-plaza/zh.md", "多碰几回面，慢慢就熟了。", "多见几回面，聊上几句，慢慢就熟了。"
    )
    desk.edit("content/consents/c-2026-001.yml", "expires: 2028-09-01", "expires: 2026-10-20")
    desk.terminal("diff", desk.ours("translated", "--diff", "venues/yonghe-plaza"))
    desk.terminal("status", desk.ours("status"))
    desk.terminal("withdraw", desk.ours("withdraw", "c-2026-001", "--dry-run"))
    desk.terminal("consent", desk.ours("new", "consent", answers=["", "R-014", "2", "1,2,5", "", ""]))


def box(desk: Desk) -> None:
    """How to measure what is to be blurred."""
    left, top, width, height = (f"{part:.2%}" for part in FACE)
    data = base64.b64encode((ROOT / PHOTO).read_bytes()).decode()
    made = BOX.format(data=data, left=left, top=top, width=width, height=height, **desk.words)
    desk.save("blur", desk.drawn(made))


BOX = """<!doctype html><meta charset=utf-8><style>
body {{ margin: 0; font: 20px "Noto Sans CJK SC", sans-serif; position: relative; width: 1000px; }}
img {{ width: 1000px; display: block; filter: brightness(.72); }}
div {{ position: absolute; color: #fff; white-space: nowrap; }}
span {{ background: #1f2328; padding: 2px 8px; border-radius: 5px; }}
.box {{ left: {left}; top: {top}; width: {width}; height: {height}; box-sizing: border-box;
  border: 3px solid #ffd84d; backdrop-filter: brightness(1.4); }}
.left {{ left: 0; top: calc({top} + {height} / 2); width: {left}; border-top: 3px dashed #ffd84d; }}
.top {{ left: calc({left} + {width} / 2); top: 0; height: {top}; border-left: 3px dashed #ffd84d; }}
.left span {{ position: absolute; left: 40px; bottom: 10px; }}
.top span {{ position: absolute; left: 12px; top: 60px; }}
.width {{ left: {left}; top: calc({top} + {height} + 8px); }}
.height {{ left: calc({left} + {width} + 10px); top: calc({top} + {height} / 2 - 16px); }}
</style><img src="data:image/png;base64,{data}"><div class=box></div>
<div class=left><span>{box_left}</span></div><div class=top><span>{box_top}</span></div>
<div class=width><span>{box_width}</span></div><div class=height><span>{box_height}</span></div>"""


def main(langs: Sequence[str]) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        for lang in langs:
            with desk(lang, browser) as made:
                for step in (begin, write, check, preview, lan, later, box):
                    step(made)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["zh", "en"])
