"""Collects the fields of a JSON object that violate the contract, each with its path."""

from __future__ import annotations

from typing import Any, TypeVar

from ._clock import Deadline
from ._json_values import format_value
from .errors import DecodeError, Problem

_Empty = TypeVar("_Empty")

_MOST = 1000
"""The most wrong fields to collect: a response with millions is not worth the time and the memory."""


class ProblemCollector:
    """The problems of the message that is being decoded, in `problems`."""

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
