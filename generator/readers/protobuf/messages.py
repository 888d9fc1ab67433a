"""A protobuf message as fields: types as proto3's JSON has them, constraints as validation.proto's options say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from generator.contract.facts import Constraints, Field, Unread, Value
from generator.contract.places import Place

Descriptor = Any
"""A descriptor of protobuf's, whose classes carry no types."""

Type = tuple[str, str | None]
"""A JSON type with its format."""

TYPES: Mapping[int, Type] = {
    1: ("number", "double"),
    2: ("number", "float"),
    3: ("string", "int64"),
    4: ("string", "uint64"),
    5: ("integer", "int32"),
    6: ("string", "uint64"),
    7: ("integer", "uint32"),
    8: ("boolean", None),
    9: ("string", None),
    11: ("object", None),
    12: ("string", "byte"),
    13: ("integer", "uint32"),
    14: ("string", None),
    15: ("integer", "int32"),
    16: ("string", "int64"),
    17: ("integer", "int32"),
    18: ("string", "int64"),
}
"""Number of a type in descriptor.proto -> its form in JSON."""

WELL_KNOWN: Mapping[str, Type] = {
    "google.protobuf.Any": ("object", None),
    "google.protobuf.BoolValue": ("boolean", None),
    "google.protobuf.BytesValue": ("string", "byte"),
    "google.protobuf.DoubleValue": ("number", "double"),
    "google.protobuf.Duration": ("string", "duration"),
    "google.protobuf.Empty": ("object", None),
    "google.protobuf.FieldMask": ("string", "field-mask"),
    "google.protobuf.FloatValue": ("number", "float"),
    "google.protobuf.Int32Value": ("integer", "int32"),
    "google.protobuf.Int64Value": ("string", "int64"),
    "google.protobuf.StringValue": ("string", None),
    "google.protobuf.Struct": ("object", None),
    "google.protobuf.Timestamp": ("string", "date-time"),
    "google.protobuf.UInt32Value": ("integer", "uint32"),
    "google.protobuf.UInt64Value": ("string", "uint64"),
}
"""Messages that have a form of their own in JSON."""


def walk(
    message: Descriptor, prefix: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Descriptor]]:
    """Every field of a message with its path; a message that recurs is given once more and not unrolled."""
    if message.full_name in WELL_KNOWN or message.full_name in above or message.GetOptions().map_entry:
        return
    for one in message.fields:
        path = f"{prefix}{one.json_name}{'[]' if one.is_repeated and not _is_map(one) else ''}"
        yield path, one
        if one.message_type:
            yield from walk(one.message_type, f"{path}.", above | {message.full_name})


def fields(found: Mapping[str, Descriptor]) -> tuple[Field, ...]:
    """Fields from what `walk` gives."""
    return tuple(Field(path, constraints(one), place(one)) for path, one in found.items())


def place(one: Descriptor) -> Place:
    """The file that declares a field; descriptors in a package know no lines."""
    return Place(one.containing_type.file.name)


def type_of(one: Descriptor) -> Type:
    """The JSON type and format of a field, or of its items where it is repeated."""
    known = WELL_KNOWN.get(one.message_type.full_name) if one.message_type else None
    return known or TYPES[one.type]


def constraints(one: Descriptor) -> Constraints:
    """All that a descriptor says of a field."""
    type_, format_ = type_of(one)
    values: dict[str, Value] = {"type": type_}
    if format_:
        values["format"] = format_
    if one.enum_type:
        values["enum"] = tuple(value.name for value in one.enum_type.values)
    if one.GetOptions().deprecated:
        values["deprecated"] = True
    for _, said in _options(one):
        values |= said or {}
    return Constraints(values)


def unread(path: str, one: Descriptor) -> Iterator[Unread]:
    """The options of a field for which the contract has no keyword."""
    for text, said in _options(one):
        if said is None:
            yield Unread(f"{path}: {text}", place(one))


def _options(one: Descriptor) -> Iterator[tuple[str, Mapping[str, Value] | None]]:
    """Each option of a field that validation.proto declares: as a text, and as keywords where there are some."""
    validation, said = import_module("yandex.cloud.validation_pb2"), one.GetOptions().Extensions
    for name, as_keywords in OPTIONS.items():
        value = said[getattr(validation, name)]
        if value and str(value):
            yield f"({name}) = {' '.join(str(value).split())!r}", as_keywords(one, value)


def _is_map(one: Descriptor) -> bool:
    return bool(one.message_type and one.message_type.GetOptions().map_entry)


def _length(one: Descriptor, text: str) -> Mapping[str, Value] | None:
    return None if _is_map(one) else _counts("Length", text)


def _size(one: Descriptor, text: str) -> Mapping[str, Value] | None:
    return _counts("Properties" if _is_map(one) else "Items", text)


def _pattern(one: Descriptor, text: str) -> Mapping[str, Value] | None:
    return None if _is_map(one) else {"pattern": text}


def _counts(what: str, text: str) -> Mapping[str, Value] | None:
    """A range of whole numbers as an inclusive minimum and maximum."""
    bounds = _bounds(text)
    if bounds is None:
        return None
    inclusive = {
        "minimum": ("min", 0),
        "exclusiveMinimum": ("min", 1),
        "maximum": ("max", 0),
        "exclusiveMaximum": ("max", -1),
    }
    return {inclusive[key][0] + what: int(bound) + inclusive[key][1] for key, bound in bounds.items()}


def _value(_one: Descriptor, text: str) -> Mapping[str, Value] | None:
    return None if (bounds := _bounds(text)) is None else dict(bounds)


_BOUNDS: Mapping[str, str] = {">=": "minimum", ">": "exclusiveMinimum", "<=": "maximum", "<": "exclusiveMaximum"}
_NUMBER = r"-?\d+(?:\.\d+)?"


def _bounds(text: str) -> dict[str, int | float] | None:
    """A range as JSON Schema's keywords: `<=50`, `1-50`, `20`; None for a list, a duration, a time."""
    if bound := re.fullmatch(rf"(>=|>|<=|<)({_NUMBER})", text):
        return {_BOUNDS[bound[1]]: _number(bound[2])}
    if between := re.fullmatch(rf"({_NUMBER})-({_NUMBER})", text):
        return {"minimum": _number(between[1]), "maximum": _number(between[2])}
    if re.fullmatch(_NUMBER, text):
        return {"minimum": _number(text), "maximum": _number(text)}
    return None


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


OPTIONS: Mapping[str, Callable[[Descriptor, Any], Mapping[str, Value] | None]] = {
    "required": lambda _one, value: {"required": value},
    "length": _length,
    "size": _size,
    "pattern": _pattern,
    "value": _value,
    "unique": lambda _one, _value: {},
    "map_key": lambda _one, _value: None,
    "bytes": lambda _one, _value: None,
}
"""Option of validation.proto -> keywords; None where the contract has none. Uniqueness is not spoken of."""
