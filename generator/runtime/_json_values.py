"""JSON values as a parser gives them: copies, checks of their text, and their form in an error."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

JsonObject = Mapping[str, object]
"""An object as a JSON parser gives it."""

_SHOWN = 60
"""The most characters of a wrong value that a problem shows."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def deep_copy_json(value: Any) -> Any:
    """Return a deep copy of a JSON value."""
    if isinstance(value, dict):
        return {name: deep_copy_json(element) for name, element in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [deep_copy_json(element) for element in cast("list[object]", value)]
    return value


def is_text(value: str) -> bool:
    """Return True for a string that UTF-8 can encode."""
    return value.isascii() or not _SURROGATE.search(value)


def has_text(value: object) -> bool:
    """Return True for a JSON value whose strings UTF-8 can encode."""
    if isinstance(value, dict):
        return all(has_text(part) for entry in cast("dict[str, object]", value).items() for part in entry)
    if isinstance(value, list):
        return all(map(has_text, cast("list[object]", value)))
    return not isinstance(value, str) or is_text(value)


def is_instance(value: object, kind: type) -> bool:
    """Return True for an instance of a type; unlike `isinstance`, it does not narrow `Any` for a type checker."""
    return isinstance(value, kind)


def format_value(value: object) -> str:
    """Return the form of a value in an error: a simple value in ASCII, or the kind of a structure."""
    match value:
        case None | bool():
            return json.dumps(value)
        case int() if value.bit_length() > 128:  # Python refuses to write out a really long one.
            return f"an integer of {value.bit_length()} bits"
        case str():
            text = ascii(value[:_SHOWN])
            return f"{text}..." if len(value) > _SHOWN else text
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            return ascii(value)[:_SHOWN]
