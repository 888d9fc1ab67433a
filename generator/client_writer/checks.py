"""Writes the statements that check a value before it is sent, and rejects bounds that make no sense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import InputError
from generator.yaml_document import YamlMapping

from .literals import literal
from .value_types import ITEMS, STRING, VALUE_TYPES, ValueType

_BOUNDS = frozenset(
    {keyword for row in VALUE_TYPES.values() for keyword in row.bounds} | ITEMS.keys() - {"uniqueItems"}
)
_DURATION = "check_duration"


def check_statements(
    value_type: ValueType, name: str, value: str, facts: Mapping[str, Any], *, required: bool
) -> list[str]:
    """Return the lines that check an attribute; `name` is the expression of its name in an error."""
    if required and value_type.check == "check_string":
        facts = {**facts, "minLength": max(1, facts.get("minLength", 0))}
    check = check_call(value_type, name, value, facts)
    if required:
        is_never_empty = value_type.check in {"check_string", "check_boolean"} or value_type.annotation == "int | None"
        return [check] if is_never_empty else [f"check_required({name}, {value})", check]
    return [f"if {value}{'' if value_type.default != 'None' else ' is not None'}:", f"    {check}"]


def check_call(value_type: ValueType, name: str, value: str, facts: Mapping[str, Any]) -> str:
    """Return the call that checks a value; `name` is the expression of its name in an error."""
    return f"{value_type.check}({', '.join([name, value, *_arguments(value_type, facts)])})"


def check_bounds(value_type: ValueType, facts: Mapping[str, Any], schema: YamlMapping) -> None:
    """Raise InputError for a bound that does not apply to the type, and for a default of another type."""
    applied = {keyword for level in _levels(value_type) for keyword in level.bounds}
    for keyword in sorted(_BOUNDS & facts.keys() - applied):
        raise InputError(f"`{keyword}` does not apply to {value_type.element_annotation}", schema.location_of(keyword))
    if value_type.check == _DURATION and facts.get("x-unit", "second") != "second":
        raise InputError("the bounds of a duration are seconds", schema.location_of("x-unit"))
    if "default" in facts and not _is_default(value_type, facts["default"]):
        raise InputError(f"`default` must be {value_type.element_annotation}", schema.location_of("default"))


def python_facts(value_type: ValueType, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return facts for a docstring, in which a number is not a string."""
    is_number = "default" in facts and value_type.element_annotation == "int"
    return {**facts, "default": int(facts["default"])} if is_number else facts


def _is_default(value_type: ValueType, value: Any) -> bool:
    if value_type.element_annotation in {"int", "float"}:
        if "int64" in value_type.encode:
            return isinstance(value, str) and re.fullmatch(r"-?\d+", value) is not None
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, bool if value_type.annotation == "bool" else str)


def _levels(value_type: ValueType | None) -> Iterator[ValueType]:
    """Yield a type and that of its items: the keywords of a list and of its items are facts of one value."""
    while value_type is not None:
        yield value_type
        value_type = value_type.item_type if value_type.check == "check_list" else None


def _arguments(value_type: ValueType, facts: Mapping[str, Any]) -> list[str]:
    """Return the arguments of a check after the name and the value."""
    arguments: list[str] = []
    item = value_type.item_type
    if value_type.check == "check_message":
        arguments = [value_type.element_annotation]
    elif value_type.check == "check_map" and item is not None:
        key_check = _partial("check_string", _bounds(STRING, value_type.key_facts))
        arguments = [key_check, _element_check(item, value_type.value_facts)]
    elif item is not None:
        arguments = [_element_check(item, facts)]
        if not item.is_scalar:
            facts = {**facts, "uniqueItems": False}
    return [*arguments, *_bounds(value_type, facts)]


def _element_check(value_type: ValueType, facts: Mapping[str, Any]) -> str:
    if value_type.check == "check_message":
        return _partial(value_type.check, [f"model={value_type.element_annotation}"])
    return _partial(value_type.check, _arguments(value_type, facts))


def _partial(check: str, arguments: list[str]) -> str:
    return f"partial({', '.join([check, *arguments])})" if arguments else check


def _bounds(value_type: ValueType, facts: Mapping[str, Any]) -> list[str]:
    """Return the bounds of a check as its arguments."""
    limits = {
        argument: facts[keyword]
        for keyword, argument in value_type.bounds.items()
        if keyword in facts and facts[keyword] is not False
    }
    if value_type.check == _DURATION:
        return [f"{argument}=timedelta(seconds={limit})" for argument, limit in limits.items()]
    return [f"{argument}={_raw(limit) if isinstance(limit, str) else limit}" for argument, limit in limits.items()]


def _raw(pattern: str) -> str:
    """Return a regular expression as a raw string if it can be one."""
    plain = pattern.isascii() and pattern.isprintable() and "\\" in pattern and '"' not in pattern
    return f'r"{pattern}"' if plain and not pattern.endswith("\\") else literal(pattern)
