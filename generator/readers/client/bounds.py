"""Finds the bounds of a value by probing: what is rejected far out names a bound, which is then tried at its edge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, get_args, get_origin

import attrs

from generator.contract.facts import Value

from .probe import Probe, Rejection, Values
from .samples import LISTS, distinct, kind_of, texts

_COUNTED = {"Length": "characters|bytes", "Items": "elements", "Properties": "entries"}

_REASONS: Mapping[str, re.Pattern[str]] = {
    **{f"min{what}": re.compile(rf"must have at least (\d+) (?:{nouns})\b.*") for what, nouns in _COUNTED.items()},
    **{f"max{what}": re.compile(rf"must have at most (\d+) (?:{nouns})\b.*") for what, nouns in _COUNTED.items()},
    "minimum": re.compile(r"must not be less than (.+)"),
    "maximum": re.compile(r"must not be greater than (.+)"),
    "exclusiveMinimum": re.compile(r"must be greater than (.+)"),
    "exclusiveMaximum": re.compile(r"must be less than (.+)"),
    "pattern": re.compile(r"must match (.+)", re.DOTALL),
    "uniqueItems": re.compile(r"must not have an element twice"),
}
"""Keyword -> the reason of a rejection, with the bound."""

_EDGES = {"minimum": (0, -1), "maximum": (0, 1), "exclusiveMinimum": (1, 0), "exclusiveMaximum": (-1, 0)}
"""Keyword -> the distance from the bound of the nearest values within and beyond it."""

_SPAN = re.compile(r"(?:(-?\d+) days?, )?(\d+):(\d+):(\d+)")
_UNITS = {"minute": 60, "hour": 3600, "day": 86400}

Bounds = Mapping[str, dict[str, Value]]
"""Facts of a value itself (empty key), of the keys of a map (`key`), and of its elements (`element`)."""


def bounds_of(probe: Probe, values: Values, name: str, unit: str = "") -> Bounds:
    """Find the bounds of one of several accepted values; those of a duration are counted in the unit."""
    kind = kind_of(probe.hints[name])
    bounds: dict[str, dict[str, Value]] = {"": {}, "key": {}, "element": {}}
    for value in _far_out(kind, probe):
        rejection = probe.rejection(values, name, value)
        if rejection is not None:
            keyword, bound = _parsed(rejection)
            if keyword and keyword not in bounds[rejection.part]:
                bounds[rejection.part][keyword] = bound
    for part, facts in bounds.items():
        for keyword in [keyword for keyword in facts if not _holds(probe, values, name, part, keyword, facts[keyword])]:
            del facts[keyword]
    return {
        part: {keyword: _in_unit(bound, unit) for keyword, bound in facts.items()} for part, facts in bounds.items()
    }


def _parsed(rejection: Rejection) -> tuple[str, Any]:
    """Return the keyword that a rejection is about, and its bound; an empty keyword for a value of another type."""
    if rejection.reason == "must not be empty":
        return "minLength", 1
    for keyword, pattern in _REASONS.items():
        match = pattern.fullmatch(rejection.reason)
        if match:
            return keyword, _bound(keyword, match[1]) if match.groups() else True
    return "", None


def _bound(keyword: str, text: str) -> Any:
    if keyword == "pattern":
        return text
    span = _SPAN.fullmatch(text)
    if span:
        days, hours, minutes, seconds = (int(number or 0) for number in span.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return float(text) if "." in text or "e" in text else int(text)


def _in_unit(bound: Any, unit: str) -> Value:
    if not isinstance(bound, timedelta):
        plain: Value = bound
        return plain
    count = bound.total_seconds() / _UNITS.get(unit, 1)
    return int(count) if count.is_integer() else count


def _far_out(kind: Any, probe: Probe) -> Iterator[Any]:
    """Yield values that are beyond any bound, and texts that a pattern may reject."""
    origin = get_origin(kind)
    if origin in LISTS:
        element = get_args(kind)[0]
        yield from ([value] for value in _far_out(kind_of(element), probe))
        single = distinct(element, 1, probe.message)
        yield from ([], single, single * 2, _of_size(kind, probe.most_elements, probe))
    elif origin is dict:
        if get_args(kind)[1] is not object:
            yield from ({"a": value} for value in _far_out(kind_of(get_args(kind)[1]), probe))
            yield from ({key: _element(kind, probe)} for key in _far_out(str, probe))
        yield _of_size(kind, probe.most_elements, probe)
    elif kind is str or (isinstance(kind, type) and issubclass(kind, Enum)):
        # Shorter texts first, since the length is checked before the pattern: "" and "z" give `minLength`.
        yield from ("z", "", "z" * probe.longest, *sorted(texts(), key=len))
    elif kind is bytes:
        yield from (b"", b"z", b"z" * (64 * probe.longest))
    elif kind in {int, float}:
        yield from (kind(number) for limit in (2**31 - 1, 2**32 - 1, 2**63 - 1) for number in (limit, -limit, 1))
    elif isinstance(kind, type) and issubclass(kind, timedelta):
        yield from (timedelta(days=-10_000), timedelta(days=10_000))


def _of_size(kind: Any, size: int, probe: Probe) -> Any:
    if kind in {str, bytes}:
        return kind(b"z" * size) if kind is bytes else "z" * size
    if get_origin(kind) in LISTS:
        return distinct(get_args(kind)[0], size, probe.message)
    return dict.fromkeys((f"z{index}" for index in range(size)), _element(kind, probe))


def _element(kind: Any, probe: Probe) -> Any:
    return distinct(get_args(kind)[1], 1, probe.message)[0]


def _holds(probe: Probe, values: Values, name: str, part: str, keyword: str, bound: Any) -> bool:  # noqa: PLR0913, PLR0917
    """Return True if the last value within a bound is accepted and the first beyond it is rejected.

    An empty value is left out of a message, so it is not rejected.
    """
    kind = kind_of(probe.hints[name])
    inner = str if part == "key" else kind_of(get_args(kind)[-1]) if part else kind
    if isinstance(inner, type) and issubclass(inner, Enum):
        inner = str
    if keyword in {"pattern", "uniqueItems"}:
        return True
    if keyword in _EDGES:
        step: Any = timedelta(seconds=1) if isinstance(bound, timedelta) else 1
        within, beyond = (bound + distance * step for distance in _EDGES[keyword])
    else:
        within, beyond = (
            _of_size(inner, size, probe) for size in (bound, bound - 1 if keyword.startswith("min") else bound + 1)
        )

    def is_beyond(value: Any) -> bool:
        rejection = probe.rejection(values, name, _wrapped(value, kind, part, probe))
        return rejection is not None and _parsed(rejection)[0] == keyword

    return not is_beyond(within) and (is_beyond(beyond) or not beyond)


def _wrapped(value: Any, kind: Any, part: str, probe: Probe) -> Any:
    """Return a value as the key or the element of a value of some kind, or as it is."""
    if part == "key":
        return {value: _element(kind, probe)}
    is_list = get_origin(kind) in LISTS
    return value if not part else [value] if is_list else {"a": value}


def group_of(probe: Probe, values: Values, name: str) -> tuple[str, ...]:
    """Find the names of which at most one may be set, this one among them; none if it is in no such group."""
    own = probe.with_sample(values, name)
    others = (other for other in probe.hints if other != name)
    group = [name, *(other for other in others if _excludes(probe, own, other))]
    return tuple(group) if len(group) > 1 else ()


def _excludes(probe: Probe, values: Values, other: str) -> bool:
    rejection = probe.attempt({**values, other: next(probe.samples(other))})
    return rejection is not None and rejection.reason.startswith("cannot be set beside")


def is_checked(probe: Probe, values: Values, name: str) -> bool:
    """Return True if a value of another type is rejected, or no message is expected here."""
    kind = kind_of(probe.hints[name])
    element = kind_of(get_args(kind)[-1]) if get_args(kind) else kind
    if not attrs.has(element):
        return True
    value = _wrapped(object(), kind, "element" if get_args(kind) else "", probe)
    return probe.rejection(values, name, value) is not None
