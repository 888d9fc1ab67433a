"""Validates the values of a request against JSON Schema, as far as the contract of a gRPC service uses it."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, cast

from attrs import field, frozen

from .._patterns import matches
from .._wire import Decoder

Schema = Mapping[str, Any]


class _RequestDecoder(Decoder):
    """A decoder of the values that only a request has."""

    def text_of(self, name: str, value: object, pattern: str) -> str:
        """Decode a string that matches a pattern as a whole."""
        text = self.string(name, value)
        return text if re.fullmatch(pattern, text) else self._wrong(name, f"a match of {pattern}", value, "")

    def array(self, name: str, value: object) -> list[object]:
        """Decode a list of any elements."""
        return cast("list[object]", value) if isinstance(value, list) else self._wrong(name, "a list", value, [])


_DECODERS: Mapping[str, Callable[[_RequestDecoder, str, Any], Any]] = {
    "string": _RequestDecoder.string,
    "boolean": _RequestDecoder.boolean,
    "object": _RequestDecoder.json_object,
    "array": _RequestDecoder.array,
    "integer": _RequestDecoder.int64,
    "number": _RequestDecoder.double,
    "int32": _RequestDecoder.int32,
    "int64": _RequestDecoder.int64,
    "uint32": _RequestDecoder.uint32,
    "uint64": _RequestDecoder.uint64,
    "float": _RequestDecoder.float32,
    "double": _RequestDecoder.double,
    "date-time": _RequestDecoder.timestamp,
    "duration": _RequestDecoder.duration,
    "byte": _RequestDecoder.bytes_,
    "field-mask": partial(_RequestDecoder.text_of, pattern=r"(\w+(\.\w+)*(,\w+(\.\w+)*)*)?"),
    "uuid": partial(_RequestDecoder.text_of, pattern=r"(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
"""Type or format -> a method of the decoder."""


def _itself(value: Any) -> Any:
    return value


_BOUNDS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any, Any], bool], str]] = {
    "minLength": (len, operator.le, "has {} characters and must have at least {}"),
    "maxLength": (len, operator.ge, "has {} characters and may have at most {}"),
    "minItems": (len, operator.le, "has {} elements and must have at least {}"),
    "maxItems": (len, operator.ge, "has {} elements and may have at most {}"),
    "minProperties": (len, operator.le, "has {} entries and must have at least {}"),
    "maxProperties": (len, operator.ge, "has {} entries and may have at most {}"),
    "minimum": (_itself, operator.le, "is {} and must be at least {}"),
    "maximum": (_itself, operator.ge, "is {} and may be at most {}"),
    "exclusiveMinimum": (_itself, operator.lt, "is {} and must be more than {}"),
    "exclusiveMaximum": (_itself, operator.gt, "is {} and must be less than {}"),
    "pattern": (_itself, matches, "is {!r} and must match {}"),
    "enum": (_itself, operator.contains, "is {!r} and must be one of {}"),
}
"""Keyword -> the measure of a value, the relation of the limit to it, and the sentence for a violation."""

_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
"""`x-unit` of a duration's bounds -> its seconds."""


@frozen
class Validator:
    """Validates values against schemas, whose `$ref`s name the definitions."""

    definitions: Mapping[str, Schema] = field(factory=dict[str, Schema])

    def problems(self, schema: Schema, value: object, at: str) -> Iterator[str]:
        """Yield the problems of a value; `at` names it in them."""
        schema = {**self.definitions.get(schema.get("$ref", ""), {}), **schema}
        kind = schema.get("format") or schema.get("type", "")
        if isinstance(value, str) and schema.get("type") in ("integer", "number"):
            value = from_text(value, schema)  # JSON for proto3 has every number as a text too.
        decoder = _RequestDecoder()
        decoded: object = _DECODERS[kind](decoder, at, value) if kind in _DECODERS else value
        if value is None or decoder.problems:
            yield f"{at} is not a valid {kind}"
            return
        for keyword, (measure, holds, sentence) in _BOUNDS.items():
            if keyword in schema and not holds(limit := _limit(schema, keyword), measure(decoded)):
                yield f"{at} {sentence.format(measure(decoded), limit)}"
        if isinstance(decoded, list) and schema.get("type") == "array":
            yield from self._list_problems(schema, cast("list[object]", decoded), at)
        elif isinstance(decoded, dict):
            yield from self._object_problems(schema, cast("dict[str, Any]", decoded), at)

    def _list_problems(self, schema: Schema, elements: list[object], at: str) -> Iterator[str]:
        if schema.get("uniqueItems") and any(element in elements[:index] for index, element in enumerate(elements)):
            yield f"{at} has an element twice"
        for index, element in enumerate(elements):
            yield from self.problems(schema["items"], element, f"{at}[{index}]")

    def _object_problems(self, schema: Schema, fields: Mapping[str, Any], at: str) -> Iterator[str]:
        present: dict[str, Any] = {name: value for name, value in fields.items() if value or type(value) is dict}
        properties: Mapping[str, Schema] = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in present and properties[name].get("type") != "boolean":  # False is left out.
                yield f"{at}.{name} is missing"
        for name, value in present.items():
            if name not in properties and "properties" in schema:
                yield f"{at}.{name} is not a field of the contract"
            entry = properties.get(name) or schema.get("additionalProperties") or {}
            yield from self.problems({} if entry is True else entry, value, f"{at}.{name}")
            yield from self.problems(schema.get("propertyNames", {}), name, f"the key {name!r} of {at}")
        for group in sorted({tuple(node["x-one-of"]) for node in properties.values() if "x-one-of" in node}):
            if len(present.keys() & set(group)) > 1:
                yield f"{at} has more than one of {', '.join(group)}"


def from_text(text: str | list[str], schema: Schema) -> Any:
    """Return the JSON value of a text in a URL or a header, or of a list of texts."""
    if isinstance(text, list):
        return [from_text(part, schema["items"]) for part in text]
    try:
        return json.loads(text) if schema.get("type") in ("boolean", "integer", "number") else text
    except ValueError:
        return text


def _limit(schema: Schema, keyword: str) -> Any:
    limit = schema[keyword]
    if schema.get("format") == "duration":
        return timedelta(seconds=limit * _SECONDS.get(schema.get("x-unit", ""), 1))
    return limit
