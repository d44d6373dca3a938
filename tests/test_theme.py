"""The theme: one set of words in two languages, one place for colours, and what we take from Material."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_args

import material
import pytest
import yaml

from site_builder.content.festivals import TERMS
from site_builder.content.model.event import Repeating
from site_builder.content.model.story import SECTIONS, Event, Facility, Level, Resident, Venue
from site_builder.content.model.vocabulary import FirstBranchDay
from site_builder.content.story import Translation
from site_builder.photos.plan import PAPER, Recipe
from site_builder.web import records
from tests.conftest import ROOT

THEME = ROOT / "theme"
KIOSK = THEME / "kiosk"  # a page of its own, filled by its scripts from the playlist
TEMPLATES = {
    file.relative_to(THEME).as_posix(): file.read_text("utf-8")
    for file in THEME.rglob("*.html")
    if KIOSK not in file.parents
}
STYLES = {file.name: file.read_text("utf-8") for file in (THEME / "css").iterdir()}
CODE = {
    file.relative_to(ROOT): ast.parse(file.read_text("utf-8"))
    for room in ("web", "kiosk")
    for file in (ROOT / "site_builder" / room).glob("*.py")
}
WORDS: dict[str, dict[str, str]] = {
    lang: yaml.safe_load((THEME / "words" / f"{lang}.yml").read_text("utf-8")) for lang in ("zh", "en")
}


def choices(model: type, field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)  # type: ignore[attr-defined]


FILE_TYPES = {"css", "html", "ics", "js", "json", "svg", "xml"}
RECORDS = [each for each in vars(records).values() if is_dataclass(each) and isinstance(each, type)]
FILES_SAY = [f"{name}.text" for name in ("ics", "atom", "json", "stories", "events")]
MENU = (*SECTIONS, "calendar", "communities")
FOR_SCREENS = ("kiosk.", "left.", "quiz.")
"""A playlist carries all words that begin so; which of them a screen says, its scripts know."""

BY_PREFIX: Mapping[str, Iterable[object]] = {
    "kind": [kind for model in (Resident, Venue, Event) for kind in choices(model, "kind")],
    "facility": get_args(Facility),
    "level": get_args(Level),
    "weekday": range(1, 8),
    "when": choices(Repeating, "every"),
    "translation": [state for state in get_args(Translation) if state != "current"],
    "mark": ("sample", "draft", "scheduled", "cancelled", "postponed"),
    "menu": (*MENU, "search", "data"),
    "section": (*MENU, "data"),
    "home.more": MENU,
    "list.by": ("kind", "community", "year"),
    "term": TERMS,
    "branch": choices(FirstBranchDay, "first_day"),
    "data": {field for kind in RECORDS for field in kind.__dataclass_fields__},
    "subscribe": [*("ics", "atom", "json", "stories", "events"), *FILES_SAY],
}
"""What the code looks up by a prefix and a value: `say(lang, f"kind.{kind}")`."""


def spoken(trees: Iterable[ast.AST]) -> Iterator[ast.expr]:
    """The keys that the code asks `say` for, as written."""
    for tree in trees:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say"
            ):
                yield from node.args


def literals() -> set[object]:
    """Keys that code or templates name in full, those handed on to `say` by a variable among them."""
    texts = [
        node.value
        for tree in CODE.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    handed_on = {
        text
        for text in texts
        if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", text) and text.rpartition(".")[2] not in FILE_TYPES
    }
    said = {key.value for key in spoken(CODE.values()) if isinstance(key, ast.Constant)} - {"zh", "en"}
    return (
        handed_on
        | said
        | {key for text in TEMPLATES.values() for _, key in re.findall(r"""words\[(["'])(.+?)\1\]""", text)}
    )


def prefixes() -> set[str]:
    found = set()
    for key in spoken(CODE.values()):
        if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
            found.add(str(key.values[0].value).removesuffix("."))
    return found


def test_both_languages_have_the_same_words() -> None:
    assert list(WORDS["zh"]) == list(WORDS["en"])
    for key, text in WORDS["zh"].items():
        gaps = [sorted(re.findall(r"{(\w+)}", said)) for said in (text, WORDS["en"][key])]
        assert gaps[0] == gaps[1], key
        assert text.strip() and WORDS["en"][key].strip(), key


def test_every_prefix_of_the_code_is_known_here() -> None:
    assert prefixes() == set(BY_PREFIX)


def test_every_word_is_there_and_every_word_is_used() -> None:
    needed = literals() | {f"{prefix}.{value}" for prefix, values in BY_PREFIX.items() for value in values}
    assert sorted(map(str, needed - set(WORDS["zh"]))) == [], (
        "words to write in theme/words/zh.yml and en.yml"
    )
    left_over = {key for key in set(WORDS["zh"]) - needed if not key.startswith(FOR_SCREENS)}
    assert sorted(left_over) == [], "words that nothing says"


