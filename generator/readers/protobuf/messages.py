"""Reads a protobuf message into fields: types of proto3's JSON, constraints from the options of validation.proto."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from attrs import frozen

from generator.contract.facts import ROOT, Value
from generator.errors import Location

Descriptor = Any
"""A descriptor of protobuf, whose classes have no type annotations."""

Type = tuple[str, str | None]
"""A JSON type and its format."""

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
"""Number of a type in descriptor.proto -> its JSON type and format."""

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
"""Messages with a JSON form of their own."""

NULLABLE = frozenset({"google.protobuf.Int64Value", "google.protobuf.UInt64Value"})
"""Wrapped integers, whose absence a client tells from 0; pages print other wrapped values like plain ones."""


@frozen
class FieldDescription:
    """The facts of one field by its path; `unparsed` are the options that no keyword expresses."""

    path: str
    values: Mapping[str, Value]
    unparsed: tuple[str, ...]
    location: Location


def walk_fields(
    message: Descriptor, prefix: str = "", above: Mapping[str, str] | None = None
) -> Iterator[FieldDescription]:
    """Yield the fields of a message and of its nested messages; a message inside itself is not expanded."""
    above = {**(above or {}), message.full_name: prefix.removesuffix(".") or ROOT}
    for field in message.fields:
        path, options = f"{prefix}{field.json_name}", _options(field)
        if field.message_type and field.message_type.GetOptions().map_entry:
            yield from _map(field, path, options, above)
        else:
            path += "[]" if field.is_repeated else ""
            yield _description(path, field, {**_own_keywords(field), **_type_keywords(field, above)}, options)
            yield from _nested_fields(field, path, above)


def _map(
    field: Descriptor, path: str, options: Mapping[str, Any], above: Mapping[str, str]
) -> Iterator[FieldDescription]:
    """Yield a map and its values and keys; all its options but `required` and `size` apply to each value or key."""
    own = {name: option for name, option in options.items() if name in {"required", "size"}}
    of_key = options.get("map_key")
    of_value = {name: option for name, option in options.items() if name not in {*own, "map_key"}}
    yield _description(path, field, {**_own_keywords(field), "type": "object"}, own, "Properties")
    value = field.message_type.fields_by_name["value"]
    yield _description(f"{path}{{}}", field, _type_keywords(value, above), of_value)
    yield from _nested_fields(value, f"{path}{{}}", above)
    if of_key:
        texts = {name: text for name in ("value", "pattern", "length") if (text := getattr(of_key, name))}
        yield _description(f"{path}{{key}}", field, {}, texts)


def _nested_fields(field: Descriptor, path: str, above: Mapping[str, str]) -> Iterator[FieldDescription]:
    message = field.message_type
    if message and message.full_name not in WELL_KNOWN and message.full_name not in above:
        yield from walk_fields(message, f"{path}.", above)


def _description(
    path: str, field: Descriptor, values: Mapping[str, Value], options: Mapping[str, Any], unit: str = "Items"
) -> FieldDescription:
    read = {name: OPTIONS[name](option, unit) for name, option in options.items()}
    constraints = {keyword: value for keywords in read.values() for keyword, value in (keywords or {}).items()}
    unparsed = tuple(f"{path}: ({name}) = {options[name]}" for name, keywords in read.items() if keywords is None)
    return FieldDescription(path, {**values, **constraints}, unparsed, Location(field.containing_type.file.name))


def _own_keywords(field: Descriptor) -> dict[str, Value]:
    values: dict[str, Value] = {"deprecated": True} if field.GetOptions().deprecated else {}
    members = [other.json_name for other in field.containing_oneof.fields] if field.containing_oneof else []
    if len(members) > 1:
        values["x-one-of"] = tuple(members)
    return values


def _type_keywords(field: Descriptor, above: Mapping[str, str]) -> dict[str, Value]:
    message = field.message_type.full_name if field.message_type else ""
    type_, format_ = WELL_KNOWN.get(message) or TYPES[field.type]
    values: dict[str, Value] = {"type": type_}
    if format_:
        values["format"] = format_
    if message in NULLABLE:
        values["nullable"] = True
    if field.enum_type:
        values["enum"] = tuple(value.name for value in field.enum_type.values)
    if message in above:
        values["x-same-as"] = above[message]
    return values


def _options(field: Descriptor) -> dict[str, Any]:
    """The options of validation.proto that are set on a field."""
    validation, extensions = import_module("yandex.cloud.validation_pb2"), field.GetOptions().Extensions
    options = {name: extensions[getattr(validation, name)] for name in OPTIONS}
    return {name: option for name, option in options.items() if option and str(option)}


def _counts(text: str, unit: str) -> Mapping[str, Value] | None:
    """Convert a range of whole numbers to an inclusive minimum and maximum of `unit`."""
    bounds = _bounds(text)
    return (
        None
        if bounds is None
        else {_COUNTS[key][0] + unit: int(bound) + _COUNTS[key][1] for key, bound in bounds.items()}
    )


_COUNTS = {
    "minimum": ("min", 0),
    "exclusiveMinimum": ("min", 1),
    "maximum": ("max", 0),
    "exclusiveMaximum": ("max", -1),
}
_BOUNDS = {">=": "minimum", ">": "exclusiveMinimum", "<=": "maximum", "<": "exclusiveMaximum"}
_NUMBER = r"-?\d+(?:\.\d+)?"


def _bounds(text: str) -> dict[str, int | float] | None:
    """Parse a range into keywords: `<=50`, `1-50`, `20`; None for a list, a duration, a time."""
    if bound := re.fullmatch(rf"(>=|>|<=|<)({_NUMBER})", text):
        return {_BOUNDS[bound[1]]: _number(bound[2])}
    if between := re.fullmatch(rf"({_NUMBER})(?:-({_NUMBER}))?", text):
        return {"minimum": _number(between[1]), "maximum": _number(between[2] or between[1])}
    return None


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


OPTIONS: Mapping[str, Callable[[Any, str], Mapping[str, Value] | None]] = {
    "required": lambda option, _unit: {"required": option},
    "size": _counts,
    "length": lambda option, _unit: _counts(option, "Length"),
    "pattern": lambda option, _unit: {"pattern": option},
    "value": lambda option, _unit: _bounds(option),
    "map_key": lambda _option, _unit: None,
    "bytes": lambda _option, _unit: None,
}
"""Option of validation.proto -> its keywords, None if no keyword expresses it; uniqueness is not compared."""
