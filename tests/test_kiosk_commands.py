"""The commands of screens: on the machine where one hangs, without a checkout; and from content to screen."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.cli.screens import kiosk
from site_builder.content.model.kiosk import Idle, Kiosk, Languages, Notice, Panel
from site_builder.content.source import Source, parse
from site_builder.device.installation import current
from site_builder.device.release import entries, is_whole
from site_builder.kiosk.manifest import MANIFEST, NOTICE, read
from tests.conftest import ROOT
from tests.test_cli import run
from tests.unit.device.folders import bundle, folder
from tests.unit.device.test_archive import BAD, Change
from tests.unit.device.test_installation import WORSE, name_of

A, B = folder("a"), folder("b", "2026-06-02T00:00:00+08:00")


def test_a_bundle_is_installed_where_there_is_no_checkout(tmp_path: Path) -> None:
    for files, zh in ((A, "已装好，现在播放的是版本"), (A, "已经在播放")):
        file = bundle(tmp_path / "a.zip", files)
        said = run(tmp_path, "kiosk", "install", str(file), "screen", lang="zh")
        assert (said.returncode, said.stderr) == (0, "")
        assert zh in said.stdout
        assert name_of(files) in said.stdout
    assert (tmp_path / "screen/current/index.html").read_bytes() == A["index.html"]


def test_installing_and_running_know_nothing_of_the_site(tmp_path: Path) -> None:
    """A screen's machine is small, and what builds the site takes a second to import there."""
    program = (
        "import sys; from site_builder.cli import screens;"
        "from site_builder.device import installation, runner;"
        "print([each for each in sys.modules if each.split('.')[0] in"
        " {'mkdocs', 'PIL', 'jinja2', 'pi_heif', 'lunar_python'}])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


@pytest.mark.parametrize(("change", "code"), (BAD | WORSE).values(), ids=BAD | WORSE)
def test_a_bad_bundle_ends_with_1_and_says_why(change: Change, code: str, tmp_path: Path) -> None:
    assert run(tmp_path, "kiosk", "install", str(bundle(tmp_path / "a.zip", A)), "screen").returncode == 0
    (tmp_path / "b.zip").write_bytes(change(dict(B)))
    for lang, text in (("zh", "屏幕没有改动。"), ("en", "the screen was left as it was.")):
        said = run(tmp_path, "kiosk", "install", "b.zip", "screen", lang=lang)
        assert (said.returncode, said.stdout) == (1, "")
        assert text in said.stderr
        assert said.stderr.count("\n") == 1
        assert "Traceback" not in said.stderr
    release = current(tmp_path / "screen")
    assert release
    assert (release.name, is_whole(release)) == (name_of(A), True)


@pytest.mark.parametrize(
    ("arguments", "code", "zh", "en"),
    [
        (["install", "no.zip", "screen"], 2, "没有这个文件：no.zip", "No such file: no.zip"),
        (["install", "a.zip"], 2, "缺少'DIR'", "DIR"),
        (["install", "a.zip", "taken"], 1, "不是本程序建的", "was not made by this program"),
        (["run", "screen"], 1, "里还没有内容", "Nothing is installed in screen"),
        (
            ["run", "screen", "--browser", "/no/x"],
            1,
            "找不到浏览器（/no/x）",
            "There is no browser",
        ),
        (["run", "screen", "--from", "ftp://a.example/"], 2, "不是网址", "is not an address"),
        (["run", "screen", "--from", "kiosk/x"], 2, "不是网址", "is not an address"),
        (["run", "screen", "--port", "0"], 2, "'--port'的值不对，要写数字，从1起", "'--port'"),
        (["rnu", "screen"], 2, "没有“rnu”这个命令，是不是“run”？", 'did you mean "run"?'),
        (["bundle", "x", "--out", "x.zip"], 2, "都没有mkdocs.yml和content", "holds mkdocs.yml"),
        (["bundle", "x"], 2, "缺少'--out'", "--out"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], code: int, zh: str, en: str, tmp_path: Path
) -> None:
    bundle(tmp_path / "a.zip", A)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/current").write_text("somebody else's")
    for lang, text in (("zh", zh), ("en", en)):
        said = run(tmp_path, "kiosk", *arguments, lang=lang)
        assert (said.returncode, said.stdout) == (code, "")
        assert text in said.stderr
        assert "Traceback" not in said.stderr


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    run(tmp_path, "kiosk", "install", str(bundle(tmp_path / "a.zip", A)), "screen")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = run(tmp_path, "kiosk", "run", "screen", "--port", port, "--browser", "/bin/true", lang="zh")
    assert (said.returncode, said.stdout) == (2, "")
    assert f"不能用端口{port}" in said.stderr


def test_a_disk_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    bundle(tmp_path / "a.zip", A)
    (tmp_path / "file").write_text("a file where a folder should be")
    said = run(tmp_path, "kiosk", "install", "a.zip", "file/screen", lang="zh")
    assert (said.returncode, said.stdout) == (1, "")
    assert "屏幕没有改动" in said.stderr


KIOSKS = sorted(file.stem for file in (ROOT / "content/kiosks").glob("*.yml"))


@pytest.fixture
def bundles(tmp_path: Path) -> dict[str, Path]:
    """The bundles of the real content's screens."""
    made = {}
    for name in KIOSKS:
        made[name] = tmp_path / f"{name}.zip"
        said = run(ROOT, "kiosk", "bundle", name, "--out", str(made[name]), "--now", "2026-11-28")
        assert (said.returncode, said.stderr) == (0, "")
    return made


def test_real_screens_are_bundled_and_installed(bundles: dict[str, Path], tmp_path: Path) -> None:
    assert len(bundles) == 3
    for name, file in bundles.items():
        again = tmp_path / "again.zip"
        said = run(ROOT, "kiosk", "bundle", name, "--out", str(again), "--now", "2026-11-28", lang="zh")
        assert (said.returncode, said.stderr) == (0, "")
        assert again.read_bytes() == file.read_bytes()
        screen = tmp_path / name
        assert run(tmp_path, "kiosk", "install", str(file), str(screen)).returncode == 0
        release = current(screen)
        assert release
        manifest = read((release / MANIFEST).read_bytes())
        assert release.name == manifest.release
        assert entries(release) == manifest.files
        assert (release / NOTICE).is_file()
        assert manifest.built_at.isoformat() == "2026-11-28T00:00:00+08:00"
        shutil.rmtree(screen)


def test_an_unknown_screen_is_said(tmp_path: Path) -> None:
    said = run(ROOT, "kiosk", "bundle", "yonghe-plasa", "--out", str(tmp_path / "x.zip"), lang="zh")
    assert (said.returncode, said.stdout) == (2, "")
    assert "没有“yonghe-plasa”这块屏幕，是不是“yonghe-plaza”？" in said.stderr
    assert not (tmp_path / "x.zip").exists()


GUIDES = [ROOT / "docs/kiosk.zh.md", ROOT / "docs/kiosk.en.md"]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guide_tells_of_everything_there_is(guide: Path) -> None:
    text = guide.read_text("utf-8")
    fields = [name for model in (Kiosk, Panel, Languages, Idle) for name in model.model_fields]
    states = ("boot", "verify", "attract", "interact", "warn", "notice", "quiet", "safe")
    for word in (*fields, *states, *(level for level in Notice.model_fields["level"].annotation.__args__)):
        assert f"`{word}`" in text, word
    options = [name for command in kiosk.commands.values() for each in command.params for name in each.opts]
    for option in (name for name in options if name.startswith("--")):
        assert option in text, option
    for heading in re.findall(r"\]\(#(.+?)\)", text):
        titles = (re.sub(r"[^\w\- ]", "", title.lower()) for title in re.findall(r"^#+ (.+)$", text, re.M))
        assert heading in {title.replace(" ", "-") for title in titles}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guides_example_is_a_screen(guide: Path, golden: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.+?)```", guide.read_text("utf-8"), re.S)
    read = parse(example, "content/kiosks/x.yml", Kiosk)
    assert isinstance(read, Source), read
    assert read.value.played


def test_the_guides_commands_are_understood() -> None:
    for guide in GUIDES:
        commands = re.findall(r"site-builder (kiosk (?:bundle|install|run) .+)", guide.read_text("utf-8"))
        assert len(commands) >= 4
        for line in commands:
            name, *arguments = line.split()[1:]
            kiosk.commands[name].make_context(name, arguments)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_the_service_is_one_that_systemd_understands(tmp_path: Path) -> None:
    unit = (ROOT / "docs/kiosk.service").read_text("utf-8")
    command = re.findall(r"^ExecStart=(.+)$", unit, re.M)
    assert command == ["/usr/bin/cage -- /opt/site-builder/bin/site-builder kiosk run /var/lib/kiosk"]
    (tmp_path / "kiosk.service").write_text(unit.replace(command[0], "/bin/true"), "utf-8")
    ran = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "kiosk.service")], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
