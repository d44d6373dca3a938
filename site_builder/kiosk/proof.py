"""Finds what can never be read on a screen at its distance, whatever the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from site_builder.content.model.event import Question
from site_builder.content.model.kiosk import Kiosk, Panel, PlayQuiz
from site_builder.content.model.story import Event
from site_builder.content.problems import LANGS, Lang
from site_builder.content.screens import places
from site_builder.content.story import Site, Story
from site_builder.kiosk.fit import setting
from site_builder.kiosk.layout import Copy, holds_notice, is_roomy
from site_builder.kiosk.panel import CAPITAL_MM_A_METRE
from site_builder.kiosk.playlist import played, shown_questions
from site_builder.kiosk.slides import Kind
from site_builder.web.typography import curly

FEW = 3
"""Texts that are named one by one."""

MARK: Mapping[Lang, str] = {"zh": "未到发布日期", "en": "Postponed"}
"""The longest words that a story may be marked with."""


@dataclass(frozen=True, slots=True)
class Illegible:
    """What does not fit a screen in legible type: where in the screen's file, a code of `messages.yml` and
    the values of its texts."""

    kiosk: str
    loc: tuple[str | int, ...]
    code: str
    values: Mapping[str, object]


def illegible(site: Site) -> Iterator[Illegible]:
    """Every title, question and notice that a screen may come to show, and cannot; where they are many, the
    panel is to blame."""
    for name, kiosk in site.kiosks.items():
        found, values = dict.fromkeys(_too_long(site, kiosk)), _values(kiosk.panel)
        if len(texts := dict.fromkeys(text for _, text in found)) > FEW:
            first, count = next(iter(texts)), len(texts)
            yield Illegible(name, ("panel",), "kiosk-too-far", {"text": first, "count": count, **values})
        else:
            for loc, text in found:
                yield Illegible(name, loc, "kiosk-illegible", {"text": text, **values})


def _values(panel: Panel) -> dict[str, object]:
    return {"distance": f"{panel.distance_m:g}", "type_mm": round(CAPITAL_MM_A_METRE * panel.distance_m)}


def _too_long(site: Site, kiosk: Kiosk) -> Iterator[tuple[tuple[str | int, ...], str]]:
    kind: Kind
    for loc, play in places(kiosk):
        for story in played(site, play):
            if isinstance(play, PlayQuiz) and isinstance(story.facts, Event):
                kind, shown = "quiz", [_question(question) for question in shown_questions(story.facts)]
            else:
                kind, shown = "story", [_titles(story)]
            for copies in shown:
                yield from ((loc, text) for text in islice(_unfit(kiosk, copies, kind), 1))
    name = site.identity.name
    own = {lang: Copy(curly(name.in_(lang), lang)) for lang in LANGS}
    yield from ((("panel",), text) for text in _unfit(kiosk, own, "screen"))
    for number, notice in enumerate(kiosk.notices):
        for lang in LANGS:
            if not holds_notice(kiosk.panel, curly(notice.in_(lang), lang), lang):
                yield ("notices", number, lang), notice.in_(lang)


def _unfit(kiosk: Kiosk, copies: Mapping[Lang, Copy], kind: Kind) -> Iterator[str]:
    for lang in kiosk.languages.shown:
        copy = copies[lang]
        roomy = kind == "story" and is_roomy(kiosk.panel, copy.title, lang)
        if not roomy and not setting(kiosk.panel, {lang: copy}, kind):
            yield copy.title


def _titles(story: Story) -> dict[Lang, Copy]:
    return {lang: Copy(curly(story.facts.title.in_(lang), lang), mark=MARK[lang]) for lang in LANGS}


def _question(question: Question) -> dict[Lang, Copy]:
    return {
        lang: Copy(
            curly(question.in_(lang), lang),
            choices=tuple(curly(choice.in_(lang), lang) for choice in question.choices),
        )
        for lang in LANGS
    }
