"""What a screen plays when, as planned for one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from site_builder.content.model.event import Question
from site_builder.content.model.kiosk import Kiosk, Play, PlayQuiz, PlaySection, PlayStory
from site_builder.content.model.story import Event
from site_builder.content.occurrences import Occurrence
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import Site, Story
from site_builder.kiosk.layout import Copy, fits_beside
from site_builder.kiosk.slides import Date, Slide
from site_builder.kiosk.studio import Brief, Studio
from site_builder.kiosk.typesetting import advance
from site_builder.photos.plan import Recipe
from site_builder.web import cards, dates
from site_builder.web.edition import Edition
from site_builder.web.typography import curly

MOST = 12
"""Stories of a section, where the screen does not say how many."""

DATES = 6
"""How many dates of an event a screen knows, so that it can go on without a network."""

QUESTIONS = 3
"""Questions of a quiz that are shown as slides; a touch opens all."""

CHOICES = 4
"""Choices that a slide has room for."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """All slides of a screen, and the ids of those that play by default and in each daypart."""

    slides: Mapping[str, Slide]
    default: tuple[str, ...]
    dayparts: tuple[tuple[str, ...], ...]
    """In the order of the screen's own dayparts."""
    fallback: str
    """Always shown somehow: it has neither photo nor date."""


def playlist(edition: Edition, name: str, web: Collection[str], recipe: Recipe) -> Playlist:
    """The playlist of one screen; `edition` holds what it may show, `web` names the stories with pages.

    What cannot be read at the panel's distance is not in it (`proof.illegible` tells of that before).
    """
    kiosk = edition.site.kiosks[name]
    planner = _Planner(edition, kiosk, web, Studio(kiosk.panel, kiosk.languages, recipe))
    fallback = planner.own_slide(name)
    default = planner.slides(kiosk.default)
    parts = [planner.slides(part.play) for part in kiosk.dayparts]
    every = (fallback, *default, *(slide for part in parts for slide in part))
    return Playlist(
        slides={slide.id: slide for slide in every},
        default=tuple(slide.id for slide in default),
        dayparts=tuple(tuple(slide.id for slide in part) for part in parts),
        fallback=fallback.id,
    )


def played(site: Site, play: Play) -> tuple[Story, ...]:
    """All stories that an entry of a screen may ever show, in the site's order."""
    if isinstance(play, PlaySection):
        return site.section(play.section)
    ref = play.story if isinstance(play, PlayStory) else play.quiz
    return (site.stories[ref],) if ref in site.stories else ()


@dataclass(frozen=True, slots=True)
class _Planner:
    edition: Edition
    kiosk: Kiosk
    web: Collection[str]
    studio: Studio

    def slides(self, plays: Iterable[Play]) -> tuple[Slide, ...]:
        """The slides of all entries, each once."""
        found = {slide.id: slide for play in plays for slide in self._slides(play)}
        return tuple(found.values())

    def own_slide(self, name: str) -> Slide:
        """The slide of the screen itself."""
        identity = self.edition.site.identity
        copies = {
            lang: Copy(
                title=curly(identity.name.in_(lang), lang),
                text=curly(identity.tagline.in_(lang), lang),
                caption=self.edition.say(lang, "screen.code.site"),
            )
            for lang in LANGS
        }
        url = self.edition.url(page_lang(self.kiosk), "")
        brief = Brief(f"screen/{name}", "screen", copies, url=url)
        return next(iter(self.studio.slides(brief)))

    def _slides(self, play: Play) -> Iterator[Slide]:
        stories = self._chosen(play) if isinstance(play, PlaySection) else played(self.edition.site, play)
        for story in stories:
            yield from self._quiz(story) if isinstance(play, PlayQuiz) else self._story(story)

    def _chosen(self, play: PlaySection) -> list[Story]:
        stories = self.edition.site.section(play.section)
        if play.next:
            return cards.by_next_date(self.edition, stories)[: play.next]
        return list(stories[: play.latest or MOST])

    def _story(self, story: Story) -> tuple[Slide, ...]:
        is_event = isinstance(story.facts, Event)
        coming = upcoming(self.edition, story)
        brief = Brief(
            id=story.ref,
            kind="event" if is_event else "story",
            copies={lang: self._copy(lang, story, coming) for lang in LANGS},
            story=story.ref,
            ref=story.ref,
            photo=next(iter(story.photos), None),
            url=self._url(story),
            dates=coming,
        )
        return self.studio.slides(brief)

    def _copy(self, lang: Lang, story: Story, coming: tuple[Date, ...]) -> Copy:
        facts, edition = story.facts, self.edition
        event = facts if isinstance(facts, Event) else None
        venue = edition.venue(story)
        marks = cards.marks(edition, lang, story)
        return Copy(
            title=title(edition, lang, story),
            eyebrow=self._eyebrow(lang, story, marks[0] if marks else ""),
            mark=marks[0] if marks else "",
            text=curly(facts.summary.in_(lang), lang),
            count=longest_count(edition, lang, coming),
            when=_widest((_told(edition, lang, date) for date in coming), lang),
            rhythm=dates.rhythm(edition, lang, event) if event and not coming else "",
            place=curly(venue.facts.title.in_(lang), lang) if venue else "",
            caption=edition.say(lang, "screen.code.story"),
        )

    def _eyebrow(self, lang: Lang, story: Story, mark: str) -> str:
        """The kind, with the community where that fits on the line."""
        kind, place = cards.kind(self.edition, lang, story), cards.place(self.edition, lang, story)
        both = f"{kind} · {place}" if place else kind
        return both if fits_beside(self.kiosk.panel, mark, both, lang) else kind

    def _quiz(self, story: Story) -> Iterator[Slide]:
        assert isinstance(story.facts, Event)
        for number, question in enumerate(shown_questions(story.facts), start=1):
            copies = {
                lang: Copy(
                    title=curly(question.in_(lang), lang),
                    eyebrow=self.edition.say(lang, "story.quiz"),
                    choices=tuple(curly(choice.in_(lang), lang) for choice in question.choices),
                    caption=self.edition.say(lang, "screen.code.quiz"),
                )
                for lang in LANGS
            }
            ref = f"quiz/{story.slug}" + (f"/{number}" if number > 1 else "")
            brief = Brief(ref, "quiz", copies, story=story.ref, url=self._url(story))
            yield from self.studio.slides(brief)[:1]

    def _url(self, story: Story) -> str | None:
        return url(self.edition, self.kiosk, story) if story.ref in self.web else None


