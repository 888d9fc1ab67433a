"""Reads a model of the client: its attributes, their types, and what they are in JSON."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, cast, get_args, get_origin

import attrs
from attrs import frozen

from generator.contract.docstring_sentences import parse_entry_facts
from generator.contract.facts import ROOT, Constraints, Field, Value
from generator.errors import InputError, Location

from .package import Package
from .samples import MOMENT, TYPES, kind_of

_MOST = 2**63 - 1
"""The greatest int64: reading it, and not the next, tells that the range is checked."""

_PAST_INT32 = 2**31
"""Too large for an int32: reading it tells the two widths of integers apart."""

_PAST_FLOAT = 1e39
"""Too large for a number of 32 bits."""

_FORMATS: Mapping[type, str] = {datetime: "date-time", timedelta: "duration", bytes: "byte", list: "field-mask"}
"""A type that a text of JSON becomes -> its format."""

_NOT_KNOWN_YET = "NOT_KNOWN_YET"
_UNKNOWN_FIELDS = "additional_properties"

Parts = Mapping[str, Mapping[str, Value]]
"""Facts: of a value under the empty text, of the keys of a map under `{key}`, of its values under `{}`."""


@frozen
class Attribute:
    """An attribute of a model: where it is found, its type, its name in JSON, what a sample of it is there.

    `suffix` is what the path of its values ends in: `[]` of a list, `{}` of a map, nothing otherwise; `element` is
    their type. `said` is what the docstring states.
    """

    model: Any
    name: str
    wire_name: str
    element: Any
    suffix: str
    written: Any
    said: Parts
    location: Location

    def reads(self, value: Any) -> bool:
        """Whether the model reads one value as its own type, and writes it again as it came."""
        whole = {"": value, "[]": [value], "{}": {"a": value}}[self.suffix]
        try:
            message = self.model.from_dict({self.wire_name: whole})
        except ValueError:
            return False
        one = _first(getattr(message, self.name), self.suffix)
        typed = isinstance(one, str if issubclass(self.element, Enum) else self.element)
        return typed and message.to_dict() == {self.wire_name: whole} and not getattr(message, _UNKNOWN_FIELDS)

    def type(self) -> dict[str, Value]:
        """Type and format of its values in JSON; none where they are not read as they are written."""
        return _typed(self) if self.reads(self.written) else {}


Held = Callable[[str, Attribute], tuple[str, Parts]]
"""Place of a message among the arguments, and an attribute -> the place of its value, and what is held of it."""


def fields_of(  # noqa: PLR0913, PLR0917  # it recurs with where it is
    package: Package,
    model: type,
    held: Held = lambda at, attribute: (at, attribute.said),
    above: Mapping[Any, str] | None = None,
    path: str = "",
    at: str = "",
) -> Iterator[Field]:
    """Every field of a model and of those within it; one that recurs names the first and is not unrolled.

    Raises InputError for an attribute that has no name in the JSON.
    """
    above = {**(above or {}), model: path.removesuffix(".") or ROOT}
    found = tuple(attributes(package, model))
    wire_names = {one.name: one.wire_name for one in found}
    for attribute in found:
        within, said = held(at, attribute)
        full = path + attribute.wire_name
        type_ = attribute.type()
        if attribute.suffix == "{}":
            yield Field(full, Constraints({"type": "object", **said[""]}), attribute.location)
            if said["{key}"]:
                yield Field(f"{full}{{key}}", Constraints(said["{key}"]), attribute.location)
        own = {**said["{}" if attribute.suffix == "{}" else ""]}
        if "x-one-of" in own:
            group = cast("tuple[str, ...]", own["x-one-of"])
            own["x-one-of"] = tuple(wire_names.get(one, one) for one in group)
        again = {"x-same-as": above[attribute.element]} if attribute.element in above else {}
        full += attribute.suffix
        yield Field(full, Constraints({**own, **type_, **again}), attribute.location)
        if attrs.has(attribute.element) and not again:
            yield from fields_of(package, attribute.element, held, above, f"{full}.", within)


def attributes(package: Package, model: type) -> Iterator[Attribute]:
    """The attributes of a model. Raises InputError for one that has no name in the JSON."""
    hints, documented = package.hints(model), package.once(_documented, model)
    for name in (one.name for one in attrs.fields(model) if one.name in documented):
        line, text = documented[name]
        location = package.location(model.__module__, line)
        kind = kind_of(hints[name])
        suffix = {list: "[]", dict: "{}"}.get(get_origin(kind) or kind, "") if get_args(kind)[1:] != (object,) else ""
        element = kind_of(get_args(kind)[-1]) if suffix else get_origin(kind) or kind
        sample = _sample(get_origin(element) or element)
        whole = {"": sample, "[]": [sample], "{}": {"a": sample}}[suffix]
        wire_name, written = _written(model, name, whole, location)
        if suffix == "[]" and isinstance(written, str):  # A field mask: one text for all its paths.
            suffix, element = "", list
        one = _first(written, suffix)
        yield Attribute(
            model, name, wire_name, get_origin(element) or element, suffix, one, parse_entry_facts(text), location
        )


def _typed(attribute: Attribute) -> dict[str, Value]:
    element, written, reads = attribute.element, attribute.written, attribute.reads
    if issubclass(element, Enum):
        values = tuple(one.value for one in element)
        return {"type": "string", "enum": values} if reads(_NOT_KNOWN_YET) else {"type": "string"}
    if element is int and isinstance(written, str):
        return {"type": "string", "format": "int64"} if reads(str(_MOST)) and not reads(str(_MOST + 1)) else {}
    if element is int:
        return {"type": "integer", "format": "int64" if reads(_PAST_INT32) else "int32"}
    if element is float:
        return {"type": "number", "format": "double" if reads(_PAST_FLOAT) else "float"}
    format_ = next((name for kind, name in _FORMATS.items() if issubclass(element, kind)), None)
    if format_:
        return {"type": "string", **({"format": format_} if format_ != "date-time" or written == MOMENT else {})}
    return {"type": TYPES.get(element, "object")}


def _written(model: type, name: str, value: Any, location: Location) -> tuple[str, Any]:
    """The JSON name of an attribute, and what a sample of it is there."""
    fields: dict[str, Any] = model(**{name: value}).to_dict()
    if len(fields) != 1:
        raise InputError(f"the attribute `{name}` has no place in what `to_dict` gives", location)
    return next(iter(fields.items()))


def _first(whole: Any, suffix: str) -> Any:
    """The one value of a list or of a map with one of them; a value itself."""
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


def _documented(model: type) -> dict[str, tuple[int, str]]:
    """The attributes that are annotated in the class, each with its line and the docstring below it.

    What a model keeps of fields that the contract does not know is none of them.
    """
    lines, start = inspect.getsourcelines(model)
    body: list[ast.stmt] = getattr(ast.parse(textwrap.dedent("".join(lines))).body[0], "body", [])
    found: dict[str, tuple[int, str]] = {}
    for one, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.target.id != _UNKNOWN_FIELDS:
            match following:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    found[one.target.id] = start + one.lineno - 1, text
                case _:
                    found[one.target.id] = start + one.lineno - 1, ""
    return found
