"""Metadata is taken out of photos where they lie."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from site_builder import output
from site_builder.content.problems import ContentError, PhotoError
from site_builder.desk import strip
from site_builder.photos import darkroom, metadata
from tests.unit.photos.laboratory import RECIPE, lay, work
from tests.unit.photos.pictures import encoded

PHOTO = "content/venues/hall/photos/hall.png"


def located(orientation: int = 6) -> bytes:
    """A phone's photo: turned, and telling its place."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 3.0), 3: "E", 4: (102.0, 41.0, 0.0)})
    return encoded(Image.effect_noise((800, 600), 60).convert("RGB"), exif=exif.tobytes())


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "site_builder", *arguments],
        cwd=root,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_a_photo_is_cleaned_once_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(located())
    file.chmod(0o640)
    assert strip.strip(file)
    assert not metadata.located(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o640
    before = file.stat().st_mtime_ns
    assert not strip.strip(file)
    assert file.stat().st_mtime_ns == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.jpg"]


def test_what_is_no_photo_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"a letter")
    with pytest.raises(PhotoError):
        strip.strip(file)
    assert file.read_bytes() == b"a letter"


def test_a_folder_gives_its_pictures_by_whatever_name_and_no_links(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for name in ("a.JPG", "b.jfif", "c", "photos/广场 1.jpeg"):
        (tmp_path / name).write_bytes(located())
    (tmp_path / "story.yml").write_text("title: a")
    (tmp_path / "drawing.svg").write_text("<svg/>")
    (tmp_path / "link.jpg").symlink_to("a.JPG")
    found = strip.photos([tmp_path, tmp_path / "a.JPG"])
    assert [file.name for file in found] == ["a.JPG", "b.jfif", "c", "广场 1.jpeg"]


def test_a_long_name_in_chinese_is_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / ("广" * 80 + ".jpg")
    file.write_bytes(located())
    assert strip.strip(file)


def test_through_a_link_that_is_named_the_photo_itself_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(located())
    (tmp_path / "link.jpg").symlink_to("a.jpg")
    assert strip.strip(tmp_path / "link.jpg")
    assert (tmp_path / "link.jpg").is_symlink()
    assert not metadata.located((tmp_path / "a.jpg").read_bytes())


def test_the_command_mends_what_check_finds(golden: Path) -> None:
    (golden / PHOTO).write_bytes(located())
    with pytest.raises(ContentError) as raised:
        output.check(golden)
    (found,) = raised.value.problems
    assert (found.code, found.spot.path) == ("photo-location", PHOTO)
    assert "site-builder photos strip" in found.hint_en
    ran = command(golden, "--lang", "en", "photos", "strip")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"{PHOTO}: metadata removed" in ran.stdout
    assert "1 photo(s) cleaned" in ran.stdout
    assert "purge it" in ran.stdout
    output.check(golden)
    again = command(golden, "--lang", "zh", "photos", "strip")
    assert again.stdout.startswith("清理了0张照片")


def test_the_command_takes_paths_and_names_what_it_cannot_clean(golden: Path) -> None:
    (golden / PHOTO).write_bytes(located()[:5000])
    ran = command(golden, "--lang", "zh", "photos", "strip", PHOTO)
    assert ran.returncode == 1
    assert f"{PHOTO}:1:1  照片不完整" in ran.stderr
    assert "Traceback" not in ran.stderr
    missing = command(golden, "photos", "strip", "nowhere.jpg")
    assert missing.returncode == 2


def test_a_photo_keeps_its_looks(tmp_path: Path) -> None:
    """The files made of a photo differ in nothing but their names."""
    made, photo = [], located()
    for name, data in (("before", photo), ("after", metadata.stripped(photo))):
        root, cache = tmp_path / name, tmp_path / name / "cache"
        lay(root, "a.jpg", data)
        job = work(root, "a.jpg", (600, 800))
        assert darkroom.develop(root, [job], RECIPE, cache).made == 1
        made.append([darkroom.cached(cache, each).read_bytes() for each in job.files])
    assert made[0] == made[1]


def test_a_path_outside_the_project_is_named_whole(
    golden: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("desk") / "a.jpg"
    elsewhere.write_bytes(located())
    ran = command(golden, "--lang", "en", "photos", "strip", os.fspath(elsewhere))
    assert f"{elsewhere}: metadata removed" in ran.stdout
