"""Judges what a page states anew: its rule says what that does to callers of the specification."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contract.check import Comparison
from generator.contract.compare import Difference
from generator.contract.facts import Witness

from .classify import Rule
from .diff import change_of, split_url_change
from .rules import rule_of


def impact_on_callers(comparison: Comparison) -> Iterator[tuple[Difference, Rule]]:
    """What a page says anew, with the rule that says what this does to callers of the specification."""
    left, right = comparison.left, comparison.right
    if (left.witness, right.witness) == (Witness.SPECIFICATION, Witness.DOCUMENTATION):
        for difference in comparison.differences:
            if difference.changes_fact:
                changes = [change_of(left, right, one) for one in split_url_change(difference)]
                yield difference, min(map(rule_of, changes), key=lambda rule: rule.verdicts.overall.rank)
