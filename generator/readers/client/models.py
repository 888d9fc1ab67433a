"""Reads a model of the client: its attributes, their types, and their JSON, by a round trip of samples."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, get_args, get_origin

import attrs
from attrs import frozen

from generator.contract.docstring_sentences import parse_facts
from generator.contract.facts import ROOT, Constraints, Field, Value
from generator.contract.formats import INTEGER_LIMITS
from generator.contract.keywords import KEYWORDS
from generator.errors import InputError, Location

from .bounds import bounds_of, group_of, is_checked
from .package import Package
from .probe import message_probe
from .samples import MOMENT, TYPES, kind_of

_PAST_FLOAT = 1e39
"""Too large for a number of 32 bits."""

_FORMATS: Mapping[type, str] = {datetime: "date-time", timedelta: "duration", bytes: "byte", list: "field-mask"}
"""Python type of a text in JSON -> its format."""

_NOT_KNOWN_YET = "NOT_KNOWN_YET"
_UNKNOWN_FIELDS = "additional_properties"

_TYPE_FACTS = frozenset({"type", "format", "enum", "x-same-as"})
_NOT_OF_RESPONSES = frozenset(KEYWORDS) - _TYPE_FACTS
"""Keywords that a response shows nowhere: the client reads whatever the service sends."""


_OF_EMPTY_VALUES = frozenset({"minLength", "minItems", "minProperties"})
"""Keywords that a message cannot show if the bound is 1: an empty value is left out of it."""


@frozen
class Attribute:
    """An attribute of a model: its type, its name in JSON, a sample of it there, and its location.

    `suffix` ends the path of its values: `[]` of a list, `{}` of a map, empty otherwise; `element` is their type.
    """

    model: Any
    name: str
    wire_name: str
    element: Any
    suffix: str
    written: Any
    docstring: str
    location: Location

    def reads(self, value: Any) -> bool:
        """Return True if the model reads a value as its own type, and writes it again unchanged."""
        whole = _wrapped(value, self.suffix)
        try:
            message = self.model.from_dict({self.wire_name: whole})
        except ValueError:
            return False
        element = _unwrapped(getattr(message, self.name), self.suffix)
        typed = isinstance(element, str if issubclass(self.element, Enum) else self.element)
        return typed and message.to_dict() == {self.wire_name: whole} and not getattr(message, _UNKNOWN_FIELDS)

    def type(self) -> dict[str, Value]:
        """Return type and format of its values in JSON; nothing if they do not survive the round trip."""
        return _type(self) if self.reads(self.written) else {}


def fields_of(
    package: Package, model: Any, *, is_sent: bool, above: Mapping[Any, str] | None = None, path: str = ""
) -> Iterator[Field]:
    """Yield every field of a model and of those within it; one that recurs names the first and is not expanded.

    Bounds are those of messages that are sent. Raises InputError for an attribute without a name in JSON.
    """
    above = {**(above or {}), model: path.removesuffix(".") or ROOT}
    found = tuple(attributes(package, model))
    wire_names = {attribute.name: attribute.wire_name for attribute in found}
    for attribute in found:
        full = path + attribute.wire_name
        own, keys, elements, omitted = _sent(package, attribute, wire_names) if is_sent else _received(attribute)
        again = {"x-same-as": above[attribute.element]} if attribute.element in above else {}
        if attribute.suffix == "{}":
            yield Field(full, Constraints({"type": "object", **own}, omitted_keywords=omitted), attribute.location)
            if keys is not None:
                known = Constraints(keys, omitted_keywords=omitted | {"type"})
                yield Field(f"{full}{{key}}", known, attribute.location)
            own = {}
        full += attribute.suffix
        values = {**own, **elements, **attribute.type(), **again}
        yield Field(full, Constraints(values, omitted_keywords=omitted), attribute.location)
        is_seen = not is_sent or _is_checked(package, attribute)
        if attrs.has(attribute.element) and not again and is_seen:
            yield from fields_of(package, attribute.element, is_sent=is_sent, above=above, path=f"{full}.")


_Facts = tuple[dict[str, Value], "dict[str, Value] | None", dict[str, Value], frozenset[str]]
"""Facts of a value itself, of its keys if it has any, of its elements; and the keywords that cannot be seen."""


def _received(attribute: Attribute) -> _Facts:
    """Return no facts: a client shows none of a response but types. The docstring tells if keys are described."""
    return {}, {} if "Keys:" in attribute.docstring else None, {}, _NOT_OF_RESPONSES


def _sent(package: Package, attribute: Attribute, wire_names: Mapping[str, str]) -> _Facts:
    probe, name = message_probe(package, attribute.model), attribute.name
    values = probe.with_sample({}, name)
    # The unit in the docstring is no evidence, only the scale of what is found by probing.
    bounds = bounds_of(probe, values, name, str(parse_facts(attribute.docstring).get("x-unit", "")))
    own = {keyword: bound for keyword, bound in bounds[""].items() if (keyword, bound) != ("minLength", 1)}
    if probe.rejection(values, name, getattr(attribute.model(), name)):
        own["required"] = True
    group = group_of(probe, probe.completed({}), name)
    if group:
        own["x-one-of"] = tuple(wire_names[member] for member in group)
    omitted = set(_OF_EMPTY_VALUES)
    omitted |= {"uniqueItems"} if attrs.has(attribute.element) else set()  # Only the service compares messages.
    omitted |= {"required"} if attribute.element is bool else set()  # False is as good as left out.
    is_mask = attribute.element is list  # Its elements are checked by its format.
    return own, bounds["key"] or None, {} if is_mask else bounds["element"], frozenset(omitted)


def _is_checked(package: Package, attribute: Attribute) -> bool:
    probe = message_probe(package, attribute.model)
    return is_checked(probe, probe.with_sample({}, attribute.name), attribute.name)


def attributes(package: Package, model: Any) -> Iterator[Attribute]:
    """Yield the attributes of a model. Raises InputError for one without a name in JSON."""
    hints, documented = package.hints(model), package.once(_declared, model)
    for field in (field for field in attrs.fields(model) if field.name in documented):
        name = field.alias
        line, text = documented[field.name]
        location = package.location(model.__module__, line)
        kind = kind_of(hints[field.name])
        suffix = {list: "[]", dict: "{}"}.get(get_origin(kind) or kind, "") if get_args(kind)[1:] != (object,) else ""
        element = kind_of(get_args(kind)[-1]) if suffix else kind
        element = get_origin(element) or element
        wire_name, written = _json_field(model, name, _wrapped(_sample(element), suffix), location)
        if suffix == "[]" and isinstance(written, str):  # A field mask: one text for all its paths.
            suffix, element = "", list
        yield Attribute(model, name, wire_name, element, suffix, _unwrapped(written, suffix), text, location)


def _type(attribute: Attribute) -> dict[str, Value]:
    element, written, reads = attribute.element, attribute.written, attribute.reads
    if issubclass(element, Enum):
        values = tuple(member.value for member in element)
        return {"type": "string", "enum": values} if reads(_NOT_KNOWN_YET) else {"type": "string"}
    if element is int:
        is_text = isinstance(written, str)
        format_ = _integer_format(lambda value: reads(str(value) if is_text else value))
        if not format_:
            return {}
        is_nullable = not attribute.suffix and getattr(attribute.model(), attribute.name) is None
        return {"type": "string" if is_text else "integer", "format": format_, "nullable": is_nullable}
    if element is float:
        return {"type": "number", "format": "double" if reads(_PAST_FLOAT) else "float"}
    format_ = next((name for kind, name in _FORMATS.items() if issubclass(element, kind)), None)
    if format_:
        return {"type": "string", **({"format": format_} if format_ != "date-time" or written == MOMENT else {})}
    return {"type": TYPES.get(element, "object")}


def _integer_format(reads: Callable[[int], bool]) -> str | None:
    """Return the format whose limits are those of the integers that are read; zero is left out of a message."""
    for format_, (least, most) in INTEGER_LIMITS.items():
        if reads(least or 1) and reads(most) and not reads(least - 1) and not reads(most + 1):
            return format_
    return None


def _json_field(model: Any, name: str, value: Any, location: Location) -> tuple[str, Any]:
    """Return the JSON name of an attribute, and a sample of it there."""
    fields: dict[str, Any] = model(**{name: value}).to_dict()
    if len(fields) != 1:
        raise InputError(f"the attribute `{name}` is missing from what `to_dict` returns", location)
    return next(iter(fields.items()))


def _wrapped(value: Any, suffix: str) -> Any:
    return {"a": value} if suffix == "{}" else [value] if suffix else value


def _unwrapped(whole: Any, suffix: str) -> Any:
    return whole["a"] if suffix == "{}" else whole[0] if suffix else whole


def _sample(element: Any) -> Any:
    if issubclass(element, datetime):
        return getattr(element, "parse", element.fromisoformat)(MOMENT)
    if issubclass(element, timedelta):
        return timedelta(seconds=1.5)
    if issubclass(element, Enum):
        return next(iter(element))
    samples: dict[Any, Any] = {str: "a", int: 1, bool: True, float: 0.5, bytes: b"\xff\xfe", dict: {"a": "a"}}
    return samples[element] if element in samples else element()


def _declared(model: type) -> dict[str, tuple[int, str]]:
    """Return the annotated attributes of a class, each with its line and docstring, without the unknown fields."""
    lines, start = inspect.getsourcelines(model)
    body: list[ast.stmt] = getattr(ast.parse(textwrap.dedent("".join(lines))).body[0], "body", [])
    declared: dict[str, tuple[int, str]] = {}
    for statement, following in zip(body, [*body[1:], None], strict=True):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                declared[name] = start + statement.lineno - 1, text
            case ast.AnnAssign(target=ast.Name(id=name)), _:
                declared[name] = start + statement.lineno - 1, ""
            case _:
                pass
    declared.pop(_UNKNOWN_FIELDS, None)
    return declared
