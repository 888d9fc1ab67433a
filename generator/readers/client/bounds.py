"""Finds the bounds of a value by probing: a value far out is rejected with a bound, which is then tried at its edge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, get_args, get_origin

from attrs import field, frozen

from generator.contract.facts import Value

from .probe import Probe, Values
from .samples import SIZES, distinct, kind_of, texts


def _count_reasons(what: str, noun: str) -> Mapping[str, str]:
    return {
        f"min{what}": rf"must have at least (\d+) {noun}\b.*|must not be empty",
        f"max{what}": rf"must have at most (\d+) {noun}\b.*",
    }


_RANGE = {
    "minimum": "must not be less than (.+)",
    "maximum": "must not be greater than (.+)",
    "exclusiveMinimum": "must be greater than (.+)",
    "exclusiveMaximum": "must be less than (.+)",
}

_REASONS: Mapping[type, Mapping[str, str]] = {
    str: {**_count_reasons("Length", "characters"), "pattern": "must match ((?s:.+))"},
    bytes: _count_reasons("Length", "bytes"),
    Sequence: {**_count_reasons("Items", "elements"), "uniqueItems": "must not have an element twice"},
    dict: _count_reasons("Properties", "entries"),
    int: _RANGE,
    float: _RANGE,
    timedelta: _RANGE,
}
"""Type of a value -> its keywords, each with the reason of a rejection that names the bound."""

_EDGES = {"minimum": (0, -1), "maximum": (0, 1), "exclusiveMinimum": (1, 0), "exclusiveMaximum": (-1, 0)}
"""Keyword -> the distance from the bound of the nearest values within and beyond it."""

_SPAN = re.compile(r"(?:(-?\d+) days?, )?(\d+):(\d+):(\d+)")

Facts = dict[str, Value]
"""Values by keyword."""


@frozen
class Bounds:
    """The bounds of a value itself, of the keys of a map, and of the elements of a list or map."""

    own: Facts = field(factory=dict[str, Value])
    keys: Facts = field(factory=dict[str, Value])
    elements: Facts = field(factory=dict[str, Value])


def bounds_of(probe: Probe, values: Values, name: str) -> Bounds:
    """Find the bounds of one of several accepted values; those of a duration are seconds."""
    value, kind, reason = values[name], kind_of(probe.hints[name]), partial(probe.reason, values, name)

    def part(inner: Any, replaced: Callable[[Any, Any], Any]) -> Facts:
        return _Bounded(kind_of(inner), probe, lambda item: reason(replaced(value, item))).bounds()

    is_container = get_args(kind) and object not in get_args(kind)
    keys = part(str, _with_key) if is_container and isinstance(value, dict) else {}
    elements = part(get_args(kind)[-1], with_element) if is_container else {}
    return Bounds(_Bounded(kind, probe, reason).bounds(), keys, elements)


def with_element(value: Any, element: Any) -> Any:
    """Replace the first element of a list or map; any other value is replaced itself."""
    match value:
        case [_, *others]:
            return [element, *others]
        case {}:
            return {**value, next(iter(value)): element}
        case _:
            return element


def _with_key(value: Mapping[Any, Any], key: Any) -> Mapping[Any, Any]:
    (_, element), *others = value.items()
    return {key: element, **dict(others)}


@frozen
class _Bounded:
    """A value of some type, with the reason for which any other value in its place is rejected."""

    kind: Any
    probe: Probe
    reason: Callable[[Any], str]

    @property
    def type(self) -> type:
        """The key of _REASONS for the value; `object` if it has no bounds."""
        kind = get_origin(self.kind) or self.kind
        return next((type_ for type_ in _REASONS if kind is not bool and issubclass(kind, type_)), object)

    def bounds(self) -> Facts:
        """Return the bounds that hold at their edges."""
        bounds: dict[str, Any] = {}
        for keyword, bound in map(self._parsed_reason, self._far_out()):
            bounds.setdefault(keyword, bound)
        return {
            keyword: _in_seconds(bound) if isinstance(bound, timedelta) else bound
            for keyword, bound in bounds.items()
            if keyword and self._is_exact(keyword, bound)
        }

    def _parsed_reason(self, value: Any) -> tuple[str, Any]:
        """Return the keyword for which a value is rejected, and its bound; an empty keyword if there is none."""
        reason = self.reason(value)
        for keyword, pattern in _REASONS.get(self.type, {}).items():
            match = re.fullmatch(pattern, reason)
            if match:
                return keyword, _bound(keyword, match[1]) if match.re.groups else True
        return "", None

    def _far_out(self) -> Iterator[Any]:
        """Yield values that are beyond any bound, and texts that a pattern may reject."""
        if self.type is str:
            # Shorter texts first, since the length is checked before the pattern: "" and "z" give `minLength`.
            yield from ("z", "", "z" * self.probe.longest, *sorted(texts(), key=len))
        elif self.type is bytes:
            yield from (b"", b"z", b"z" * (64 * self.probe.longest))
        elif self.type is Sequence:
            single = self._of_size(1)
            yield from ([], single, self._of_size(self.probe.most_elements), *(single * size for size in SIZES))
        elif self.type is dict:
            yield from ({}, self._of_size(1), self._of_size(self.probe.most_elements))
        elif self.type is timedelta:
            yield from (timedelta(days=-10_000), timedelta(days=10_000))
        elif self.type in {int, float}:
            limits = (2**31 - 1, 2**32 - 1, 2**63 - 1)
            yield from (self.kind(number) for limit in limits for number in (limit, -limit, 1, 0))

    def _of_size(self, size: int) -> Any:
        if self.type in {str, bytes}:
            return "z" * size if self.type is str else b"z" * size
        elements = distinct(get_args(self.kind)[-1], size, self.probe.message)
        return elements if self.type is Sequence else {f"z{index}": value for index, value in enumerate(elements)}

    def _is_exact(self, keyword: str, bound: Any) -> bool:
        """Return True if the last value within a bound is accepted and the first beyond it is rejected.

        An empty value is left out of a message, so it is not rejected.
        """
        if keyword in {"pattern", "uniqueItems"}:
            return True
        if keyword in _EDGES:
            step: Any = timedelta(seconds=1) if isinstance(bound, timedelta) else 1
            within, beyond = (bound + distance * step for distance in _EDGES[keyword])
        else:
            within, beyond = map(self._of_size, (bound, bound - 1 if keyword.startswith("min") else bound + 1))
        is_rejected = self._parsed_reason(beyond)[0] == keyword
        return self._parsed_reason(within)[0] != keyword and (is_rejected or not beyond)


def _bound(keyword: str, text: str | None) -> Any:
    if text is None or keyword == "pattern":  # No text: an empty value is rejected.
        return text or 1
    span = _SPAN.fullmatch(text)
    if span:
        days, hours, minutes, seconds = (int(number or 0) for number in span.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return float(text) if "." in text or "e" in text else int(text)


def _in_seconds(span: timedelta) -> Value:
    return int(seconds) if (seconds := span.total_seconds()).is_integer() else seconds


def exclusive_with(probe: Probe, name: str) -> tuple[str, ...]:
    """Find the values that cannot be set beside another one."""
    values = probe.with_sample(probe.complete({}), name)
    rejections = {other: probe.reject({**values, other: next(probe.samples(other))}) for other in probe.hints}
    return tuple(
        other
        for other, rejection in rejections.items()
        if other != name and rejection and rejection.reason.startswith("cannot be set beside")
    )
