"""The command line explains itself in both languages, ends with the right code, colours terminals only."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from site_builder.cli.main import commands, main
from site_builder.phrases import phrases
from tests.terminal import at_a_terminal
from tests.unit.desk.git import committed, edit

PHOTO = "content/residents/helpers/photos/helpers.png"
HALL = "content/venues/hall/story.yml"


def run(root: Path, *arguments: str, lang: str = "en", **environment: str) -> Ended:
    """Runs a command in this process, as if somebody had typed it in the folder `root`."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(root)
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
        for name, value in environment.items():
            patch.setenv(name, value)
        try:
            main(("--lang", lang, *arguments))
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def _walk(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            each = command.get_command(context, name)
            assert each
            yield from _walk(each, (*path, name))


COMMANDS = dict(_walk(commands))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_explains_itself_in_both_languages(path: tuple[str, ...], tmp_path: Path) -> None:
    command = COMMANDS[path]
    for lang in ("zh", "en"):
        said = run(tmp_path, *path, "--help", lang=lang)  # in no checkout, too
        assert (said.returncode, said.stderr) == (0, "")
        assert phrases()[f"help.{'.'.join(path) or 'site-builder'}"][lang].split("\n")[0] in said.stdout
        for example in getattr(command, "examples", ()):
            assert example in said.stdout
        for option in (name for param in command.params for name in param.opts if name.startswith("--")):
            assert option in said.stdout
        if lang == "zh":
            assert not re.search(r"Usage|Options|Commands|Show ", said.stdout)
        assert all(len(line) <= 110 for line in said.stdout.split("\n"))


@pytest.mark.parametrize("path", [path for path, each in COMMANDS.items() if isinstance(each, click.Group)])
def test_a_command_of_commands_alone_explains_itself(path: tuple[str, ...], tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "site_builder", *path],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "zh_CN.UTF-8"},
    )
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("用法：site-builder ")
    assert "命令写得不对" not in said.stderr


