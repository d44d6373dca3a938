"""Bundles come out the same each time; what is no bundle is told by what is wrong with it."""

from __future__ import annotations

import io
import random
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.device.archive import opened, packed
from site_builder.kiosk.manifest import Entry, UnfitBundleError, read
from tests.unit.device.folders import bundle, folder

Change = Callable[[dict[str, bytes]], bytes]


def contents(file: Path) -> dict[str, bytes]:
    """All that a bundle gives out."""
    with opened(file) as found:
        files = {path: found.fetch(path, entry) for path, entry in read(found.manifest).files.items()}
        return {**files, "manifest.json": found.manifest, "notice.json": found.notice}


def test_what_was_packed_comes_out(tmp_path: Path) -> None:
    assert contents(bundle(tmp_path / "a.zip", folder())) == folder()


def test_a_bundle_depends_on_its_files_alone(tmp_path: Path) -> None:
    other_order = dict(reversed(folder().items()))
    program = (
        "import sys; from site_builder.device.archive import packed;"
        "from tests.unit.device.folders import folder; sys.stdout.buffer.write(packed(folder()))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={"TZ": "Asia/Shanghai"}
    )
    assert packed(folder()) == packed(other_order) == elsewhere.stdout
    with zipfile.ZipFile(io.BytesIO(packed(folder()))) as known:
        assert known.namelist() == sorted(folder())
        assert {info.date_time for info in known.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in known.infolist()} == {stat.S_IFREG | 0o644}
        methods = {info.filename.endswith(".jpg"): info.compress_type for info in known.infolist()}
        assert methods == {True: zipfile.ZIP_STORED, False: zipfile.ZIP_DEFLATED}


def zipped(entries: list[tuple[zipfile.ZipInfo | str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info, data in entries:
            made.writestr(info, data)
    return out.getvalue()


def with_entry(path: str, data: bytes, mode: int = stat.S_IFREG | 0o644) -> Change:
    info = zipfile.ZipInfo(path)
    info.external_attr = mode << 16
    return lambda files: zipped([*files.items(), (info, data)])


def changed(path: str, data: bytes) -> Change:
    return lambda files: zipped([*(files | {path: data}).items()])


def twice(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, pytest.warns(UserWarning, match="Duplicate"):
        for path, data in (*files.items(), ("page-1.js", b"alert(1)")):
            made.writestr(path, data)
    return out.getvalue()


def forged(mark: bytes, place: int, data: bytes) -> Change:
    """A zip with some bytes changed behind the first `mark`."""

    def change(files: dict[str, bytes]) -> bytes:
        whole = packed(files)
        at = whole.index(mark) + place
        return whole[:at] + data + whole[at + len(data) :]

    return change


def without(path: str) -> Change:
    return lambda files: packed({name: data for name, data in files.items() if name != path})


def without_end(files: dict[str, bytes]) -> bytes:
    return packed(files)[:-30]


def first_half(files: dict[str, bytes]) -> bytes:
    whole = packed(files)
    return whole[: len(whole) // 2]


def damaged_photo(files: dict[str, bytes]) -> bytes:
    whole = packed(files)
    at = whole.index(b"\xff\xd8") + 500
    return whole[:at] + b"X" + whole[at + 1 :]


BAD: dict[str, tuple[Change, str]] = {
    "not a zip": (lambda files: b"<!doctype html>" * 100, "broken_zip"),
    "an empty file": (lambda files: b"", "broken_zip"),
    "the first half": (first_half, "broken_zip"),
    "its end is cut off": (without_end, "broken_zip"),
    "a damaged photo": (damaged_photo, "broken_zip"),
    "something behind it": (lambda files: packed(files) + b"more", "broken_zip"),
    "a forged end": (forged(b"PK\x05\x06", 12, b"\xff\xff\xff\x7f"), "too_large"),
    "too many entries": (forged(b"PK\x05\x06", 10, b"\xfe\xff"), "too_large"),
    "a zip of zip64": (forged(b"PK\x05\x06", 8, b"\xff" * 4), "too_large"),
    "encrypted": (forged(b"PK\x01\x02", 8, b"\x01"), "encrypted"),
    "packed by another method": (forged(b"PK\x01\x02", 10, b"\x0e"), "broken_zip"),
    "no manifest": (without("manifest.json"), "missing"),
    "no notices": (without("notice.json"), "missing"),
    "no page": (without("index.html"), "missing"),
    "a broken manifest": (changed("manifest.json", b"{"), "bad_json"),
    "broken notices": (changed("notice.json", b"{}"), "other_schema"),
    "a path out of the folder": (with_entry("../evil.js", b"x"), "unsafe_path"),
    "a path from the root": (with_entry("/etc/cron.d/evil", b"x"), "unsafe_path"),
    "a path of Windows": (with_entry("media\\evil.js", b"x"), "unsafe_path"),
    "a folder": (with_entry("media/", b""), "unsafe_path"),
    "a symlink": (with_entry("link", b"/etc/passwd", stat.S_IFLNK | 0o777), "not_a_file"),
    "a device": (with_entry("disk", b"", stat.S_IFBLK | 0o600), "not_a_file"),
    "a file that is not named": (with_entry("evil.js", b"x"), "unnamed"),
    "a file twice": (twice, "twice"),
    "a bomb": (changed("playlist.json", b"\0" * (40 << 20)), "too_large"),
    "less than it says": (changed("playlist.json", b"{}"), "other_size"),
}


@pytest.mark.parametrize(("change", "code"), BAD.values(), ids=BAD)
def test_a_bad_bundle_is_refused_by_its_fault(change: Change, code: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.zip"
    file.write_bytes(change(folder()))
    with pytest.raises(UnfitBundleError) as refused:
        contents(file)
    assert refused.value.code == code


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    """The list says some 30 bytes, and they unpack to 200 MB: no more is unpacked than the list says."""
    files = folder()
    size = len(files["playlist.json"])
    whole = zipped([*(files | {"playlist.json": b"\0" * (40 << 20)}).items()])
    lied = whole.replace((40 << 20).to_bytes(4, "little"), size.to_bytes(4, "little"))
    assert lied != whole
    (tmp_path / "bomb.zip").write_bytes(lied)
    with opened(tmp_path / "bomb.zip") as found:
        entry = read(found.manifest).files["playlist.json"]
        with pytest.raises(UnfitBundleError, match="broken_zip"):
            found.fetch("playlist.json", entry)


def test_any_change_of_a_byte_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    whole, file = packed(folder()), tmp_path / "a.zip"
    dice, refused = random.Random(7), 0
    for _ in range(150):
        at = dice.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
        try:
            found = contents(file)
        except UnfitBundleError:
            refused += 1
        else:
            named = read(found["manifest.json"])
            wrong = {path for path, entry in named.files.items() if Entry.of(found[path]) != entry}
            assert found == folder() or wrong or found["manifest.json"] != folder()["manifest.json"]
    assert refused > 75


def test_what_a_caller_raises_is_not_taken_for_a_broken_zip(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mine"), opened(bundle(tmp_path / "a.zip", folder())):
        raise ValueError("mine")
