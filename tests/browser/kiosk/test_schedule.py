"""Which daypart it is, whether it is quiet, which date is next: truth tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kiosk.folder import THEME, Json

WEEKDAYS, WEEKEND, ALL = [1, 2, 3, 4, 5], [6, 7], [1, 2, 3, 4, 5, 6, 7]
MONDAY, FRIDAY, SATURDAY, SUNDAY = 1, 5, 6, 7
PURE = ("10-clock", "11-sha256", "12-schedule", "14-manifest")


def part(days: list[int], start: str, end: str) -> Json:
    return {"days": days, "from": start, "to": end}


def pure(page: Page, *mend: tuple[str, str]) -> Page:
    """A page that has nothing but the engine's pure parts, some of them broken on purpose."""
    text = "window.Kiosk = {};" + "\n".join((THEME / "js" / f"{name}.js").read_text("utf-8") for name in PURE)
    for old, new in mend:
        assert old in text, old
        text = text.replace(old, new)
    page.goto("about:blank")
    page.add_script_tag(content=text)
    return page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


OVERNIGHT = [part([FRIDAY, SATURDAY], "22:00", "02:00")]
SPECIFIC = [part(ALL, "00:00", "24:00"), part(WEEKEND, "18:00", "21:30"), part([SUNDAY], "20:00", "21:00")]
TIES = [part(WEEKEND, "09:00", "12:00"), part(WEEKEND, "11:00", "14:00")]
WHOLE_DAY = [part([SATURDAY], "06:00", "06:00")]
TABLE: list[tuple[list[Json], int, str, int]] = [
    # half-open
    (TIES, SATURDAY, "08:59", -1),
    (TIES, SATURDAY, "09:00", 0),
    (TIES, SATURDAY, "13:59", 1),
    (TIES, SATURDAY, "14:00", -1),
    (TIES, FRIDAY, "10:00", -1),
    # ties by order
    (TIES, SUNDAY, "11:00", 0),
    (TIES, SUNDAY, "12:00", 1),
    # what passes midnight belongs to the day on which it starts
    (OVERNIGHT, FRIDAY, "21:59", -1),
    (OVERNIGHT, FRIDAY, "22:00", 0),
    (OVERNIGHT, SATURDAY, "01:59", 0),
    (OVERNIGHT, SATURDAY, "02:00", -1),
    (OVERNIGHT, SUNDAY, "01:59", 0),
    (OVERNIGHT, SUNDAY, "23:00", -1),
    (OVERNIGHT, FRIDAY, "01:00", -1),
    (OVERNIGHT, MONDAY, "01:00", -1),
    ([part([SUNDAY], "23:00", "01:00")], MONDAY, "00:59", 0),
    # fewer days win
    (SPECIFIC, MONDAY, "18:00", 0),
    (SPECIFIC, SATURDAY, "18:00", 1),
    (SPECIFIC, SATURDAY, "20:00", 1),
    (SPECIFIC, SUNDAY, "20:00", 2),
    (SPECIFIC, SUNDAY, "21:00", 1),
    (SPECIFIC, SUNDAY, "21:30", 0),
    # from six to six is a whole day
    (WHOLE_DAY, SATURDAY, "05:59", -1),
    (WHOLE_DAY, SATURDAY, "06:00", 0),
    (WHOLE_DAY, SUNDAY, "05:59", 0),
    (WHOLE_DAY, SUNDAY, "06:00", -1),
]


def minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def right_dayparts(page: Page) -> None:
    cases = [[parts, {"day": day, "minutes": minutes(time)}] for parts, day, time, _ in TABLE]
    found = page.evaluate(
        "cases => cases.map(([parts, local]) => Kiosk.schedule.daypart(parts, local))", cases
    )
    assert found == [wanted for *_, wanted in TABLE]


def test_dayparts(page: Page) -> None:
    right_dayparts(pure(page))


@pytest.mark.parametrize(
    "mend",
    [
        ("now < end)", "now <= end)"),
        ("days.includes(before(day))", "days.includes(day)"),
        ("count(index) < count(best)", "count(index) <= count(best)"),
        ("count(index) < count(best)", "false"),
        ("end > start", "end >= start"),
    ],
)
def test_dayparts_of_a_broken_schedule(page: Page, mend: tuple[str, str]) -> None:
    with pytest.raises(AssertionError):
        right_dayparts(pure(page, mend))


def covered(entry: Json, moment: dt.datetime) -> bool:
    """The same thought another way: whether it began on this day or the one before, and lasts."""
    begun, length = minutes(entry["from"]), (minutes(entry["to"]) - minutes(entry["from"])) % 1440 or 1440
    for day in (moment.date(), moment.date() - dt.timedelta(days=1)):
        start = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=begun)
        if day.isoweekday() in entry["days"] and start <= moment < start + dt.timedelta(minutes=length):
            return True
    return False


def test_every_quarter_of_an_hour_of_a_week(page: Page) -> None:
    pure(page)
    start = dt.datetime(2026, 11, 23)
    moments = [start + dt.timedelta(minutes=15 * step) for step in range(7 * 24 * 4)]
    local = [{"day": each.isoweekday(), "minutes": each.hour * 60 + each.minute} for each in moments]
    for entry in (*OVERNIGHT, *TIES, *WHOLE_DAY, *SPECIFIC[1:], part(WEEKDAYS, "17:45", "07:15")):
        found = page.evaluate("([part, all]) => all.map(x => Kiosk.schedule.covers(part, x))", [entry, local])
        assert found == [covered(entry, each) for each in moments]


