"""Plans the whole site from the files of a checkout, and has its photos developed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import yaml

from site_builder import screening
from site_builder.assets import KioskTheme, inline_script, kiosk_theme, theme_assets
from site_builder.content.ahead import learn
from site_builder.content.gate import Gate, admitted, agreed
from site_builder.content.load import load
from site_builder.content.memory import Memory
from site_builder.content.problems import LANGS, ContentError, Lang, Problem, Spot, problem
from site_builder.content.story import Site, Translation
from site_builder.photos import darkroom
from site_builder.photos.meter import Meter
from site_builder.photos.plan import Development, plan, prefix, together
from site_builder.web import hosting, sitemap
from site_builder.web.bundles import Bundle, bundles
from site_builder.web.edition import Edition, Words
from site_builder.web.outline import Outline
from site_builder.web.pages import outlines
from site_builder.workers import processors

if TYPE_CHECKING:
    from site_builder.kiosk.screens import Screen

CACHE = Path(".site_builder/cache")


class UnknownKioskError(Exception):
    """Raised where a screen is asked for that nobody has written."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, tuple(known)


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for; `today` decides what is published, expired and next."""

    today: dt.date
    release: bool = False
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """Everything that the site will hold, before any of it is written."""

    edition: Edition
    pages: tuple[Outline, ...]
    assets: Mapping[str, bytes]
    """Address → bytes of the styles, scripts and images of the theme."""
    files: Mapping[str, bytes]
    """The same of what hosts and search engines are told."""
    bundles: tuple[Bundle, ...]
    """Calendars, feeds and data."""
    photos: tuple[Development, ...]
    screens: tuple[Screen, ...]
    """The kiosks."""
    kiosk_theme: KioskTheme
    """What the folders of kiosks are made of besides content."""
    remarks: tuple[Problem, ...]
    """Warnings, and notices of what was left out."""
    kept: frozenset[str]
    """Files of the photo cache that may stay: of every photo whose people agree, whenever it is shown."""
    named: frozenset[str]
    """How the addresses of all photos in `content/` begin, of those kept back too."""
    untranslated: Mapping[Translation, tuple[str, ...]]
    """Stories and pages whose English is missing or stale, as `venues/x`."""


def today() -> dt.date:
    """Today's date where the site is at home."""
    return dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def check(
    root: Path, jobs: int | None = None, memory: Memory | None = None
) -> tuple[Site, tuple[Problem, ...]]:
    """Reads, checks and proofreads all content; the site and its warnings.

    Raises:
        ContentError: with every problem found but those of spelling, which wait until there is no other.
    """
    from site_builder.content.proofreading import proofread  # late: a build does without, and it takes 20 ms

    site, warnings = read(root, jobs, memory)
    return site, tuple(sorted((*warnings, *proofread(root, site))))


def read(
    root: Path, jobs: int | None = None, memory: Memory | None = None, day: dt.date | None = None
) -> tuple[Site, tuple[Problem, ...]]:
    """Reads and checks all content, much that is new in `jobs` processes; the site and its warnings.

    Of photos whose people do not agree on that `day` (today) nothing is remembered.

    Raises:
        ContentError: with every problem found.
    """
    memory = memory or remembered(root)
    with memory, Meter(root / CACHE / "measured.json") as meter:
        learn(root, memory, jobs or processors())
        site, warnings = load(root, meter, memory)
        screening.refuse_illegible(root, site)
        shown = _photos(agreed(site, Gate("web", day or today())))
        meter.forget(root / path for path in _photos(site) - shown)
        return site, warnings


def _photos(site: Site) -> set[str]:
    return {photo.path for story in site.stories.values() for photo in story.photos}


def remembered(root: Path) -> Memory:
    """What is remembered of the content in `root`."""
    return Memory(root / CACHE / "said.sqlite")


def prepare(
    root: Path, theme: Path, options: Options, jobs: int | None = None, memory: Memory | None = None
) -> Output:
    """Plans the whole site from the content in `root`, its pages only in outline.

    Raises:
        ContentError: with every problem found.
    """
    site, warnings = read(root, jobs, memory, options.today)
    return planned(site, warnings, theme, options)


