"""How VS Code reads a file that editors write: by the core schema of YAML 1.2, and by its JSON Schema."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import yaml
from jsonschema import Draft7Validator

from site_builder import output
from site_builder.content.schema import schemas
from tests.conftest import ROOT

SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))


class Yaml12(yaml.SafeLoader):
    """Knows no dates, no `no` that is false, no hours in sixties."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Names are text, whatever they look like."""
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


for tag, pattern in {
    "bool": "true|True|TRUE|false|False|FALSE",
    "null": "~|null|Null|NULL|",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
}.items():
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


@cache
def validator(name: str, vocabulary: bool = False) -> Draft7Validator:
    known = output.check(ROOT)[0].vocabulary if vocabulary else None
    return Draft7Validator(schemas(known)[f"{name}.json"])


def name_of(path: str) -> str:
    """The schema that VS Code uses for a file of `content/`."""
    (found,) = (
        PurePosixPath(schema).stem
        for schema, glob in SETTINGS["yaml.schemas"].items()
        if PurePosixPath(path).match(glob)
    )
    return found


def refusals(name: str, text: str, vocabulary: bool = False) -> list[str]:
    """Where a text is refused, as `photos/0/people`."""
    found = validator(name, vocabulary).iter_errors(yaml.load(text, Yaml12))
    return ["/".join(map(str, error.absolute_path)) for error in found]
