"""The JSON of proto3: reading it into checked values, writing values back.

An absent or null scalar or list is the empty value, an absent message is None, a 64-bit integer is a decimal
string, a field that nobody knows is kept. Source: the JSON mapping in the protobuf language guide.
"""

from __future__ import annotations

import json
from typing import Any, Protocol, Self, TypeVar, cast

from ._timestamp import Timestamp
from .errors import MalformedMessage, Problem

_Element = TypeVar("_Element")
_Empty = TypeVar("_Empty")
_Model = TypeVar("_Model", bound="Message")

_SHOWN = 60
"""How many characters of a wrong value a problem shows."""


class Message(Protocol):
    """What every generated model can do."""

    @classmethod
    def from_wire(cls, data: dict[str, Any], reading: Reading) -> Self:
        """The message in a JSON object, whose known fields are taken out of it."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """The message as the service writes it."""
        ...


class Reading:
    """One answer being read: takes field after field out of its objects, and collects what is wrong.

    A wrong field reads as its empty value, so that one pass finds every problem; whoever started the reading
    looks at `problems` in the end.
    """

    __slots__ = ("_parents", "problems")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        # The fields that lead to the object being read, each with the list that grows meanwhile: its length
        # is the index of the element being read, which so costs nothing as long as all is well.
        self._parents: list[tuple[str, list[Any] | None]] = []

    def string(self, data: dict[str, Any], name: str) -> str:
        """A string; empty where it was left out."""
        value = data.pop(name, "")
        if type(value) is str:
            return value
        return self._wrong(name, "a string", value, "")

    def int64(self, data: dict[str, Any], name: str) -> int:
        """A 64-bit integer, from a decimal string or a JSON integer; zero where it was left out."""
        value = data.pop(name, 0)
        number = value
        if type(value) is str and value.isascii() and value.removeprefix("-").isdecimal() and len(value) < 21:
            number = int(value)
        if type(number) is int and -0x8000000000000000 <= number <= 0x7FFFFFFFFFFFFFFF:
            return number
        return self._wrong(name, "an int64 as a decimal string", value, 0)

    def int32(self, data: dict[str, Any], name: str) -> int:
        """A 32-bit integer; zero where it was left out."""
        value = data.pop(name, 0)
        if type(value) is int and -0x80000000 <= value <= 0x7FFFFFFF:
            return value
        return self._wrong(name, "an int32", value, 0)

    def timestamp(self, data: dict[str, Any], name: str) -> Timestamp | None:
        """A point in time; None where it was left out."""
        value = data.pop(name, None)
        if type(value) is str:
            try:
                return Timestamp.parse(value)
            except ValueError:
                pass
        return self._wrong(name, "a timestamp as RFC 3339 writes it", value, None)

    def message(self, data: dict[str, Any], name: str, model: type[_Model]) -> _Model | None:
        """A message; None where it was left out."""
        value = data.pop(name, None)
        if value.__class__ is not dict:
            return self._wrong(name, "an object", value, None)
        self._parents.append((name, None))
        message = model.from_wire(value, self)
        self._parents.pop()
        return message

    def messages(self, data: dict[str, Any], name: str, model: type[_Model]) -> list[_Model]:
        """A list of messages; empty where it was left out."""
        values = self._list(data, name, "objects")
        messages: list[_Model] = []
        self._parents.append((name, messages))
        read = model.from_wire
        for value in values:
            if value.__class__ is dict:
                messages.append(read(value, self))
            else:
                self._note("", "an object", value)
                messages.append(read({}, self))
        self._parents.pop()
        return messages

    def strings(self, data: dict[str, Any], name: str) -> list[str]:
        """A list of strings; empty where it was left out."""
        return self._elements(data, name, str, "string")

    def objects(self, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
        """A list of objects of any content; empty where it was left out."""
        return self._elements(data, name, dict, "object")

    def _list(self, data: dict[str, Any], name: str, of: str) -> list[Any]:
        values: Any = data.pop(name, None)
        if values.__class__ is list:
            return values
        return self._wrong(name, f"a list of {of}", values, [])

    def _elements(self, data: dict[str, Any], name: str, kind: type[_Element], expected: str) -> list[_Element]:
        values = self._list(data, name, f"{expected}s")
        for index, value in enumerate(values):
            if type(value) is not kind:
                self._note(f"{name}[{index}]", f"a{'n' if expected[0] in 'aeiou' else ''} {expected}", value)
        return values

    def _wrong(self, name: str, expected: str, value: object, empty: _Empty) -> _Empty:
        if value is not None:
            self._note(name, expected, value)
        return empty

    def _note(self, name: str, expected: str, value: object) -> None:
        above = [parent if done is None else f"{parent}[{len(done)}]" for parent, done in self._parents]
        self.problems.append(Problem(".".join([*above, *([name] if name else [])]), expected, _shown(value)))


def read(model: type[_Model], data: dict[str, Any]) -> _Model:
    """The message in a JSON object, which stays as it is.

    Raises MalformedMessage, which names every field that is wrong.
    """
    return read_owned(model, copied(data))


def read_owned(model: type[_Model], data: Any) -> _Model:
    """Like `read`, from JSON that nobody else uses: it is taken apart."""
    reading = Reading()
    if data.__class__ is not dict:
        raise MalformedMessage((Problem("", "an object", _shown(data)),))
    message = model.from_wire(data, reading)
    if reading.problems:
        raise MalformedMessage(tuple(reading.problems))
    return message


def copied(value: Any) -> Any:
    """A JSON value of its own: plain dicts and lists that nobody else holds."""
    if isinstance(value, dict):
        return {name: copied(one) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [copied(one) for one in cast("list[object]", value)]
    return value


def written(message: Message | None) -> dict[str, Any] | None:
    """A message to be written, None where there is none."""
    return None if message is None else message.to_dict()


def text(moment: Timestamp | None) -> str:
    """A point in time to be written, empty where there is none."""
    return "" if moment is None else str(moment)


def decimal(number: int) -> str:
    """A 64-bit integer to be written: a decimal string, empty for zero."""
    return str(number) if number else ""


def present(unknown: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """The unknown fields, and those of the known ones that are not empty; an empty message is one that is there."""
    kept = {name: copied(value) for name, value in unknown.items()}
    return kept | {name: value for name, value in fields.items() if value or type(value) is dict}


def _shown(value: object) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case int() if value.bit_length() > 128:  # Python refuses to write out a really long one.
            return f"an integer of {value.bit_length()} bits"
        case str():
            text = repr(value[:_SHOWN])
            return f"{text}…" if len(value) > _SHOWN else text
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            return repr(value)[:_SHOWN]
