"""Advice for common mistakes in an OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from generator.contract.formats import FORMATS

from .values import LOCATIONS, TYPES

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
