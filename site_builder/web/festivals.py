"""The festivals: when each comes, their list, and the page of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from site_builder.content.festivals import FestivalDate, awaits_notice
from site_builder.content.model.event import OnFestival
from site_builder.content.model.story import Event
from site_builder.content.model.vocabulary import EveOf, Festival, FirstBranchDay, Hijri, Lunar, SolarTerm
from site_builder.content.occurrences import Occurrence
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web import cards
from site_builder.web import dates as written
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import FestivalDay, FestivalEntry, Link, Notice
from site_builder.web.typography import curly
from site_builder.web.views import FestivalsView, FestivalView

NEXT_DATES = 2
"""How many dates are shown after those of the year."""


def title(lang: Lang, festival: Festival) -> str:
    """A festival's name as it stands alone: Mid-Autumn Festival, without the article of running text."""
    name = festival.in_(lang)
    bare = name.removeprefix("the ") if lang == "en" else name
    return curly(bare[:1].upper() + bare[1:], lang)


def in_years(edition: Edition, name: str, years: Iterable[int]) -> Iterator[FestivalDate]:
    """When a festival begins in some Gregorian years, in their order."""
    return (each for year in years for each in edition.festival(name, year))


def ahead(edition: Edition, name: str, last: dt.date) -> Iterator[FestivalDate]:
    """When a festival goes on or begins, from the edition's day to the `last`."""
    for each in in_years(edition, name, range(edition.today.year - 1, last.year + 1)):
        if edition.today <= each.last and each.day <= last:
            yield each


def of_event(event: Event) -> str | None:
    """The festival with which an event comes."""
    return event.when.festival if isinstance(event.when, OnFestival) else None


def mark(edition: Edition, lang: Lang, date: FestivalDate) -> str:
    """预计, where a notice that is still to come decides; otherwise nothing."""
    return edition.say(lang, "status.expected") if date.expected else ""


def dated_entries(edition: Edition, here: Here) -> list[tuple[dt.date, FestivalEntry]]:
    """Each festival whose next date is known, with its first day, soonest first."""
    names = edition.site.vocabulary.festivals
    coming = [(day, name) for name in names if (day := next(_coming(edition, name), None))]
    coming.sort(key=lambda each: each[0].day)
    return [(date.day, _entry(edition, here, name, date)) for date, name in coming]


def festivals_view(edition: Edition, here: Here) -> FestivalsView:
    """The list of all festivals: a year after the other, then those whose date nobody knows."""
    lang, names = here.lang, edition.site.vocabulary.festivals
    groups = [
        (edition.say(lang, "list.year", year=year), tuple(entry for _, entry in found))
        for year, found in groupby(dated_entries(edition, here), key=lambda each: each[0].year)
    ]
    undated = tuple(
        _entry(edition, here, name, None) for name in names if next(_coming(edition, name), None) is None
    )
    if undated:
        groups.append((edition.say(lang, "festival.unknown"), undated))
    return FestivalsView(edition.say(lang, "section.festivals"), tuple(groups), _calendar(edition, here))


def festival_view(edition: Edition, here: Here, name: str) -> FestivalView:
    """One festival: whose it is, its rule, its next dates, what is on here."""
    lang, festival = here.lang, edition.site.vocabulary.festivals[name]
    return FestivalView(
        whose=whose(edition, lang, festival),
        rule=rule_text(edition, lang, festival),
        about=curly(festival.about.in_(lang), lang) if festival.about else "",
        notice=_notice(edition, lang, festival),
        days=tuple(_day(edition, lang, each) for each in _shown(edition, name)),
        events=cards.group(
            edition, here, edition.say(lang, "festival.events"), _events(edition, name), "events/"
        ),
        calendar=_calendar(edition, here),
    )


def whose(edition: Edition, lang: Lang, festival: Festival) -> str:
    """彝族的节日; 传统节日 for one that everybody keeps."""
    if not festival.groups:
        return edition.say(lang, "festival.traditional")
    names = [edition.site.vocabulary.ethnic_groups[code].in_(lang) for code in festival.groups]
    return edition.say(lang, "festival.groups", groups=written.listed(lang, names))


