"""The sites that machines read here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from site_builder.build import Report, build
from site_builder.output import Options
from tests.machines.feasts import feasts

TODAY = dt.date(2026, 11, 25)
LANGS = ("", "en/")
both_languages = pytest.mark.parametrize("lang", LANGS, ids=["zh", "en"])


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = feasts(tmp_path_factory.mktemp("feasts"))
    build(root, Options(TODAY))
    return root


@pytest.fixture(scope="session", params=["feasts", "real"])
def site(request: pytest.FixtureRequest, root: Path, real_site: tuple[Path, Report]) -> Path:
    """The site of every kind of event, and the repository's own."""
    return root / "site" if request.param == "feasts" else real_site[0]


def events(file: Path) -> dict[str, Event]:
    """The entries of a calendar by their UID, which each has for itself."""
    found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found) > 0
    return by_uid