def planned(site: Site, warnings: Iterable[Problem], theme: Path, options: Options) -> Output:
    """What becomes of a site that has been read.

    Raises:
        ContentError: where the theme's colours cannot be read on one of its screens.
    """
    of_kiosks = kiosk_theme(theme)
    screening.refuse_faint(of_kiosks, site)
    gate = Gate("web", options.today, options.release, options.drafts)
    shown, left_out = admitted(site, gate)
    photos = _developments(shown)
    assets = dict(theme_assets(theme))
    words = words_of(theme)
    addresses = {name: address for name, (address, _) in assets.items()}
    opening = inline_script(theme)
    edition = Edition(shown, photos, words, addresses, options.today, "" if options.drafts else opening)
    pages = tuple(outlines(edition))
    kiosks = screening.screens(edition, site, gate)
    kept = (
        *photos.values(),
        *_developments(agreed(site, gate)).values(),
        *(photo for screen in kiosks for photo in screen.photos),
    )
    return Output(
        edition=edition,
        pages=pages,
        assets=dict(assets.values()),
        bundles=tuple(bundles(edition)),
        files=_files(site.identity.base_url, pages, opening),
        photos=tuple(photos.values()),
        screens=kiosks,
        kiosk_theme=of_kiosks,
        remarks=(*warnings, *left_out, *_release_remarks(site, options)),
        kept=frozenset(variant.path for each in kept for variant in each.files),
        named=frozenset(
            prefix(story.ref, photo) for story in site.stories.values() for photo in story.photos
        ),
        untranslated=_untranslated(shown),
    )


def _files(base_url: str, pages: Iterable[Outline], opening: str) -> dict[str, bytes]:
    texts = {
        "sitemap.xml": sitemap.sitemap(base_url, pages),
        "robots.txt": sitemap.robots(base_url),
        "_headers": hosting.headers(base_url, opening),
        "nginx-headers.conf": hosting.nginx(base_url, opening),
    }
    return {address: text.encode() for address, text in texts.items()}


def screen_files(root: Path, output: Output, screen: Screen) -> dict[str, bytes]:
    """Path in the folder of a kiosk → bytes.

    Raises:
        FileNotFoundError: when a photo has not been developed.
    """
    return screening.files(screen, output.kiosk_theme, root / CACHE)


def kiosk_folder(root: Path, theme: Path, options: Options, name: str) -> dict[str, bytes]:
    """The same of a bundle, which stands on no web: it shows who agrees to kiosks, and none of it stays here.

    Raises:
        ContentError: with every problem found.
        UnknownKioskError: when there is no such screen.
    """
    site, _ = read(root, day=options.today)
    if name not in site.kiosks:
        raise UnknownKioskError(name, site.kiosks)
    gate = Gate("kiosk", options.today, options.release, options.drafts)
    web, _ = admitted(site, replace(gate, channel="web"))
    shown, _ = admitted(site, gate)
    edition = Edition(shown, {}, words_of(theme), {}, options.today, "")
    screen = screening.screen(edition, site, name, web.stories.keys())
    with TemporaryDirectory() as cache:
        _develop(root, screen.photos, Path(cache))
        return screening.files(screen, kiosk_theme(theme), Path(cache))


def develop(
    root: Path,
    output: Output,
    executor: Executor | None = None,
    jobs: int | None = None,
    progress: darkroom.Progress = lambda done, total: None,
) -> int:
    """Develops what the cache lacks, as `darkroom.develop` does; how many photos that were.

    Raises:
        ContentError: naming every photo that cannot be developed.
    """
    screens = (photo for screen in output.screens for photo in screen.photos)
    return _develop(root, together((*output.photos, *screens)), root / CACHE, executor, jobs, progress)


def _develop(
    root: Path,
    work: Sequence[Development],
    cache: Path,
    executor: Executor | None = None,
    jobs: int | None = None,
    progress: darkroom.Progress = lambda done, total: None,
) -> int:
    developed = darkroom.develop(root, work, darkroom.recipe(), cache, executor, jobs, progress)
    if developed.problems:
        raise ContentError(developed.problems)
    return developed.made


def prune(root: Path, output: Output) -> None:
    """Removes from the cache what was made of photos whose people no longer agree, and older versions.

    What belongs to photos that are gone follows after an hour.
    """
    darkroom.prune(root / CACHE, output.kept, output.named)


def _developments(site: Site) -> dict[str, Development]:
    """What is to be made of every photo, by its path; the first of a story is its cover."""
    recipe = darkroom.recipe()
    return {
        photo.path: plan(story.ref, photo, recipe, cover=number == 0)
        for story in site.stories.values()
        for number, photo in enumerate(story.photos)
    }


def _untranslated(site: Site) -> dict[Translation, tuple[str, ...]]:
    texts = {name: text.texts for name, text in site.written.items()}
    states: tuple[Translation, ...] = ("missing", "stale")
    return {
        state: tuple(name for name, text in texts.items() if text.translation == state) for state in states
    }


def _release_remarks(site: Site, options: Options) -> tuple[Problem, ...]:
    """A release under a reserved example domain (RFC 2606) is nowhere to be found."""
    address = site.identity.base_url
    host = urlsplit(address).hostname or ""
    if options.release and host.rpartition(".")[2] in {"example", "test", "invalid", "localhost"}:
        return (problem(Spot("content/site.yml"), "example-address", value=address),)
    return ()


def _yaml(file: Path) -> Any:
    return yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


def words_of(theme: Path) -> dict[Lang, Words]:
    """The interface's words."""
    return {lang: _yaml(theme / "words" / f"{lang}.yml") for lang in LANGS}
