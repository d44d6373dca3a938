"""The settings for VS Code: the schema of every file, agreeing with what a check says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from site_builder import output
from site_builder.content.schema import files, schemas
from tests.conftest import ROOT
from tests.test_cases import CASES, Case, changed, listed
from tests.unit.content.editor import SETTINGS, name_of, refusals

SCHEMAS = ROOT / ".vscode/schemas"
FAULTS = {"unknown-field", "missing-field", "not-a-choice"}


def cases(faulty: bool) -> Iterator[Any]:
    """Each case with a YAML file that it changes, of which it names wrong fields, or nothing at all."""
    for param in CASES:
        case: Case = param.values[0]
        for name in sorted({*case.get("write", {}), *(edit["file"] for edit in listed(case.get("edit")))}):
            told = {line.split()[1] for line in case["problems"] if name.startswith(line.split(":")[0])}
            if name.endswith(".yml") and (told & FAULTS if faulty else not told):
                yield pytest.param(case, name, id=f"{param.id}: {name}")


@pytest.mark.parametrize(("case", "file"), [*cases(faulty=True)])
def test_what_a_check_tells_of_fields_the_schema_refuses(case: Case, file: str, tmp_path: Path) -> None:
    text = (changed(case, tmp_path) / "content" / file).read_text("utf-8")
    assert refusals(name_of(f"content/{file}"), text)


@pytest.mark.parametrize(("case", "file"), [*cases(faulty=False)])
def test_what_a_check_lets_pass_the_schema_accepts(case: Case, file: str, tmp_path: Path) -> None:
    text = (changed(case, tmp_path) / "content" / file).read_text("utf-8-sig")
    assert refusals(name_of(f"content/{file}"), text) == []


def without_ids(node: Any) -> Any:
    """A schema without the ids that it proposes: an editor who adds one breaks no test."""
    if isinstance(node, list):
        return [without_ids(item) for item in node]
    if not isinstance(node, dict):
        return node
    bare = {key: without_ids(value) for key, value in node.items()}
    if "enum" in (bare.get("anyOf") or [{}])[0]:
        bare |= bare.pop("anyOf")[1]
    return bare


def test_the_schemas_are_those_of_the_program(pytestconfig: pytest.Config) -> None:
    """`pytest tests/test_vscode.py --overwrite` writes them anew."""
    if pytestconfig.getoption("--overwrite"):
        SCHEMAS.mkdir(exist_ok=True)
        for name, data in files(output.check(ROOT)[0].vocabulary).items():
            (SCHEMAS / name).write_bytes(data)
    there = {file.name: without_ids(json.loads(file.read_text("utf-8"))) for file in SCHEMAS.iterdir()}
    assert there == schemas()


@pytest.mark.parametrize("name", schemas())
def test_a_schema_reads_well_in_a_commit(name: str) -> None:
    text = (SCHEMAS / name).read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize(("path", "glob"), SETTINGS["yaml.schemas"].items())
def test_a_schema_is_used_for_its_files(path: str, glob: str) -> None:
    assert (ROOT / path).is_file()
    assert any(ROOT.glob(glob))


def test_every_schema_is_used() -> None:
    assert {PurePosixPath(path).name for path in SETTINGS["yaml.schemas"]} == set(schemas())
