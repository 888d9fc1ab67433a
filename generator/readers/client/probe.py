"""Calls a method of the client with this and that, and says what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, get_args

import httpx
from attrs import frozen

from generator.errors import InputError, Location

from .package import Package
from .samples import kind_of, samples

Values = dict[str, Any]
"""The arguments of a call by name."""

_STEP = re.compile(r"\.?(\w+)|\[([^\]]*)\]")
_OF_KEY = re.compile(r"the key .* of (.*)")


@frozen
class Rejection:
    """What a client refuses before it sends anything, and why."""

    name: str
    reason: str

    @property
    def is_about_pattern(self) -> bool:
        """Whether it is about the pattern; one about the length comes before it."""
        return self.reason.startswith("must match")


@frozen
class MethodProbe:
    """A method of the client under trial; `call` gives the whole answer, and `hints` the types of the arguments."""

    package: Package
    call: Callable[..., Any]
    hints: Mapping[str, Any]
    location: Location

    def refusal(self, values: Mapping[str, Any]) -> Rejection | None:
        """What is refused of the arguments; None where a request was sent."""
        already, errors = len(self.package.sent), self.package.module.errors
        try:
            self.call(**values)
        except errors.InvalidParameter as refused:
            if len(self.package.sent) == already:
                return Rejection(refused.name, refused.reason)
        except errors.StatusError:  # The answer has not the status of success: it was sent.
            pass
        if len(self.package.sent) == already:
            raise InputError("sends nothing, and says not why", self.location)
        return None

    def request(self, values: Mapping[str, Any]) -> httpx.Request:
        """The request that leaves with arguments. Raises InputError where they are refused."""
        refused = self.refusal(values)
        if refused is not None:
            raise InputError(f"refuses `{refused.name}`, which {refused.reason}", self.location)
        return self.package.sent[-1]

    def completed(self, values: Mapping[str, Any]) -> Values:
        """The arguments with other values for what is refused of them. Raises InputError where none is taken."""
        found = deepcopy({**values})
        tried: dict[str, Iterator[Any]] = {}
        while refused := self.refusal(found):
            of_key = _OF_KEY.fullmatch(refused.name)
            at = of_key[1] if of_key else refused.name
            if at.partition(".")[0].partition("[")[0] not in self.hints:
                raise InputError(f"refuses `{at}`, which is no argument", self.location)
            candidates = tried.setdefault(at, samples(self.annotation(found, at)))
            try:
                put(found, at, next(candidates))
            except StopIteration:
                raise InputError(f"accepts no value as `{at}`: {refused.reason}", self.location) from None
        return found

    def with_sample(self, values: Mapping[str, Any], at: str) -> Values:
        """The arguments with some value at a place that is not empty, and that is accepted."""
        found = deepcopy({**values})
        put(found, at, next(samples(self.annotation(found, at))))
        return self.completed(found)

    def without(self, values: Mapping[str, Any], at: str) -> Values:
        """The arguments with an attribute as empty as in a new message."""
        found = deepcopy({**values})
        above, _, name = at.rpartition(".")
        put(found, at, getattr(type(value_at(found, above))(), name))
        return found

    def annotation(self, values: Mapping[str, Any], at: str) -> Any:
        """The annotation of what stands at a place, such as `body.legs[0].takes`."""
        steps = _steps(at)
        found, value = self.hints[steps[0][0]], values.get(steps[0][0])
        for name, index in steps[1:]:
            found = self.package.hints(value.__class__)[name] if name else get_args(kind_of(found))[-1]
            value = getattr(value, name) if name else _element(value, index)
        return found


def put(values: Values, at: str, value: Any) -> None:
    """Set what stands at a place of the arguments."""
    *above, (name, index) = _steps(at)
    target = _reached(values, above)
    if not above:
        values[name] = value
    elif name:
        setattr(target, name, value)
    else:
        target[int(index) if isinstance(target, list) else index] = value


def value_at(values: Values, at: str) -> Any:
    """What stands at a place of the arguments."""
    return _reached(values, _steps(at))


def _reached(values: Values, steps: Sequence[tuple[str, str]]) -> Any:
    found: Any = values
    for step, (name, index) in enumerate(steps):
        found = found[name] if step == 0 else getattr(found, name) if name else _element(found, index)
    return found


def _steps(at: str) -> list[tuple[str, str]]:
    """Each step to a place: a name, or an index or key."""
    return [(found[1] or "", found[2] or "") for found in _STEP.finditer(at)]


def _element(value: Any, index: str) -> Any:
    return value[int(index) if type(value) is list else index]