def test_every_example_is_a_command_that_is_understood() -> None:
    import shlex

    examples = [example for command in COMMANDS.values() for example in getattr(command, "examples", ())]
    assert len(examples) > 20
    for example in examples:
        name, *arguments = shlex.split(example)
        assert name == "site-builder"
        command: click.Command = commands
        context = click.Context(commands, info_name=name)
        while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
            command = command.get_command(context, arguments.pop(0)) or pytest.fail(example)
        arguments = [each for each in arguments if not each.startswith(("content/", "~"))]
        if command.name != "strip" and "--photos" not in arguments:
            command.make_context(
                command.name, [each for each in arguments if each != "--help"], parent=context
            )


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (
            ["chekc"],
            "没有“chekc”这个命令，是不是“check”？",
            'there is no command "chekc"; did you mean "check"?',
        ),
        ([], "用法：site-builder [选项] 命令 [参数]…", "Usage: site-builder"),
        (["check", "--jsno"], "没有--jsno这个选项，是不是“--json”？", "No such option: --jsno"),
        (["build", "--now", "25.9."], "'--now'的值不对，写成 年-月-日，例如2026-09-25", "25.9."),
        (["build", "--jobs", "0"], "'--jobs'的值不对，要写数字，从1起", "'--jobs'"),
        (
            ["build", "--now", "1066-01-01"],
            "--now只能写1950年到2090年之间的日子",
            "--now takes days from 1950 to 2090",
        ),
        (["translated"], "缺少'STORY…'", "STORY"),
        (["translated", "hall"], "“hall”不是故事", '"hall" is not a story'),
        (
            ["translated", "events/mid-autumn"],
            "还没有译文：先新建content/events/mid-autumn/en.md",
            "There is no translation yet: create content/events/mid-autumn/en.md",
        ),
        (["translated", "venues/nowhere"], "没有这个文件：content/venues/nowhere/zh.md", "No such file"),
        (
            ["withdraw", "c-11"],
            "没有“c-11”这份同意书记录，是不是“c-1”？",
            'no consent record "c-11"; did you mean "c-1"?',
        ),
        (["new", "venue"], "缺少--title", "--title is missing"),
        (
            ["new", "venue", "hall", "--title", "好", "--kind", "hall"],
            "“hall”已经有了",
            'There is a "hall" already',
        ),
        (
            ["new", "venue", "--title", "好", "--kind", "hal"],
            "“hal”不在上面，是不是“hall”？",
            '"hal" is none of them',
        ),
        (
            ["new", "venue", "Big_Hall", "--title", "好", "--kind", "hall"],
            "文件夹名“Big_Hall”不能作网址 → 只用小写英文字母",
            'The folder name "Big_Hall" cannot be an address → Use lower-case',
        ),
        (
            ["new", "event", "--title", "好", "--kind", "show", "--when", "明天"],
            "看不懂这个时间",
            "This tells no time",
        ),
        (
            ["new", "venue", "--title", "好", "--kind", "hall", "--photos", "no.jpg"],
            "没有这个文件：no.jpg",
            "No such file: no.jpg",
        ),
        (
            ["new", "resident", "--title", "好", "--kind", "family", "--consents", "c-7"],
            "没有“c-7”这份记录。已有的：c-1",
            'There is no record "c-7". Known: c-1',
        ),
        (
            ["new", "consent", "--subject", "王某 13800000000"],
            "写纸质同意书上的编号",
            "Write the reference on the paper form",
        ),
        (["photos", "strip", "nowhere"], "没有这个文件或文件夹", "nowhere"),
        (["check", "--staged"], "看不到Git的历史记录", "not a git repository"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong(
    golden: Path, arguments: list[str], zh: str, en: str
) -> None:
    before = sorted(golden.rglob("content/**/*"))
    for lang, text in (("zh", zh), ("en", en)):
        said = run(golden, *arguments, lang=lang, GIT_CEILING_DIRECTORIES=str(golden.parent))
        assert said.returncode == 2, said.stderr
        assert text in said.stderr
        assert said.stdout == ""
        assert "Traceback" not in said.stderr
    assert sorted(golden.rglob("content/**/*")) == before


def test_a_command_works_anywhere_below_the_checkout(golden: Path, tmp_path: Path) -> None:
    assert run(golden / "content/venues/hall", "check").returncode == 0
    assert run(Path("/"), "--root", str(golden), "check").returncode == 0
    nowhere = run(Path("/"), "check", lang="zh")
    assert (nowhere.returncode, nowhere.stdout) == (2, "")
    assert "都没有mkdocs.yml和content" in nowhere.stderr


def test_a_checkout_may_lie_below_spaces_and_chinese_characters(golden: Path, tmp_path: Path) -> None:
    root = tmp_path / "永昌 网站（新）"
    root.mkdir()
    for name in ("content", "mkdocs.yml"):
        (golden / name).rename(root / name)
    made = run(root, "new", "venue", "--title", "新广场", "--kind", "plaza", lang="zh")
    assert made.returncode == 0, made.stderr
    assert run(root, "check").returncode == 0
    assert run(root, "build").returncode == 0
    assert (root / "site/index.html").exists()


def test_a_check_ends_with_1_where_content_is_wrong(golden: Path) -> None:
    edit(golden / HALL, "kind: hall", "kind: hal")
    said = run(golden, "check", lang="zh")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        "content/venues/hall/story.yml:5:7  “hal”不在可选的词里，是不是“hall”？\n"
        "      | kind: hal\n"
        "      |       ^^^\n"
        "      → 是什么样的场所。可以写：plaza（文化广场）、corridor（宣传廊）、reading-corner（阅览角）、"
        "practice-centre（实践中心）、activity-room（活动室）、service-station（服务站）、canteen（食堂）、"
        "school（课堂）、hall（服务场所）、landmark（街景）\n"
        "内容有1处错误，提醒0条。改好标出的地方，再检查一次。\n"
    )


def test_a_warning_is_marked_and_fails_only_a_strict_check(golden: Path) -> None:
    (golden / "content/venues/hall/photos/extra.png").write_bytes(
        (golden / "content/venues/hall/photos/hall.png").read_bytes()
    )
    said = run(golden, "check")
    assert (said.returncode, said.stdout) == (0, "No errors; 1 warning(s).\n")
    assert "extra.png:1:1  Warning: The photo" in said.stderr
    assert run(golden, "check", "--strict").returncode == 1


def test_problems_come_as_json(golden: Path) -> None:
    edit(golden / HALL, "kind: hall", "kind: hal")
    said = run(golden, "check", "--json")
    assert (said.returncode, said.stderr) == (1, "")
    told = json.loads(said.stdout)
    assert (told["errors"], told["warnings"]) == (1, 0)
    (found,) = told["problems"]
    assert {key: found[key] for key in ("path", "line", "column", "severity", "code")} == {
        "path": HALL,
        "line": 5,
        "column": 7,
        "severity": "error",
        "code": "not-a-choice",
    }
    assert set(found["message"]) == set(found["hint"]) == {"zh", "en"}


