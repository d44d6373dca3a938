"""An incremental build writes what has changed and nothing else, and comes to what a clean one does."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from site_builder.build import _Work, build
from site_builder.cli.main import main
from site_builder.output import Options
from tests.conftest import NOW, ROOT, copy_golden

STORY = """\
title: {zh: 标题%(slug)s, en: Title %(slug)s}
summary:
  zh: %(words)s，一二三四五六七八九十一二三四五六七八九十
  en: "%(words)s: one two three four five six seven eight"
published: %(published)s
kind: %(kind)s
sources: [{title: {zh: 简报, en: Bulletin}}]
%(more)s
"""
KINDS = {"residents": "collective", "venues": "plaza", "events": "show"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def write_story(root: Path, ref: str, words: str, more: str = "", day: dt.date = NOW) -> None:
    section, slug = ref.split("/")
    when = "when: {announced_later: true}\n" if section == "events" else ""
    facts = {"slug": f"{section} {slug}", "words": words, "published": day, "kind": KINDS[section]}
    facts["more"] = when + more
    folder = root / "content" / ref
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "story.yml").write_text(STORY % facts, "utf-8")
    (folder / "zh.md").write_text(f"{words}正文。\n\n## 小标题\n\n{words}\n", "utf-8")


def own_theme(root: Path) -> Path:
    """A checkout whose theme may be changed."""
    shutil.copytree(ROOT / "theme", root / "theme")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(str(ROOT / "theme"), "theme"), "utf-8")
    return root / "theme"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


class Site:
    """A checkout that was built; `changed` tells which files the next build writes."""

    def __init__(self, root: Path, **options: bool) -> None:
        self.root, self.options = root, options
        self.build()

    def build(self, today: dt.date = NOW) -> set[str]:
        """The files that were written, or are gone."""
        before = self._stamps()
        build(self.root, Options(today, **self.options))
        after = self._stamps()
        return {
            address for address in before.keys() | after.keys() if before.get(address) != after.get(address)
        }

    def _stamps(self) -> dict[str, tuple[int, int]]:
        site = self.root / "site"
        return {
            file.relative_to(site).as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns)
            for file in site.rglob("*")
            if file.is_file()
        }


@pytest.fixture
def site(golden: Path) -> Site:
    own_theme(golden)
    return Site(golden)


def pages(changed: set[str]) -> set[str]:
    """The pages for residents among what has changed."""
    found = {address.removesuffix("index.html") for address in changed if address.endswith("index.html")}
    return {page for page in found if not page.startswith("kiosk/")}


def both(*paths: str) -> set[str]:
    return {f"{lang}{path}" for lang in ("", "en/") for path in paths}


def test_nothing_changed_nothing_written(site: Site) -> None:
    assert site.build() == set()


def test_a_text_is_shown_on_its_page_and_found_in_its_index(site: Site) -> None:
    edit(site.root / "content/pages/about/zh.md", "", "新的一句。\n\n")
    changed = site.build()
    assert pages(changed) == both("about/")  # the English page says that it is older
    assert {address.split("/pagefind/")[0] for address in changed if "pagefind" in address} == {"search"}


def test_a_vocabulary_entry_changes_what_shows_it(site: Site) -> None:
    edit(site.root / "content/vocabulary/ethnic_groups.yml", "zh: 彝族", "zh: 彝家")
    changed = pages(site.build())
    shown = {
        path for path in changed if "彝家" in (site.root / "site" / path / "index.html").read_text("utf-8")
    }
    assert changed == shown != set()


def test_a_partial_changes_the_pages_that_show_it(site: Site) -> None:
    edit(site.root / "theme/partials/quiz.html", "<", "<!-- new --><")
    assert pages(site.build()) == {"events/mid-autumn/", "en/events/mid-autumn/"}


def test_a_word_changes_the_pages_whose_templates_say_it(site: Site) -> None:
    edit(site.root / "theme/words/en.yml", "festival.none: There are no events", "festival.none: No events")
    changed = pages(site.build())
    assert changed
    assert all(page.startswith("en/festivals/") for page in changed), changed


def test_a_screen_is_made_anew_with_what_it_shows(site: Site) -> None:
    edit(site.root / "content/venues/hall/story.yml", "zh: 小礼堂", "zh: 大礼堂")
    assert {"kiosk/hall/index.html", "kiosk/hall/playlist.js"} <= site.build()
    edit(site.root / "content/pages/about/zh.md", "。", "，而且更好。")
    assert not [address for address in site.build() if address.startswith("kiosk/")]


def test_a_screen_that_is_taken_down_leaves_nothing(site: Site) -> None:
    (site.root / "content/kiosks/hall.yml").unlink()
    site.build()
    assert not (site.root / "site/kiosk").exists()


def test_the_theme_of_screens_changes_screens_alone(site: Site) -> None:
    edit(site.root / "theme/kiosk/css/tokens.css", "{", "{ --new: 1; ")
    changed = site.build()
    assert "kiosk/hall/manifest.json" in changed
    assert {address.partition("/")[0] for address in changed} == {"kiosk"}


def test_a_style_changes_every_page(site: Site) -> None:
    before = set(contents(site.root / "site"))
    edit(site.root / "theme/css/quiz.css", "{", "{ --new: 1; ")
    changed = site.build()
    assert pages(before) <= pages(changed)
    assert not [address for address in changed if "pagefind" in address or "media/" in address]


def test_a_day_changes_what_counts_days(site: Site) -> None:
    changed = pages(site.build(NOW + dt.timedelta(days=1)))
    assert both("", "events/mid-autumn/") <= changed
    assert not changed & both("about/", "venues/hall/", "residents/helpers/", "calendar/")


def _die(work: _Work) -> None:
    os._exit(9)


def test_a_process_that_dies_is_told_and_the_site_stands(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(site.root / "site")
    edit(site.root / "content/venues/hall/zh.md", "。", "，而且更好。")
    monkeypatch.setattr(_Work, "files", _die)
    arguments = ["--root", str(site.root), "--lang", "zh", "build", "--now", str(NOW), "--jobs", "2"]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 1
    assert "内存不足" in capsys.readouterr().err
    assert contents(site.root / "site") == before


def test_a_setting_is_heeded(site: Site) -> None:
    edit(site.root / "theme/partials/footer.html", "<footer", '<footer data-by="{{ config.site_author }}"')
    site.build()
    with (site.root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("site_author: 小街\n")
    assert pages(site.build()) == pages(set(contents(site.root / "site")))


def test_what_comes_out_the_same_is_not_written_again(site: Site) -> None:
    with (site.root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("site_author: 小街\n")
    assert site.build() == set()


def test_what_somebody_touched_is_put_right(site: Site) -> None:
    before = contents(site.root / "site")
    (site.root / "site/index.html").write_text("empty", "utf-8")
    (site.root / "site/about/index.html").unlink()
    (site.root / "site/notes.txt").write_text("mine", "utf-8")
    shutil.rmtree(site.root / "site/venues")
    assert pages(site.build()) >= {"", "about/", "venues/"}
    assert contents(site.root / "site") == before


def test_a_deleted_story_leaves_nothing_behind(site: Site) -> None:
    clean = contents(site.root / "site")
    write_story(site.root, "venues/gone", "一去不返")
    shutil.copytree(site.root / "content/venues/hall/photos", site.root / "content/venues/gone/photos")
    photo = (site.root / "content/venues/hall/story.yml").read_text("utf-8").split("photos:")[1]
    with (site.root / "content/venues/gone/story.yml").open("a", encoding="utf-8") as facts:
        facts.write("photos:" + photo.split("\n\n")[0] + "\n")
    site.build()
    there = contents(site.root / "site")
    assert {"venues/gone/index.html", "en/venues/gone/index.html"} <= there.keys()
    assert [address for address in there if address.startswith("media/venues/gone/")]
    shutil.rmtree(site.root / "content/venues/gone")
    site.build()
    assert contents(site.root / "site") == clean
    assert not (site.root / "site/venues/gone").exists()


def test_a_release_has_compressed_copies_and_a_preview_none(golden: Path) -> None:
    plain = Site(golden)
    assert not [address for address in contents(golden / "site") if address.endswith((".gz", ".br"))]
    release = Site(golden, release=True)
    copies = {address for address in contents(golden / "site") if address.endswith(".gz")}
    assert {"index.html.gz", "sitemap.xml.gz"} <= copies
    assert release.build() == set()
    assert plain.build() >= copies


class Editing(RuleBasedStateMachine):
    """Editors at work: whatever they do, the incremental build equals a clean one byte for byte."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = copy_golden(Path(self.folder.name))
        self.theme = own_theme(self.root)
        self.stories: set[str] = set()
        self.today = NOW

    @rule(section=st.sampled_from(sorted(KINDS)), number=st.integers(0, 4), months=st.integers(-9, 1))
    def write(self, section: str, number: int, months: int) -> None:
        """Two communities, seven months in the past, one to come."""
        ref, published = f"{section}/s{number}", NOW + dt.timedelta(days=30 * months)
        write_story(
            self.root, ref, f"第{number}家", f"community: {('east', 'west')[number % 2]}\n", published
        )
        self.stories.add(ref)

    @precondition(lambda self: self.stories)
    @rule(data=st.data(), words=st.sampled_from(["石榴", "月亮 & *火把*", "[大厅](venues/hall)"]))
    def reword(self, data: st.DataObject, words: str) -> None:
        ref = data.draw(st.sampled_from(sorted(self.stories)))
        (self.root / "content" / ref / "zh.md").write_text(f"## 新的\n\n{words}\n", "utf-8")

    @precondition(lambda self: self.stories)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        ref = data.draw(st.sampled_from(sorted(self.stories)))
        self.stories.remove(ref)
        shutil.rmtree(self.root / "content" / ref)

    @rule(days=st.integers(-40, 200))
    def wait(self, days: int) -> None:
        self.today = NOW + dt.timedelta(days=days)

    @rule(name=st.sampled_from(["partials/card.html", "story.html", "css/cards.css", "js/prize-quiz.js"]))
    def retouch(self, name: str) -> None:
        with (self.theme / name).open("a", encoding="utf-8") as file:
            file.write("x" if name.endswith(".html") else "/* again */")

    @rule()
    def rename_a_community(self) -> None:
        edit(self.root / "content/vocabulary/communities.yml", "社区, en: East", "里社区, en: East")

    @rule(data=st.data())
    def lose_a_file(self, data: st.DataObject) -> None:
        if written := sorted(contents(self.root / "site")):
            (self.root / "site" / data.draw(st.sampled_from(written))).unlink()

    @rule(jobs=st.integers(1, 3))
    def publish(self, jobs: int) -> None:
        build(self.root, Options(self.today), jobs=jobs)
        with tempfile.TemporaryDirectory() as elsewhere:
            clean = Path(elsewhere)
            for name in ("content", "theme"):
                shutil.copytree(self.root / name, clean / name)
            shutil.copy(self.root / "mkdocs.yml", clean)
            shutil.copytree(self.root / ".site_builder/cache/media", clean / ".site_builder/cache/media")
            build(clean, Options(self.today), jobs=1)
            assert contents(self.root / "site") == contents(clean / "site")

    def teardown(self) -> None:
        self.publish(2)
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)

