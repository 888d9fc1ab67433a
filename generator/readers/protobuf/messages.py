"""A protobuf message as fields: types as proto3's JSON has them, constraints as validation.proto's options say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from attrs import frozen

from generator.contract.facts import ROOT, Value
from generator.errors import Location

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


@frozen
class FieldDescription:
    """What a descriptor says of one value by its path; `unparsed` are options that the contract has no word for."""

    path: str
    values: Mapping[str, Value]
    unparsed: tuple[str, ...]
    location: Location


def walk(message: Descriptor, prefix: str = "", above: Mapping[str, str] | None = None) -> Iterator[FieldDescription]:
    """Every value of a message; a message that repeats one above it says so and is not unrolled."""
    above = {**(above or {}), message.full_name: prefix.removesuffix(".") or ROOT}
    for one in message.fields:
        path, options = f"{prefix}{one.json_name}", _options(one)
        if one.message_type and one.message_type.GetOptions().map_entry:
            yield from _map(one, path, options, above)
        else:
            path += "[]" if one.is_repeated else ""
            yield _described(path, one, {**_about(one), **_type(one, above)}, options)
            yield from _below(one, path, above)


def _map(
    one: Descriptor, path: str, options: Mapping[str, Any], above: Mapping[str, str]
) -> Iterator[FieldDescription]:
    """A map is an object. But for its size, what its options say is said of each value or of each key."""
    own = {name: option for name, option in options.items() if name in {"required", "size"}}
    of_key = options.get("map_key")
    of_value = {name: option for name, option in options.items() if name not in {*own, "map_key"}}
    yield _described(path, one, {**_about(one), "type": "object"}, own, "Properties")
    value = one.message_type.fields_by_name["value"]
    yield _described(f"{path}{{}}", one, _type(value, above), of_value)
    yield from _below(value, f"{path}{{}}", above)
    if of_key:
        texts = {name: text for name in ("value", "pattern", "length") if (text := getattr(of_key, name))}
        yield _described(f"{path}{{key}}", one, {}, texts)


def _below(one: Descriptor, path: str, above: Mapping[str, str]) -> Iterator[FieldDescription]:
    message = one.message_type
    if message and message.full_name not in WELL_KNOWN and message.full_name not in above:
        yield from walk(message, f"{path}.", above)


def _described(
    path: str, one: Descriptor, values: Mapping[str, Value], options: Mapping[str, Any], counted: str = "Items"
) -> FieldDescription:
    read = {name: OPTIONS[name](option, counted) for name, option in options.items()}
    said = {keyword: value for keywords in read.values() for keyword, value in (keywords or {}).items()}
    unparsed = tuple(f"{path}: ({name}) = {options[name]}" for name, keywords in read.items() if keywords is None)
    return FieldDescription(path, {**values, **said}, unparsed, Location(one.containing_type.file.name))


def _about(one: Descriptor) -> dict[str, Value]:
    values: dict[str, Value] = {"deprecated": True} if one.GetOptions().deprecated else {}
    choice = [other.json_name for other in one.containing_oneof.fields] if one.containing_oneof else []
    if len(choice) > 1:
        values["x-one-of"] = tuple(choice)
    return values


def _type(one: Descriptor, above: Mapping[str, str]) -> dict[str, Value]:
    message = one.message_type.full_name if one.message_type else ""
    type_, format_ = WELL_KNOWN.get(message) or TYPES[one.type]
    values: dict[str, Value] = {"type": type_}
    if format_:
        values["format"] = format_
    if one.enum_type:
        values["enum"] = tuple(value.name for value in one.enum_type.values)
    if message in above:
        values["x-same-as"] = above[message]
    return values


def _options(one: Descriptor) -> dict[str, Any]:
    """The options of a field that validation.proto declares and that are set."""
    validation, said = import_module("yandex.cloud.validation_pb2"), one.GetOptions().Extensions
    options = {name: said[getattr(validation, name)] for name in OPTIONS}
    return {name: option for name, option in options.items() if option and str(option)}


def _counts(text: str, what: str) -> Mapping[str, Value] | None:
    """A range of whole numbers as an inclusive least and greatest number of something."""
    bounds = _bounds(text)
    return (
        None if bounds is None else {_COUNTS[key][0] + what: int(one) + _COUNTS[key][1] for key, one in bounds.items()}
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
    """A range as JSON Schema's keywords: `<=50`, `1-50`, `20`; None for a list, a duration, a time."""
    if bound := re.fullmatch(rf"(>=|>|<=|<)({_NUMBER})", text):
        return {_BOUNDS[bound[1]]: _number(bound[2])}
    if between := re.fullmatch(rf"({_NUMBER})(?:-({_NUMBER}))?", text):
        return {"minimum": _number(between[1]), "maximum": _number(between[2] or between[1])}
    return None


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


OPTIONS: Mapping[str, Callable[[Any, str], Mapping[str, Value] | None]] = {
    "required": lambda option, _counted: {"required": option},
    "size": _counts,
    "length": lambda option, _counted: _counts(option, "Length"),
    "pattern": lambda option, _counted: {"pattern": option},
    "value": lambda option, _counted: _bounds(option),
    "map_key": lambda _option, _counted: None,
    "bytes": lambda _option, _counted: None,
}
"""Option of validation.proto -> keywords; None where there are none. Uniqueness is not spoken of."""
