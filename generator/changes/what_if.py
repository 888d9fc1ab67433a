"""Lists the edits that a keyword allows on a fact, each with the rule that classifies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from generator.contract.compare import ABSENT, Absence, Difference, Statement
from generator.contract.facts import Fact, Value, Witness
from generator.errors import Location

from .classify import LOWER, UPPER, Rule
from .diff import Change
from .rules import rule_of


@frozen
class Impact:
    """What somebody might do to a fact, such as `lowered to 40`, and the rule for that."""

    edit: str
    rule: Rule


_Move = tuple[str, Callable[[Value], Value | Absence]]
"""What is done in words, of which `{}` stands for the new value; and the new value from the old one."""


def _by(towards: int) -> Callable[[Value], Value | Absence]:
    """A number changed by a fifth, 1 at the least: 40 and 60 for 50."""

    def moved(value: Value) -> Value | Absence:
        if isinstance(value, int) and not isinstance(value, bool):
            return value + towards * max(1, abs(value) // 5)
        return value + towards * abs(value) / 5 if isinstance(value, float) else ABSENT

    return moved


_GONE: _Move = ("taken out", lambda _value: ABSENT)
_OTHER: _Move = ("another one", lambda value: f"not {value}")
_BOUND: tuple[_Move, ...] = (("lowered, such as to {}", _by(-1)), ("raised, such as to {}", _by(1)), _GONE)
_VALUES: tuple[_Move, ...] = (
    ("a value less", lambda value: value[:-1] if isinstance(value, tuple) else ABSENT),
    ("a value more", lambda value: (*value, "another") if isinstance(value, tuple) else ABSENT),
    _GONE,
)
_FLAGS = ("required", "deprecated", "readOnly", "writeOnly", "uniqueItems")
_TEXTS = ("method", "path", "status", "in", "type")
"""Keywords that every operation, parameter or field has: they cannot be taken out."""

MOVES: Mapping[str, tuple[_Move, ...]] = {
    **dict.fromkeys(UPPER | LOWER, _BOUND),
    **dict.fromkeys(_FLAGS, (_GONE,)),
    **dict.fromkeys(_TEXTS, (_OTHER,)),
    **dict.fromkeys(("format", "pattern", "default", "x-unit", "x-unique-within"), (_OTHER, _GONE)),
    **dict.fromkeys(("enum", "x-one-of"), _VALUES),
    "": (_GONE,),
}
"""Keyword -> what can be done to what it says; the empty one is a whole parameter or field."""

_CALLED = {"url": "path"}
"""Facts that the rules know under another name."""


def list_impacts(fact: Fact) -> tuple[Impact, ...]:
    """What each move of a fact would do; moves that are judged by one rule are told as one."""
    by_rule: dict[str, Impact] = {}
    for words, rule in _judged(fact):
        before = by_rule.get(rule.id)
        by_rule[rule.id] = Impact(f"{before.edit} or {words}" if before else words, rule)
    return tuple(by_rule.values())


def _judged(fact: Fact) -> Iterator[tuple[str, Rule]]:
    keyword = _CALLED.get(fact.keyword, fact.keyword)
    for words, moved in MOVES.get(keyword, ()):
        new = moved(fact.value)
        was, now = (Statement(Witness.SPECIFICATION, one, Location("")) for one in (fact.value, new))
        change = Change("", Difference("value-differs", fact.part, fact.path, keyword, was, now))
        yield words.format(new), rule_of(change)
