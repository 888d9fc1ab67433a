# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Decodes the scalar values of proto3 JSON: a wrong or null one becomes its empty value, and is collected."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from ._clock import Deadline
from ._duration import Duration
from ._encode import decode_mask, fits_float
from ._json_values import format_value, is_text
from ._timestamp import Timestamp
from .errors import DecodeError, Problem

_Empty = TypeVar("_Empty")
_Enumeration = TypeVar("_Enumeration", bound=StrEnum)

TEXT = "a string without lone surrogates"
"""The expectation of a text: one with a lone surrogate has no UTF-8."""

_MOST = 1000
"""The most wrong fields to collect: a response with millions is not worth the time and the memory."""


class ScalarDecoder:
    """Decodes scalar values, each by the name of its field, and collects what is wrong in `problems`."""

    __slots__ = ("_deadline", "_parents", "problems")

    def __init__(self, deadline: Deadline | None = None) -> None:
        self._deadline = deadline
        self.problems: list[Problem] = []
        # The fields that lead to the object being read, each with the list that grows meanwhile: its length
        # is the index of the element being read, which so costs nothing as long as all is well.
        self._parents: list[tuple[str, list[Any] | None]] = []

    def _wrong(self, name: str, expected: str, value: object, empty: _Empty) -> _Empty:
        if value is not None:
            self._note(name, expected, value)
        return empty

    def _note(self, name: str, expected: str, value: object) -> None:
        above = [parent if done is None else f"{parent}[{len(done)}]" for parent, done in self._parents]
        self.problems.append(Problem(".".join([*above, *([name] if name else [])]), expected, format_value(value)))
        if len(self.problems) == _MOST:
            raise DecodeError(tuple(self.problems))

    def string(self, name: str, value: object) -> str:
        """Decode a string. One with a lone surrogate is wrong, as it is to protobuf: it has no UTF-8."""
        if type(value) is not str:
            return self._wrong(name, "a string", value, "")
        return value if is_text(value) else self._wrong(name, TEXT, value, "")

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