def rule_text(edition: Edition, lang: Lang, festival: Festival) -> str:
    """The rule of its date as a sentence: 每年农历八月十五。"""
    rule = festival.rule
    if isinstance(rule, EveOf):
        after = edition.site.vocabulary.festivals[rule.eve_of]
        return edition.say(lang, "rule.eve", festival=after.in_(lang))
    if isinstance(rule, SolarTerm):
        return edition.say(lang, "rule.term", term=edition.say(lang, f"term.{rule.term}"))
    if isinstance(rule, FirstBranchDay):
        branch = edition.say(lang, f"branch.{rule.first_day}")
        month = written.lunar_month(lang, rule.lunar_month)
        return edition.say(lang, "rule.first_day", branch=branch, month=month)
    if isinstance(rule, Lunar):
        # 廿四 is how a calendar writes it, 二十四 how a sentence does.
        words = written.lunar_words(lang, *_numbers(rule.lunar)).replace("廿", "二十")
        date = edition.say(lang, "rule.day", date=words)
    elif isinstance(rule, Hijri):
        date = edition.say(lang, "rule.day", date=written.hijri_words(lang, *_numbers(rule.hijri)))
    else:
        date = edition.say(lang, "rule.solar", date=written.every_year(lang, *_numbers(rule.solar)))
    if rule.days == 1:
        return edition.say(lang, "rule.on", date=date)
    return edition.say(lang, "rule.from", date=date, count=written.numeral(lang, rule.days))


def _numbers(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _coming(edition: Edition, name: str) -> Iterator[FestivalDate]:
    """What has not ended, for as many years as bring three dates of a festival that some years lack."""
    year = edition.today.year
    return (each for each in in_years(edition, name, range(year - 1, year + 6)) if each.last >= edition.today)


def _shown(edition: Edition, name: str) -> list[FestivalDate]:
    """This year's dates, those that are over too, and the next ones."""
    year = edition.today.year
    this_year = [each for each in in_years(edition, name, (year - 1, year)) if each.last.year >= year]
    later = in_years(edition, name, range(year + 1, year + 6))
    return [*this_year, *islice(later, NEXT_DATES if this_year else NEXT_DATES + 1)]


def _notice(edition: Edition, lang: Lang, festival: Festival) -> Notice | None:
    if not awaits_notice(festival):
        return None
    key = "festival.moon" if isinstance(festival.rule, Hijri) else "festival.places"
    return Notice(edition.say(lang, key))


def _events(edition: Edition, name: str) -> list[Story]:
    """The events of a festival, soonest first, then those without a date."""
    events = [
        story
        for story in edition.site.section("events")
        if isinstance(story.facts, Event) and of_event(story.facts) == name
    ]
    dated = cards.by_next_date(edition, events)
    known = {story.slug for story in dated}
    return [*dated, *(story for story in events if story.slug not in known)]


def _entry(edition: Edition, here: Here, name: str, date: FestivalDate | None) -> FestivalEntry:
    festival = edition.site.vocabulary.festivals[name]
    return FestivalEntry(
        href=here.page(f"festivals/{name}/"),
        name=title(here.lang, festival),
        whose=whose(edition, here.lang, festival),
        day=_day(edition, here.lang, date) if date else None,
    )


def _day(edition: Edition, lang: Lang, date: FestivalDate) -> FestivalDay:
    over = date.last < edition.today
    span = Occurrence(date.day, last=date.last if date.days > 1 else None)
    return FestivalDay(
        badge=written.badge(lang, date.day),
        when=written.in_full(edition, lang, span),
        lunar=written.lunar_text(lang, date.day),
        mark=edition.say(lang, "status.over") if over else mark(edition, lang, date),
        over=over,
    )


def _calendar(edition: Edition, here: Here) -> Link:
    return Link(edition.say(here.lang, "calendar.back"), here.page("calendar/"))
