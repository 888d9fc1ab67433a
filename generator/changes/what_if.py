"""Classifies hypothetical changes: edits of a fact, and the differences that a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from generator.contract.check import Comparison, Report
from generator.contract.difference import ABSENT, Absence, Difference, Statement
from generator.contract.facts import Fact, Value, Witness
from generator.contract.keywords import KEYWORDS, KeywordKind
from generator.errors import Location

from .classify import Rule
from .diff import change_of, split_url_change
from .rules import rule_of


@frozen
class Impact:
    """An edit of a fact, such as `lowered to 40`, and the rule that classifies it."""

    edit: str
    rule: Rule


_Edit = tuple[str, Callable[[Value], Value | Absence]]
"""A description, in which `{}` stands for the new value, and a function from the old value to the new one."""


def _shift(sign: int) -> Callable[[Value], Value | Absence]:
    """Return a function that changes a number by a fifth, at least by 1: 40 and 60 for 50."""

    def shift(value: Value) -> Value | Absence:
        if isinstance(value, int) and not isinstance(value, bool):
            return value + sign * max(1, abs(value) // 5)
        return value + sign * abs(value) / 5 if isinstance(value, float) else ABSENT

    return shift


_REMOVED: _Edit = ("removed", lambda _value: ABSENT)
_REPLACED: _Edit = ("replaced", lambda value: f"not {value}")
_BOUND: tuple[_Edit, ...] = (("lowered, such as to {}", _shift(-1)), ("raised, such as to {}", _shift(1)), _REMOVED)
_EDITS: Mapping[KeywordKind, tuple[_Edit, ...]] = {
    KeywordKind.LOWER: _BOUND,
    KeywordKind.UPPER: _BOUND,
    KeywordKind.FLAG: (_REMOVED,),
    KeywordKind.TYPE: (_REPLACED,),
    KeywordKind.TEXT: (_REPLACED, _REMOVED),
    KeywordKind.ANY: (_REPLACED, _REMOVED),
    KeywordKind.NAMES: (
        ("one value removed", lambda value: value[:-1] if isinstance(value, tuple) else ABSENT),
        ("one value added", lambda value: (*value, "another") if isinstance(value, tuple) else ABSENT),
        _REMOVED,
    ),
}

EDITS: Mapping[str, tuple[_Edit, ...]] = {
    **{name: _EDITS[keyword.kind] for name, keyword in KEYWORDS.items()},
    **dict.fromkeys(("method", "path", "status", "in"), (_REPLACED,)),
    "": (_REMOVED,),
}
"""Keyword -> possible edits of its value; the empty one stands for a whole parameter or field."""


def list_impacts(fact: Fact) -> tuple[Impact, ...]:
    """Return the impact of each possible edit of a fact; edits that one rule classifies are merged."""
    by_rule: dict[str, Impact] = {}
    for edit, rule in _classified_edits(fact):
        merged = by_rule.get(rule.id)
        by_rule[rule.id] = Impact(f"{merged.edit} or {edit}" if merged else edit, rule)
    return tuple(by_rule.values())


def _classified_edits(fact: Fact) -> Iterator[tuple[str, Rule]]:
    keyword = "path" if fact.keyword == "url" else fact.keyword
    for description, edit in EDITS.get(keyword, ()):
        new = edit(fact.value)
        was, now = (Statement(Witness.SPECIFICATION, value, Location("")) for value in (fact.value, new))
        difference = Difference("value-differs", fact.part, fact.path, keyword, was, now)
        yield description.format(new), rule_of(difference)


def rules_for_callers(report: Report) -> Mapping[Difference, Rule]:
    """Map each fact that a page states differently to the rule for following it in the specification."""
    pair = (Witness.SPECIFICATION, Witness.DOCUMENTATION)
    return {
        difference: _worst_rule(comparison, difference)
        for comparison in report.comparisons
        if (comparison.left.witness, comparison.right.witness) == pair
        for difference in comparison.differences
        if difference.changes_fact
    }


def _worst_rule(comparison: Comparison, difference: Difference) -> Rule:
    changes = [change_of(comparison.left, comparison.right, part) for part in split_url_change(difference)]
    return min(changes, key=lambda change: change.verdict.rank).rule
