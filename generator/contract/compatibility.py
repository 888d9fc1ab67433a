"""Whom a change of the contract breaks: one table of rules, from a change to a verdict."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from attrs import frozen

from .changes import Change
from .compare import ABSENT


class Verdict(StrEnum):
    """What a change does to those who call; the worst of what holds for requests, answers and Python source."""

    BREAKING = "breaking"
    REVIEW = "to be judged"
    COMPATIBLE = "compatible"


class Move(StrEnum):
    """How a fact moved."""

    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"


_UPPER = frozenset({"maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"})
_LOWER = frozenset({"minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"})
_LIMITS = _UPPER | _LOWER | {"pattern", "enum", "required"}
"""Keywords that say which values there can be: to add one narrows, to remove one widens."""

_REQUEST = frozenset({"parameter", "body"})
_RESPONSE = frozenset({"response"})
_ANY_PART = _REQUEST | _RESPONSE | {"operation"}
_WHOLE = frozenset({""})
_FEWER = frozenset({Move.ADDED, Move.NARROWED, Move.CHANGED})
_MORE = frozenset({Move.REMOVED, Move.WIDENED, Move.CHANGED})


@frozen
class Rule:
    """A verdict with its stable id, on moves of keywords in parts of an operation, and why.

    The keyword of a whole parameter, field or operation is empty.
    """

    id: str
    verdict: Verdict
    parts: frozenset[str]
    keywords: frozenset[str]
    moves: frozenset[Move]
    why: str
    holds: Callable[[Change], bool] = lambda _change: True


RULES = (
    Rule(
        "kind-changed",
        Verdict.BREAKING,
        _ANY_PART,
        frozenset({"method", "url", "status", "in", "type", "format", "default"}),
        frozenset(Move),
        "the call, or the kind of a value, is another one",
    ),
    Rule(
        "part-removed",
        Verdict.BREAKING,
        _ANY_PART,
        _WHOLE,
        frozenset({Move.REMOVED}),
        "callers give it or read it",
    ),
    Rule(
        "demand-added",
        Verdict.BREAKING,
        _REQUEST,
        _WHOLE,
        frozenset({Move.ADDED}),
        "callers do not give it yet",
        lambda change: change.required,
    ),
    Rule(
        "part-added",
        Verdict.COMPATIBLE,
        _ANY_PART,
        _WHOLE,
        frozenset({Move.ADDED}),
        "nobody needs to know it",
    ),
    Rule(
        "request-narrowed", Verdict.BREAKING, _REQUEST, _LIMITS, _FEWER, "what callers send may not be taken any more"
    ),
    Rule("request-widened", Verdict.COMPATIBLE, _REQUEST, _LIMITS, _MORE, "what callers send is still taken"),
    Rule("response-enum-widened", Verdict.REVIEW, _RESPONSE, frozenset({"enum"}), _MORE, "callers may know no more"),
    Rule("response-widened", Verdict.BREAKING, _RESPONSE, _LIMITS, _MORE, "callers may get what could not come before"),
    Rule("response-narrowed", Verdict.COMPATIBLE, _RESPONSE, _LIMITS, _FEWER, "callers get nothing new"),
    Rule(
        "response-meaning",
        Verdict.BREAKING,
        _RESPONSE,
        frozenset({"uniqueItems", "x-unit", "x-unique-within"}),
        frozenset(Move),
        "the same value means something else",
    ),
    Rule(
        "advice", Verdict.COMPATIBLE, _ANY_PART, frozenset({"deprecated"}), frozenset(Move), "it works as it did before"
    ),
)
"""The first rule that fits counts; what fits none is to be judged by a person."""


def verdict(change: Change) -> Verdict:
    """Whom a change breaks."""
    difference = change.difference
    for rule in RULES:
        fits = difference.part in rule.parts and difference.keyword in rule.keywords and move(change) in rule.moves
        if fits and rule.holds(change):
            return rule.verdict
    return Verdict.REVIEW


def move(change: Change) -> Move:
    """How the fact moved that a change is about."""
    keyword, was, now = change.difference.keyword, change.difference.left.value, change.difference.right.value
    if was is ABSENT or now is ABSENT:
        return Move.ADDED if was is ABSENT else Move.REMOVED
    if isinstance(was, tuple) and isinstance(now, tuple):
        fewer, more = set(now) < set(was), set(now) > set(was)
    elif keyword in _UPPER | _LOWER and isinstance(was, int | float) and isinstance(now, int | float):
        fewer, more = (now < was, now > was) if keyword in _UPPER else (now > was, now < was)
    else:
        fewer = more = False
    return Move.NARROWED if fewer else Move.WIDENED if more else Move.CHANGED