KILLED = """
import os, signal, sys
from pathlib import Path
from site_builder.cli.main import main
rename, left = Path.replace, int(sys.argv.pop(1))
def replace(self, target):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.replace = replace
main()
"""
"""A build that is killed at a certain rename: those of publishing, and of the state."""


def start(root: Path, *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *command, "build", "--now", NOW.isoformat()],
        cwd=root,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


Changing = tuple[Path, dict[str, bytes], dict[str, bytes]]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changing:
    """A site whose next build writes every page anew: its root, what it is, what it is to be."""
    root = copy_golden(tmp_path_factory.mktemp("changed") / "root")
    theme = own_theme(root)
    for number in range(40):
        write_story(root, f"venues/s{number}", f"第{number}家")
    build(root, Options(NOW))
    before = contents(root / "site")
    edit(theme / "css/quiz.css", "{", "{ --new: 1; ")
    shutil.rmtree(root / "content/venues/s39")
    build(root, Options(NOW), root / "expected")
    shutil.copytree(root, root.with_name("kept"))
    return root, before, contents(root / "expected")


@pytest.fixture
def changing(changed: Changing) -> Changing:
    """The same, put back to the last byte and time: what a build remembers goes by the place of the site."""
    root, _, _ = changed
    shutil.rmtree(root)
    shutil.copytree(root.with_name("kept"), root)
    return changed


