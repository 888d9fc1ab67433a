"""Whether a client holds what is sent to the bounds that its docstrings state.

It tries the last value within a bound and the first beyond it: what is not refused as it is said is no fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import timedelta
from typing import Any, cast, get_args, get_origin

import attrs

from generator.contract.facts import Value

from .probe import MethodProbe, Rejection, Values, put, value_at
from .samples import LISTS, distinct, kind_of, texts

Facts = Mapping[str, Value]

_UNITS = {"minute": 60, "hour": 3600, "day": 86400}
"""What the bounds of a duration count, in seconds, if not those."""

Pair = tuple[Any, Any]
"""A value within a bound and one beyond it; None where there is nothing to try."""


def held(trial: MethodProbe, values: Values, at: str, facts: Facts) -> dict[str, Value]:
    """The facts of what stands at a place of accepted arguments, without the bounds that the client does not keep."""
    kind = kind_of(trial.annotation(values, at))
    return {keyword: one for keyword, one in facts.items() if _is_held(trial, values, at, kind, facts, keyword)}


def held_of_entries(
    trial: MethodProbe, values: Values, at: str, parts: Mapping[str, Facts]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """The facts of the keys and of the values of a map at a place, likewise."""
    entries: dict[str, Any] = value_at(values, at)
    key, value = next(iter(entries.items()))
    keys = {
        keyword: one
        for keyword, one in parts["{key}"].items()
        if _keeps(
            _pair(keyword, str, parts["{key}"], may_be_empty=True),
            lambda text: _refused(trial, values, at, {text: value}, (f"the key {text!r} of {at}",)),
            about_pattern=keyword == "pattern",
        )
    }
    return keys, held(trial, values, f"{at}[{key}]", parts["{}"])


def _is_held(  # noqa: PLR0913, PLR0917  # one place, and all that is known of it
    trial: MethodProbe, values: Values, at: str, kind: Any, facts: Facts, keyword: str
) -> bool:
    if keyword == "required":
        return kind is bool or "." not in at or _needs(trial, values, at)
    if keyword == "x-one-of":
        return _excludes(trial, values, at, facts[keyword])
    origin = get_origin(kind)
    if keyword in _COUNTS:
        if keyword == "uniqueItems" and attrs.has(get_args(kind)[0]):
            return True  # Messages are compared by the service alone.
        pair: Pair | None = _COUNTS[keyword](kind, facts[keyword])
    elif origin in LISTS:
        return _is_held(trial, values, f"{at}[0]", kind_of(get_args(kind)[0]), facts, keyword)
    else:
        pair = _pair(keyword, kind, facts, may_be_empty="." not in at)
    if keyword == "pattern" and not re.fullmatch(str(facts[keyword]), value_at(values, at)):
        return False  # What the client takes is against it.
    return _keeps(pair, lambda value: _refused(trial, values, at, value, (at,)), about_pattern=keyword == "pattern")


def _keeps(pair: Pair | None, refused: Callable[[Any], Rejection | None], *, about_pattern: bool) -> bool:
    """Whether the value within is taken, and the one beyond refused for the very reason."""
    if pair is None:
        return True
    within, beyond = pair
    if within is not None:
        found = refused(within)
        if found and not found.is_about_pattern:
            return False
    if beyond is None:
        return True
    found = refused(beyond)
    return found is not None and found.is_about_pattern is about_pattern


def _refused(trial: MethodProbe, values: Values, at: str, value: Any, names: tuple[str, ...]) -> Rejection | None:
    """How a value is refused at a place; None where it is not, or where something else is."""
    changed = deepcopy(values)
    put(changed, at, value)
    found = trial.refusal(changed)
    return found if found and found.name in names else None


def _needs(trial: MethodProbe, values: Values, at: str) -> bool:
    """Whether an attribute is refused that is as empty as in a new message."""
    above, _, name = at.rpartition(".")
    empty = getattr(type(value_at(values, above))(), name)
    return _refused(trial, values, at, empty, (at,)) is not None


def _excludes(trial: MethodProbe, values: Values, at: str, names: Any) -> bool:
    """Whether an attribute is refused beside each other one of its group."""
    above, _, own = at.rpartition(".")
    places = [f"{above}.{name}" for name in names if name != own]
    group = tuple(f"{above}.{name}" for name in names)
    return all(
        _refused(trial, values, place, value_at(trial.with_sample(trial.without(values, at), place), place), group)
        for place in places
    )


def _pair(keyword: str, kind: Any, facts: Facts, *, may_be_empty: bool) -> Pair | None:
    """What to try for a bound; where what is empty is left out, it is never beyond one."""
    bound: Any = facts[keyword]
    if keyword == "pattern":
        least, most = (facts.get(one, otherwise) for one, otherwise in (("minLength", 1), ("maxLength", 100)))
        fitting = (text for text in texts() if cast("int", least) <= len(text) <= cast("int", most))
        return None, next((text for text in fitting if text and not re.fullmatch(bound, text)), None)
    if keyword in LENGTHS:
        sample = b"z" if kind is bytes else "z"
        return sample * bound, sample * (bound + LENGTHS[keyword]) or None
    if keyword in _RANGES:
        inner, outer = _RANGES[keyword]
        step: Any = timedelta(seconds=1) if kind is timedelta else 1
        unit = _UNITS.get(str(facts.get("x-unit")), 1) if kind is timedelta else 1
        edge = bound * (unit * step)
        beyond = edge + outer * step
        is_seen = beyond or may_be_empty
        return edge + inner * step, beyond if is_seen else beyond + (outer or -inner) * step
    return None


LENGTHS = {"minLength": -1, "maxLength": 1}
"""A bound of a length -> how far beyond it the nearest length lies."""

_RANGES = {
    "minimum": (0, -1),
    "maximum": (0, 1),
    "exclusiveMinimum": (1, 0),
    "exclusiveMaximum": (-1, 0),
}
"""A bound -> how far from it the nearest values lie that are within and beyond."""


def _list_of(kind: Any, size: int) -> list[Any]:
    return distinct(get_args(kind)[0], size)


def _map_of(kind: Any, size: int) -> dict[str, Any]:
    value = distinct(get_args(kind)[1], 1)[0]
    return dict.fromkeys((f"z{index}" for index in range(size)), value)


_COUNTS: Mapping[str, Callable[[Any, Any], Pair]] = {
    "minItems": lambda kind, bound: (_list_of(kind, bound), _list_of(kind, bound - 1) or None),
    "maxItems": lambda kind, bound: (_list_of(kind, bound), _list_of(kind, bound + 1)),
    "uniqueItems": lambda kind, _: (None, _list_of(kind, 1) * 2),
    "minProperties": lambda kind, bound: (_map_of(kind, bound), _map_of(kind, bound - 1) or None),
    "maxProperties": lambda kind, bound: (_map_of(kind, bound), _map_of(kind, bound + 1)),
}
"""A bound on a number of elements or entries -> the values to try."""
