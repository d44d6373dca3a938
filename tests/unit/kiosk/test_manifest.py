"""What a manifest says, what it must not say, and how a folder is compared with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from site_builder.device import notices
from site_builder.kiosk.manifest import Entry, UnfitBundleError, made, read, verify
from tests.unit.device.folders import notice

FILES = {"index.html": b"<title>", "media/a.jpg": b"\xff\xd8", "notice.json": b"{}", "manifest.json": b"old"}
RELEASE, BUILT = "0123456789abcdef", "2026-11-28T00:00:00+08:00"


def told(**changes: Any) -> bytes:
    """A manifest with some of its fields changed."""
    return json.dumps({**json.loads(made(FILES, RELEASE, BUILT)), **changes}).encode()


def test_a_manifest_names_every_file_but_itself_and_the_notices() -> None:
    manifest = read(made(FILES, RELEASE, BUILT))
    assert (manifest.release, manifest.built_at.isoformat()) == (RELEASE, BUILT)
    assert manifest.files == {path: Entry.of(FILES[path]) for path in ("index.html", "media/a.jpg")}


def test_a_manifest_does_not_depend_on_the_order_of_files() -> None:
    assert made(FILES, RELEASE, BUILT) == made(dict(reversed(FILES.items())), RELEASE, BUILT)


HASH = "0" * 64
BAD_PATHS = (
    *("/etc/passwd", "../a", "media/../../a", "media/./a", "a\\b", "C:/a", "c:a", "", "media/", "media//a"),
    *("a\0b", "a b", "媒体/a", ".hidden", "media/.a", "nul", "media/CON.jpg", "com1.txt", "a.", "~/a"),
    *("manifest.json", "notice.json"),
)


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_leads_out_or_that_some_system_cannot_keep_is_refused(path: str) -> None:
    index = {"index.html": {"sha256": HASH, "size": 1}}
    with pytest.raises(UnfitBundleError) as refused:
        read(told(files={**index, path: {"sha256": HASH, "size": 1}}))
    assert (refused.value.code, refused.value.values["path"]) == ("unsafe_path", path)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"a/b": 1, "a": 1}, "unsafe_path"),  # a file where a folder stands
        ({"A.jpg": 1, "a.jpg": 1}, "unsafe_path"),  # one file on many a disk
        ({"Media/a": 1, "media/b": 1}, "unsafe_path"),
        ({f"media/{number}": 1 for number in range(5_001)}, "too_large"),
        ({f"media/{number}": 60 << 20 for number in range(20)}, "too_large"),
    ],
)
def test_files_that_would_not_all_fit_are_refused(other: dict[str, int], code: str) -> None:
    sizes = {"index.html": 1, **other}
    with pytest.raises(UnfitBundleError) as refused:
        read(told(files={path: {"sha256": HASH, "size": size} for path, size in sizes.items()}))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": 2}, "other_schema"),
        ({"schema": True}, "other_schema"),
        ({"schema": "1"}, "other_schema"),
        ({"release": "../../etc"}, "bad_release"),
        ({"release": RELEASE.upper()}, "bad_release"),
        ({"release": 1}, "bad_release"),
        ({"built_at": "2026-11-28"}, "bad_time"),
        ({"built_at": "2026-11-28T00:00:00"}, "bad_time"),
        ({"built_at": "2026-13-28T00:00:00+08:00"}, "bad_time"),
        ({"built_at": "20261128T000000+0800"}, "bad_time"),
        ({"built_at": None}, "bad_time"),
        ({"files": {}}, "bad_json"),
        ({"files": []}, "bad_json"),
        ({"files": {"a.html": {"sha256": HASH, "size": 1}}}, "missing"),
        ({"files": {"index.html": {"sha256": HASH, "size": -1}}}, "bad_entry"),
        ({"files": {"index.html": {"sha256": HASH, "size": 1.5}}}, "bad_entry"),
        ({"files": {"index.html": {"sha256": HASH, "size": True}}}, "bad_entry"),
        ({"files": {"index.html": {"sha256": HASH, "size": 1 << 40}}}, "bad_entry"),
        ({"files": {"index.html": {"sha256": "abc", "size": 1}}}, "bad_entry"),
        ({"files": {"index.html": "abc"}}, "bad_entry"),
    ],
)
def test_what_a_manifest_must_not_say(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(UnfitBundleError) as refused:
        read(told(**changes))
    assert refused.value.code == code


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000, b"\0" * 40])
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(UnfitBundleError) as refused:
        read(data)
    assert refused.value.code == "bad_json"


@pytest.mark.parametrize(
    ("found", "code", "path"),
    [
        ({"index.html": b"<title>"}, "missing", "media/a.jpg"),
        ({"index.html": b"<title>", "media/a.jpg": b"\xff\xd8", "x.js": b""}, "unnamed", "x.js"),
        ({"index.html": b"<title>", "media/a.jpg": b"\xff\xd8\xff"}, "other_size", "media/a.jpg"),
        ({"index.html": b"<titl3>", "media/a.jpg": b"\xff\xd8"}, "other_hash", "index.html"),
    ],
)
def test_a_folder_is_compared_file_by_file(found: dict[str, bytes], code: str, path: str) -> None:
    manifest = read(made(FILES, RELEASE, BUILT))
    verify(manifest, {path: Entry.of(FILES[path]) for path in manifest.files})
    with pytest.raises(UnfitBundleError) as refused:
        verify(manifest, {path: Entry.of(data) for path, data in found.items()})
    assert (refused.value.code, refused.value.values) == (code, {"path": path})


NOTICE = {"id": "n", "level": "info", "zh": "通知", "en": "Notice", "from": "a", "until": "b"}


def test_notices_have_a_number() -> None:
    known = json.dumps({"schema": 1, "seq": 7, "notices": [NOTICE], "revoke": ["residents/x"]})
    assert notices.number(known.encode()) == 7
    assert notices.newest(notice(3), None, b"nonsense", notice(9), notice(9, "a")) == notice(9)
    assert notices.newest(None, b"{}") is None


def test_a_level_may_be_one_that_only_a_later_release_knows() -> None:
    loud = {"schema": 1, "seq": 7, "notices": [{**NOTICE, "level": "loud"}], "revoke": []}
    assert notices.number(json.dumps(loud).encode()) == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": -1},
        {"seq": True},
        {"seq": "7"},
        {"notices": {}},
        {"notices": ["n"]},
        {"notices": [{**NOTICE, "level": 1}]},
        {"notices": [{**NOTICE, "zh": 1}]},
        {"revoke": None},
        {"revoke": [1]},
        {"schema": 2},
        {"revoke": ["x" * 1000] * 300},
    ],
)
def test_what_notices_must_not_say(changes: dict[str, Any]) -> None:
    good = {"schema": 1, "seq": 7, "notices": [], "revoke": []}
    with pytest.raises(UnfitBundleError):
        notices.number(json.dumps({**good, **changes}).encode())
