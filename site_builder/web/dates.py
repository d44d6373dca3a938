"""Dates and times in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from site_builder.content.festivals import lunar_date
from site_builder.content.model.event import AnnouncedLater, InThePast, OnDates, OnFestival, Repeating
from site_builder.content.model.story import Event
from site_builder.content.occurrences import Occurrence
from site_builder.content.problems import Lang
from site_builder.content.story import Story
from site_builder.web.edition import Edition
from site_builder.web.parts import Countdown, DateBadge

_LOCALE = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}
_LONG = {"zh": "y年M月d日", "en": "d MMMM y"}
_WITH_WEEKDAY = {"zh": "y年M月d日 EEEE", "en": "EEEE d MMMM y"}
_SHORT = {"zh": "M月d日 EEEE", "en": "EEEE d MMMM"}
HALF_A_YEAR = 182
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DIGITS = ("十", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_TENS = ("初", "十", "廿", "三")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


@cache
def long_date(lang: Lang, day: dt.date, *, weekday: bool = False) -> str:
    """2026年9月25日 星期五; Friday 25 September 2026."""
    return str(format_date(day, (_WITH_WEEKDAY if weekday else _LONG)[lang], locale=_LOCALE[lang]))


@cache
def badge(lang: Lang, day: dt.date) -> DateBadge:
    month = format_date(day, "M月" if lang == "zh" else "MMM", locale=_LOCALE[lang])
    weekday = format_date(day, "EEEE" if lang == "zh" else "EEE", locale=_LOCALE[lang])
    return DateBadge(day.isoformat(), str(month), str(day.day), str(weekday))


def countdown(edition: Edition, lang: Lang, occurrence: Occurrence) -> Countdown:
    """还有12天, from the day of the build; 今天 for what goes on."""
    last = occurrence.final
    left = (occurrence.day - edition.today).days
    key = "left.today" if left <= 0 else "left.tomorrow" if left == 1 else "left.days"
    return Countdown(occurrence.day.isoformat(), last.isoformat(), edition.say(lang, key, count=left))


def lunar_text(lang: Lang, day: dt.date) -> str:
    """农历八月十五; 15th day of the 8th lunar month."""
    return lunar_words(lang, *lunar_date(day))


def lunar_words(lang: Lang, month: int, number: int) -> str:
    """The same for a day of any year; a leap month is negative."""
    if lang == "zh":
        return f"农历{lunar_month(lang, month)}{_lunar_day(number)}"
    return f"{_ordinal(number)} day of the {'leap ' if month < 0 else ''}{_ordinal(abs(month))} lunar month"


def lunar_mark(lang: Lang, day: dt.date, *, alone: bool = False) -> str:
    """A lunar day as a calendar marks it: 十五, on the first of a month 八月; 8/15, 8th month.

    Where a day stands `alone`: 农历八月十五; lunar 8/15.
    """
    month, number = lunar_date(day)
    if number == 1 and not alone:
        return lunar_month(lang, month)
    if lang == "zh":
        return lunar_words(lang, month, number) if alone else _lunar_day(number)
    return f"{'lunar ' if alone else ''}{'leap ' if month < 0 else ''}{abs(month)}/{number}"


def hijri_words(lang: Lang, month: int, number: int) -> str:
    """伊斯兰历十月初一; 1st day of the 10th month of the Islamic calendar."""
    if lang == "zh":
        return f"伊斯兰历{numeral(lang, month)}月{_lunar_day(number)}"
    return f"{_ordinal(number)} day of the {_ordinal(month)} month of the Islamic calendar"


def numeral(lang: Lang, number: int) -> str:
    """Up to 39: 二十四; 24."""
    tens, ones = divmod(number, 10)
    return (
        ("", "十", "二十", "三十")[tens] + " 一二三四五六七八九"[ones].strip()
        if lang == "zh"
        else str(number)
    )


def month_name(lang: Lang, day: dt.date) -> str:
    """2026年9月; September 2026."""
    return str(format_date(day, "y年M月" if lang == "zh" else "LLLL y", locale=_LOCALE[lang]))


def short_month(lang: Lang, day: dt.date) -> str:
    """9月, in January 2027年1月; Sept, in January Jan 2027."""
    forms = ("M月", "y年M月") if lang == "zh" else ("LLL", "LLL y")
    return str(format_date(day, forms[day.month == 1], locale=_LOCALE[lang]))


def every_year(lang: Lang, month: int, day: int) -> str:
    """9月25日; 25 September."""
    return str(
        format_date(dt.date(2000, month, day), "M月d日" if lang == "zh" else "d MMMM", locale=_LOCALE[lang])
    )


def listed(lang: Lang, names: Sequence[str]) -> str:
    """壮族和布依族; Zhuang and Buyei."""
    return str(format_list(names, locale=_LOCALE[lang]))


def lunar_month(lang: Lang, month: int) -> str:
    """八月, 闰六月; 8th month, leap 6th month."""
    if lang == "zh":
        return f"{'闰' if month < 0 else ''}{_MONTHS[abs(month) - 1]}月"
    return f"{'leap ' if month < 0 else ''}{_ordinal(abs(month))} month"


def _lunar_day(number: int) -> str:
    if number in {10, 20, 30}:
        return {10: "初十", 20: "二十", 30: "三十"}[number]
    return _TENS[number // 10] + _DIGITS[number % 10]


def _ordinal(number: int) -> str:
    return f"{number}{_SUFFIXES.get(number, 'th')}"


def hours(occurrence: Occurrence) -> str:
    """18:30–21:00, 18:30, or nothing."""
    return "–".join(f"{time:%H:%M}" for time in (occurrence.start, occurrence.end) if time)


def in_full(edition: Edition, lang: Lang, occurrence: Occurrence) -> str:
    """2026年9月25日 星期五 18:30–21:00; from its first day to its last where there are several."""
    first, last = (long_date(lang, day, weekday=True) for day in (occurrence.day, occurrence.final))
    return _with_hours(edition, lang, occurrence, first, last)


def in_short(edition: Edition, lang: Lang, occurrence: Occurrence) -> str:
    """9月25日 星期五 18:30–21:00; with its year only where that is not clear, half a year ahead."""
    form = (_WITH_WEEKDAY if (occurrence.day - edition.today).days > HALF_A_YEAR else _SHORT)[lang]
    first = str(format_date(occurrence.day, form, locale=_LOCALE[lang]))
    last = str(format_date(occurrence.final, _SHORT[lang], locale=_LOCALE[lang]))
    return _with_hours(edition, lang, occurrence, first, last)


def _with_hours(edition: Edition, lang: Lang, occurrence: Occurrence, first: str, last: str) -> str:
    if occurrence.last is None:
        return f"{first} {hours(occurrence)}".strip()
    times = [f" {time:%H:%M}" if time else "" for time in (occurrence.start, occurrence.end)]
    return edition.say(lang, "when.span", first=first + times[0], last=last + times[1])


def span(edition: Edition, occurrence: Occurrence) -> tuple[dt.date, dt.date | None]:
    """First moment and end of an occurrence: moments with their zone, or days of which the end is the next.

    No end where only the start is known.
    """
    if occurrence.start is None:
        return occurrence.day, occurrence.final + dt.timedelta(days=1)
    zone = ZoneInfo(edition.site.identity.timezone)
    start = dt.datetime.combine(occurrence.day, occurrence.start, zone)
    if occurrence.end is None:
        return start, None
    end = dt.datetime.combine(occurrence.final, occurrence.end, zone)
    return start, end if end > start else end + dt.timedelta(days=1)


def is_over(edition: Edition, story: Story) -> bool:
    """Whether an event will certainly not take place again."""
    when = story.facts.when if isinstance(story.facts, Event) else None
    if isinstance(when, Repeating):
        return when.until is not None and when.until < edition.today
    if isinstance(when, OnDates):
        return not edition.upcoming(story)
    return isinstance(when, InThePast)


def next_of(edition: Edition, story: Story) -> Occurrence | None:
    """The next occurrence that one can go to: known, and neither cancelled nor postponed."""
    if isinstance(story.facts, Event) and story.facts.status in {"cancelled", "postponed"}:
        return None
    return next(iter(edition.upcoming(story)), None)


def is_expected(story: Story, occurrence: Occurrence) -> bool:
    """Whether its date may still change: the event is only expected, or a festival awaits its notice."""
    return occurrence.expected or (isinstance(story.facts, Event) and story.facts.status == "expected")


def rhythm(edition: Edition, lang: Lang, event: Event) -> str:
    """When an event takes place, in words: 每年中秋节; once a month; the first of its listed dates."""
    when = event.when
    if isinstance(when, OnFestival):
        festival = edition.site.vocabulary.festivals[when.festival].in_(lang)
        return edition.say(lang, "when.festival", festival=festival)
    if isinstance(when, Repeating):
        return edition.say(lang, f"when.{when.every}")
    if isinstance(when, InThePast):
        return edition.say(lang, "when.past", year=when.past)
    if isinstance(when, AnnouncedLater):
        return edition.say(lang, "when.announced_later")
    first = min(span.start for span in when.dates).date()
    return long_date(lang, first)
