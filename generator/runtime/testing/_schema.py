"""Validates values against JSON Schema, as far as the contract of a gRPC service uses it."""

from __future__ import annotations

import operator
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, cast

from attrs import frozen

from .._duration import Duration
from .._patterns import matches
from .._timestamp import Timestamp

_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
"""`x-unit` of a duration's bounds -> its seconds."""


def _integer(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool | float) or not re.fullmatch(r"-?[0-9]{1,20}", str(value)):
            raise ValueError(value)
        if not least <= int(value) <= most:
            raise ValueError(value)
        return int(value)

    return read


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(value)
    return float(value)


def _of(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError(value)
        return value

    return read


def _matching(pattern: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not re.fullmatch(pattern, value, re.IGNORECASE):
            raise ValueError(value)
        return str(value)

    return read


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "string": _of(str),
    "boolean": _of(bool),
    "object": _of(dict),
    "array": _of(list),
    "integer": _integer(-(2**63), 2**63 - 1),
    "number": _number,
    "int32": _integer(-(2**31), 2**31 - 1),
    "int64": _integer(-(2**63), 2**63 - 1),
    "uint32": _integer(0, 2**32 - 1),
    "uint64": _integer(0, 2**64 - 1),
    "float": _number,
    "double": _number,
    "date-time": Timestamp.parse,
    "duration": Duration.parse,
    "byte": lambda value: b64decode(value.replace("-", "+").replace("_", "/"), validate=True),
    "field-mask": _matching(r"(\w+(\.\w+)*(,\w+(\.\w+)*)*)?"),
    "uuid": _matching(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
"""Type or format -> a function that reads a value; it raises ValueError, TypeError or AttributeError."""


_BOUNDS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any, Any], Any], str]] = {
    "minLength": (len, operator.ge, "has {} characters and must have at least {}"),
    "maxLength": (len, operator.le, "has {} characters and may have at most {}"),
    "minItems": (len, operator.ge, "has {} elements and must have at least {}"),
    "maxItems": (len, operator.le, "has {} elements and may have at most {}"),
    "minProperties": (len, operator.ge, "has {} entries and must have at least {}"),
    "maxProperties": (len, operator.le, "has {} entries and may have at most {}"),
    "minimum": (lambda value: value, operator.ge, "is {} and must be at least {}"),
    "maximum": (lambda value: value, operator.le, "is {} and may be at most {}"),
    "exclusiveMinimum": (lambda value: value, operator.gt, "is {} and must be more than {}"),
    "exclusiveMaximum": (lambda value: value, operator.lt, "is {} and must be less than {}"),
    "pattern": (lambda value: value, lambda value, pattern: matches(pattern, value), "is {!r} and must match {}"),
    "enum": (
        lambda value: value,
        lambda value, allowed: operator.contains(allowed, value),
        "is {!r} and must be one of {}",
    ),
}
"""Keyword -> the measure of a value, its relation to the limit, and the sentence for a violation."""


@frozen
class Schema:
    """A schema as plain JSON, and the definitions that it refers to by name."""

    plain: Mapping[str, Any]
    definitions: Mapping[str, Mapping[str, Any]]

    def problems(self, value: Any, at: str) -> Iterator[str]:
        """Yield the problems of a value; `at` names it in them."""
        schema = {**self.definitions.get(self.plain.get("$ref", ""), {}), **self.plain}
        kind = schema.get("format") or schema.get("type", "")
        try:
            read: object = _READERS[kind](value) if kind in _READERS else value
        except (ValueError, TypeError, AttributeError):
            yield f"{at} is not a valid {kind}"
            return
        for keyword, (measure, relation, sentence) in _BOUNDS.items():
            if keyword in schema:
                yield from _violation(measure(read), relation, _limit(schema, keyword), f"{at} {sentence}")
        if isinstance(read, list):
            yield from self._list_problems(schema, cast("list[object]", read), at)
        elif isinstance(read, dict):
            yield from self._object_problems(schema, cast("dict[str, Any]", read), at)

    def _list_problems(self, schema: Mapping[str, Any], values: list[object], at: str) -> Iterator[str]:
        if schema.get("uniqueItems") and any(element in values[:index] for index, element in enumerate(values)):
            yield f"{at} has an element twice"
        for index, element in enumerate(values):
            yield from Schema(schema.get("items", {}), self.definitions).problems(element, f"{at}[{index}]")

    def _object_problems(self, schema: Mapping[str, Any], value: Mapping[str, Any], at: str) -> Iterator[str]:
        properties: Mapping[str, Any] | None = schema.get("properties")
        present: dict[str, Any] = {name: element for name, element in value.items() if element or type(element) is dict}
        for name in schema.get("required", ()):
            is_flag = (properties or {}).get(name, {}).get("type") == "boolean"  # False is left out.
            if name not in present and not is_flag:
                yield f"{at}.{name} is missing"
        for name, element in present.items():
            if properties is not None and name not in properties:
                yield f"{at}.{name} is not a field of the contract"
            entry: Any = (properties or {}).get(name) or schema.get("additionalProperties") or {}
            yield from Schema({} if entry is True else entry, self.definitions).problems(element, f"{at}.{name}")
            yield from Schema(schema.get("propertyNames", {}), self.definitions).problems(
                name, f"the key {name!r} of {at}"
            )
        groups = {tuple(prop["x-one-of"]) for prop in (properties or {}).values() if "x-one-of" in prop}
        for group in sorted(groups):
            if len(present.keys() & set(group)) > 1:
                yield f"{at} has more than one of {', '.join(group)}"


def from_text(text: str | list[str], plain: Mapping[str, Any]) -> Any:
    """Return the value, or list of values, of a text in a URL or a header."""
    if isinstance(text, list):
        return [from_text(part, plain.get("items", {})) for part in text]
    return {"true": True, "false": False}.get(text, text) if plain.get("type") == "boolean" else text


def _limit(schema: Mapping[str, Any], keyword: str) -> Any:
    limit = schema[keyword]
    is_span = schema.get("format") == "duration" and isinstance(limit, int | float)
    return timedelta(seconds=limit * _SECONDS.get(schema.get("x-unit", ""), 1)) if is_span else limit


def _violation(measured: Any, relation: Callable[[Any, Any], Any], limit: Any, sentence: str) -> Iterator[str]:
    if not relation(measured, limit):
        yield sentence.format(measured, limit)
