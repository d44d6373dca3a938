"""What editors can get wrong: each case changes a copy of the golden site and names every problem.

A case of `cases/*.yml` changes files below `content/` in any of these ways, in this order:

    remove: venues/hall/zh.md                      # or a folder, or a list
    write: {venues/hall/notes.txt: some text}      # or {text, encoding, times}, {hex}, {png: [w, h]},
                                                   # {picture: [w, h], format, location, scans}, {link}
    edit: {file: …, find: …, put: …}               # or a list; `find` stands there exactly once
    endings: {file: …, with: "\\r\\n"}               # line ends
"""

from __future__ import annotations

import re
import shutil
import struct
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from site_builder import output
from site_builder.content.problems import ContentError, Problem, catalogue
from tests.conftest import NOW, ROOT, copy_golden
from tests.unit.photos.pictures import encoded

Case = Mapping[str, Any]
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((ROOT / "tests" / "cases").glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
ELSEWHERE = {
    "photo-truncated": "of cut files, made in a test below",
    "photo-changed": "only while photos are developed",
    "photo-ends-program": "only while photos are developed",
    "photo-unreadable": "of files that another program holds, or that are gone by then",
    "example-address": "only of a release",
    "kiosk-contrast": "only of a theme, made in unit/kiosk/test_contrast.py",
    "not-added": "only of a commit, made in unit/desk/test_changes.py",
    "event-not-updated": "only of a commit, made in unit/desk/test_changes.py",
    "search-index": "only where Pagefind cannot run, made in unit/test_pagefind.py",
    "invalid": "for what no message is written for: no such input is known",
}
EXAMPLE = re.compile(r"\{\{.*?\}\}")
"""YAML within a message."""
FOREIGN = re.compile(r"Input should|[Ff]ield required|validation|type=|pydantic|\btuple\b|None")
"""Words of programmers."""
CHINESE = "[\u4e00-\u9fff\u201c\u201d]"


@pytest.mark.parametrize("case", CASES)
def test_every_problem_is_told_with_its_place_in_an_editors_words(case: Case, tmp_path: Path) -> None:
    found = problems(changed(case, tmp_path))
    assert [place(each) for each in found] == case["problems"]
    for code, texts in case.get("messages", {}).items():
        told = next(each for each in found if each.code == code)
        assert {"zh": told.zh, "en": told.en} == texts
    for each in found:
        said = "\n".join((each.zh, each.en, each.hint_zh, each.hint_en))
        assert not FOREIGN.search(said)


def test_every_code_has_a_case() -> None:
    told = {line.split()[1] for param in CASES for line in param.values[0]["problems"]}
    codes = {code for code, entry in catalogue().items() if entry.get("severity", "error") != "notice"}
    assert codes - told == set(ELSEWHERE)
    assert told <= codes


def test_every_code_of_a_case_is_quoted_in_both_languages() -> None:
    quoted = {code for param in CASES for code in param.values[0].get("messages", {})}
    codes = {code for code, entry in catalogue().items() if entry.get("severity", "error") != "notice"}
    assert codes - quoted == set(ELSEWHERE)


@pytest.mark.parametrize("code", catalogue())
def test_every_message_is_whole_in_both_languages(code: str) -> None:
    entry = catalogue()[code]
    assert set(entry) - {"severity"} == {"zh", "en", "hint_zh", "hint_en"}
    assert all(entry.values())
    for text in (EXAMPLE.sub("", entry["zh"]), EXAMPLE.sub("", entry["hint_zh"])):
        assert not re.search(f"{CHINESE} ?[,;?!:]|[,;?!:]{CHINESE}", text), text
        assert re.search(CHINESE, text)
    for text in (entry["en"], entry["hint_en"]):
        assert not re.search("[\u4e00-\u9fff]", EXAMPLE.sub("", text))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_photo_is_found_by_a_check(golden: Path, kind: str) -> None:
    photo = golden / "content/venues/hall/photos/hall.png"
    data = drawn((1600, 1200), kind)
    photo.write_bytes(data[: len(data) * 4 // 5])
    (found,) = problems(golden)
    assert place(found) == "venues/hall/photos/hall.png:1:1 photo-truncated"
    assert found.en == "The photo is cut short; perhaps its copy was not finished"


def test_a_photo_over_the_size_is_refused_unread(golden: Path) -> None:
    photo = golden / "content/venues/hall/photos/hall.png"
    with photo.open("r+b") as file:
        file.truncate(60 * 1024 * 1024 + 1)  # all holes: no disk can read so much so fast
    began = time.process_time()
    (found,) = problems(golden)
    assert time.process_time() - began < 1
    assert place(found) == "venues/hall/photos/hall.png:1:1 photo-too-large"
    assert (found.zh, found.en) == ("照片有61 MB，超过60 MB", "The photo has 61 MB, more than 60 MB")


def test_a_photo_that_is_replaced_in_the_middle_of_a_build_is_named(golden: Path) -> None:
    planned = output.prepare(golden, ROOT / "theme", output.Options(NOW))
    (golden / "content/venues/hall/photos/hall.png").write_bytes(drawn((1600, 1200), "PNG"))
    with pytest.raises(ContentError) as raised:
        output.develop(golden, planned)
    assert [place(each) for each in raised.value.problems] == [
        "venues/hall/photos/hall.png:1:1 photo-changed"
    ]


def test_a_photo_with_a_chinese_name_is_developed(golden: Path) -> None:
    folder = golden / "content/venues/hall"
    (folder / "photos/hall.png").rename(folder / "photos/礼堂 大门.PNG")
    story = folder / "story.yml"
    story.write_text(story.read_text("utf-8").replace("hall.png", "礼堂 大门.PNG"), "utf-8")
    planned = output.prepare(golden, ROOT / "theme", output.Options(NOW))
    output.develop(golden, planned)
    assert all(
        re.fullmatch(r"[a-z0-9/.-]+", each.path) for photo in planned.photos for each in photo.variants
    )


def test_a_build_does_not_wait_for_proofreading(golden: Path) -> None:
    text = golden / "content/events/mid-autumn/zh.md"
    text.write_text(text.read_text("utf-8").replace("，", ","), "utf-8")
    assert [each.code for each in problems(golden)] == ["half-width-punctuation"]
    assert output.prepare(golden, ROOT / "theme", output.Options(NOW)).remarks == ()


def test_a_release_needs_a_real_address(golden: Path) -> None:
    site = golden / "content/site.yml"
    site.write_text(site.read_text("utf-8").replace("www.example.org", "street.example"), "utf-8")
    planned = output.prepare(golden, ROOT / "theme", output.Options(NOW, release=True))
    assert "example-address" in {each.code for each in planned.remarks}


def problems(root: Path) -> tuple[Problem, ...]:
    """Errors of the content in `root`, or its warnings where there are none."""
    try:
        return output.check(root)[1]
    except ContentError as error:
        return error.problems


def place(found: Problem) -> str:
    spot = found.spot
    return f"{spot.path.removeprefix('content/')}:{spot.line}:{spot.column} {found.code}"


def changed(case: Case, folder: Path) -> Path:
    """A copy of the golden site with the changes of a case."""
    root = copy_golden(folder)
    content = root / "content"
    for name in listed(case.get("remove")):
        place = content / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    for name, what in case.get("write", {}).items():
        written(content / name, what)
    for edit in listed(case.get("edit")):
        file = content / edit["file"]
        text = file.read_text("utf-8")
        assert text.count(edit["find"]) == 1, f"{edit['find']!r} stands {text.count(edit['find'])} times"
        file.write_text(text.replace(edit["find"], edit["put"]), "utf-8")
    for ends in listed(case.get("endings")):
        file = content / ends["file"]
        file.write_bytes(file.read_bytes().replace(b"\n", ends["with"].encode()))
    return root


def listed(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else [] if value is None else [value]


def written(file: Path, what: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(what, str):
        what = {"text": what}
    if "link" in what:
        file.unlink(missing_ok=True)
        file.symlink_to(what["link"])
    else:
        file.write_bytes(data(what))


def data(what: Mapping[str, Any]) -> bytes:
    if "hex" in what:
        return bytes.fromhex(what["hex"])
    if "png" in what:
        return png_header(*what["png"])
    if "picture" in what:
        return drawn(
            tuple(what["picture"]), what["format"], what.get("location", False), what.get("scans", 0)
        )
    return (what["text"] * what.get("times", 1)).encode(what.get("encoding", "utf-8"))


def drawn(size: tuple[int, int], kind: str, location: bool = False, scans: int = 0) -> bytes:
    """A picture that does not compress to nothing; `location` adds GPS, `scans` that many more passes."""
    exif = Image.Exif()
    if location:
        exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 3.0), 3: "E", 4: (102.0, 41.0, 0.0)})
    data = encoded(Image.effect_noise(size, 60).convert("RGB"), kind, exif=exif.tobytes())
    last = data.rfind(b"\xff\xda")
    return data[:-2] + data[last:-2] * scans + data[-2:] if scans else data


def png_header(width: int, height: int) -> bytes:
    """The signature, header and end of a PNG: a bomb that costs 60 bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
