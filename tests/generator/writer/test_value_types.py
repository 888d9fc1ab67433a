"""Each row of the table of types: its sample survives decoding and encoding, passes its check, and is found again."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from generator.client_writer.value_types import VALUE_TYPES
from generator.contract.formats import FORMATS, INTEGER_LIMITS
from tests.generator.writer.rendering import differences, imported, rendered

BASE = Path(__file__).parents[1] / "base.yaml"
NOT_IN_CLIENT = frozenset({"date", "uri", "uuid"})
"""Formats that a specification may state although the client has no type for them."""

NAMES = {row: "_".join(filter(None, row)).replace("-", "_") for row in VALUE_TYPES}
SCHEMAS = {row: {"type": row[0], **({"format": row[1]} if row[1] else {})} for row in VALUE_TYPES}
Make = Callable[[Any], Any]
SHAPES: Mapping[str, tuple[Make, Make]] = {
    "a": (lambda schema: schema, lambda sample: sample),
    "many": (lambda schema: {"type": "array", "items": schema}, lambda sample: [sample, sample]),
    "named": (lambda schema: {"type": "object", "additionalProperties": schema}, lambda sample: {"x": sample}),
}
"""Prefix of a field -> its schema, made of that of a value, and its value, made of a sample."""

FIELDS = {
    f"{prefix}_{NAMES[row]}": (to_schema(SCHEMAS[row]), to_value(VALUE_TYPES[row].sample))
    for row in VALUE_TYPES
    for prefix, (to_schema, to_value) in SHAPES.items()
    if (prefix, row) != ("named", ("object", None))  # A map of JSON objects is a JSON object itself.
}


@pytest.fixture(scope="module")
def specification(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a specification that receives and sends a value, a list and a map of each type."""
    spec: dict[str, Any] = yaml.safe_load(BASE.read_text(encoding="utf-8"))
    get = spec["paths"]["/boats/{boatId}"]["get"]
    boat = get["responses"]["200"]["content"]
    spec["components"]["schemas"]["Boat"]["properties"] = {name: {**schema} for name, (schema, _) in FIELDS.items()}
    queries = [
        {"name": f"q_{NAMES[row]}", "in": "query", "schema": SCHEMAS[row]}
        for row, value_type in VALUE_TYPES.items()
        if value_type.is_scalar
    ]
    body = {"requestBody": {"required": True, "content": boat}}
    spec["paths"]["/boats"] = {"post": {**get, **body, "operationId": "boats.create", "parameters": queries}}
    file = tmp_path_factory.mktemp("value_types") / "openapi.yaml"
    file.write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def client(specification: Path) -> Path:
    return rendered(specification, specification.parent / "client")


@pytest.fixture(scope="module")
def package(client: Path) -> Iterator[ModuleType]:
    with imported(client) as package:
        yield package


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, (_, value) in FIELDS.items()], ids=FIELDS)
def test_the_sample_survives_and_passes_the_check(package: ModuleType, name: str, value: Any) -> None:
    boat = package.Boat.from_dict({name: value})
    assert boat.additional_properties == {}
    assert boat.to_dict() == {name: value}
    boat.check("body")


@pytest.mark.parametrize("row", [row for row in VALUE_TYPES if row[1] in INTEGER_LIMITS], ids=str)
def test_an_integer_out_of_range_is_neither_read_nor_sent(package: ModuleType, row: tuple[str, str]) -> None:
    type_, format_ = row
    least, most = INTEGER_LIMITS[format_]
    name = f"a_{NAMES[row]}"
    for value in (least - 1, most + 1):
        with pytest.raises(package.errors.DecodeError, match=format_):
            package.Boat.from_dict({name: str(value) if type_ == "string" else value})
        with pytest.raises(package.errors.InvalidParameter, match=f"{name} must be an? {format_}"):
            package.Boat(**{name: value}).check("body")


def test_the_reader_of_the_client_finds_each_type(specification: Path, client: Path) -> None:
    assert differences(specification, client) == ()


def test_the_reader_of_specifications_accepts_each_format() -> None:
    """A format is added to the table of types and, so that no other one is ignored, to that of the reader."""
    assert {format_ for _, format_ in VALUE_TYPES if format_} == FORMATS - NOT_IN_CLIENT