def page_lang(kiosk: Kiosk) -> Lang:
    """The language of the pages that codes lead to."""
    return "en" if kiosk.languages.mode == "en" else "zh"


def url(edition: Edition, kiosk: Kiosk, story: Story) -> str:
    """The page on which a phone goes on with a story."""
    return edition.url(page_lang(kiosk), f"{story.ref}/")


def shown_questions(event: Event) -> list[Question]:
    """The questions that are slides."""
    return [each for each in event.quiz if len(each.choices) <= CHOICES][:QUESTIONS]


def title(edition: Edition, lang: Lang, story: Story) -> str:
    """A story's title; what its mark says already it does not say again (示例：…)."""
    text = curly(story.facts.title.in_(lang), lang)
    for mark in cards.marks(edition, lang, story):
        text = text.removeprefix(f"{mark}：").removeprefix(f"{mark}: ")
    return text


def upcoming(edition: Edition, story: Story) -> tuple[Date, ...]:
    """The next dates of an event that one can go to, soonest first."""
    if dates.next_of(edition, story) is None:
        return ()
    return tuple(dated(edition, story, each) for each in edition.upcoming(story)[:DATES])


def _told(edition: Edition, lang: Lang, date: Date) -> str:
    """A date as a slide shows it: 12月24日 星期四（预计）."""
    if not date.mark:
        return date.texts[lang]
    return edition.say(lang, "kiosk.dated", when=date.texts[lang], mark=date.mark[lang])


def dated(edition: Edition, story: Story, occurrence: Occurrence) -> Date:
    """An occurrence of an event as a screen knows it."""
    first, end = dates.span(edition, occurrence)
    zone = ZoneInfo(edition.site.identity.timezone)
    if not isinstance(first, dt.datetime):
        first = dt.datetime.combine(first, dt.time(), zone)
    if end is None:
        end = dt.datetime.combine(first.date() + dt.timedelta(days=1), dt.time(), zone)
    elif not isinstance(end, dt.datetime):
        end = dt.datetime.combine(end, dt.time(), zone)
    expected = dates.is_expected(story, occurrence)
    return Date(
        first=first.isoformat(),
        until=end.isoformat(),
        texts={lang: dates.in_short(edition, lang, occurrence) for lang in LANGS},
        mark={lang: edition.say(lang, "status.expected") for lang in LANGS} if expected else None,
    )


def longest_count(edition: Edition, lang: Lang, coming: tuple[Date, ...]) -> str:
    """The widest countdown that a screen may come to show: to the first date, or from one to the next."""
    if not coming:
        return ""
    days = [dt.datetime.fromisoformat(date.first).date() for date in coming]
    most = max(2, *((after - before).days for before, after in pairwise([edition.today, *days])))
    told = ("left.today", "left.tomorrow", "left.days")
    return _widest((edition.say(lang, key, count=most) for key in told), lang)


def _widest(texts: Iterable[str], lang: Lang) -> str:
    return max(texts, key=lambda text: advance(text, lang), default="")
