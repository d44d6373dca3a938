"""The golden site: a few pages to the letter, and what builds do when something goes wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from site_builder import output, pagefind
from site_builder.build import build
from site_builder.content.problems import ContentError
from site_builder.output import Options
from site_builder.photos import darkroom
from tests.conftest import GOLDEN, NOW, copy_golden
from tests.test_site import differences

EXPECTED = [
    "index.html",
    "events/index.html",
    "venues/hall/index.html",
    "en/venues/hall/index.html",
    "en/events/mid-autumn/index.html",
    "festivals/mid-autumn/index.html",
    "sitemap.xml",
    "calendar.ics",
    "en/events/mid-autumn.ics",
    "feed.xml",
    "en/feed.json",
    "data/stories.json",
    "en/data/events.json",
    "data/events.schema.json",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden site as it is built."""
    root = copy_golden(tmp_path_factory.mktemp("golden"))
    build(root, Options(NOW))
    return root / "site"


@pytest.mark.parametrize("name", EXPECTED)
def test_files_are_as_expected(name: str, built: Path, pytestconfig: pytest.Config) -> None:
    """`pytest tests/test_golden.py --overwrite` writes them anew; read the difference first."""
    text = (built / name).read_bytes().decode("utf-8").replace("\r\n", "\n")
    if name.endswith(".json"):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    for changing in (r"(?<=-)[0-9a-f]{8}(?=[-.])", r"(?<=;base64,)[^\"]+"):  # with every encoder
        text = re.sub(changing, "########", text)
    expected = GOLDEN / "expected" / name
    if pytestconfig.getoption("--overwrite"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")


def test_a_fault_leaves_the_last_site_untouched(golden: Path) -> None:
    build(golden, Options(NOW))
    before = {file: file.read_bytes() for file in (golden / "site").rglob("*") if file.is_file()}
    (golden / "content/venues/hall/story.yml").write_text("title: 只有标题\n", "utf-8")
    with pytest.raises(ContentError):
        build(golden, Options(NOW))
    assert {file: file.read_bytes() for file in (golden / "site").rglob("*") if file.is_file()} == before


def test_a_broken_photo_is_named_and_leaves_the_last_site(golden: Path) -> None:
    build(golden, Options(NOW))
    photo = golden / "content/venues/hall/photos/hall.png"
    photo.write_bytes(photo.read_bytes()[:500])
    with pytest.raises(ContentError) as caught:
        build(golden, Options(NOW))
    assert [(found.spot.path, found.code) for found in caught.value.problems] == [
        ("content/venues/hall/photos/hall.png", "photo-truncated")
    ]
    assert (golden / "site/venues/hall/index.html").is_file()


def test_an_index_that_cannot_be_made_leaves_the_last_site(
    golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(golden, Options(NOW))
    before = contents(golden / "site")
    edit(golden / "content/venues/hall/story.yml", ("zh: 小礼堂", "zh: 大礼堂"))
    monkeypatch.setattr(pagefind, "get_executable", lambda: golden / "no-such-program")
    with pytest.raises(ContentError) as caught:
        build(golden, Options(NOW))
    assert [found.code for found in caught.value.problems] == ["search-index"]
    assert contents(golden / "site") == before


def test_what_is_kept_back_cannot_be_found(golden: Path) -> None:
    def found() -> set[str]:
        fragments = (golden / "site/search/pagefind/0/fragment").iterdir()
        texts = [gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd") for file in fragments]
        return {json.loads(text)["url"] for text in texts}

    build(golden, Options(NOW))
    everything = found()
    edit(golden / "content/venues/hall/story.yml", ("kind: hall", "kind: hall\ndraft: true"))
    build(golden, Options(NOW))
    assert everything - found() == {"/venues/hall/"}


def test_mkdocs_alone_leaves_the_last_site_too(golden: Path) -> None:
    build(golden, Options(NOW))
    (golden / "content/site.yml").write_text("name: 小街\n", "utf-8")
    run = _run(golden, "-m", "mkdocs", "build")
    assert run.returncode == 1
    assert "content/site.yml:1:7" in run.stderr
    assert "Traceback" not in run.stderr
    assert (golden / "site/index.html").is_file()


@pytest.mark.parametrize("target", [".", "..", "content", "content/venues", "theirs"])
def test_a_folder_that_is_no_site_of_ours_is_never_replaced(golden: Path, target: str) -> None:
    (golden / "theirs").mkdir()
    (golden / "theirs/letter.txt").write_text("Dear Sir", "utf-8")
    before = sorted(golden.rglob("*"))
    run = _run(golden, "-m", "site_builder", "--lang", "en", "build", "--site-dir", target)
    assert run.returncode == 2
    assert "choose an empty folder" in run.stderr
    assert sorted(golden.rglob("*")) == before


def test_a_site_behind_a_link_is_written_where_the_link_leads(golden: Path) -> None:
    (golden / "www").mkdir()
    (golden / "site").symlink_to("www")
    build(golden, Options(NOW))
    assert (golden / "site").is_symlink()
    assert (golden / "www/index.html").is_file()


def test_nothing_of_a_photo_stays_in_the_cache_without_consent(golden: Path) -> None:
    build(golden, Options(NOW))
    cache = golden / ".site_builder/cache"
    assert list(cache.rglob("helpers-*"))
    edit(golden / "content/consents/c-1.yml", ("status: active", "status: withdrawn"))
    build(golden, Options(NOW))
    assert list(cache.rglob("helpers-*")) == []
    assert list(cache.rglob("hall-*"))


def test_photos_that_did_not_change_are_not_read(golden: Path) -> None:
    build(golden, Options(NOW))
    before = contents(golden / "site")
    for photo in (golden / "content").rglob("photos/*.*"):
        stat = photo.stat()
        photo.write_bytes(bytes(stat.st_size))
        os.utime(photo, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    build(golden, Options(NOW))
    assert contents(golden / "site") == before


def test_any_number_of_processes_gives_the_same_bytes(golden: Path) -> None:
    made = []
    for jobs in (1, 2, 5):
        shutil.rmtree(golden / ".site_builder", ignore_errors=True)
        build(golden, Options(NOW), jobs=jobs)
        made.append(contents(golden / "site"))
    assert made[0] == made[1] == made[2]


def test_a_photo_that_another_build_takes_away_is_developed_again(golden: Path) -> None:
    build(golden, Options(NOW))
    before = contents(golden / "site")
    shutil.rmtree(golden / ".site_builder")
    taken: list[Path] = []

    def take_away(done: int, total: int) -> None:
        if done == total and not taken:
            taken.append(next((golden / ".site_builder").rglob("hall-*.avif")))
            taken[0].unlink()

    build(golden, Options(NOW), progress=take_away)
    assert taken
    assert contents(golden / "site") == before


def test_a_terminal_shows_the_rate_and_a_log_shows_lines(golden: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "--lang", "en", "build", "--jobs", "1"]
    terminal, console = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, cwd=golden, env=environment, stderr=console, stdout=subprocess.DEVNULL):
        os.close(console)
        shown = b""
        with suppress(OSError):  # a terminal whose program has ended
            while more := os.read(terminal, 4096):
                shown += more
    os.close(terminal)
    assert b"Developing photos" in shown
    assert b"a second" in shown
    shutil.rmtree(golden / ".site_builder")
    run = _run(golden, *command[1:])
    assert [line for line in run.stderr.splitlines() if line] == ["Developing photos 3/3"]
    assert _run(golden, *command[1:-1], "0").returncode == 2


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def test_a_postponed_event_is_marked_and_not_announced(golden: Path) -> None:
    edit(golden / "content/events/mid-autumn/story.yml", ("venue:", "status: postponed\nvenue:"))
    build(golden, Options(NOW))
    assert "agenda" not in (golden / "site/index.html").read_text("utf-8")
    for page in ("events/index.html", "events/mid-autumn/index.html"):
        text = (golden / "site" / page).read_text("utf-8")
        assert '<span class="mark">已延期</span>' in text
        assert "预计" not in text and '<time class="leaf"' not in text


def test_no_stage_is_left_behind(golden: Path) -> None:
    build(golden, Options(NOW))
    build(golden, Options(NOW))
    assert [file.name for file in golden.iterdir() if file.name.startswith(".site.")] == []


@pytest.mark.parametrize("delay", [0.3, 0.7, 1.0, 1.3])
def test_a_kill_leaves_a_whole_site(golden: Path, delay: float) -> None:
    """Whatever moment the power goes: a whole site stands, and the next build ends well."""
    build(golden, Options(NOW))
    reference = golden / "site"
    kept = golden / "kept"
    subprocess.run(["cp", "-r", str(reference), str(kept)], check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "build", "--now", NOW.isoformat()],
        cwd=golden,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert differences(reference, kept) == []
    build(golden, Options(NOW))
    assert differences(reference, kept) == []


def test_the_command_says_everything_at_once_in_both_languages(golden: Path) -> None:
    story = golden / "content/venues/hall/story.yml"
    story.write_text(
        story.read_text("utf-8").replace("summary:", "sumary:").replace("kind: hall", "kind: hal"), "utf-8"
    )
    (golden / "content/residents/helpers/zh.md").write_text("# 大标题\n\n<b>粗</b>\n", "utf-8")
    for lang, near in (("zh", "是不是“summary”"), ("en", 'did you mean "summary"?')):
        run = _run(golden, "-m", "site_builder", "--lang", lang, "build")
        assert run.returncode == 1
        assert near in run.stderr
        for place in ("story.yml:2:1", "story.yml:5:7", "zh.md:1:1", "zh.md:3:1"):
            assert place in run.stderr, run.stderr
        assert "Traceback" not in run.stderr
    assert not (golden / "site").exists()


@pytest.mark.parametrize("year", ["1949", "2091", "9999"])
def test_a_day_beyond_the_calendars_is_refused(golden: Path, year: str) -> None:
    run = _run(golden, "-m", "site_builder", "build", "--now", f"{year}-12-31")
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_a_console_without_chinese_is_no_reason_to_fail(golden: Path) -> None:
    edit(golden / "content/venues/hall/story.yml", ("kind: hall", "kind: hal"))
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    for arguments in (["check"], ["check", "--json"], ["--lang", "zh", "check"]):
        run = subprocess.run(
            [sys.executable, "-m", "site_builder", *arguments],
            cwd=golden,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert run.returncode == 1
        assert b"Traceback" not in run.stderr
        assert b"venues/hall/story.yml" in run.stdout + run.stderr


def test_stories_come_and_go_with_their_dates(golden: Path) -> None:
    story = golden / "content/events/mid-autumn/story.yml"
    story.write_text(
        story.read_text("utf-8").replace(
            "published: 2026-02-01", "published: 2026-02-01\nexpires: 2026-10-01"
        ),
        "utf-8",
    )
    there = {}
    for day in (dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 1)):
        report = build(golden, Options(day))
        there[day] = (golden / "site/events/mid-autumn/index.html").is_file()
        mentions = [
            f for f in (golden / "site").rglob("*.html") if "events/mid-autumn" in f.read_text("utf-8")
        ]
        assert bool(mentions) == there[day], mentions
        assert there[day] or any(remark.code.startswith("left-out-") for remark in report.remarks)
    assert list(there.values()) == [False, True, True, False]


@pytest.mark.parametrize(
    "change",
    [
        ("status: active", "status: withdrawn"),
        ("scopes: [web, kiosk]", "scopes: [kiosk]"),
        ("expires: 2027-01-01", "expires: 2026-05-31"),
        ("granted: 2026-01-01", "granted: 2026-06-02"),
    ],
)
def test_nothing_of_a_photo_remains_without_consent(change: tuple[str, str], golden: Path) -> None:
    build(golden, Options(NOW))
    assert list((golden / "site").rglob("helpers-*.avif"))
    record = golden / "content/consents/c-1.yml"
    edit(record, change)
    build(golden, Options(NOW))
    assert list((golden / "site").rglob("helpers-*")) == []
    for file in (golden / "site").rglob("*.html"):
        text = file.read_text("utf-8")
        assert "两个人抬着一张桌子" not in text and "helpers-" not in text


def test_a_translation_that_is_missing_or_old_says_so(golden: Path) -> None:
    report = build(golden, Options(NOW))
    assert report.untranslated == {"missing": ("events/mid-autumn",), "stale": ()}
    page = (golden / "site/en/events/mid-autumn/index.html").read_text("utf-8")
    assert "has not been translated yet" in page
    assert 'href="../../../events/mid-autumn/"' in page
    body = golden / "content/venues/hall/zh.md"
    edit(body, ("小礼堂不大", "小礼堂不小"))
    report = build(golden, Options(NOW))
    assert report.untranslated["stale"] == ("venues/hall",)
    assert "has changed since" in (golden / "site/en/venues/hall/index.html").read_text("utf-8")
    assert _run(golden, "-m", "site_builder", "translated", "venues/hall").returncode == 0
    assert build(golden, Options(NOW)).untranslated["stale"] == ()


def test_what_editors_write_never_runs(golden: Path) -> None:
    """Markup, template code and quotes in every text field come out as the text they are."""
    story = golden / "content/venues/hall/story.yml"
    nasty = "{{ 7*7 }}<script>alert(1)</script>\\\" onload=x '{% raw %}"
    for text in ("The Little Hall", "A small red hall", "The front of the hall"):
        edit(story, (f"en: {text}", f'en: "{text} {nasty}"'))
    build(golden, Options(NOW))
    for file in (golden / "site").rglob("*.html"):
        page = file.read_text("utf-8")
        assert "<script>alert" not in page
        assert "49&lt;script" not in page
    assert "The Little Hall {{ 7*7 }}&lt;script&gt;" in (golden / "site/en/venues/hall/index.html").read_text(
        "utf-8"
    )


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_a_draft_of_a_page_is_in_the_preview_alone(golden: Path) -> None:
    edit(golden / "content/pages/about/page.yml", ("title:", "draft: true\ntitle:"))
    report = build(golden, Options(NOW))
    assert "left-out-draft" in {remark.code for remark in report.remarks}
    assert not (report.site_dir / "about").exists()
    assert "关于小街" not in (report.site_dir / "index.html").read_text("utf-8")
    preview = build(golden, Options(NOW, drafts=True), golden / "preview").site_dir
    assert '<span class="mark">草稿</span>' in (preview / "about/index.html").read_text("utf-8")
    assert '<span class="mark">Draft</span>' in (preview / "en/about/index.html").read_text("utf-8")


def test_a_screens_photo_that_another_build_took_away_is_made_again(
    golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Builds share a cache, and each removes from it what its own day does not show."""
    develop, runs = output.develop, []

    def robbed(root: Path, planned: output.Output, *rest: Any) -> int:
        made = develop(root, planned, *rest)
        if len(runs) < 3:
            darkroom.cached(root / output.CACHE, planned.screens[0].media[0]).unlink()
        runs.append(made)
        return made

    monkeypatch.setattr(output, "develop", robbed)
    build(golden, Options(NOW))
    assert len(runs) == 4
    assert list((golden / "site/kiosk/hall/media").rglob("*.jpg"))
