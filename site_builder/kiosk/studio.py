"""Lays out what a story, a quiz or the screen itself has to say on as few slides as legible type allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest

from site_builder.content.model.kiosk import Languages, Panel
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import StoryPhoto
from site_builder.kiosk.fit import Copies, Setting, setting
from site_builder.kiosk.layout import Copy, in_a_row
from site_builder.kiosk.panel import code_px, type_px
from site_builder.kiosk.slides import Code, Date, Face, Kind, Slide
from site_builder.kiosk.typesetting import length, shortened
from site_builder.photos.plan import Recipe, screen
from site_builder.web.sharing import QUIET_ZONE, qr_code

MOST: Mapping[Lang, int] = {"zh": 65, "en": 55}
"""Chinese characters, and English words, of text on a slide."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What slides are to be made of: their id, their words, a photo of the story `ref`, a web address."""

    id: str
    kind: Kind
    copies: Copies
    story: str | None = None
    ref: str = ""
    photo: StoryPhoto | None = None
    url: str | None = None
    dates: tuple[Date, ...] = ()


@dataclass(frozen=True, slots=True)
class Studio:
    """Where slides are made for one panel. Slides have all languages; those that are seen must fit."""

    panel: Panel
    languages: Languages
    recipe: Recipe

    def slides(self, brief: Brief) -> tuple[Slide, ...]:
        """The slides of a brief; none where not even its title can be read at the panel's distance."""
        for plainer in _plainer(brief):
            for copies in _shorter(plainer.copies):
                if found := self._slides(replace(plainer, copies=copies)):
                    return found
        return ()

    def _slides(self, brief: Brief) -> tuple[Slide, ...]:
        """All on one slide; the code on one of its own; the text on one of its own as well."""
        plain = {lang: replace(copy, caption="") for lang, copy in brief.copies.items()}
        titles = {lang: replace(copy, text="") for lang, copy in plain.items()}
        code = self._code(brief)
        if code and (one := self._slide(brief, brief.copies, code)):
            return (one,)
        more = tuple(filter(None, [self._code_slide(brief, code)])) if code else ()
        if one := self._slide(brief, plain):
            return _numbered(one, *more)
        first, words = self._slide(brief, titles), self._words(brief)
        if first and words:
            return _numbered(first, words, *more)
        return ()

    def _words(self, brief: Brief) -> Slide | None:
        """The text alone, under its title."""
        copies = {
            lang: Copy(title=copy.title, mark=copy.mark, text=copy.text)
            for lang, copy in brief.copies.items()
        }
        if not any(copies[lang].text for lang in self.languages.shown):
            return None
        return self._slide(replace(brief, kind="words", photo=None), copies)

    def _code_slide(self, brief: Brief, code: Code) -> Slide | None:
        """The code under its title, with the photo where there is room for it."""
        copies = {lang: Copy(title=copy.title, caption=copy.caption) for lang, copy in brief.copies.items()}
        brief = replace(brief, kind="code")
        with_photo = self._slide(brief, copies, code)
        return with_photo or self._slide(replace(brief, photo=None), copies, code)

    def _slide(self, brief: Brief, copies: Copies, code: Code | None = None) -> Slide | None:
        side, photo = code.px if code else 0, bool(brief.photo)
        seen = {lang: copies[lang] for lang in self.languages.shown}
        for stacked in (True, False) if self.languages.mode == "stacked" else (False,):
            if set_ := setting(self.panel, seen, brief.kind, photo=photo, code=side, stacked=stacked):
                return self._made(brief, copies, stacked, code, set_)
        return None

    def _made(self, brief: Brief, copies: Copies, stacked: bool, code: Code | None, set_: Setting) -> Slide:
        picture = None
        if brief.photo and set_.photo:
            picture = screen(brief.ref, brief.photo, self.recipe, set_.photo)
        body = type_px(self.panel)
        seen = self.languages.shown[0]
        alt = brief.photo.facts.alt if brief.photo and picture else None
        faces = {
            lang: Face(
                title=copy.title,
                px={"eyebrow": body, "when": body, **asdict(set_.sizes.get(lang, set_.sizes[seen]))},
                eyebrow=copy.eyebrow,
                mark=copy.mark,
                text=copy.text,
                place=copy.place,
                rhythm=copy.rhythm,
                caption=copy.caption,
                alt=alt.in_(lang) if alt else "",
                choices=copy.choices,
                row=in_a_row(copy, lang, set_.frame.says, body),
            )
            for lang, copy in copies.items()
        }
        return Slide(brief.id, brief.kind, faces, brief.story, brief.url, picture, code, brief.dates, stacked)

    def _code(self, brief: Brief) -> Code | None:
        """The code of a brief's address, as large as it is read from the panel's distance."""
        if not brief.url:
            return None
        code = qr_code(brief.url)
        return Code(code.size, code.path, code_px(self.panel, code.size - 2 * QUIET_ZONE, QUIET_ZONE))


def _plainer(brief: Brief) -> Iterator[Brief]:
    """A brief, then with less and less besides its title: no eyebrow and place, no photo, nothing else."""
    less = {lang: replace(copy, eyebrow="", place="") for lang, copy in brief.copies.items()}
    bare = {
        lang: Copy(title=copy.title, mark=copy.mark, choices=copy.choices)
        for lang, copy in brief.copies.items()
    }
    yield brief
    yield replace(brief, copies=less)
    if brief.photo:
        yield replace(brief, photo=None)
    kind: Kind = "story" if brief.kind == "event" else brief.kind  # there is no room for its date
    yield replace(brief, kind=kind, photo=None, copies=bare)


def _numbered(*slides: Slide) -> tuple[Slide, ...]:
    """The first under the id itself, the others as `id/2`, `id/3`."""
    first, *others = slides
    return (first, *(replace(slide, id=f"{slide.id}/{n}") for n, slide in enumerate(others, start=2)))


def _shorter(copies: Copies) -> Iterator[Copies]:
    """Copies with a text that a slide may hold, then sentence by sentence less of it."""
    texts = [
        [text for text in shortened(copies[lang].text, lang) if length(text, lang) <= MOST[lang]]
        for lang in LANGS
    ]
    for zh, en in zip_longest(*texts, fillvalue=""):
        yield {"zh": replace(copies["zh"], text=zh), "en": replace(copies["en"], text=en)}
