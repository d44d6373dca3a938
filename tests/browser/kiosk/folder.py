"""Small folders of a screen, as the contract of `theme/kiosk` wants them: a few slides, real hashes."""

from __future__ import annotations

import hashlib
import html
import io
import json
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, TypeAlias

from PIL import Image

THEME = Path(__file__).parents[3] / "theme" / "kiosk"
BUILT = "2026-11-28T00:00:00+08:00"
PX = {"eyebrow": 55, "title": 88, "when": 60, "text": 55}
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types kiosk-worker"
)

Json: TypeAlias = dict[str, Any]
Files: TypeAlias = dict[str, bytes]


@cache
def photo(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (108, 76), colour).save(made, "JPEG")
    return made.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def colour(number: int) -> str:
    """Of its own for each number (Knuth's multiplicative hash), so that no two photos are the same file."""
    return f"#{(number + 1) * 2654435761 % 2**24:06x}"


def face(text: str) -> Json:
    return {
        **dict.fromkeys(("mark", "place", "rhythm", "caption"), ""),
        **{"eyebrow": "社区", "title": text, "text": text, "choices": [], "alt": text, "px": PX},
    }


def slide(name: str, src: str | None, **changes: Any) -> Json:
    return {
        **{"kind": "story" if src else "screen", "story": None, "stacked": False},
        **{"zh": face(name), "en": face(name), "dwell_s": {"zh": 8, "en": 8}, "url": None},
        **{"media": [src] if src else [], "code": None, "dates": []},
        "photo": {"src": src, "width": 1080, "height": 760} if src else None,
        **changes,
    }


@dataclass(frozen=True)
class Plan:
    """What a folder is made of; slides are `story/0` …, each with a photo of its own."""

    slides: int = 4
    shade: int = 0
    """Photos of another shade are other files."""
    built_at: str = BUILT
    mode: str = "alternate"
    touch: bool = True
    dwell_s: float = 8
    changes: Json = field(default_factory=dict)
    """Of the playlist."""
    each: dict[str, Json] = field(default_factory=dict)
    """Slide id → its changes; an id beyond the numbered ones is a slide without a photo."""
    extra: str = ""
    """A script after all others: for releases, or clients, that are broken on purpose."""
    mend: tuple[tuple[str, str], ...] = ()
    """Replacements in the client's script, for the same."""

    def but(self, **changes: Any) -> Plan:
        return replace(self, **changes)


def _photos(plan: Plan) -> dict[str, bytes]:
    shades = [photo(colour(plan.shade * 100 + number)) for number in range(plan.slides)]
    return {f"media/{number}-{digest(data)[:8]}.jpg": data for number, data in enumerate(shades)}


def _slides(plan: Plan, media: list[str]) -> dict[str, Json]:
    named = {f"story/{number}": slide(f"故事{number}", src) for number, src in enumerate(media)}
    named["screen/test"] = slide("屏幕", None)
    for name, changes in plan.each.items():
        named[name] = {**named.get(name, slide(name, None)), **changes}
    dwell = {"zh": plan.dwell_s, "en": plan.dwell_s}
    return {name: {**each, "dwell_s": dwell} for name, each in named.items()}


def reading(name: str) -> Json:
    told = {"eyebrow": "", "mark": "", "title": name, "summary": name, "facts": []}
    texts: Json = {lang: {**told, "blocks": [["p", name]], "untranslated": False} for lang in ("zh", "en")}
    return {**texts, "url": None, "code": None, "photos": [], "quiz": [], "dates": []}


def playlist(plan: Plan) -> Json:
    slides = _slides(plan, list(_photos(plan)))
    panel = {"px": [1080, 1920], "touch": plan.touch, "outdoor": False}
    sizes = {"text_px": 55, "reading_px": 33, "target_px": 35, "code_px": 410}
    texts: Json = {"zh": "测试屏", "en": "Test screen"}
    return {
        "schema": 1,
        "screen": {
            **texts,
            **{"id": "test", "site": texts, "tagline": texts, "panel": {**panel, **sizes}},
            **{"languages": {"mode": plan.mode, "order": ["zh", "en"]}, "utc_offset_min": 480},
            "idle": {"timeout_s": 60, "warn_s": 30},
        },
        "slides": slides,
        "default": [name for name in slides if name != "screen/test"],
        **{"dayparts": [], "quiet": None, "fallback": "screen/test"},
        **{"stories": {each["story"]: reading(each["story"]) for each in slides.values() if each["story"]}},
        **{"calendar": [], "words": {"zh": {}, "en": {}}},
        **plan.changes,
    }


@cache
def joined(kind: str) -> str:
    """All styles or scripts of the theme, in the order of their names, `tokens.css` first."""
    found = sorted((THEME / kind).glob(f"*.{kind}"), key=lambda path: (path.name != "tokens.css", path.name))
    return "\n".join(path.read_text("utf-8") for path in found)


def script(plan: Plan) -> str:
    text = joined("js")
    for old, new in plan.mend:
        assert old in text, old
        text = text.replace(old, new)
    return text + plan.extra


def page(names: dict[str, str], release: str) -> str:
    values = {
        **{"release": release, "title": "测试屏", "policy": POLICY, "width": "1080", "height": "1920"},
        **{"text_px": "55", "reading_px": "33", "target_px": "35", **names},
    }
    template = Template((THEME / "index.html").read_text("utf-8"))
    return template.substitute({key: html.escape(value) for key, value in values.items()})


def folder(plan: Plan) -> Files:
    """Every file but `notice.json`, by its path."""
    style, code = joined("css").encode(), script(plan).encode()
    names = {"style": f"kiosk-{digest(style)[:8]}.css", "script": f"kiosk-{digest(code)[:8]}.js"}
    shared = {names["style"]: style, names["script"]: code, "sw.js": (THEME / "sw.js").read_bytes()}
    listed = playlist(plan)
    told = json.dumps([listed, sorted(_photos(plan)), sorted(shared)], ensure_ascii=False)
    release = digest(told.encode())[:16]
    text = json.dumps({**listed, "release": release}, ensure_ascii=False)
    files = {
        **_photos(plan),
        **shared,
        "index.html": page(names, release).encode(),
        "playlist.json": text.encode(),
        "playlist.js": f"window.KIOSK_PLAYLIST = {text};".encode(),
    }
    return {**files, "manifest.json": manifest(files, release, plan.built_at)}


def manifest(files: Files, release: str, built_at: str) -> bytes:
    listed = {path: {"sha256": digest(data), "size": len(data)} for path, data in sorted(files.items())}
    value = {"schema": 1, "release": release, "built_at": built_at, "files": listed}
    return json.dumps(value).encode()


def release_of(files: Files) -> str:
    release: str = json.loads(files["manifest.json"])["release"]
    return release


def notices(seq: int = 0, *listed: Json, revoke: tuple[str, ...] = ()) -> bytes:
    value = {"schema": 1, "seq": seq, "notices": listed, "revoke": revoke}
    return json.dumps(value, ensure_ascii=False).encode()
