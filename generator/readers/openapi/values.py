"""The plain values that a keyword of an OpenAPI document can have, and advice for common mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import evolve, frozen
from jsonschema_rs import Draft202012Validator

from generator.contract.formats import FORMATS

LOCATIONS = frozenset({"path", "query", "header", "cookie"})
TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})
NULLABLE_TEXT = ["string", "null"]
"""The `type` of a wrapped 64-bit integer, the only value whose absence differs from its empty value."""


@frozen
class ValueKind:
    """A kind of plain value: its test, and the words for it in an error message."""

    accept: Callable[[Any], bool]
    words: str


def _kind(words: str, **schema: Any) -> ValueKind:
    """Return the kind of the values that match a JSON Schema."""
    return ValueKind(Draft202012Validator(schema, validate_formats=True).is_valid, words)


def _choice(choices: frozenset[str]) -> ValueKind:
    return _kind("one of " + ", ".join(sorted(choices)), enum=sorted(choices))


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_SCALAR = {"type": ["string", "number", "boolean"]}
_URL = {"type": "string", "pattern": r"^https://[\p{L}\p{N}_.-]+\.[\p{L}\p{N}_]+(/[^\s<>]*)?$"}
_FOLLOWED = "an https:// URL that a reviewer can follow"

VALUES: Mapping[str, ValueKind] = {
    "anything": _kind("anything"),
    "text": _kind("a text", **_TEXT),
    "flag": _kind("true or false", type="boolean"),
    "true": _kind("true: a body is never left out", const=True),
    "count": ValueKind(lambda value: type(value) is int and value >= 0, "a whole number from 0"),
    "number": _kind("a number", type="number"),
    "scalar": _kind("a text, a number, true or false", **_SCALAR),
    "scalars": _kind("a list of values", type="array", items=_SCALAR, minItems=1),
    "texts": _kind("a list of texts", **_TEXTS),
    "properties": _kind("a list of texts: the names of required properties, beside `properties`", **_TEXTS),
    "requirements": _kind(
        "a list of mappings from a security scheme to a list of texts",
        type="array",
        items={"type": "object", "additionalProperties": _TEXTS},
    ),
    "location": _choice(LOCATIONS),
    "type": evolve(_choice(TYPES), accept=Draft202012Validator({"enum": [*TYPES, NULLABLE_TEXT]}).is_valid),
    "format": _choice(FORMATS),
    "date": _kind("a date such as 2027-06-01", type="string", format="date", pattern="^(?!0000)"),  # as Python's
    "reference": _kind(_FOLLOWED, **_URL),
    "source": _kind(
        f"{_FOLLOWED}, or such a URL for each keyword",
        anyOf=[_URL, {"type": "object", "minProperties": 1, "additionalProperties": _URL}],
    ),
}
"""Name of a kind of plain value in OBJECTS -> the kind."""

_WRITE_OUT = "write the properties out, or refer to a component with `$ref`"

INSTEAD_OF_KEYWORD: Mapping[str, str] = {
    "nullable": "OpenAPI 3.1 has none; remove it, or write `type: [string, 'null']` for a wrapped 64-bit integer",
    "allOf": _WRITE_OUT,
    "anyOf": _WRITE_OUT,
    "oneOf": "list fields that exclude each other in `x-one-of`",
    "const": "use `enum` with one value",
    "$defs": "move the schemas to `components/schemas`",
    "definitions": "move the schemas to `components/schemas`",
    "consumes": "use `requestBody`",
    "produces": "use `content` of the response",
}
"""Keyword that is not supported -> what to write instead."""

_CHOICES: Mapping[str, frozenset[str]] = {"type": TYPES, "format": FORMATS, "in": LOCATIONS}
_SYNONYMS: Mapping[str, str] = {
    "bool": "boolean",
    "dict": "object",
    "double": "number",
    "float": "number",
    "int": "integer",
    "list": "array",
    "map": "object",
    "str": "string",
    "text": "string",
}
"""Type of another language -> type of JSON Schema."""


def shown_value(value: Any) -> str:
    """Return a value as an error message shows it."""
    if isinstance(value, str):
        return repr(value[:60])
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return "empty" if value is None else "a mapping" if isinstance(value, dict) else "a list"


def value_advice(keyword: str, value: Any) -> str:
    """Return what to write instead of an invalid value, after a semicolon; empty if nothing is known."""
    if keyword == "type" and isinstance(value, list):
        return "; only a wrapped 64-bit integer is `[string, 'null']`; a field that is left out needs no `null`"
    if keyword in {"exclusiveMinimum", "exclusiveMaximum"} and isinstance(value, bool):
        return f"; in OpenAPI 3.1 it is the bound itself, without `{keyword.removeprefix('exclusive').lower()}`"
    if not isinstance(value, str):
        return ""
    if keyword == "type" and value in FORMATS:
        return f"; write it as `format: {value}` beside a type"
    choices = _CHOICES.get(keyword, frozenset())
    near = (
        [_SYNONYMS[value]]
        if keyword == "type" and value in _SYNONYMS
        else get_close_matches(value, sorted(choices), n=1)
    )
    return f"; did you mean `{near[0]}`?" if near else ""
