"""JSON Schemas of all authored files, by which an editor program completes, explains and checks them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

import yaml
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from site_builder.content.fields import about
from site_builder.content.model import vocabulary as words
from site_builder.content.model.consent import Consent
from site_builder.content.model.event import OnFestival
from site_builder.content.model.kiosk import Kiosk
from site_builder.content.model.scalars import Bilingual, Matching
from site_builder.content.model.story import Event, Honour, InfoPage, Resident, StoryFile, Venue
from site_builder.content.problems import LANGS, catalogue
from site_builder.content.story import Vocabulary

TYPES: Mapping[str, type[BaseModel]] = {
    "resident": Resident,
    "venue": Venue,
    "event": Event,
    "page": InfoPage,
    "consent": Consent,
    "kiosk": Kiosk,
    "site": words.Identity,
    **words.LISTS,
}
"""The types of all files that editors write, by the names of their schemas."""

_IDS: Mapping[tuple[type[BaseModel], str], str] = {
    (StoryFile, "community"): "communities",
    (StoryFile, "ethnic_groups"): "ethnic_groups",
    (Honour, "title"): "honours",
    (OnFestival, "festival"): "festivals",
    (words.EveOf, "eve_of"): "festivals",
    (words.Festival, "groups"): "ethnic_groups",
}
"""The fields that name entries of the vocabulary, and of which list."""

_YES_NO = r"[Yy](?:es)?|[Nn]o?|[Oo]n|[Oo]ff"
_INTEGER = r"[+-]?\d+"
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"


def schemas(vocabulary: Vocabulary | None = None) -> dict[str, dict[str, object]]:
    """File name → JSON Schema of each authored file; with a `vocabulary` its ids are proposed.

    Draft 7 without references: that is what YAML extensions of editors read in full, old and new ones.
    """
    return {f"{name}.json": _schema(model, vocabulary) for name, model in TYPES.items()}


def files(vocabulary: Vocabulary | None = None) -> dict[str, bytes]:
    """File name → bytes of each schema."""
    return {
        name: (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
        for name, schema in schemas(vocabulary).items()
    }


def _schema(model: type[BaseModel], vocabulary: Vocabulary | None) -> dict[str, object]:
    generated = _Generator(vocabulary).generate(model.__pydantic_core_schema__)
    inlined = _inlined(generated, generated.pop("$defs", {}))
    return {"$schema": "http://json-schema.org/draft-07/schema#", **inlined}


def _inlined(node: Any, definitions: Mapping[str, Any]) -> Any:
    """With what its references name in their places; beside a reference nothing counts in draft 7."""
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    inlined = {key: _inlined(value, definitions) for key, value in node.items() if key != "$ref"}
    if reference := node.get("$ref"):
        inlined |= _inlined(definitions[reference.removeprefix("#/$defs/")], definitions)
    return inlined


class _Generator(GenerateJsonSchema):
    """Describes a file as YAML 1.2 reads it, where 2021 is a number and `no` a text."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be left out is left out whole."""
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"], "minLength": 1}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return _of_form(["boolean", "string"], _YES_NO, "expected-yes-no")

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return super().int_schema(schema) | _of_form(["integer", "string"], _INTEGER, "expected-number")

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return super().float_schema(schema) | _of_form(["number", "string"], _NUMBER, "expected-number")

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        return {"enum": [True if word == "true" else word for word in schema["expected"]]}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        return _matching(schema) or super().function_before_schema(schema)

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        return _matching(schema) or super().function_after_schema(schema)

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        found = super().tuple_schema(schema)
        return {"items" if key == "prefixItems" else key: value for key, value in found.items()}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        return {
            "type": "object",
            "propertyNames": self.generate_inner(schema["keys_schema"]) | {"type": "string"},
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        model, found = schema["cls"], super().model_schema(schema)
        properties = found.get("properties", {})
        described = {name: self._described(model, name, each) for name, each in properties.items()}
        found = {key: value for key, value in found.items() if key not in ("title", "description")}
        return found | ({"properties": described} if described else {})

    def _described(self, model: type[BaseModel], name: str, node: JsonSchemaValue) -> JsonSchemaValue:
        said = about(model, name)
        head: JsonSchemaValue = {"description": f"{said.zh} / {said.en}"}
        if said.example is not None:
            head["examples"] = [_read(said.example)]
        return head | _with_ids(_explained(node, said.choices), self._listed(model, name))

    def _listed(self, model: type[BaseModel], name: str) -> Mapping[str, Bilingual]:
        """The entries of the vocabulary that a field may name."""
        for (owner, field), listed in _IDS.items():
            if self._vocabulary and field == name and issubclass(model, owner):
                return cast(Mapping[str, Bilingual], getattr(self._vocabulary, listed))
        return {}


def _of_form(types: list[str], pattern: str, code: str) -> JsonSchemaValue:
    """Values of some types, of which texts have one form; the remedy for others is that of `code`."""
    hints = [catalogue()[code][f"hint_{lang}"] for lang in LANGS]
    return {"type": types, "pattern": f"^(?:{pattern})$", "patternErrorMessage": " / ".join(hints)}


def _matching(
    schema: core_schema.BeforeValidatorFunctionSchema | core_schema.AfterValidatorFunctionSchema,
) -> JsonSchemaValue:
    """Texts of one form, as numbers where digits alone are of it; empty for any other validator."""
    check = cast(object, schema["function"]["function"])
    if not isinstance(check, Matching):
        return {}
    types = ["string", "integer"] if re.fullmatch(check.pattern, "0") else ["string"]
    return _of_form(types, check.pattern, check.code)


def _read(example: str) -> object:
    """An example as JSON, which has no dates but as text."""
    return json.loads(json.dumps(yaml.safe_load(example), default=str))


def _explained(node: Any, choices: Mapping[str, tuple[str, str]]) -> Any:
    """With what each word of a choice means."""
    if isinstance(node, list):
        return [_explained(item, choices) for item in node]
    if not isinstance(node, dict):
        return node
    if "enum" in node:
        meanings = (choices["true" if word is True else word] for word in node["enum"])
        return node | {"enumDescriptions": [" / ".join(each) for each in meanings]}
    return {key: _explained(value, choices) for key, value in node.items()}


def _with_ids(node: JsonSchemaValue, listed: Mapping[str, Bilingual]) -> JsonSchemaValue:
    """With ids that are proposed; others are not refused, as one may have been added since."""
    if not listed:
        return node
    if node.get("type") == "array":
        return node | {"items": _with_ids(node["items"], listed)}
    names = [f"{each.zh} / {each.en}" for each in listed.values()]
    return {"anyOf": [{"enum": list(listed), "enumDescriptions": names}, node]}
