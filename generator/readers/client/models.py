"""Reads a model of the client: its attributes, their types, and what they are in JSON."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from generator.contract.facts import Constraints, Field, Value
from generator.contract.places import Place, Unreadable
from generator.contract.wording import facts_in

from .package import Package

_MOMENT = "2026-03-14T09:26:53.589793238Z"
_MOST = 2**63 - 1
"""The greatest int64: reading it, and not the next, tells that the range is checked."""

_PAST_INT32 = 2**31
"""Too large for an int32: reading it tells the two widths of integers apart."""

_TYPES = {str: "string", bool: "boolean", float: "number"}
_UNKNOWN_FIELDS = "additional_properties"


def fields_of(package: Package, model: type, above: tuple[type, ...] = (), path: str = "") -> Iterator[Field]:
    """Every field of a model and of those within it; one that recurs is not unrolled.

    Raises Unreadable for an attribute that has no name in the JSON.
    """
    hints, documented = get_type_hints(model), _documented(model)
    for name in (one.name for one in attrs.fields(model) if one.name in documented):
        line, text = documented[name]
        place = package.place(model.__module__, line)
        element, repeated = _element(hints[name])
        wire_name, written = _written(model, name, element, repeated=repeated, place=place)
        full = f"{path}{wire_name}{'[]' if repeated else ''}"
        said = {**facts_in(text), **_type(element, written, partial(_reads, model, wire_name))}
        yield Field(full, Constraints(said), place)
        if attrs.has(element) and element not in above:
            yield from fields_of(package, element, (*above, model), f"{full}.")


def _type(element: Any, written: Any, reads: Callable[[Any], bool]) -> dict[str, Value]:
    """Type and format of what an attribute of a Python type is in JSON; none where it is not read as it is written."""
    if not reads(written):
        return {}
    if issubclass(element, datetime):
        return {"type": "string", "format": "date-time"} if written == _MOMENT else {"type": "string"}
    if element is int and isinstance(written, str):
        return {"type": "string", "format": "int64"} if reads(str(_MOST)) and not reads(str(_MOST + 1)) else {}
    if element is int:
        return {"type": "integer"} if reads(_PAST_INT32) else {"type": "integer", "format": "int32"}
    return {"type": _TYPES.get(element, "object")}


def _written(model: type, name: str, element: type, *, repeated: bool, place: Place) -> tuple[str, Any]:
    """The JSON name of an attribute, and what a sample of its type is there."""
    sample = _sample(element)
    fields: dict[str, Any] = model(**{name: [sample] if repeated else sample}).to_dict()
    if len(fields) != 1:
        raise Unreadable(f"the attribute `{name}` has no place in what `to_dict` gives", place)
    return next(iter(fields.items()))


def _sample(element: Any) -> Any:
    if issubclass(element, datetime):
        return getattr(element, "parse", element.fromisoformat)(_MOMENT)
    samples: dict[Any, Any] = {str: "a", int: 1, bool: True, float: 0.5, dict: {"a": "a"}}
    return samples[element] if element in samples else element()


def _reads(model: Any, wire_name: str, value: Any) -> bool:
    """Whether a model reads a value of a field that it knows, and writes it again as it came."""
    try:
        message = model.from_dict({wire_name: value})
    except ValueError:
        return False
    return message.to_dict() == {wire_name: value} and not getattr(message, _UNKNOWN_FIELDS)


def _element(annotation: Any) -> tuple[type, bool]:
    """The type of a value, or of the elements of a list, and which of the two it is."""
    if get_origin(annotation) in {Union, UnionType}:
        annotation = next(one for one in get_args(annotation) if one is not NoneType)
    if get_origin(annotation) is list:
        element = get_args(annotation)[0]
        return get_origin(element) or element, True
    return get_origin(annotation) or annotation, False


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
