"""A new editor's first day: begin an event, make three mistakes, be told, mend them, look, publish."""

from __future__ import annotations

from pathlib import Path

from tests.terminal import at_a_terminal
from tests.test_cli import run
from tests.test_serve import OURS, running
from tests.unit.desk.git import edit
from tests.unit.desk.test_drafts import turned

STORY = "content/events/dong-shequ-guanyue-wanhui/story.yml"
ADDRESS = "events/dong-shequ-guanyue-wanhui/"


def test_from_new_to_the_built_page(golden: Path, tmp_path: Path) -> None:
    photo = tmp_path / "手机 照片" / "IMG_0815.JPG"
    photo.parent.mkdir()
    photo.write_bytes(turned())

    answers = [
        "",
        "东社区观月晚会",
        "",
        "演出",
        "下个月",
        "中秋节 25:00",
        "中秋 19:00-21:00",
        "2",
        f"'{photo}'",
    ]
    code, said = at_a_terminal(golden, ["--lang", "zh", "new", "event"], answers, NO_COLOR="1")
    assert code == 0, said
    for text in (
        "1/6 中文标题",
        "这一项不能空着。",
        "[dong-shequ-guanyue-wanhui]",
        "    3  演出  show\n",
        "看不懂这个时间",
        "没有这样的日子或时刻。",
        "6/6 照片",
        f"已建好草稿：{STORY}\n  photos/dong-shequ-guanyue-wanhui-1.jpg\n",
    ):
        assert text in said
    assert run(golden, "check", lang="zh").returncode == 0

    mistaken(golden)
    told = run(golden, "check", lang="zh")
    assert told.returncode == 1
    assert told.stderr == (
        f"{STORY}:9:1  不认识的字段“sumary”，是不是“summary”？\n"
        "      | sumary:\n"
        "      | ^^^^^^\n"
        "      → 这里可以写：title, summary, draft, published, updated, expires, sample, community, "
        "ethnic_groups, tags, related, sources, photos, kind, venue, status, when, programme, quiz\n"
        f"{STORY}:17:12  “2026年6月1日”不是日期\n"
        "      | published: 2026年6月1日\n"
        "      |            ^^^^^^^^^^^^\n"
        "      → 写成 年-月-日，月、日各写两位，例如2026-09-05；年份在1900到2199之间\n"
        f"content/{ADDRESS}zh.md:3:10  链接“venues/hal”指到的页面不存在，是不是“venues/hall”？\n"
        "      | 地点在[小礼堂](venues/hal)。\n"
        "      |                ^^^^^^^^^^\n"
        "      → 写成 类型/文件夹名，例如venues/yonghe-plaza\n"
        "内容有3处错误，提醒0条。改好标出的地方，再检查一次。\n"
    )

    mended(golden)
    assert run(golden, "check", lang="zh").stdout == "内容没有错误，提醒0条。\n"
    with running(golden, *OURS) as preview:
        preview.wait(lambda: "东社区观月晚会" in preview.page(ADDRESS))
        assert "草稿" in preview.page(ADDRESS)
        assert "一年一度" in preview.page(ADDRESS)
        edit(golden / STORY, "kind: show", "kind: shwo")
        preview.wait(lambda: "“shwo”不在可选的词里" in preview.page(ADDRESS))
        assert "一年一度" in preview.page(ADDRESS)
        edit(golden / STORY, "kind: shwo", "kind: show")
        preview.wait(lambda: "shwo" not in preview.page(ADDRESS))

    assert run(golden, "build", "--now", "2026-06-01").returncode == 0
    page = golden / "site" / ADDRESS / "index.html"
    assert not page.exists()
    edit(golden / STORY, "draft: true\n", "")
    built = run(golden, "build", "--now", "2026-06-01", lang="zh")
    assert built.returncode == 0, built.stderr
    assert "还没有英文（2）：events/dong-shequ-guanyue-wanhui, events/mid-autumn" in built.stdout
    assert "一年一度" in page.read_text("utf-8")
    assert "19:00" in page.read_text("utf-8")


def mistaken(root: Path) -> None:
    """A misspelt field, a date in words, a link to nowhere."""
    edit(root / STORY, "\nsummary:\n", "\nsumary:\n")
    text = (root / STORY).read_text("utf-8")
    published = next(line for line in text.split("\n") if line.startswith("published: "))
    edit(root / STORY, published, "published: 2026年6月1日")
    body = "一年一度，一起看月亮。\n\n地点在[小礼堂](venues/hal)。\n"
    (root / STORY).with_name("zh.md").write_text(body, "utf-8")


def mended(root: Path) -> None:
    """All three, and whatever was still to be written."""
    file = root / STORY
    edit(file, "\nsumary:\n", "\nsummary:\n")
    edit(file, "published: 2026年6月1日", "published: 2026-06-01")
    edit(file.with_name("zh.md"), "venues/hal)", "venues/hall)")
    text = file.read_text("utf-8").replace("people: unknown", "people: none")
    for lang, words in (("zh", "【待写】"), ("en", "'[To write]")):
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if words in line:
                key, _, _ = line.partition(": ")
                said = {
                    "zh": f"观月晚会的第{number}句话，写给看不见画面的人，也写给还没有来过的邻居",
                    "en": f"Sentence {number} of what neighbours should know of this evening",
                }[lang]
                lines[number] = f"{key}: {said}"
        text = "\n".join(lines)
    file.write_text(text, "utf-8")
