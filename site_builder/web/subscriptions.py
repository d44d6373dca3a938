"""The page about calendars to subscribe to, feeds, and data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.web import data, feeds, ics
from site_builder.web.addresses import Here
from site_builder.web.edition import Edition
from site_builder.web.parts import DataField, DataFile, Link, Subscription
from site_builder.web.views import DataView

PATH = "data/"


def data_view(edition: Edition, here: Here) -> DataView:
    """How to stay informed, and what every field of the data means."""
    calendar = _subscription(edition, here, "ics", ics.EVERYTHING)
    _, _, rest = calendar.address.partition("://")
    return DataView(
        introduction=edition.say(here.lang, "section.data"),
        webcal=f"webcal://{rest}",
        calendar=calendar,
        feeds=tuple(
            _subscription(edition, here, name, path)
            for name, path in (("atom", feeds.ATOM), ("json", feeds.JSON))
        ),
        files=tuple(_file(edition, here, path) for path in data.FILES),
    )


def _subscription(edition: Edition, here: Here, name: str, path: str) -> Subscription:
    return Subscription(
        Link(edition.say(here.lang, f"subscribe.{name}"), here.page(path)),
        edition.url(here.lang, path),
        edition.say(here.lang, f"subscribe.{name}.text"),
    )


def _file(edition: Edition, here: Here, path: str) -> DataFile:
    schema, name = data.schema(path), path.removeprefix(PATH).removesuffix(".json")
    records = {name: schema, **{key: schema["$defs"][key] for key in sorted(schema["$defs"])}}
    return DataFile(
        _subscription(edition, here, name, path),
        Link(edition.say(here.lang, "subscribe.schema"), here.to(data.schema_path(path))),
        tuple((key, tuple(_fields(edition, here, record))) for key, record in records.items()),
    )


def _fields(edition: Edition, here: Here, record: Mapping[str, Any]) -> Iterator[DataField]:
    for name, field in record["properties"].items():
        yield DataField(name, _type(field), edition.say(here.lang, f"data.{name}"))


def _type(field: Mapping[str, Any]) -> str:
    """As TypeScript would write it: `Image[]`, `date | null`."""
    if "anyOf" in field:
        return " | ".join(map(_type, field["anyOf"]))
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if field.get("type") == "array":
        item = _type(field["items"])
        return f"({item})[]" if "|" in item else f"{item}[]"
    if "enum" in field:
        return " | ".join(f'"{value}"' for value in field["enum"])
    return str(field.get("format", field["type"]))
