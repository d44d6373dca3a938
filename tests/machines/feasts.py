"""The golden site with an event of every kind, and with stories that have to stay away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.conftest import copy_golden

FESTIVALS = """
torch: {zh: 火把节, en: the Torch Festival, rule: {lunar: 6-24, days: 3}, groups: [YI]}
eid: {zh: 开斋节, en: Eid al-Fitr, rule: {hijri: 10-1}, groups: [HU]}
laba:
  {zh: 腊八节, en: the Laba Festival, rule: {lunar: 12-8},
   about: {zh: 街坊一起喝粥。, en: Neighbours share porridge.}}
"""

EVENTS: dict[str, dict[str, Any]] = {
    "torch-night": {
        "when": {"festival": "torch", "start": "20:00", "end": "01:00", "day": 1},
        "status": "confirmed",
    },
    "porridge": {"when": {"festival": "laba"}},
    "weekly-film": {"when": {"every": "week", "weekday": 6, "start": "19:30"}, "status": "confirmed"},
    "evening-class": {"when": {"every": "month", "weekday": 2, "nth": 1, "start": "15:00", "end": "17:00"}},
    "paintings": {
        "when": {
            "dates": [
                {"start": "2025-11-01T09:00", "end": "2025-11-03T17:00"},
                {"start": "2026-11-20T09:00", "end": "2026-12-10T17:00"},
            ]
        },
        "status": "confirmed",
    },
    "riddles": {"when": {"dates": [{"start": "2026-12-24T19:00"}]}, "status": "postponed"},
    "choir": {"when": {"dates": [{"start": "2026-12-31T19:00"}]}, "status": "cancelled"},
    "jubilee": {"when": {"past": 2021}},
    "banquet": {"when": {"announced_later": True}},
    "try-out": {"when": {"festival": "laba"}, "sample": True},
}

KEPT_BACK: dict[str, dict[str, Any]] = {
    "events/kept-back-unfinished": {"when": {"festival": "laba"}, "draft": True},
    "events/kept-back-tomorrow": {"when": {"festival": "laba"}, "published": "2026-11-26"},
    "events/kept-back-over": {"when": {"festival": "laba"}, "expires": "2026-11-25"},
    "residents/kept-back-withdrawn": {"kind": "individual", "consents": ["c-withdrawn"]},
    "residents/kept-back-lapsed": {"kind": "individual", "consents": ["c-lapsed"]},
    "residents/kept-back-on-paper": {"kind": "individual", "consents": ["c-print"]},
}
"""What nothing of the site may tell of on 25 November 2026."""

CONSENTS: dict[str, dict[str, Any]] = {
    "c-withdrawn": {"status": "withdrawn"},
    "c-lapsed": {"expires": "2026-11-25"},
    "c-print": {"scopes": ["print"]},
    "c-web": {"scopes": ["web", "print"], "expires": "2027-06-30"},
}


def feasts(folder: Path) -> Path:
    """A checkout in `folder`."""
    root = copy_golden(folder)
    vocabulary = root / "content/vocabulary/festivals.yml"
    vocabulary.write_text(vocabulary.read_text("utf-8") + FESTIVALS, "utf-8")
    for slug, facts in EVENTS.items():
        write(root, f"events/{slug}", **facts)
    for ref, facts in {
        **KEPT_BACK,
        "residents/agreed": {"kind": "individual", "consents": ["c-web"]},
    }.items():
        write(root, ref, **facts)
    for name, facts in CONSENTS.items():
        ordinary = {"subject": "R-7", "role": "subject", "scopes": ["web", "kiosk", "wechat", "print"]}
        record = ordinary | {"granted": "2026-01-01", "expires": "2028-01-01", "status": "active"} | facts
        (root / f"content/consents/{name}.yml").write_text(yaml.safe_dump(record), "utf-8")
    return root


def write(root: Path, ref: str, **facts: Any) -> None:
    """Writes a story, or writes it anew, without photos; every fact that is not given is an ordinary one."""
    section, slug = ref.split("/")
    ordinary = {
        "title": {"zh": f"标题“{slug}”，又<好>", "en": f"Title '{slug}', \\ & <good>"},
        "summary": {
            "zh": f"摘要{slug}；一二三四五六七八九十一二三四",
            "en": f"Summary of {slug}; two, three four five six seven",
        },
        "kind": {"events": "show", "residents": "collective", "venues": "plaza"}[section],
        "published": "2026-01-15",
        "sources": [{"title": {"zh": "简报", "en": "Bulletin"}}],
    }
    folder = root / "content" / ref
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(ordinary | facts, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "story.yml").write_text(text, "utf-8")
    (folder / "zh.md").write_text("正文。\n", "utf-8")
