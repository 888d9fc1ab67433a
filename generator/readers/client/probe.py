"""Probes the checks of a client: which values it rejects before it sends anything, and with which reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from attrs import frozen

from generator.errors import InputError, Location

from .package import Package
from .samples import samples

Values = dict[str, Any]
"""Arguments or attributes by name."""

_NAME = re.compile(r"(?P<key>the key .* of )?(?P<name>\w+)(?P<inside>[.\[].*)?", re.DOTALL)


@frozen
class Rejection:
    """A rejected value: its name, `key` or `element` if only that part of it is rejected, and the reason."""

    name: str
    part: str
    reason: str


def rejection_of(name: str, reason: str) -> Rejection:
    """Return the rejection behind the name and the reason of an InvalidParameter."""
    match = _NAME.fullmatch(name)
    if match is None:
        return Rejection(name, "", reason)
    part = "key" if match["key"] else "element" if match["inside"] else ""
    return Rejection(match["name"], part, reason)


@frozen
class Probe:
    """A check of named values: `attempt` returns the first rejection, or None if it accepts them all.

    `hints` are the annotations of the values; `most_elements` and `longest` bound the lists and texts to try.
    """

    package: Package
    attempt: Callable[[Mapping[str, Any]], Rejection | None]
    hints: Mapping[str, Any]
    location: Location
    most_elements: int
    longest: int

    def completed(self, values: Values) -> Values:
        """Return the values with samples for those that are rejected. Raises InputError if no sample is accepted."""
        completed, tried = dict(values), dict[str, Iterator[Any]]()
        while rejection := self.attempt(completed):
            name = rejection.name
            if name not in self.hints:
                raise InputError(f"rejects `{name}`, which is not an argument", self.location)
            candidates = tried.setdefault(name, self.samples(name))
            try:
                completed[name] = next(candidates)
            except StopIteration:
                raise InputError(f"accepts no value as `{name}`: {rejection.reason}", self.location) from None
        return completed

    def with_sample(self, values: Values, name: str) -> Values:
        """Return the values with an accepted sample of one more."""
        return self.completed({**values, name: next(self.samples(name))})

    def samples(self, name: str) -> Iterator[Any]:
        """Yield samples of a value."""
        return samples(self.hints[name], self.message)

    def rejection(self, values: Values, name: str, value: Any) -> Rejection | None:
        """Return the rejection of one value among accepted ones; None if it is accepted."""
        rejection = self.attempt({**values, name: value})
        return rejection if rejection and rejection.name == name else None

    def message(self, model: Any) -> Any:
        """Return a valid message of a model."""
        return valid_message(self.package, model)


def message_probe(package: Package, model: Any) -> Probe:
    """Return the probe of a model that can be sent, by the `check` of its messages."""

    def attempt(values: Mapping[str, Any]) -> Rejection | None:
        try:
            model(**values).check("message")
        except package.module.errors.InvalidParameter as problem:
            return rejection_of(problem.name.replace("message.", "", 1), problem.reason)
        return None

    location = package.location(model.__module__, 1)
    hints = package.hints(model)
    arguments = {field.alias: hints[field.name] for field in attrs.fields(model)}
    return Probe(package, attempt, arguments, location, most_elements=10_001, longest=2**20)


def valid_message(package: Package, model: Any) -> Any:
    """Return a message of a model with samples of all that it requires."""
    probed = hasattr(model, "check")
    return model(**message_probe(package, model).completed({})) if probed else model()
