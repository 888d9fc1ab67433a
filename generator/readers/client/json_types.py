"""The JSON name of a Python one, and the JSON type of a value, by its Python type and by what is accepted as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum

from generator.contract.facts import Value
from generator.contract.formats import INTEGER_LIMITS, WIDE

_PAST_FLOAT = 1e39
"""Too large for a number of 32 bits."""

_NOT_KNOWN_YET = "NOT_KNOWN_YET"

_FORMATS: Mapping[type, str] = {datetime: "date-time", timedelta: "duration", bytes: "byte", list: "field-mask"}
"""Python type of a text in JSON -> its format."""


def camel_case(name: str) -> str:
    """Return the JSON name of a Python one: `image_id` is `imageId`, `type_` is `type`."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def type_of(kind: type, accepts: Callable[[object], bool]) -> dict[str, Value]:
    """Return type and format of a value in JSON; nothing for an integer with the limits of no format.

    The values of an enumeration are those that are known: others are accepted, too.
    """
    if issubclass(kind, Enum):
        members = tuple(member.value for member in kind)
        return {"type": "string", **({"enum": members} if accepts(_NOT_KNOWN_YET) else {})}
    if kind is int:
        format_ = next((name for name, limits in INTEGER_LIMITS.items() if _is_range(*limits, accepts)), None)
        return {"type": "string" if format_ in WIDE else "integer", "format": format_} if format_ else {}
    if kind is float:
        return {"type": "number", "format": "double" if accepts(_PAST_FLOAT) else "float"}
    format_ = next((name for type_, name in _FORMATS.items() if issubclass(kind, type_)), None)
    if format_:
        return {"type": "string", "format": format_}
    return {"type": "string" if kind is str else "boolean" if kind is bool else "object"}


def _is_range(least: int, most: int, accepts: Callable[[object], bool]) -> bool:
    """Return True if two numbers are the limits of what is accepted; zero is left out of a message."""
    return accepts(least or 1) and accepts(most) and not accepts(least - 1) and not accepts(most + 1)
