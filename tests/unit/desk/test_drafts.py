"""What `new` writes: files that explain themselves, pass a check, and give nothing of a photo away."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from site_builder import output
from site_builder.content.fields import about
from site_builder.content.problems import LANGS, ContentError, Lang, PhotoError
from site_builder.desk import drafts
from site_builder.desk.drafts import PLACES, Draft, Kind
from site_builder.photos.metadata import located
from tests.test_cases import drawn

TITLE = {"zh": "新的一篇", "en": None}
FIELDS: dict[Kind, dict[str, Any]] = {
    "resident": {"title": TITLE, "published": dt.date(2026, 6, 1), "kind": "collective"},
    "venue": {"title": TITLE, "published": dt.date(2026, 6, 1), "kind": "plaza", "community": "east"},
    "event": {
        "title": TITLE,
        "published": dt.date(2026, 6, 1),
        "kind": "show",
        "when": {"dates": [{"start": "2026-09-25T18:30"}]},
    },
    "page": {"title": TITLE},
    "kiosk": {
        "title": {"zh": "新屏幕", "en": "New Screen"},
        "panel": {"diagonal_in": 55.0, "px": [1080, 1920], "distance_m": 2},
        "default": [{"section": "events", "next": 4}],
    },
    "consent": {
        "subject": "R-014",
        "role": "subject",
        "scopes": ["web", "kiosk"],
        "granted": dt.date(2026, 9, 1),
        "expires": dt.date(2027, 9, 1),
        "status": "active",
    },
}


def turned(location: bool = True) -> bytes:
    """A photo taken with the phone held upright, with its place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    if location:
        exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 3.0), 3: "E", 4: (102.0, 41.0, 0.0)})
    data = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(data, "JPEG", exif=exif.tobytes())
    return data.getvalue()


def begun(root: Path, kind: Kind, lang: Lang = "zh", photos: dict[str, bytes] | None = None) -> Path:
    return drafts.write(root, Draft(kind, "new-one", FIELDS[kind], photos or {}), lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_begun_passes_a_check(golden: Path, kind: Kind, lang: Lang) -> None:
    before = output.check(golden)[1]
    photos = {"new-one-1.jpg": drawn((800, 600), "JPEG"), "new-one-2.jpg": drawn((801, 600), "JPEG")}
    begun(golden, kind, lang, photos if kind in {"resident", "venue", "event"} else {})
    site, warnings = output.check(golden)
    assert warnings == before
    assert kind in {"kiosk", "consent"} or f"{PLACES[kind].folder}/new-one" in {
        *site.stories,
        *(f"pages/{name}" for name in site.pages),
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_stands_in_it_with_what_it_is_for(golden: Path, kind: Kind, lang: Lang) -> None:
    text = begun(golden, kind, lang).read_text("utf-8")
    model = PLACES[kind].model
    for name, field in model.model_fields.items():
        written = field.alias or name
        assert f"# {about(model, written).in_(lang)}\n" in text
        assert f"\n{written}:" in text or f"\n# {written}: " in text


@pytest.mark.parametrize("kind", FIELDS)
def test_its_first_line_names_the_schema_from_where_it_stands(golden: Path, kind: Kind) -> None:
    file = begun(golden, kind)
    first = file.read_text("utf-8").split("\n")[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")
    assert (file.parent / schema).resolve() == golden / ".vscode/schemas" / f"{kind}.json"


@pytest.mark.parametrize("kind", ["resident", "venue", "event", "page"])
def test_it_cannot_be_published_as_it_is(golden: Path, kind: Kind) -> None:
    file = begun(golden, kind, photos={"a.jpg": drawn((800, 600), "JPEG")} if kind != "page" else {})
    file.write_text(file.read_text("utf-8").replace("draft: true", "draft: false"), "utf-8")
    with pytest.raises(ContentError) as raised:
        output.check(golden)
    told = [(each.code, each.spot.path.rpartition("/")[2]) for each in raised.value.problems]
    assert ("left-to-write", file.name) in told
    assert ("left-to-write", "zh.md") in told
    assert (("people-unknown", file.name) in told) == (kind != "page")
    assert {code for code, _ in told} <= {"left-to-write", "people-unknown"}


def test_an_optional_line_works_once_its_mark_is_taken_away(golden: Path) -> None:
    file = begun(golden, "venue")
    text = (
        file.read_text("utf-8").replace("# hours: [", "hours: [").replace("# facilities: [", "facilities: [")
    )
    file.write_text(text, "utf-8")
    site, _ = output.check(golden)
    assert site.stories["venues/new-one"].facts.model_dump()["facilities"]


def test_a_photo_is_copied_turned_as_it_is_and_without_its_place(tmp_path: Path) -> None:
    original = turned()
    (tmp_path / "IMG 0815 广场.JPG").write_bytes(original)
    (data,) = (copies := drafts.copied([tmp_path / "IMG 0815 广场.JPG"], "new-one")).values()
    assert list(copies) == ["new-one-1.jpg"]
    assert located(original)
    assert not located(data)
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(original)) as after:
        assert before.getexif()[0x0112] == 6
        assert before.tobytes() == after.tobytes()


def test_a_broken_photo_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(turned()[:9000])
    with pytest.raises(PhotoError) as raised:
        drafts.copied([tmp_path / "a.jpg"], "new-one")
    assert raised.value.code == "photo-truncated"


def test_what_is_there_stays_as_it_is(golden: Path) -> None:
    begun(golden, "venue").write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        begun(golden, "venue")
    assert (golden / "content/venues/new-one/story.yml").read_text("utf-8") == "mine"
    assert not list(golden.glob(".new-*"))


def test_an_answer_is_written_as_yaml_reads_it_back(golden: Path) -> None:
    title = {"zh": "“好”: #1 - [x] {y} & *z !t 100% \"q\" 's'", "en": "yes: no"}
    fields = {**FIELDS["venue"], "title": title}
    file = drafts.write(golden, Draft("venue", "odd", fields, {}), "en")
    assert yaml.safe_load(file.read_text("utf-8"))["title"] == title
    output.check(golden)
