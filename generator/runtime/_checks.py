"""Checks of the arguments of a request, except strings. Each raises InvalidParameter, which names the value."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar, cast

from ._arguments import check_string
from ._encode import fits_float
from .errors import InvalidParameter

_PATH = r"^\w+(\.\w+)*$"

RANGES: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "minimum": (operator.ge, "must not be less than"),
    "maximum": (operator.le, "must not be greater than"),
    "above": (operator.gt, "must be greater than"),
    "below": (operator.lt, "must be less than"),
}
"""Bound -> the relation of a value to it, and the reason in an error."""

_LARGEST_EXPONENT = 1024
"""Of two, in the largest double."""

_Value = TypeVar("_Value")
_Bound = TypeVar("_Bound", float, timedelta)

Check = Callable[[str, object], object]
"""A function that takes the name of a value and the value, and raises InvalidParameter."""


class Checked(Protocol):
    """A generated model that can be part of a request."""

    def check(self, at: str) -> None:
        """Reject a field that violates the contract; `at` is the path of the message."""
        ...


def check_required(name: str, value: object) -> None:
    """Reject an empty value, which would be left out."""
    if not value and not isinstance(value, dict):
        raise InvalidParameter(name, "is required")


def _check_integer(  # the range of the format, and that of the contract
    kind: str, least: int, most: int, name: str, value: object, **bounds: int
) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidParameter(name, f"must be an int, not {type(value).__name__}")
    if not least <= value <= most:
        raise InvalidParameter(name, f"must be {kind}")
    _check_range(name, value, bounds)


check_int32 = partial(_check_integer, "an int32", -(2**31), 2**31 - 1)
check_int64 = partial(_check_integer, "an int64", -(2**63), 2**63 - 1)
check_uint32 = partial(_check_integer, "a uint32", 0, 2**32 - 1)
check_uint64 = partial(_check_integer, "a uint64", 0, 2**64 - 1)
"""Reject a value that is not an integer of the format within the bounds (see RANGES)."""


def check_double(name: str, value: object, **bounds: float) -> None:
    """Reject a value that is not a number within the bounds (see RANGES)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidParameter(name, f"must be a float, not {type(value).__name__}")
    _check_range(name, float(value), bounds)


def check_float(name: str, value: object, **bounds: float) -> None:
    """Reject a value that is not a 32-bit number within the bounds (see RANGES)."""
    check_double(name, value)
    if not fits_float(cast("float", value)):
        raise InvalidParameter(name, "must be a float of 32 bits")
    check_double(name, value, **bounds)


def check_duration(name: str, value: object, **bounds: timedelta) -> None:
    """Reject a value that is not a duration within the bounds (see RANGES)."""
    _check_range(name, _typed(name, value, timedelta), bounds)


def check_boolean(name: str, value: object) -> None:
    """Reject a value that is not a bool."""
    _typed(name, value, bool)


def check_timestamp(name: str, value: object) -> None:
    """Reject a value that is not a datetime with a time zone."""
    if _typed(name, value, datetime).utcoffset() is None:
        raise InvalidParameter(name, "needs a time zone")


def check_bytes(name: str, value: object, *, min_length: int = 0, max_length: int | None = None) -> None:
    """Reject a value that is not bytes of a number within the bounds."""
    _check_count(name, len(_typed(name, value, bytes)), "bytes", min_length, max_length)


def check_field_mask(name: str, value: object) -> None:
    """Reject a value that is not a list of attribute paths."""
    check_list(name, value, lambda at, path: check_string(at, path, pattern=_PATH))


def check_json(name: str, value: object, *, min_properties: int = 0, max_properties: int | None = None) -> None:
    """Reject a value that is not a JSON object with a number of entries within the bounds."""
    entries = cast("dict[str, object]", _typed(name, value, dict))
    _check_count(name, len(entries), "entries", min_properties, max_properties)
    try:
        _check_json(name, entries)
    except RecursionError:
        raise InvalidParameter(name, "is nested too deep") from None


def check_message(name: str, value: object, model: type[Checked]) -> None:
    """Reject a value that is not a message of the model, or holds what its contract forbids."""
    _typed(name, value, model).check(name)


def check_list(  # noqa: PLR0913  # the check of each element, and the bounds of their number
    name: str,
    value: object,
    check: Check,
    *,
    min_items: int = 0,
    max_items: int | None = None,
    unique: bool = False,
) -> None:
    """Reject a value that is not a list or tuple within the bounds, or an element that fails a check."""
    items = [*cast("tuple[object]", value)] if isinstance(value, tuple) else value
    elements = cast("list[object]", _typed(name, items, list))
    _check_count(name, len(elements), "elements", min_items, max_items)
    for index, element in enumerate(elements):
        check(f"{name}[{index}]", element)
    if unique and len(set(elements)) < len(elements):
        raise InvalidParameter(name, "must not have an element twice")


def check_map(  # noqa: PLR0913  # the checks of each key and value, and the bounds of their number
    name: str,
    value: object,
    check_key: Check,
    check: Check,
    *,
    min_properties: int = 0,
    max_properties: int | None = None,
) -> None:
    """Reject a value that is not a dict within the bounds, or a key or value that fails a check."""
    entries = cast("dict[str, object]", _typed(name, value, dict))
    _check_count(name, len(entries), "entries", min_properties, max_properties)
    for key, entry in entries.items():
        check_key(f"the key {key!r} of {name}", key)
        check(f"{name}[{key}]", entry)


def check_one_of(at: str, **values: object) -> None:
    """Reject more than one value that is not empty."""
    present = [name for name, value in values.items() if value or isinstance(value, dict)]
    if len(present) > 1:
        raise InvalidParameter(f"{at}.{present[1]}", f"cannot be set beside {present[0]}")


def _typed(name: str, value: object, kind: type[_Value]) -> _Value:
    if not isinstance(value, kind):
        raise InvalidParameter(name, f"must be a {kind.__name__}, not {type(value).__name__}")
    return value


def _check_json(name: str, value: Any) -> None:
    match value:
        case None | bool():
            pass
        case str():
            check_string(name, value)
        case float() if not math.isfinite(value):
            raise InvalidParameter(name, f"must not be {value}, since JSON has no such number")
        case int() | float():
            if value and math.log2(abs(value)) > _LARGEST_EXPONENT:
                raise InvalidParameter(name, "must be in the range of a double")
        case dict():
            for key, entry in cast("dict[str, object]", value).items():
                check_string(f"the key {key!r} of {name}", key)
                _check_json(f"{name}[{key}]", entry)
        case list() | tuple():
            for index, element in enumerate(cast("list[object]", value)):
                _check_json(f"{name}[{index}]", element)
        case _:
            raise InvalidParameter(name, f"must be a JSON value, not {type(value).__name__}")


def _check_count(name: str, count: int, what: str, least: int, most: int | None) -> None:
    if count < least:
        raise InvalidParameter(name, f"must have at least {least} {what}, not {count}")
    if most is not None and count > most:
        raise InvalidParameter(name, f"must have at most {most} {what}, not {count}")


def _check_range(name: str, value: _Bound, bounds: Mapping[str, _Bound]) -> None:
    for bound, limit in bounds.items():
        holds, reason = RANGES[bound]
        if not holds(value, limit):
            raise InvalidParameter(name, f"{reason} {limit}")
