"""Reads a model of the client: its attributes, their types, and their JSON, by a round trip of samples."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import field, frozen

from generator.contract.facts import ROOT, Constraints, Field, Value
from generator.contract.keywords import KEYWORDS
from generator.errors import InputError, Location

from .bounds import Facts, bounds_of, exclusive_with, with_element
from .json_types import type_of
from .package import Package
from .probe import Probe, message_probe
from .samples import MOMENT, kind_of, samples

_UNKNOWN_FIELDS = "additional_properties"

_TYPE_FACTS = frozenset({"type", "format", "nullable", "enum", "x-same-as"})
_NOT_OF_RESPONSES = frozenset(KEYWORDS) - _TYPE_FACTS
"""Keywords that the client does not check in a response."""

_OF_EMPTY_VALUES = frozenset({"minLength", "minItems", "minProperties"})
"""Keywords that a message cannot show for a bound of 1, because it omits empty values."""


@frozen
class Attribute:
    """An attribute of a model: its name in JSON, a sample of it there, and its location.

    `suffix` ends the path of its values: `[]` of a list, `{}` of a map, empty otherwise; `element` is their type.
    """

    model: Any
    name: str
    wire_name: str
    element: Any
    suffix: str
    sample: Any
    location: Location

    def reads(self, value: Any) -> bool:
        """Return True if the model reads a value as its own type, and writes it again unchanged."""
        whole = with_element(self.sample, value) if self.suffix else value
        try:
            message = self.model.from_dict({self.wire_name: whole})
        except ValueError:
            return False
        typed = isinstance(
            self._element(getattr(message, self.name)), str if issubclass(self.element, Enum) else self.element
        )
        return typed and message.to_dict() == {self.wire_name: whole} and not getattr(message, _UNKNOWN_FIELDS)

    def type(self) -> dict[str, Value]:
        """Return type and format of its values in JSON; nothing if they do not survive the round trip."""
        sample = self._element(self.sample)
        is_text = isinstance(sample, str)
        if not self.reads(sample):
            return {}
        if issubclass(self.element, datetime) and sample != MOMENT:  # It loses digits.
            return {"type": "string"}
        if self.element is not int:
            return type_of(self.element, self.reads)
        facts = type_of(int, lambda number: self.reads(str(number) if is_text else number))
        is_nullable = not self.suffix and getattr(self.model(), self.name) is None
        return facts and {**facts, "type": "string" if is_text else "integer", "nullable": is_nullable}

    def _element(self, value: Any) -> Any:
        elements: list[Any] = [*value.values()] if self.suffix == "{}" else [*value] if self.suffix else [value]
        return elements[0] if elements else None


@frozen
class _Sent:
    """The facts of an attribute, its keys and its elements beyond their types; none of a response.

    `is_checked` is False if the attribute may hold something else than the message that its type names.
    """

    own: Facts = field(factory=dict[str, Value])
    keys: Facts = field(factory=dict[str, Value])
    elements: Facts = field(factory=dict[str, Value])
    omitted: frozenset[str] = _NOT_OF_RESPONSES
    is_checked: bool = True


def fields_of(
    package: Package, model: Any, *, is_sent: bool, above: Mapping[Any, str] | None = None, path: str = ""
) -> Iterator[Field]:
    """Yield every field of a model and of those within it; one that recurs names the first and is not expanded.

    Bounds are those of messages that are sent. Raises InputError for an attribute without a name in JSON.
    """
    above = {**(above or {}), model: path.removesuffix(".") or ROOT}
    probe = message_probe(package, model)
    of_model = tuple(attributes(package, model))
    wire_names = {attribute.name: attribute.wire_name for attribute in of_model}
    for attribute in of_model:
        full, location = path + attribute.wire_name, attribute.location
        sent = _sent(probe, attribute, wire_names) if is_sent else _Sent()
        is_map = attribute.suffix == "{}"
        if is_map:
            yield Field(full, Constraints({"type": "object", **sent.own}, omitted_keywords=sent.omitted), location)
            keys = Constraints(sent.keys, omitted_keywords=sent.omitted | {"type"})
            yield Field(f"{full}{{key}}", keys, location)
        again = {"x-same-as": above[attribute.element]} if attribute.element in above else {}
        facts = {**({} if is_map else sent.own), **sent.elements, **attribute.type(), **again}
        full += attribute.suffix
        yield Field(full, Constraints(facts, omitted_keywords=sent.omitted), location)
        if attrs.has(attribute.element) and not again and sent.is_checked:
            yield from fields_of(package, attribute.element, is_sent=is_sent, above=above, path=f"{full}.")


def _sent(probe: Probe, attribute: Attribute, wire_names: Mapping[str, str]) -> _Sent:
    name, values = attribute.name, probe.with_sample({}, attribute.name)
    bounds = bounds_of(probe, values, name)
    own = {keyword: bound for keyword, bound in bounds.own.items() if (keyword, bound) != ("minLength", 1)}
    if probe.reason(values, name, getattr(attribute.model(), name)):
        own["required"] = True  # An empty text is rejected for its length, too.
    others = exclusive_with(probe, name)
    if others:
        own["x-one-of"] = tuple(wire_names[member] for member in (name, *others))
    elements = {} if attribute.element is list else bounds.elements  # Those of a field mask follow from its format.
    omitted = set(_OF_EMPTY_VALUES)
    omitted |= {"uniqueItems"} if attrs.has(attribute.element) else set()  # Only the service compares messages.
    omitted |= {"required"} if attribute.element is bool else set()  # False is as good as left out.
    is_checked = not attrs.has(attribute.element) or bool(
        probe.reason(values, name, with_element(values[name], object()))
    )
    return _Sent(own, bounds.keys, elements, frozenset(omitted), is_checked)


def attributes(package: Package, model: Any) -> Iterator[Attribute]:
    """Yield the attributes of a model. Raises InputError for one without a name in JSON."""
    hints, lines = get_type_hints(model), _lines(model)
    for name, alias in ((item.name, item.alias) for item in attrs.fields(model) if item.name != _UNKNOWN_FIELDS):
        location = package.location(model, lines[name])
        kind = kind_of(hints[name])
        suffix = {list: "[]", dict: "{}"}.get(get_origin(kind) or kind, "") if get_args(kind)[1:] != (object,) else ""
        element = kind_of(get_args(kind)[-1]) if suffix else kind
        element = get_origin(element) or element
        wire_name, sample = _json_field(model, alias, next(samples(kind, lambda model: model())), location)
        if suffix == "[]" and isinstance(sample, str):  # A field mask: one text for all its paths.
            suffix, element = "", list
        yield Attribute(model, alias, wire_name, element, suffix, sample, location)


def _json_field(model: Any, name: str, value: Any, location: Location) -> tuple[str, Any]:
    """Return the JSON name of an attribute, and a sample of it there."""
    fields: dict[str, Any] = model(**{name: value}).to_dict()
    if len(fields) != 1:
        raise InputError(f"the attribute `{name}` is missing from what `to_dict` returns", location)
    return next(iter(fields.items()))


def _lines(model: type) -> Mapping[str, int]:
    """Return the line of each attribute of a class."""
    source, start = inspect.getsourcelines(model)
    statements = ast.walk(ast.parse(textwrap.dedent("".join(source))))
    return {
        ast.unparse(statement.target): start + statement.lineno - 1
        for statement in statements
        if isinstance(statement, ast.AnnAssign)
    }
