"""Takes a consent back: marks the record, and finds everything that rested on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from site_builder import atomic, output
from site_builder.content.gate import Gate, admitted
from site_builder.content.model.consent import Channel, Consent
from site_builder.content.model.kiosk import Kiosk, PlayQuiz, PlaySection, PlayStory
from site_builder.content.problems import ContentError, Problem
from site_builder.content.source import Source, parse, read_text
from site_builder.content.story import Site, Story
from site_builder.output import Options, Output

BY_HAND: tuple[Channel, ...] = ("wechat", "print")
"""What went there no build takes back."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What rested on a record, and where it was shown. Addresses are those within the site."""

    record: str
    stories: tuple[str, ...]
    """Stories about the person: `residents/x`."""
    photos: tuple[str, ...]
    """Files of photos in which the person can be recognised."""
    gone: tuple[str, ...]
    """Pages and files that vanish from the site."""
    changed: tuple[str, ...]
    """Pages and files that held something of the person, and stay without it."""
    kiosks: tuple[str, ...]
    """Screens that may have shown it."""
    by_hand: tuple[Channel, ...]
    """Channels that left this site: what went there has to be taken back by hand."""

    @property
    def sources(self) -> tuple[str, ...]:
        """What the history of the repository still holds."""
        return (*(f"content/{story}" for story in self.stories), *self.photos)


def mark(root: Path, record: str) -> bool:
    """Writes that a consent is withdrawn, and changes nothing else in its file; whether it was not yet.

    Raises:
        FileNotFoundError: when there is no such record.
        ContentError: when its file cannot be read.
    """
    path = f"content/consents/{record}.yml"
    text = read_text(root / path, path)
    read = (text,) if isinstance(text, Problem) else parse(text, path, Consent)
    if not isinstance(read, Source):
        raise ContentError(read)
    if read.value.status == "withdrawn":
        return False
    raw, spot = (root / path).read_bytes(), read.at("status")
    lines = raw.removeprefix(_BOM).decode().splitlines(keepends=True)
    at = sum(map(len, lines[: spot.line - 1])) + spot.column - 1
    text = "".join(lines)  # the word may stand on a line below, where YAML folds it
    marked = text[:at] + text[at:].replace("active", "withdrawn", 1)
    atomic.write(root / path, (_BOM if raw.startswith(_BOM) else b"") + marked.encode())
    return True


def withdrawal(site: Site, theme: Path, record: str, today: dt.date) -> tuple[Withdrawal, Output]:
    """What the site shows of a record today and will not show without it; the site as it then is."""
    held = _with(site, record, status="active", granted=dt.date.min, expires=dt.date.max)
    ended = _with(site, record, status="withdrawn")
    before, after = (output.planned(each, (), theme, Options(today)) for each in (held, ended))
    gone, changed = set(), set()
    now = dict(_made(after))
    for address, made in _made(before):
        if address not in now:
            gone.add(address)
        elif now[address]() != made():
            changed.add(address)
    stories = [story for story in site.stories.values() if record in story.all_consents]
    found = Withdrawal(
        record=record,
        stories=tuple(story.ref for story in stories if record in story.consents),
        photos=tuple(
            photo.path for story in stories for photo in story.photos if record in photo.facts.consents
        ),
        gone=tuple(sorted(gone)),
        changed=tuple(sorted(changed)),
        kiosks=tuple(_kiosks(held, stories, today)),
        by_hand=tuple(each for each in BY_HAND if each in site.consents[record].scopes and stories),
    )
    return found, after


def _with(site: Site, record: str, **changes: object) -> Site:
    consent = site.consents[record].model_copy(update=changes)
    return replace(site, consents={**site.consents, record: consent})


def _made(planned: Output) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every page and file that tells of stories, and how to make it."""
    for page in planned.pages:
        yield page.file, page.plan
    for bundle in planned.bundles:
        made = cache(bundle.make)
        for address in bundle.addresses:
            yield address, partial(_file, made, address)
    for photo in planned.photos:
        for variant in photo.files:
            yield variant.path, lambda: None
    for screen in planned.screens:
        for name in ("index.html", "playlist.js", "playlist.json", "manifest.json"):
            yield screen.address + name, partial(getattr, screen, "fingerprint")
        yield f"{screen.address}notice.json", partial(getattr, screen, "notice")
        for variant in screen.media:
            yield screen.address + variant.path, lambda: None


def _file(made: Callable[[], Mapping[str, bytes]], address: str) -> bytes:
    return made()[address]


def _kiosks(site: Site, stories: list[Story], today: dt.date) -> Iterator[str]:
    """Screens whose playlists name one of the stories, or its section, while the gate lets it through."""
    shown = admitted(site, Gate("kiosk", today))[0].stories
    refs = {story.ref for story in stories if story.ref in shown}
    for name, kiosk in site.kiosks.items():
        if any(_may_play(kiosk, ref) for ref in refs):
            yield name


def _may_play(kiosk: Kiosk, ref: str) -> bool:
    return any(
        (isinstance(play, PlayStory) and play.story == ref)
        or (isinstance(play, PlayQuiz) and play.quiz == ref)
        or (isinstance(play, PlaySection) and play.section == ref.partition("/")[0])
        for play in kiosk.played
    )
