"""Decides on a revision of the contract: one decision per check of a review, and the worst of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from generator.contract.compare import Difference

from .classify import Verdict
from .spec_diff import SpecDiff


class Decision(StrEnum):
    """The outcome of a check, the worst first."""

    DO_NOT_MERGE = "Do not merge"
    HUMAN_DECISION = "Needs a human decision"
    COMPATIBLE = "Compatible"


_DECISIONS: Mapping[Verdict, Decision] = {
    Verdict.BREAKING: Decision.DO_NOT_MERGE,
    Verdict.REVIEW: Decision.HUMAN_DECISION,
    Verdict.COMPATIBLE: Decision.COMPATIBLE,
}


@frozen
class Decisions:
    """One decision per check; `changes` is None without an earlier revision."""

    changes: Decision | None
    version: Decision
    witnesses: Decision
    style: Decision
    examples: Decision

    @property
    def overall(self) -> Decision:
        """The worst decision."""
        checks = {self.changes, self.version, self.witnesses, self.style, self.examples}
        return next(decision for decision in Decision if decision in checks)

    @property
    def holds(self) -> bool:
        """True unless a check says not to merge."""
        return self.overall is not Decision.DO_NOT_MERGE


def decide(
    diff: SpecDiff | None,
    differences: Sequence[Difference],
    findings: int,
    fields_without_example: int,
) -> Decisions:
    """Decide on each check: changes that break callers, the version, the witnesses, the style, the examples."""
    return Decisions(
        changes=_DECISIONS[diff.verdict] if diff else None,
        version=_forbid_if(diff is not None and diff.version_problem is not None),
        witnesses=_forbid_if(bool(differences)),
        style=_forbid_if(findings > 0),
        examples=Decision.HUMAN_DECISION if fields_without_example else Decision.COMPATIBLE,
    )


def _forbid_if(condition: bool) -> Decision:  # noqa: FBT001  # its only argument
    return Decision.DO_NOT_MERGE if condition else Decision.COMPATIBLE
