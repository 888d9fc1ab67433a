# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Decodes the JSON of proto3 to checked messages.

An absent or null scalar or list is the empty value, an absent message is None, a 64-bit integer is a decimal
string, a field that nobody knows is kept. Source: the JSON mapping in the protobuf language guide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar

from ._clock import Deadline
from ._json_values import JsonObject, deep_copy_json, format_value, has_text, is_instance, is_text
from ._scalars import TEXT, ScalarDecoder
from .errors import DecodeError, Problem

_Element = TypeVar("_Element")
_Model = TypeVar("_Model", bound="Message")
_Rest = ParamSpec("_Rest")

_UNTIMED = 256
"""The most elements of a list between two looks at the clock."""

new_message = object.__new__
"""Makes a message without attributes: `decode` sets them all, in a third of the time that a call of the class takes.

A subclass is called: it may have attributes of its own.
"""


class Message(Protocol):
    """The interface of every generated model."""

    @classmethod
    def decode(cls, data: JsonObject, decoder: Decoder) -> Self:
        """Decode a JSON object; the decoder collects what is wrong."""
        ...

    def to_dict(self) -> dict[str, object]:
        """Return the message as the service writes it."""
        ...


class Decoder(ScalarDecoder):
    """Decodes the fields of one JSON object, and collects what is wrong in `problems`.

    A wrong or null field becomes its empty value, so one pass finds every problem. The decoded message shares no list
    or object with the JSON of a caller.
    """

    __slots__ = ()

    def json_object(self, name: str, value: object) -> dict[str, Any] | None:
        """Decode an object of any content."""
        if not is_instance(value, dict):
            return self._wrong(name, "an object", value, None)
        return (
            self._own(value) if has_text(value) else self._wrong(name, "an object without lone surrogates", value, None)
        )

    def message(self, name: str, value: Any, model: type[_Model]) -> _Model | None:
        """Decode a message."""
        if value.__class__ is not dict and not is_instance(value, dict):
            return self._wrong(name, "an object", value, None)
        self._parents.append((name, None))
        message = model.decode(value if value.__class__ is dict else dict(value), self)
        self._parents.pop()
        return message

    def messages(self, name: str, values: Any, model: type[_Model]) -> list[_Model]:
        """Decode a list of messages."""
        messages: list[_Model] = []
        if values.__class__ is not list and not is_instance(values, list):
            return self._wrong(name, "a list of objects", values, messages)
        self._parents.append((name, messages))
        append, decode = messages.append, model.decode
        for value in self._timed(values):
            if value.__class__ is dict:
                append(decode(value, self))
            elif is_instance(value, dict):
                append(decode(dict(value), self))
            else:
                self._note("", "an object", value)
                append(decode({}, self))
        self._parents.pop()
        return messages

    def strings(self, name: str, values: Any) -> list[str]:
        """Decode a list of strings."""
        if values.__class__ is list:
            for value in values:
                if type(value) is not str or not value.isascii():
                    break
            else:
                return [*values]
        return self._elements(name, values, str, "string")

    def objects(self, name: str, values: Any) -> list[dict[str, object]]:
        """Decode a list of objects of any content."""
        objects: list[Any] = self._elements(name, values, dict, "object")
        for index, value in enumerate(objects):
            if is_instance(value, dict) and not has_text(value):
                self._note(f"{name}[{index}]", "an object without lone surrogates", value)
        return [self._own(value) for value in objects]

    def list_of(
        self,
        name: str,
        values: Any,
        read_one: Callable[Concatenate[str, Any, _Rest], _Element | None],
        *rest: _Rest.args,
        **named: _Rest.kwargs,
    ) -> list[_Element]:
        """Decode a list, each element by another method."""
        if not is_instance(values, list):
            return self._wrong(name, "a list", values, [])
        elements = [
            self._element(f"{name}[{index}]", value, read_one, *rest, **named)
            for index, value in enumerate(self._timed(values))
        ]
        return [value for value in elements if value is not None]

    def map_of(
        self,
        name: str,
        values: Any,
        read_one: Callable[Concatenate[str, Any, _Rest], _Element | None],
        *rest: _Rest.args,
        **named: _Rest.kwargs,
    ) -> dict[str, _Element]:
        """Decode a map, each value by another method."""
        if not is_instance(values, dict):
            return self._wrong(name, "an object", values, {})
        if not has_text([*values]):
            return self._wrong(name, "an object without lone surrogates", values, {})
        elements = {
            key: self._element(f"{name}[{key}]", value, read_one, *rest, **named)
            for key, value in self._timed(values.items())
        }
        return {key: value for key, value in elements.items() if value is not None}

    def _element(
        self,
        name: str,
        value: object,
        read_one: Callable[Concatenate[str, Any, _Rest], _Element | None],
        *rest: _Rest.args,
        **named: _Rest.kwargs,
    ) -> _Element | None:
        if value is None:
            self._note(name, "a value", value)
            return None
        return read_one(name, value, *rest, **named)

    def unknown(self, data: JsonObject, known: Collection[str]) -> dict[str, Any]:
        """Return the fields that the contract does not know."""
        return {name: self._own(value) for name, value in data.items() if name not in known}

    def _own(self, value: Any) -> Any:
        """Return a JSON value that nobody else holds."""
        return deep_copy_json(value) if self._deadline is None else value

    def _timed(self, values: Collection[Any]) -> Iterable[Any]:
        """Return the elements of a response, of which there can be a million, until the deadline is over."""
        if self._deadline is None or len(values) <= _UNTIMED:
            return values
        return _until(self._deadline, values)

    def _elements(self, name: str, values: Any, kind: type[_Element], expected: str) -> list[_Element]:
        if values.__class__ is not list and not is_instance(values, list):
            return self._wrong(name, f"a list of {expected}s", values, [])
        for index, value in enumerate(values):
            if type(value) is not kind and not is_instance(value, kind):
                self._note(f"{name}[{index}]", f"a{'n' if expected[0] in 'aeiou' else ''} {expected}", value)
            elif isinstance(value, str) and not is_text(value):
                self._note(f"{name}[{index}]", TEXT, value)
        return [*values]


def read(model: type[_Model], data: Any, deadline: Deadline | None = None) -> _Model:
    """Decode a JSON object as a message. Raises DecodeError, which names every wrong field.

    With a deadline, the data is that of a response: nobody else holds it, and TimeoutError is raised when it is over.
    """
    decoder = Decoder(deadline)
    if data.__class__ is not dict and not is_instance(data, Mapping):
        raise DecodeError((Problem("", "an object", format_value(data)),))
    message = model.decode(data if data.__class__ is dict else dict(data), decoder)
    if decoder.problems:
        raise DecodeError(tuple(decoder.problems))
    return message


def _until(deadline: Deadline, values: Iterable[Any]) -> Iterator[Any]:
    for index, value in enumerate(values):
        if not index % _UNTIMED:
            deadline.check()
        yield value
