"""Bilingual stories of natural words: the same ones for the same number, whoever builds a site of them."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import yaml
from wordfreq import get_frequency_dict

from site_builder.content.body import fingerprint

ROOT = Path(__file__).parent.parent
SEED = 5
LAST_DAY = dt.date(2026, 11, 1)
YEARS = 10
"""Over which the stories were published."""

TODAY = dt.date(2026, 11, 25)
"""The day of every build."""

SHARES = (("residents", 0.4), ("venues", 0.1), ("events", 0.5))
KINDS = {
    "residents": ("collective",),
    "venues": ("plaza", "corridor", "reading-corner"),
    "events": ("show", "training", "festival"),
}
FESTIVALS = ("mid-autumn", "double-ninth", "torch-yi")
COMMUNITIES = tuple(yaml.safe_load((ROOT / "content/vocabulary/communities.yml").read_text("utf-8")))


@dataclass(frozen=True)
class Lexicon:
    """Words of one language, and how often they come before each other as running sums."""

    words: Sequence[str]
    sums: Sequence[float]

    def some(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self.sums, k=count)


def lexicon(lang: str, wanted: str) -> Lexicon:
    """The words of `lang` that match `wanted` in full, as frequent as in wordfreq's lists."""
    found = {word: share for word, share in get_frequency_dict(lang).items() if re.fullmatch(wanted, word)}
    return Lexicon(tuple(found), tuple(accumulate(found.values())))


def write(root: Path, count: int) -> None:
    """A checkout in `root` whose content is `count` stories beside the vocabulary of this one."""
    shutil.copytree(ROOT / "theme", root / "theme")
    shutil.copy(ROOT / "mkdocs.yml", root)
    content = root / "content"
    for name in ("vocabulary", "pages"):
        shutil.copytree(ROOT / "content" / name, content / name)
    identity = yaml.safe_load((ROOT / "content/site.yml").read_text("utf-8")) | {"lead": []}
    (content / "site.yml").write_text(yaml.safe_dump(identity, allow_unicode=True), "utf-8")
    zh, en = lexicon("zh", "[\u4e00-\u9fff]+"), lexicon("en", "[a-z]{2,}|a|i")
    refs = [f"{section}/{number:05}" for number, section in enumerate(_sections(count))]
    for number, ref in enumerate(refs):
        _write_story(content / ref, number, refs, random.Random(f"{SEED} {number}"), zh, en)


def _sections(count: int) -> list[str]:
    rng = random.Random(SEED)
    return rng.choices([name for name, _ in SHARES], [share for _, share in SHARES], k=count)


def _write_story(
    folder: Path, number: int, refs: Sequence[str], rng: random.Random, zh: Lexicon, en: Lexicon
) -> None:
    section = folder.parent.name
    facts = {
        "title": {"zh": _zh_title(rng, zh, number), "en": _en_title(rng, en, number)},
        "summary": {"zh": _zh_sentence(rng, zh, 30)[:60], "en": _en_sentence(rng, en, 18)},
        "kind": rng.choice(KINDS[section]),
        "published": LAST_DAY - dt.timedelta(days=number * 365 * YEARS // len(refs)),
        "community": rng.choice(COMMUNITIES),
        "related": sorted({rng.choice(refs) for _ in range(2)} - {refs[number]}),
        "sources": [{"title": {"zh": _zh_title(rng, zh, number), "en": _en_title(rng, en, number)}}],
    }
    if section == "events":
        facts["when"] = {"festival": rng.choice(FESTIVALS)}
    folder.mkdir(parents=True)
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "story.yml").write_text(text, "utf-8")
    body = _body(lambda words: _zh_sentence(rng, zh, words), lambda: _zh_title(rng, zh), "", rng)
    (folder / "zh.md").write_text(body, "utf-8")
    english = _body(lambda words: _en_sentence(rng, en, words), lambda: _en_title(rng, en), " ", rng)
    (folder / "en.md").write_text(f"---\nof: {fingerprint(body)}\n---\n{english}", "utf-8")


def _zh_title(rng: random.Random, zh: Lexicon, number: int | None = None) -> str:
    """A few words; with a number, one that no other story has."""
    words = "".join(zh.some(rng, 5))[:14]
    return words if number is None else f"{words}第{number}期"


def _en_title(rng: random.Random, en: Lexicon, number: int | None = None) -> str:
    words = " ".join(en.some(rng, 5)).capitalize()
    return words if number is None else f"{words} no. {number}"


def _zh_sentence(rng: random.Random, zh: Lexicon, words: int) -> str:
    """Clauses of words without spaces, as Chinese is written."""
    clauses = ["".join(zh.some(rng, rng.randint(3, 8))) for _ in range(max(2, words // 5))]
    return "，".join(clauses) + "。"


def _en_sentence(rng: random.Random, en: Lexicon, words: int) -> str:
    return " ".join(en.some(rng, words)).capitalize() + "."


def _body(sentence: Callable[[int], str], heading: Callable[[], str], joint: str, rng: random.Random) -> str:
    """Three parts of two paragraphs: 500–600 Chinese characters or 300–350 English words, as our own."""
    parts = []
    for number in range(3):
        if number:
            parts.append(f"## {heading()}")
        parts += [joint.join(sentence(rng.randint(12, 24)) for _ in range(3)) for _ in range(2)]
    return "\n\n".join(parts) + "\n"