def test_what_needs_an_eye_comes_as_a_table_and_as_json(golden: Path) -> None:
    edit(golden / HALL, "kind: hall", "kind: hall\nexpires: 2026-07-31")
    table = run(golden, "status", "--now", "2026-06-01", lang="zh")
    assert (table.returncode, table.stderr) == (0, "")
    assert "2026-06-01的情况\n" in table.stdout
    assert "六十天内到期，或已经到期（1）\n  venues/hall  小礼堂  2026-07-31\n" in table.stdout
    told = json.loads(run(golden, "status", "--now", "2026-06-01", "--json").stdout)
    assert told["errors"] == 0
    row = {
        "matter": "expiring",
        "name": "venues/hall",
        "zh": "小礼堂",
        "en": "The Little Hall",
        "day": "2026-07-31",
    }
    assert row in told["entries"]


def test_a_hook_sees_only_what_is_committed(golden: Path) -> None:
    committed(golden)
    edit(golden / HALL, "kind: hall", "kind: hal")
    assert run(golden, "check", "--staged").returncode == 0
    subprocess.run(["git", "add", "--update"], cwd=golden, check=True)
    assert run(golden, "check", "--staged").returncode == 1


def test_what_changed_since_a_translation_is_shown(golden: Path) -> None:
    committed(golden)
    assert "has not changed" in run(golden, "translated", "--diff", "venues/hall").stdout
    edit(golden / "content/venues/hall/zh.md", "小礼堂不大", "小礼堂很小")
    said = run(golden, "translated", "--diff", "content/venues/hall/")
    assert said.returncode == 0, said.stderr
    assert "小礼堂[-不大-]{+很小+}" in said.stdout
    (golden / "content/venues/hall/en.md").write_text("---\nof: 00000000\n---\nWords.\n", "utf-8")
    unknown = run(golden, "translated", "--diff", "venues/hall", lang="zh")
    assert (unknown.returncode, unknown.stderr) == (0, "")
    assert "找不到英文对应的那份中文" in unknown.stdout


def test_a_withdrawal_says_what_to_do_next(golden: Path) -> None:
    edit(golden / "content/consents/c-1.yml", "scopes: [web, kiosk]", "scopes: [web, kiosk, wechat]")
    dry = run(golden, "withdraw", "c-1", "--dry-run", "--json")
    assert "active" in (golden / "content/consents/c-1.yml").read_text("utf-8")
    assert json.loads(dry.stdout)["photos"] == [PHOTO]
    said = run(golden, "withdraw", "c-1", lang="zh")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("已记为撤回：c-1\n")
    for text in (
        f"  {PHOTO}\n",
        "  residents/helpers/index.html\n",
        "公众平台",
        f"--path {PHOTO}",
    ):
        assert text in said.stdout
    assert "海报" not in said.stdout
    assert "status: withdrawn" in (golden / "content/consents/c-1.yml").read_text("utf-8")


def test_only_a_terminal_is_coloured_and_only_if_it_likes(golden: Path) -> None:
    edit(golden / HALL, "kind: hall", "kind: hal")
    assert "\x1b[" in at_a_terminal(golden, ["check"])[1]
    assert "\x1b[" not in at_a_terminal(golden, ["check"], NO_COLOR="1")[1]
    assert "\x1b[" not in run(golden, "check").stderr


def test_the_language_is_that_of_the_console(golden: Path) -> None:
    for locale, text in (("zh_CN.UTF-8", "内容没有错误"), ("C.UTF-8", "No errors")):
        said = subprocess.run(
            [sys.executable, "-m", "site_builder", "check"],
            cwd=golden,
            capture_output=True,
            check=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"},
        )
        assert text in said.stdout


def test_a_clean_build_forgets_what_was_made_before(golden: Path) -> None:
    assert "(0 files written" not in run(golden, "build").stdout
    assert "(0 files written" in run(golden, "build").stdout
    clean = run(golden, "build", "--clean")
    assert clean.returncode == 0, clean.stderr
    assert re.search(r"photos \((\d+) new\)", clean.stdout)[1] != "0"  # type: ignore[index]
