"""A screen's folder as one file: a zip that comes out the same each time, read with suspicion."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from site_builder.device import notices
from site_builder.kiosk.manifest import (
    LARGEST_MANIFEST,
    LARGEST_NOTICE,
    LARGEST_RELEASE,
    MANIFEST,
    MOST_FILES,
    NOTICE,
    Entry,
    Manifest,
    UnfitBundleError,
    is_safe,
    read,
)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = stat.S_IFREG | 0o644
_END = struct.Struct("<4s4H2LH")
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_LARGEST_DIRECTORY = 512 * (MOST_FILES + 2)
_ENCRYPTED = 0x1 | 0x40


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip of a folder; equal files give equal bytes, whenever and wherever they are packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _MODE << 16
            stored = path.endswith((".jpg", ".jpeg"))  # they do not get smaller
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[path], compresslevel=9)
    return out.getvalue()


class Archive:
    """A bundle of which everything is known but the bytes of its files."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self._bundle = bundle
        self._infos = {info.filename: info for info in bundle.infolist()}
        self.manifest = self._read(MANIFEST, LARGEST_MANIFEST)
        self.notice = self._read(NOTICE, LARGEST_NOTICE)
        notices.number(self.notice)
        _refuse_mismatch(self._infos, read(self.manifest))

    def fetch(self, path: str, entry: Entry) -> bytes:
        """A file; never more of it than its manifest says, and one byte.

        Raises:
            UnfitBundleError: when the zip is broken there.
        """
        return self._read(path, entry.size)

    def _read(self, path: str, most: int) -> bytes:
        info = self._infos.get(path)
        if info is None:
            raise UnfitBundleError("missing", path=path)
        if info.file_size > most:
            raise UnfitBundleError("too_large", path=path)
        with _broken_zip(), self._bundle.open(info) as file:
            return file.read(most + 1)


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """A bundle, looked through before any of its files is read.

    Raises:
        UnfitBundleError: when it is no bundle of ours.
    """
    _refuse_what_does_not_end_well(file)
    with _broken_zip():
        bundle = zipfile.ZipFile(file)
    with bundle:
        _refuse_odd_entries(bundle.infolist())
        yield Archive(bundle)


@contextmanager
def _broken_zip() -> Iterator[None]:
    """All that `zipfile` raises where a file is no whole zip."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnfitBundleError("broken_zip") from error


def _refuse_what_does_not_end_well(file: Path) -> None:
    """Looks at the end before `zipfile` takes as much memory as a forged end asks for."""
    with file.open("rb") as opened:
        size = opened.seek(0, io.SEEK_END)
        opened.seek(max(0, size - _END.size - 20))
        tail = opened.read()
    if len(tail) < _END.size or size > LARGEST_RELEASE + _LARGEST_DIRECTORY:
        raise UnfitBundleError("broken_zip")
    mark, *_, entries, directory, _, comment = _END.unpack(tail[-_END.size :])
    if mark != _END_MARK or comment or tail.startswith(_ZIP64_MARK):
        raise UnfitBundleError("broken_zip")
    if entries > MOST_FILES + 2 or directory > _LARGEST_DIRECTORY:
        raise UnfitBundleError("too_large", path=file.name)


def _refuse_odd_entries(infos: list[zipfile.ZipInfo]) -> None:
    """Paths that lead out, files that are none, and what only another program can read."""
    known: set[str] = set()
    for info in infos:
        path = info.orig_filename  # `filename` ends at a NUL
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not is_safe(path) or path != info.filename:
            raise UnfitBundleError("unsafe_path", path=path)
        if path in known:
            raise UnfitBundleError("twice", path=path)
        if kind not in (0, stat.S_IFREG):
            raise UnfitBundleError("not_a_file", path=path)
        if info.flag_bits & _ENCRYPTED:
            raise UnfitBundleError("encrypted", path=path)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnfitBundleError("broken_zip")
        known.add(path)


def _refuse_mismatch(infos: Mapping[str, zipfile.ZipInfo], manifest: Manifest) -> None:
    """What the zip's own list says must be what the manifest says."""
    for path in sorted((manifest.files.keys() | infos.keys()) - {MANIFEST, NOTICE}):
        if path not in infos:
            raise UnfitBundleError("missing", path=path)
        if path not in manifest.files:
            raise UnfitBundleError("unnamed", path=path)
        if infos[path].file_size > manifest.files[path].size:
            raise UnfitBundleError("too_large", path=path)
        if infos[path].file_size < manifest.files[path].size:
            raise UnfitBundleError("other_size", path=path)
