"""The pages of the festivals: whose, by what rule, when next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from site_builder.content.model.vocabulary import Festival
from site_builder.content.problems import LANGS
from site_builder.content.story import Story
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.festivals import festival_view, festivals_view, rule_text, title, whose
from site_builder.web.home import home_view
from site_builder.web.parts import Link
from site_builder.web.stories import story_view
from tests.unit.making import edition, site, story

SPRING = {"zh": "春节", "en": "the Spring Festival", "rule": {"lunar": "1-1"}}


def made(rule: dict[str, Any], zh: str = "大节", en: str = "the Great Day", **facts: Any) -> Festival:
    return Festival.model_validate({"zh": zh, "en": en, "rule": rule, **facts})


def whole(*stories: Story, today: str = "2026-06-01", **festivals: Festival) -> Edition:
    known = {name.replace("_", "-"): each for name, each in festivals.items()}
    vocabulary = replace(site().vocabulary, festivals=known)
    return edition(*stories, today=dt.date.fromisoformat(today), vocabulary=vocabulary)


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ({"lunar": "8-15"}, "每年农历八月十五。", "Every year on the 15th day of the 8th lunar month."),
        (
            {"lunar": "6-24", "days": 3},
            "每年农历六月二十四起，共三天。",
            "Every year for 3 days from the 24th day of the 6th lunar month.",
        ),
        ({"lunar": "12-30"}, "每年农历腊月三十。", "Every year on the 30th day of the 12th lunar month."),
        ({"solar": "04-13"}, "每年公历4月13日。", "Every year on 13 April."),
        (
            {"solar": "04-13", "days": 15},
            "每年公历4月13日起，共十五天。",
            "Every year for 15 days from 13 April.",
        ),
        ({"term": "qingming"}, "每年清明节气这一天。", "Every year on the day of the solar term Qingming."),
        (
            {"lunar_month": 10, "first_day": "chen"},
            "每年农历十月的第一个辰日。",
            "Every year on the first chen (Dragon) day of the 10th month of the lunar calendar.",
        ),
        ({"eve_of": "spring"}, "每年春节的前一天。", "Every year on the day before the Spring Festival."),
        (
            {"hijri": "10-1"},
            "每年伊斯兰历十月初一。",
            "Every year on the 1st day of the 10th month of the Islamic calendar.",
        ),
        (
            {"hijri": "12-10", "days": 10},
            "每年伊斯兰历十二月初十起，共十天。",
            "Every year for 10 days from the 10th day of the 12th month of the Islamic calendar.",
        ),
    ],
)
def test_a_rule_in_plain_words(rule: dict[str, Any], zh: str, en: str) -> None:
    festival = made(rule)
    known = whole(great=festival, spring=Festival.model_validate(SPRING))
    assert [rule_text(known, lang, festival) for lang in LANGS] == [zh, en]


@pytest.mark.parametrize(
    ("groups", "zh", "en"),
    [
        ([], "传统节日", "Traditional festival"),
        (["YI"], "彝族的节日", "Festival of the Yi"),
        (["ZH", "BY"], "壮族和布依族的节日", "Festival of the Zhuang and Buyei"),
    ],
)
def test_whose_it_is(groups: list[str], zh: str, en: str) -> None:
    festival = made({"lunar": "3-3"}, groups=groups)
    assert [whose(whole(), lang, festival) for lang in LANGS] == [zh, en]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("the Mid-Autumn Festival", "Mid-Autumn Festival"),
        ("Lunar New Year's Eve", "Lunar New Year’s Eve"),
        ("the third of the third month", "Third of the third month"),
        ("Eid al-Fitr", "Eid al-Fitr"),
        ("theatre day", "Theatre day"),
    ],
)
def test_a_heading_has_no_article(name: str, heading: str) -> None:
    assert title("en", made({"lunar": "3-3"}, en=name)) == heading
    assert title("zh", made({"lunar": "3-3"}, en=name)) == "大节"


@pytest.mark.parametrize(
    ("rule", "today", "expected"),
    [
        ({"lunar": "8-15"}, "2026-09-25", ["2026-09-25", "2027-09-15", "2028-10-03"]),
        ({"lunar": "8-15"}, "2026-09-26", ["2026-09-25 over", "2027-09-15", "2028-10-03"]),
        ({"solar": "04-13", "days": 3}, "2026-04-15", ["2026-04-13", "2027-04-13", "2028-04-13"]),
        ({"solar": "04-13", "days": 3}, "2026-04-16", ["2026-04-13 over", "2027-04-13", "2028-04-13"]),
        # begun last year, and again at the end of this one
        (
            {"solar": "12-31", "days": 2},
            "2027-01-01",
            ["2026-12-31", "2027-12-31", "2028-12-31", "2029-12-31"],
        ),
        ({"lunar": "12-8"}, "2023-06-01", ["2024-01-18", "2025-01-07", "2026-01-26"]),  # not in 2023
        ({"lunar": "12-8"}, "2022-06-01", ["2022-01-10 over", "2022-12-30", "2024-01-18", "2025-01-07"]),
        ({"hijri": "10-1"}, "2026-06-01", ["2026-03-20 over", "2027-03-09", "2028-02-26"]),
        ({"hijri": "10-1"}, "2090-06-01", []),  # beyond the tables
    ],
)
def test_the_dates_of_this_year_and_the_next_two(
    rule: dict[str, Any], today: str, expected: list[str]
) -> None:
    known = whole(today=today, great=made(rule))
    view = festival_view(known, Here("festivals/great/", "zh"), "great")
    assert [f"{day.badge.iso}{' over' * day.over}" for day in view.days] == expected


def test_a_date_in_both_calendars_and_both_languages() -> None:
    known = whole(torch=made({"lunar": "6-24", "days": 3}, groups=["YI"]))
    zh, en = (festival_view(known, Here("festivals/torch/", lang), "torch").days[0] for lang in LANGS)
    assert (zh.when, zh.lunar) == ("2026年8月6日 星期四至2026年8月8日 星期六", "农历六月廿四")
    assert en.when == "Thursday 6 August 2026 to Saturday 8 August 2026"
    assert en.lunar == "24th day of the 6th lunar month"


@pytest.mark.parametrize(
    ("festival", "marks", "noticed"),
    [
        (made({"lunar": "8-15"}), ["", "", ""], False),
        (made({"lunar": "6-24"}, groups=["YI"]), ["预计", "预计", "预计"], True),
        (
            made(
                {"lunar": "6-24"}, groups=["YI"], announced={2027: {"date": "2027-07-28", "source": "通知"}}
            ),
            ["预计", "", "预计"],
            True,
        ),
        (made({"hijri": "10-1"}), ["已过", "预计", "预计"], True),
    ],
)
def test_what_waits_for_a_notice_is_expected(festival: Festival, marks: list[str], noticed: bool) -> None:
    view = festival_view(whole(great=festival), Here("festivals/great/", "zh"), "great")
    assert [day.mark for day in view.days] == marks
    assert (view.notice is not None) == noticed


def test_what_a_festival_is_here() -> None:
    about = {"zh": "街坊一起过。", "en": "Neighbours keep it together."}
    known = whole(great=made({"lunar": "8-15"}, about=about), plain=made({"lunar": "9-9"}))
    found = [
        festival_view(known, Here(f"festivals/{name}/", "en"), name).about for name in ("great", "plain")
    ]
    assert found == ["Neighbours keep it together.", ""]


def test_its_events_and_no_others() -> None:
    events = [
        story("events/late", when={"festival": "great", "day": 1}),
        story("events/off", when={"festival": "great"}, status="postponed"),
        story("events/early", when={"festival": "great"}),
        story("events/other", when={"festival": "spring"}),
        story("events/weekly", when={"every": "week", "weekday": 1}),
    ]
    known = whole(*events, great=made({"lunar": "8-15"}), spring=Festival.model_validate(SPRING))
    view = festival_view(known, Here("en/festivals/great/", "en"), "great")
    assert [card.href for card in view.events.cards] == [
        f"../../events/{name}/" for name in ("early", "late", "off")
    ]
    assert view.events.more is None
    assert view.calendar == Link("See the calendar", "../../calendar/")


def test_of_many_events_only_the_first_are_shown() -> None:
    events = [
        story(f"events/e{number:02}", when={"festival": "great", "day": number}) for number in range(13)
    ]
    known = whole(*events, great=made({"lunar": "8-15"}))
    group = festival_view(known, Here("festivals/great/", "zh"), "great").events
    assert [card.href for card in group.cards] == [f"../../events/e{number:02}/" for number in range(12)]
    assert group.more == Link("查看全部13篇", "../../events/")


@pytest.mark.parametrize(
    ("today", "order", "years"),
    [
        ("2024-06-01", ["mid", "spring", "never"], ["2024年", "2025年", "日期还没有公布"]),
        ("2024-09-17", ["mid", "spring", "never"], ["2024年", "2025年", "日期还没有公布"]),
        ("2024-09-18", ["spring", "mid", "never"], ["2025年", "日期还没有公布"]),
    ],
)
def test_the_list_is_in_the_order_of_the_next_dates(today: str, order: list[str], years: list[str]) -> None:
    known = whole(
        today=today,
        # no twelfth month from 2025 to 2029 has a 30th day
        never=made({"lunar": "12-30"}),
        spring=Festival.model_validate(SPRING),
        mid=made({"lunar": "8-15"}),
    )
    groups = festivals_view(known, Here("festivals/", "zh")).groups
    found = [entry for _, entries in groups for entry in entries]
    assert [entry.href for entry in found] == [f"{name}/" for name in order]
    assert [heading for heading, _ in groups] == years
    assert [entry.day is None for entry in found] == [name == "never" for name in order]


def test_the_front_page_names_the_next_four() -> None:
    many = {f"f{number}": made({"solar": f"0{number}-01"}) for number in range(1, 8)}
    view = home_view(whole(today="2026-06-01", **many), Here("", "zh"))
    assert [entry.href for entry in view.festivals] == [f"festivals/f{number}/" for number in (6, 7, 1, 2)]
    assert view.more_festivals == Link("看日历", "calendar/")


def test_an_event_leads_to_its_festival() -> None:
    feast = story("events/feast", when={"festival": "great"})
    view = story_view(
        whole(feast, great=made({"lunar": "8-15"})), Here("events/feast/", "zh"), feast, None, None
    )
    (when,) = (fact for fact in view.facts if fact.label == "时间")
    assert when.texts[:2] == ("2026年9月25日 星期五", "农历八月十五")
    assert when.links == (Link("每年大节", "../../festivals/great/"),)
