"""The files for machines that are made together, and made anew only where what they tell has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from site_builder.content.problems import LANGS, Lang
from site_builder.web import data, feeds, ics
from site_builder.web.addresses import address
from site_builder.web.edition import Edition


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files by address, made when their turn comes. The first address names the bundle."""

    addresses: tuple[str, ...]
    make: Callable[[], Mapping[str, bytes]]
    fingerprint: Callable[[], str]
    """Is the same as long as the files would be, and found out sooner."""


def bundles(edition: Edition) -> Iterator[Bundle]:
    """Calendars, feeds and data in each language, with the schemas of the data.

    None of them tells what is in a text: they are made from an edition without.
    """
    yield _calendars(edition)
    for lang in LANGS:
        yield _feeds(edition, lang)
        yield _data(edition, lang)
    schemas = tuple(data.schema_path(path) for path in data.FILES)
    yield Bundle(schemas, partial(data.schemas, edition), partial(edition.fingerprint, ()))


def _calendars(edition: Edition) -> Bundle:
    events = ics.dated(edition)
    shown = (*events, *filter(None, map(edition.venue, events)))
    paths = (ics.EVERYTHING, *map(ics.path, events))

    def make() -> Mapping[str, bytes]:
        from site_builder.web.vcalendar import calendars  # takes 50 ms, and most builds make no calendar

        return calendars(edition.without_texts().only(shown))

    addresses = tuple(address(lang, path) for lang in LANGS for path in paths)
    return Bundle(addresses, make, partial(edition.fingerprint, shown, texts=False))


def _feeds(edition: Edition, lang: Lang) -> Bundle:
    shown = feeds.newest(edition)

    def make() -> Mapping[str, bytes]:
        known = edition.without_texts().only(shown)
        return {
            address(lang, feeds.ATOM): feeds.atom(known, lang),
            address(lang, feeds.JSON): feeds.json_feed(known, lang),
        }

    addresses = (address(lang, feeds.ATOM), address(lang, feeds.JSON))
    return Bundle(addresses, make, partial(edition.fingerprint, shown, texts=False))


def _data(edition: Edition, lang: Lang) -> Bundle:
    def make() -> Mapping[str, bytes]:
        known = edition.without_texts()
        return {
            address(lang, data.STORIES): data.stories(known, lang),
            address(lang, data.EVENTS): data.events(known, lang),
        }

    addresses = (address(lang, data.STORIES), address(lang, data.EVENTS))
    return Bundle(addresses, make, partial(edition.fingerprint, edition.site.stories.values(), texts=False))
