"""Classifies the differences between the specification and a page as changes for callers of the specification."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contract.check import Report
from generator.contract.compare import Difference
from generator.contract.facts import Witness

from .classify import Rule
from .diff import change_of, split_url_change
from .rules import rule_of


def impact_on_callers(report: Report) -> Iterator[tuple[Difference, Rule]]:
    """Yield each difference of a page from the specification, and the rule for adopting what the page states."""
    for comparison in report.comparisons:
        left, right = comparison.left, comparison.right
        if (left.witness, right.witness) != (Witness.SPECIFICATION, Witness.DOCUMENTATION):
            continue
        for difference in comparison.differences:
            if difference.changes_fact:
                changes = [change_of(left, right, part) for part in split_url_change(difference)]
                yield difference, min(map(rule_of, changes), key=lambda rule: rule.verdicts.overall.rank)
