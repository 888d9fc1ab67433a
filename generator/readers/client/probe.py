"""Probes the checks of a client: which values it rejects before it sends anything, and for which reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_type_hints

import attrs
from attrs import frozen

from generator.errors import InputError, Location

from .package import Package
from .samples import samples

Values = dict[str, Any]
"""Arguments or attributes by name."""

_NAME = re.compile(r"(?:the key .* of )?(?:message\.)?(\w+)", re.DOTALL)


@frozen
class Rejection:
    """The name of a rejected argument or attribute, whichever part of it is invalid, and the reason."""

    name: str
    reason: str


def rejection_of(problem: Any) -> Rejection:
    """Return the rejection that an InvalidParameter stands for."""
    match = _NAME.match(problem.name)
    return Rejection(match[1] if match else problem.name, problem.reason)


@frozen
class Probe:
    """A check of named values: `reject` returns the first rejection, or None if it accepts them all.

    `hints` are the annotations of the values; `most_elements` and `longest` bound the lists and texts to try.
    """

    package: Package
    reject: Callable[[Values], Rejection | None]
    hints: Mapping[str, Any]
    location: Location
    most_elements: int
    longest: int

    def complete(self, values: Values) -> Values:
        """Replace the rejected values by samples. Raises InputError if no sample is accepted."""
        complete, tried = dict(values), dict[str, Iterator[Any]]()
        while rejection := self.reject(complete):
            name = rejection.name
            if name not in self.hints:
                raise InputError(f"rejects `{name}`, which is not an argument", self.location)
            candidates = tried.setdefault(name, self.samples(name))
            try:
                complete[name] = next(candidates)
            except StopIteration:
                raise InputError(f"accepts no value as `{name}`: {rejection.reason}", self.location) from None
        return complete

    def with_sample(self, values: Values, name: str) -> Values:
        """Add an accepted sample of one more value."""
        return self.complete({**values, name: next(self.samples(name))})

    def samples(self, name: str) -> Iterator[Any]:
        """Yield samples of a value."""
        return samples(self.hints[name], self.message)

    def reason(self, values: Values, name: str, value: Any) -> str:
        """Return the reason for which one value among accepted ones is rejected; empty if it is accepted."""
        rejection = self.reject({**values, name: value})
        return rejection.reason if rejection and rejection.name == name else ""

    def message(self, model: Any) -> Any:
        """Return a valid message of a model."""
        return valid_message(self.package, model)


def message_probe(package: Package, model: Any) -> Probe:
    """Return the probe of a model that can be sent, by the `check` of its messages."""

    def reject(values: Values) -> Rejection | None:
        try:
            model(**values).check("message")
        except package.module.errors.InvalidParameter as problem:
            return rejection_of(problem)
        return None

    hints = get_type_hints(model)
    arguments = {field.alias: hints[field.name] for field in attrs.fields(model)}
    return Probe(package, reject, arguments, package.location(model, 1), 10_001, 2**20)


def valid_message(package: Package, model: Any) -> Any:
    """Return a message of a model with samples of all that it requires."""
    return model(**message_probe(package, model).complete({})) if hasattr(model, "check") else model()
