"""Decides how a value is checked before it is sent: the statements that a person would write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import InputError
from generator.yaml_document import YamlMapping

from .literals import literal
from .value_types import ValueType

_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_RANGES = {"minimum": "minimum", "maximum": "maximum", "exclusiveMinimum": "above", "exclusiveMaximum": "below"}

_ENTRIES = {"minProperties": "min_properties", "maxProperties": "max_properties"}

_ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "check_string": {**_LENGTHS, "pattern": "pattern"},
    "check_octets": _LENGTHS,
    **dict.fromkeys(("check_int32", "check_int64", "check_float", "check_double", "check_duration"), _RANGES),
    "check_list": {"minItems": "min_items", "maxItems": "max_items", "uniqueItems": "unique"},
    **dict.fromkeys(("check_map", "check_json"), _ENTRIES),
}
"""A check of the runtime -> the keywords that it holds a value to, each with the argument that says so."""

_BOUNDS = {keyword for taken in _ARGUMENTS.values() for keyword in taken}

_UNITS = {None: "seconds", "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days"}
"""What the bounds of a duration count -> the argument of a timedelta."""

_HASHABLE = frozenset({"check_string", "check_int32", "check_int64", "check_float", "check_double"})
"""Elements of which a repetition is looked for."""


def statements(
    kind: ValueType, name: str, value: str, facts: YamlMapping | Mapping[str, Any], *, required: bool
) -> list[str]:
    """The lines that check an attribute, which may be empty where it is not required."""
    if required and kind.check == "check_string":
        facts = {**facts, "minLength": max(1, facts.get("minLength", 0))}
    check = call_of_check(kind, name, value, facts)
    if required:
        given = [] if kind.check in {"check_string", "check_boolean"} else [f"check_given({name}, {value})"]
        return [*given, check]
    return [f"if {value}{'' if kind.default != 'None' else ' is not None'}:", f"    {check}"]


def call_of_check(kind: ValueType, name: str, value: str, facts: Mapping[str, Any]) -> str:
    """The call that checks a value; `name` is the expression of what an error calls it."""
    return f"{kind.check}({', '.join([name, value, *_arguments(kind, facts)])})"


def hold_bounds(kind: ValueType, facts: Mapping[str, Any], stated: YamlMapping) -> None:
    """Refuse a bound that means nothing for a value of its kind, or that nothing could fulfil."""
    applied = {one for each in _chain(kind) for one in _ARGUMENTS.get(each.check, {})}
    for keyword in _BOUNDS & facts.keys() - applied:
        raise InputError(f"`{keyword}` bounds no {kind.as_element}", stated.location_of(keyword))
    if kind.check == "check_duration" and facts.get("x-unit") not in _UNITS:
        units = ", ".join(filter(None, _UNITS))
        raise InputError(f"the bounds of a duration count one of {units}", stated.location_of("x-unit"))
    for least, most in (("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum")):
        if least in facts and most in facts and facts[most] < facts[least]:
            raise InputError(f"`{most}` is less than `{least}`", stated.location_of(most))
    if "default" in facts and not _is_default(kind, facts["default"]):
        raise InputError(f"`default` is no {kind.as_element}", stated.location_of("default"))
    try:
        re.compile(facts.get("pattern", ""))
    except re.error as problem:
        raise InputError(f"`pattern` is none that Python reads: {problem}", stated.location_of("pattern")) from problem


def in_python(kind: ValueType, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of a value, as whoever writes Python reads it: a 64-bit integer is no text."""
    is_int = kind.check == "check_int64" and "default" in facts
    return {**facts, "default": int(facts["default"])} if is_int else facts


def _is_default(kind: ValueType, value: Any) -> bool:
    match kind.check:
        case "check_boolean":
            return isinstance(value, bool)
        case "check_int32" | "check_int64" | "check_float" | "check_double" if kind.writes.startswith("decimal"):
            return isinstance(value, str) and re.fullmatch(r"-?\d+", value) is not None
        case "check_int32" | "check_int64" | "check_float" | "check_double":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            return isinstance(value, str)


def _chain(kind: ValueType | None) -> Iterator[ValueType]:
    """A kind and that of its elements: the keywords of a list and of its items are those of one value."""
    while kind is not None:
        yield kind
        kind = kind.of if kind.check == "check_list" else None


def _arguments(kind: ValueType, facts: Mapping[str, Any]) -> list[str]:
    """What follows name and value in the call of a check."""
    arguments: list[str] = []
    if kind.check == "check_message":
        arguments = [kind.element]
    elif kind.check == "check_map" and kind.of is not None:
        arguments = [_partial("check_string", _bounds("check_string", kind.keys)), _of_element(kind.of, kind.values)]
    elif kind.of is not None:
        arguments = [_of_element(kind.of, facts)]
        if kind.of.check not in _HASHABLE:
            facts = {**facts, "uniqueItems": False}
    return [*arguments, *_bounds(kind.check, facts)]


def _of_element(kind: ValueType, facts: Mapping[str, Any]) -> str:
    """The check of each element."""
    if kind.check == "check_message":
        return _partial(kind.check, [f"model={kind.element}"])
    return _partial(kind.check, _arguments(kind, facts))


def _partial(check: str, arguments: list[str]) -> str:
    return f"partial({', '.join([check, *arguments])})" if arguments else check


def _bounds(check: str, facts: Mapping[str, Any]) -> list[str]:
    """The bounds that a check takes, as its arguments."""
    taken = _ARGUMENTS.get(check, {})
    said = [(taken[keyword], facts[keyword]) for keyword in taken if keyword in facts and facts[keyword] is not False]
    if check == "check_duration":
        unit = _UNITS.get(facts.get("x-unit"))
        return [f"{argument}=timedelta({unit}={value})" for argument, value in said]
    return [f"{argument}={_raw(value) if isinstance(value, str) else value}" for argument, value in said]


def _raw(pattern: str) -> str:
    """A regular expression as a person writes it."""
    plain = pattern.isascii() and pattern.isprintable() and "\\" in pattern and '"' not in pattern
    return f'r"{pattern}"' if plain and not pattern.endswith("\\") else literal(pattern)
