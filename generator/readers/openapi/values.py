"""The plain values that a keyword of an OpenAPI document can have, and advice for common mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from attrs import frozen

from generator.contract.formats import FORMATS
from generator.yaml_document import YamlMapping, YamlSequence

LOCATIONS = frozenset({"path", "query", "header", "cookie"})
TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})
NULLABLE_TEXT = ["string", "null"]
"""The `type` of a wrapped 64-bit integer, the only value whose absence differs from its empty value."""


@frozen
class ValueKind:
    """A kind of plain value: its test, and the words for it in an error message."""

    accept: Callable[[Any], bool]
    words: str


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https://[\w.-]+\.\w+(/[^\s<>]*)?", value) is not None


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_source(value: Any) -> bool:
    return (
        all(map(_is_reference, value.values())) and bool(value)
        if isinstance(value, YamlMapping)
        else _is_reference(value)
    )


def _are_texts(value: Any) -> bool:
    return isinstance(value, YamlSequence) and all(isinstance(item, str) for item in value)


def _are_requirements(value: Any) -> bool:
    return isinstance(value, YamlSequence) and all(
        isinstance(item, YamlMapping) and all(map(_are_texts, item.values())) for item in value
    )


def _is_type(value: Any) -> bool:
    return value in TYPES if isinstance(value, str) else value == NULLABLE_TEXT


def _choice(choices: frozenset[str]) -> ValueKind:
    return ValueKind(lambda value: isinstance(value, str) and value in choices, "one of " + ", ".join(sorted(choices)))


VALUES: Mapping[str, ValueKind] = {
    "anything": ValueKind(lambda _value: True, "anything"),
    "text": ValueKind(lambda value: isinstance(value, str), "a text"),
    "flag": ValueKind(lambda value: isinstance(value, bool), "true or false"),
    "true": ValueKind(lambda value: value is True, "true: a body is never left out"),
    "count": ValueKind(
        lambda value: _is_number(value) and isinstance(value, int) and value >= 0, "a whole number from 0"
    ),
    "number": ValueKind(_is_number, "a number"),
    "scalar": ValueKind(_is_scalar, "a text, a number, true or false"),
    "scalars": ValueKind(
        lambda value: isinstance(value, YamlSequence) and bool(value) and all(map(_is_scalar, value)),
        "a list of values",
    ),
    "texts": ValueKind(_are_texts, "a list of texts"),
    "properties": ValueKind(_are_texts, "a list of texts: the names of required properties, beside `properties`"),
    "requirements": ValueKind(_are_requirements, "a list of mappings from a security scheme to a list of texts"),
    "location": _choice(LOCATIONS),
    "type": ValueKind(_is_type, f"one of {', '.join(sorted(TYPES))}"),
    "format": _choice(FORMATS),
    "date": ValueKind(_is_date, "a date such as 2027-06-01"),
    "reference": ValueKind(_is_reference, "an https:// URL that a reviewer can follow"),
    "source": ValueKind(_is_source, "an https:// URL that a reviewer can follow, or such a URL for each keyword"),
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
