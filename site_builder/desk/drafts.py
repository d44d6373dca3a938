"""Begins a story, a page, a screen or a consent record: files with a comment at each field."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel

from site_builder.content.fields import about
from site_builder.content.found import listing
from site_builder.content.model.story import InfoPage, Photo, Resident, StoryFile
from site_builder.content.problems import LANGS, Lang
from site_builder.content.schema import TYPES
from site_builder.content.unfinished import MARKS
from site_builder.photos import metadata, meter
from site_builder.phrases import say

Kind = Literal["resident", "venue", "event", "page", "kiosk", "consent"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where files of a kind stand: a folder each with this file in it, or a file each."""

    folder: str
    model: type[BaseModel]
    file: str | None = None

    def path(self, name: str) -> str:
        """The file of one of them, as problems name it."""
        return f"content/{self.folder}/{name}" + (f"/{self.file}" if self.file else ".yml")


PLACES: Mapping[Kind, Place] = {
    "resident": Place("residents", TYPES["resident"], "story.yml"),
    "venue": Place("venues", TYPES["venue"], "story.yml"),
    "event": Place("events", TYPES["event"], "story.yml"),
    "page": Place("pages", TYPES["page"], "page.yml"),
    "kiosk": Place("kiosks", TYPES["kiosk"]),
    "consent": Place("consents", TYPES["consent"]),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be begun: the fields that are known, and bytes of photos under their new names."""

    kind: Kind
    name: str
    fields: Mapping[str, Any]
    photos: Mapping[str, bytes]

    @property
    def path(self) -> str:
        return PLACES[self.kind].path(self.name)

    @property
    def home(self) -> str:
        """What stands there as a whole: the story's folder, or the one file."""
        return self.path.rpartition("/")[0] if PLACES[self.kind].file else self.path


def taken(root: Path, kind: Kind) -> frozenset[str]:
    """The names that others of a kind bear."""
    return frozenset(file.stem for file in listing(root / "content" / PLACES[kind].folder))


def copied(files: Sequence[Path], slug: str) -> dict[str, bytes]:
    """Photos as they are copied into a story, under names that an address can hold.

    Place, date and device are taken out, without loss; a turned photo stays turned.

    Raises:
        PhotoError: naming what is wrong with one of them.
        OSError: when one cannot be read.
    """
    photos = {}
    for number, file in enumerate(files, 1):
        data = metadata.stripped(file.read_bytes())
        meter.measure(data)
        photos[f"{slug}-{number}{_ending(file)}"] = data
    return photos


def write(root: Path, draft: Draft, lang: Lang) -> Path:
    """Writes what is begun, whole or not at all; the file that is to be worked on.

    Raises:
        FileExistsError: when there is something of that name.
    """
    file, place = root / draft.path, PLACES[draft.kind]
    files = {Path(file.name): text(draft, lang).encode()}
    if place.file:
        files[Path("zh.md")] = f"{MARKS['zh']}{say('zh', 'draft.body')}\n".encode()
        files |= {Path("photos", name): data for name, data in draft.photos.items()}
    home = root / draft.home
    if os.path.lexists(home):
        raise FileExistsError(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".new-", dir=root))
    try:
        for name, data in files.items():
            (stage / name).parent.mkdir(exist_ok=True)
            (stage / name).write_bytes(data)
        stage.chmod(0o755)
        (stage if place.file else stage / file.name).rename(home)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return file


def text(draft: Draft, lang: Lang) -> str:
    """The YAML of a draft: what is known and what must be known first, then what may be added."""
    model = PLACES[draft.kind].model
    fields = _with_marks(model, draft)
    optional = [name for name in _names(model) if name not in fields]
    depth = "../" * draft.path.count("/")
    blocks = [f"# yaml-language-server: $schema={depth}.vscode/schemas/{draft.kind}.json\n"]
    blocks += [_field(model, name, value, lang) for name, value in fields.items()]
    if optional:
        blocks.append(f"# {say(lang, 'draft.optional')}\n")
        blocks += [_optional(model, name, lang) for name in optional]
    return "\n".join(blocks)


def _with_marks(model: type[BaseModel], draft: Draft) -> dict[str, Any]:
    """The fields in the model's order, with marks wherever somebody has to write."""
    given = dict(draft.fields)
    if issubclass(model, InfoPage):
        en = given["title"]["en"] or f"{MARKS['en']} {draft.name}"
        given["title"] = {"zh": given["title"]["zh"], "en": en}
        given.setdefault("summary", {lang: MARKS[lang] + _gap(lang, "summary") for lang in LANGS})
        given["draft"] = True
    if issubclass(model, StoryFile):
        title = {lang: MARKS[lang] + _gap(lang, "source") for lang in LANGS}
        given.setdefault("sources", [{"title": title}])
    if issubclass(model, Resident):
        given.setdefault("consents", [])
    if draft.photos:
        given["photos"] = [_photo(name, number) for number, name in enumerate(draft.photos, 1)]
    return {name: given[name] for name in _names(model) if name in given}


def _photo(name: str, number: int) -> dict[str, Any]:
    alt, credit = (
        {lang: MARKS[lang] + _gap(lang, gap, number=number) for lang in LANGS} for gap in ("alt", "credit")
    )
    return {"file": name, "alt": alt, "credit": credit, "people": "unknown"}


def _gap(lang: Lang, name: str, **values: object) -> str:
    return ("" if lang == "zh" else " ") + say(lang, f"draft.{name}", **values)


def _names(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a model as editors write them."""
    return (field.alias or name for name, field in model.model_fields.items())


def _field(model: type[BaseModel], name: str, value: Any, lang: Lang) -> str:
    written = _commented_photos(value, lang) if name == "photos" else _dumped({name: value})
    return f"{_comment(model, name, lang)}{written}"


def _optional(model: type[BaseModel], name: str, lang: Lang) -> str:
    return f"{_comment(model, name, lang)}# {name}: {about(model, name).example or '…'}\n"


def _commented_photos(photos: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """The photos, of which the first explains its fields."""
    lines = ["photos:\n"]
    for number, photo in enumerate(photos):
        for name, value in photo.items():
            comment = _comment(Photo, name, lang) if number == 0 else ""
            begun, *rest = _dumped({name: value}).splitlines(keepends=True)
            lines += [f"    {line}" for line in comment.splitlines(keepends=True)]
            lines += [f"  - {begun}" if name == "file" else f"    {begun}", *(f"    {line}" for line in rest)]
    return "".join(lines)


def _comment(model: type[BaseModel], name: str, lang: Lang) -> str:
    """What a field is for, with the words to choose from."""
    known = about(model, name)
    words = [f"{word} {meaning[lang == 'en']}" for word, meaning in known.choices.items()]
    choices = (
        [f"# {say(lang, 'draft.choices')}{('；' if lang == 'zh' else '; ').join(words)}"] if words else []
    )
    return "".join(f"{line}\n" for line in [f"# {known.in_(lang)}", *choices])


def _dumped(value: Mapping[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


class _Dumper(yaml.SafeDumper):
    """Writes lists of words between brackets and all else on lines of its own."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        plain = all(isinstance(item, str | int | float) for item in sequence)
        return super().represent_sequence(tag, sequence, flow_style=plain)


def _ending(file: Path) -> str:
    return file.suffix.lower() if re.fullmatch(r"\.[a-z0-9]+", file.suffix.lower()) else ""