QUIET = {"from": "22:30", "to": "06:30"}


@pytest.mark.parametrize(
    ("hours", "time", "quiet"),
    [
        (QUIET, "22:29", False),
        (QUIET, "22:30", True),
        (QUIET, "00:00", True),
        (QUIET, "06:29", True),
        (QUIET, "06:30", False),
        ({"from": "12:00", "to": "13:00"}, "12:59", True),
        ({"from": "12:00", "to": "13:00"}, "13:00", False),
        ({"from": "12:00", "to": "12:00"}, "12:00", False),
        (None, "03:00", False),
    ],
)
def test_quiet_hours(page: Page, hours: Json | None, time: str, quiet: bool) -> None:
    local = {"day": MONDAY, "minutes": minutes(time)}
    assert pure(page).evaluate("x => Kiosk.schedule.quiet(...x)", [hours, local]) is quiet


def clock(moment: str, rest: str) -> str:
    return f"""() => {{
      const clock = new Kiosk.Clock(480, () => Date.parse("{moment}"), () => 0);
      clock.start(Date.parse("{moment}") - 3600e3, 0);
      {rest}
    }}"""


@pytest.mark.parametrize(
    ("now", "starts", "days"),
    [
        ("2026-12-24T23:59:59+08:00", "2026-12-25T00:00:00+08:00", 1),
        ("2026-12-25T00:00:00+08:00", "2026-12-25T23:00:00+08:00", 0),
        ("2026-12-25T23:30:00+08:00", "2026-12-25T23:00:00+08:00", 0),
        ("2026-12-26T00:00:00+08:00", "2026-12-25T23:00:00+08:00", None),
        ("2026-12-24T16:00:00Z", "2026-12-25T23:00:00+08:00", 0),
        ("2026-12-24T15:59:59Z", "2026-12-25T23:00", 1),
        ("2026-12-20T12:00:00+08:00", "2026-12-25", 5),
    ],
)
def test_days_left_are_days_of_the_screens_street(
    page: Page, now: str, starts: str, days: int | None
) -> None:
    left = clock(now, f"return Kiosk.schedule.left({{from: '{starts}'}}, clock)")
    assert pure(page).evaluate(left) == days


LISTS: list[tuple[str, bool, list[str], list[list[str]]]] = [
    # now, trusted, revoked → the lists to play, by their names and slides
    ("2026-11-28T12:00:00+08:00", True, [], [["a", "soon"], ["a", "b"], ["f"]]),
    ("2026-11-28T18:00:00+08:00", True, [], [["b", "soon"], ["a", "soon"], ["a", "b"], ["f"]]),
    ("2026-12-02T12:00:00+08:00", True, [], [["a"], ["a", "b"], ["f"]]),
    ("2026-11-28T18:00:00+08:00", False, [], [["a"], ["a", "b"], ["f"], ["a", "soon"]]),
    ("2026-11-28T12:00:00+08:00", True, ["a", "b", "f"], [["soon"]]),
    ("2026-11-28T12:00:00+08:00", False, ["a", "b", "f"], [["soon"]]),
    ("2026-12-02T12:00:00+08:00", True, ["a", "b"], [["f"], ["f"]]),
    ("2026-12-02T12:00:00+08:00", True, ["a", "b", "f", "soon"], []),
]


@pytest.mark.parametrize(("now", "trusted", "gone", "wanted"), LISTS)
def test_what_stands_in_for_what(
    page: Page, now: str, trusted: bool, gone: list[str], wanted: list[list[str]]
) -> None:
    day = {"from": "2026-12-01T10:00:00+08:00", "until": "2026-12-01T12:00:00+08:00"}
    playlist: Json = {
        "slides": {"a": {}, "b": {"dates": []}, "soon": {"dates": [day]}, "f": {}},
        "default": ["a", "soon", "unknown"],
        "dayparts": [{"days": [6], "from": "18:00", "to": "19:00", "play": ["b", "soon"]}],
        "fallback": "f",
    }
    told = clock(now, f"clock.source = {'clock.source' if trusted else 'null'}; return clock")
    found: list[Any] = pure(page).evaluate(
        f"""([playlist, gone]) => Kiosk.schedule.lists(playlist, ({told})(), id => gone.includes(id))
          .map(list => list.entries.map(entry => entry.id))""",
        [playlist, gone],
    )
    assert [[name for name in names if name != "f" or len(names) == 1] for names in found] == wanted


def test_hashes(page: Page) -> None:
    texts = ["", "residents/x", "居民/张三", "a" * 55, "a" * 56, "a" * 64, "b" * 1000]
    hashes = pure(page).evaluate("texts => texts.map(Kiosk.sha256)", texts)
    assert hashes == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("index.html", True),
        ("media/a-1f.jpg", True),
        ("media/节.jpg", True),
        ("/index.html", False),
        ("../index.html", False),
        ("media/../../x", False),
        ("media/./x", False),
        ("media//x", False),
        ("https://x.test/a", False),
        ("a\\b", False),
        ("a?b", False),
        ("a#b", False),
        ("a%2e%2e/b", False),
        ("", False),
    ],
)
def test_paths_stay_in_the_folder(page: Page, path: str, safe: bool) -> None:
    assert pure(page).evaluate("path => Kiosk.valid.path(path)", path) is safe