def assert_whole(site: Path, *states: dict[str, bytes]) -> None:
    """Every file is one of an earlier or the next site, and what pages load is there."""
    for address, data in contents(site).items():
        assert data in [state.get(address) for state in states], address
        if address.endswith(".html") and address != "404.html":
            for loaded in re.findall(r'(?:href|src)="([./]*assets/[^"]+)"', data.decode()):
                assert (site / address).parent.joinpath(loaded).is_file(), (address, loaded)


@pytest.mark.parametrize("rename", [1, 2, 3, 10, 60, 120, 121])
def test_a_kill_while_publishing_leaves_whole_files_and_is_made_good(changing: Changing, rename: int) -> None:
    root, before, after = changing
    killed = start(root, "-c", KILLED, str(rename))
    assert killed.wait(60) == -signal.SIGKILL
    assert_whole(root / "site", before, after)
    build(root, Options(NOW))
    assert contents(root / "site") == after


@pytest.mark.parametrize("everybody", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_a_kill_at_any_moment_is_made_good(changing: Changing, seed: int, everybody: bool) -> None:
    """The whole group, as when the power goes, or the first process alone: the others end with it."""
    root, before, after = changing
    process = start(root, "-m", "site_builder")
    time.sleep(random.Random(seed).uniform(0.3, 1.6))
    with suppress(ProcessLookupError):
        (os.killpg if everybody else os.kill)(process.pid, signal.SIGKILL)
    process.wait(60)
    assert_whole(root / "site", before, after)
    build(root, Options(NOW))
    assert contents(root / "site") == after
    assert [file.name for file in root.iterdir() if file.name.startswith(".site.")] == []