def test_a_template_speaks_no_words_of_its_own() -> None:
    for name, text in TEMPLATES.items():
        if name == "partials/language.html":  # answers Material's questions, some in English codes
            continue
        bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", "", text, flags=re.DOTALL)
        assert not re.search(r"[A-Za-z\u4e00-\u9fff]", bare), (name, bare.split())


MATERIAL = Path(material.__file__).parent / "templates"
RELIED_ON = {
    "base.html": (
        "8536d352b0093623df9e0032894f321cbe264b15a9b48cdd962583772455dadb",
        "theme/main.html fills its blocks: compare their names and what stands outside of them",
    ),
    "main.html": (
        "9948b55a7bc979c35825df99baba9e6971fca4eb298dea3cdde61e990a2de5e0",
        "theme/main.html takes its place: it should do no more than extend base.html",
    ),
    "partials/language.html": (
        "3a44516f305006ac794f51a45ad7b532cf270916d8e92e8c42784e58b2eff0a3",
        "theme/partials/language.html takes its place: the macro t must answer the same keys",
    ),
    "partials/javascripts/base.html": (
        "d6113712bc4deb30b4bd810ee0dfc28b6f04d2f88cc0016c0f1766eac7b762b6",
        "theme/partials/javascripts/base.html leaves it out: see whether a page needs it now",
    ),
    "partials/javascripts/content.html": (
        "3722e156f0f6339de39fbbfc178b6e401d1a4fb890f189ac5b80c2504bda7dcf",
        "theme/partials/javascripts/content.html leaves it out: see whether a page needs it now",
    ),
}
"""Material 9.8.1: SHA-256 of what we build on, and what to review when it changes."""


@pytest.mark.parametrize("name", RELIED_ON)
def test_material_is_as_we_know_it(name: str) -> None:
    known, review = RELIED_ON[name]
    found = hashlib.sha256((MATERIAL / name).read_bytes()).hexdigest()
    assert found == known, f"Material changed {name}. {review}. Then write the new hash here: {found}"


def test_everything_of_material_that_we_override_is_watched() -> None:
    ours = {name for name in TEMPLATES if (MATERIAL / name).exists()}
    covered = {
        "partials/header.html",  # only our own main.html includes these two
        "partials/footer.html",
    }
    assert ours - covered <= set(RELIED_ON)
    base = (MATERIAL / "base.html").read_text("utf-8")
    blocks = set(re.findall(r"{%-? *block (\w+)", base))
    filled = set(re.findall(r"{% block (\w+)", TEMPLATES["main.html"]))
    assert filled - blocks == {"page"}, "blocks that Material's base.html does not have"


COLOUR = r"#[0-9a-fA-F]{3,8}\b(?![^{};]*\{)|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\("


@pytest.mark.parametrize("name", sorted(STYLES))
def test_colours_stand_in_tokens_alone(name: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLES[name], flags=re.DOTALL)
    assert name == "tokens.css" or re.findall(COLOUR, rules) == [], "give the colour a name in tokens.css"
    used = set(re.findall(r"var\((--[\w-]+)", rules))
    defined = set(re.findall(r"(--[\w-]+):", STYLES["tokens.css"]))
    assert used <= defined, "define it in tokens.css"
    assert name == "tokens.css" or not re.search(r"[{;\s](--[\w-]+):", rules), "defined outside tokens.css"


def test_no_token_is_left_over() -> None:
    defined = set(re.findall(r"(--[\w-]+):", STYLES["tokens.css"]))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(STYLES.values())))
    assert defined - used == set()


OPENING = '<script>{% include "partials/opening.js" %}</script>'
MODULE = '<script type="module" src="{{ address }}"></script>'
METADATA = '<script type="application/ld+json">{{ frame.metadata.json_ld | safe }}</script>'


def test_templates_have_no_style_and_no_script_of_their_own() -> None:
    for name, text in TEMPLATES.items():
        bare = (
            text
            if name != "main.html"
            else text.replace(OPENING, "").replace(MODULE, "").replace(METADATA, "")
        )
        assert not re.search(r"\bstyle=|<style|<script", bare), name


def test_the_paper_is_one_colour() -> None:
    """Photos and the browser's own bar cannot read a style sheet: they repeat its paper."""
    light, dark = re.findall(r"--paper: (#[0-9a-f]{6});", STYLES["tokens.css"])
    bars = re.findall(r'name="theme-color" content="(#\w+)"', TEMPLATES["main.html"])
    assert (bars, Recipe(encoders="").paper) == ([light, dark], light)
    others = [
        name for name, text in TEMPLATES.items() if name != "main.html" and re.search(r"#[0-9a-f]{6}", text)
    ]
    assert others == []


def test_photos_stand_on_the_paper_of_the_page() -> None:
    tokens = (ROOT / "theme" / "css" / "tokens.css").read_text("utf-8")
    assert re.findall(r"--paper: (#\w+);", tokens)[0] == PAPER
