# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The JSON of proto3: decoding it to checked values, and encoding values.

An absent or null scalar or list is the empty value, an absent message is None, a 64-bit integer is a decimal
string, a field that nobody knows is kept. Source: the JSON mapping in the protobuf language guide.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar, cast

from ._clock import Deadline
from ._duration import Duration
from ._encode import decode_mask, fits_float
from ._timestamp import Timestamp
from .errors import DecodeError, Problem

_Element = TypeVar("_Element")
_Empty = TypeVar("_Empty")
_Enumeration = TypeVar("_Enumeration", bound=StrEnum)
_Model = TypeVar("_Model", bound="Message")
_Rest = ParamSpec("_Rest")

JsonObject = Mapping[str, object]
"""An object as a JSON parser gives it."""

_SHOWN = 60
"""The most characters of a wrong value that a problem shows."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TEXT = "a string without lone surrogates"

_MOST = 1000
"""The most wrong fields to collect: a response with millions is not worth the time and the memory."""


class Message(Protocol):
    """The interface of every generated model."""

    @classmethod
    def decode(cls, data: JsonObject, decoder: Decoder) -> Self:
        """Decode a JSON object; the decoder collects what is wrong."""
        ...

    def to_dict(self) -> dict[str, object]:
        """Return the message as the service writes it."""
        ...


class Decoder:
    """Decodes the fields of one JSON object, and collects what is wrong in `problems`.

    A wrong or null field becomes its empty value, so one pass finds every problem. The decoded message shares no list
    or object with the JSON of a caller.
    """

    __slots__ = ("_deadline", "_parents", "problems")

    def __init__(self, deadline: Deadline | None = None) -> None:
        self.problems: list[Problem] = []
        self._deadline = deadline
        # The fields that lead to the object being read, each with the list that grows meanwhile: its length
        # is the index of the element being read, which so costs nothing as long as all is well.
        self._parents: list[tuple[str, list[Any] | None]] = []

    def string(self, name: str, value: object) -> str:
        """Decode a string. One with a lone surrogate is wrong, as it is to protobuf: it has no UTF-8."""
        if type(value) is not str:
            return self._wrong(name, "a string", value, "")
        return value if _is_text(value) else self._wrong(name, _TEXT, value, "")

    def enumeration(self, name: str, value: object, kind: type[_Enumeration]) -> _Enumeration | str:
        """Decode a value of an enumeration; an unknown one stays a string."""
        text = self.string(name, value)
        try:
            return kind(text)
        except ValueError:
            return text

    def boolean(self, name: str, value: object) -> bool:
        """Decode true or false."""
        if type(value) is bool:
            return value
        self._wrong(name, "true or false", value, None)
        return False

    def double(self, name: str, value: Any) -> float:
        """Decode a number; NaN and the infinities are strings in JSON."""
        if type(value) is float or type(value) is int or value in ("NaN", "Infinity", "-Infinity"):
            return float(value)
        return self._wrong(name, "a number", value, 0.0)

    def float32(self, name: str, value: Any) -> float:
        """Decode a 32-bit number."""
        number = self.double(name, value)
        return number if fits_float(number) else self._wrong(name, "a number of 32 bits", value, 0.0)

    def int64(self, name: str, value: object) -> int:
        """Decode a 64-bit integer, a decimal string or a JSON integer."""
        if type(value) is str and value.isdecimal() and len(value) < 19 and value.isascii():
            return int(value)
        number = value
        if type(value) is str and value.isascii() and value.removeprefix("-").isdecimal() and len(value) < 21:
            number = int(value)
        if type(number) is int and -0x8000000000000000 <= number <= 0x7FFFFFFFFFFFFFFF:
            return number
        return self._wrong(name, "an int64 as a decimal string", value, 0)

    def uint64(self, name: str, value: object) -> int:
        """Decode an unsigned 64-bit integer, a decimal string or a JSON integer."""
        number = value
        if type(value) is str and value.isascii() and value.isdecimal() and len(value) < 21:
            number = int(value)
        if type(number) is int and 0 <= number <= 0xFFFFFFFFFFFFFFFF:
            return number
        return self._wrong(name, "a uint64 as a decimal string", value, 0)

    def wrapped_int64(self, name: str, value: object) -> int | None:
        """Decode a `google.protobuf.Int64Value`."""
        return None if value is None else self.int64(name, value)

    def wrapped_uint64(self, name: str, value: object) -> int | None:
        """Decode a `google.protobuf.UInt64Value`."""
        return None if value is None else self.uint64(name, value)

    def uint32(self, name: str, value: object) -> int:
        """Decode an unsigned 32-bit integer."""
        if type(value) is int and 0 <= value <= 0xFFFFFFFF:
            return value
        return self._wrong(name, "a uint32", value, 0)

    def int32(self, name: str, value: object) -> int:
        """Decode a 32-bit integer."""
        if type(value) is int and -0x80000000 <= value <= 0x7FFFFFFF:
            return value
        return self._wrong(name, "an int32", value, 0)

    def timestamp(self, name: str, value: object) -> Timestamp | None:
        """Decode a timestamp."""
        if type(value) is str:
            try:
                return Timestamp.parse(value)
            except ValueError:
                pass
        return self._wrong(name, "a timestamp as RFC 3339 writes it", value, None)

    def duration(self, name: str, value: object) -> timedelta | None:
        """Decode a duration."""
        if type(value) is str:
            try:
                return Duration.parse(value)
            except ValueError:
                pass
        return self._wrong(name, "a duration such as 3.5s", value, None)

    def bytes_(self, name: str, value: object) -> bytes:
        """Decode base64 in either alphabet, with or without padding."""
        if type(value) is str:
            try:
                plain = value.replace("-", "+").replace("_", "/").rstrip("=")
                return b64decode(plain + "=" * (-len(plain) % 4), validate=True)
            except ValueError:
                pass
        return self._wrong(name, "bytes as base64", value, b"")

    def field_mask(self, name: str, value: object) -> list[str]:
        """Decode a field mask."""
        return decode_mask(self.string(name, value))

    def json_object(self, name: str, value: object) -> dict[str, Any] | None:
        """Decode an object of any content."""
        if not _is(value, dict):
            return self._wrong(name, "an object", value, None)
        return (
            self._own(value)
            if _has_text(value)
            else self._wrong(name, "an object without lone surrogates", value, None)
        )

    def message(self, name: str, value: Any, model: type[_Model]) -> _Model | None:
        """Decode a message."""
        if value.__class__ is not dict and not _is(value, dict):
            return self._wrong(name, "an object", value, None)
        self._parents.append((name, None))
        message = model.decode(value, self)
        self._parents.pop()
        return message

    def messages(self, name: str, values: Any, model: type[_Model]) -> list[_Model]:
        """Decode a list of messages."""
        messages: list[_Model] = []
        if values.__class__ is not list and not _is(values, list):
            return self._wrong(name, "a list of objects", values, messages)
        self._parents.append((name, messages))
        read_one = model.decode
        for value in self._timed(values):
            if value.__class__ is dict or _is(value, dict):
                messages.append(read_one(value, self))
            else:
                self._note("", "an object", value)
                messages.append(read_one({}, self))
        self._parents.pop()
        return messages

    def strings(self, name: str, values: Any) -> list[str]:
        """Decode a list of strings."""
        return self._elements(name, values, str, "string")

    def objects(self, name: str, values: Any) -> list[dict[str, object]]:
        """Decode a list of objects of any content."""
        objects: list[Any] = self._elements(name, values, dict, "object")
        for index, value in enumerate(objects):
            if not _has_text(value):
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
        if not _is(values, list):
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
        if not _is(values, dict):
            return self._wrong(name, "an object", values, {})
        if not _has_text([*values]):
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

    def unknown(self, fields: dict[str, object]) -> dict[str, Any]:
        """Return the fields that the contract does not know."""
        owned: dict[str, Any] = self._own(fields)
        return owned

    def _own(self, value: Any) -> Any:
        """Return a JSON value that nobody else holds."""
        return deep_copy_json(value) if self._deadline is None else value

    def _timed(self, values: Iterable[Any]) -> Iterable[Any]:
        """Return the elements of a response, of which there can be a million, until the deadline is over."""
        return values if self._deadline is None else _until(self._deadline, values)

    def _elements(self, name: str, values: Any, kind: type[_Element], expected: str) -> list[_Element]:
        if values.__class__ is not list and not _is(values, list):
            return self._wrong(name, f"a list of {expected}s", values, [])
        for index, value in enumerate(values):
            if type(value) is not kind and not _is(value, kind):
                self._note(f"{name}[{index}]", f"a{'n' if expected[0] in 'aeiou' else ''} {expected}", value)
            elif isinstance(value, str) and not _is_text(value):
                self._note(f"{name}[{index}]", _TEXT, value)
        return [*values]

    def _wrong(self, name: str, expected: str, value: object, empty: _Empty) -> _Empty:
        if value is not None:
            self._note(name, expected, value)
        return empty

    def _note(self, name: str, expected: str, value: object) -> None:
        above = [parent if done is None else f"{parent}[{len(done)}]" for parent, done in self._parents]
        self.problems.append(Problem(".".join([*above, *([name] if name else [])]), expected, _format_value(value)))
        if len(self.problems) == _MOST:
            raise DecodeError(tuple(self.problems))


def read(model: type[_Model], data: Any, deadline: Deadline | None = None) -> _Model:
    """Decode a JSON object as a message. Raises DecodeError, which names every wrong field.

    With a deadline, the data is that of a response: nobody else holds it, and TimeoutError is raised when it is over.
    """
    decoder = Decoder(deadline)
    if data.__class__ is not dict and not _is(data, Mapping):
        raise DecodeError((Problem("", "an object", _format_value(data)),))
    message = model.decode(data, decoder)
    if decoder.problems:
        raise DecodeError(tuple(decoder.problems))
    return message


def _until(deadline: Deadline, values: Iterable[Any]) -> Iterator[Any]:
    for index, value in enumerate(values):
        if not index % 256:
            deadline.check()
        yield value


def deep_copy_json(value: Any) -> Any:
    """Return a deep copy of a JSON value."""
    if isinstance(value, dict):
        return {name: deep_copy_json(element) for name, element in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [deep_copy_json(element) for element in cast("list[object]", value)]
    return value


def encode_message(message: Message | None) -> dict[str, object] | None:
    """Encode a message; None if there is none."""
    return None if message is None else message.to_dict()


def drop_empty(unknown: dict[str, object], fields: dict[str, object]) -> dict[str, object]:
    """Return the unknown fields and the known ones that are not empty; an empty message is kept."""
    copies = {name: deep_copy_json(value) for name, value in unknown.items()}
    return copies | {name: value for name, value in fields.items() if value or type(value) is dict}


def _is_text(value: str) -> bool:
    """Return True for a string that UTF-8 can encode."""
    return value.isascii() or not _SURROGATE.search(value)


def _has_text(value: object) -> bool:
    """Return True for a JSON value whose strings UTF-8 can encode."""
    if isinstance(value, dict):
        return all(_has_text(part) for entry in cast("dict[str, object]", value).items() for part in entry)
    if isinstance(value, list):
        return all(map(_has_text, cast("list[object]", value)))
    return not isinstance(value, str) or _is_text(value)


def _is(value: object, kind: type) -> bool:
    """Return True for an instance of a type or a subtype; the slow path behind an identity check."""
    return isinstance(value, kind)


def _format_value(value: object) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case int() if value.bit_length() > 128:  # Python refuses to write out a really long one.
            return f"an integer of {value.bit_length()} bits"
        case str():
            text = ascii(value[:_SHOWN])
            return f"{text}..." if len(value) > _SHOWN else text
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            return ascii(value)[:_SHOWN]
