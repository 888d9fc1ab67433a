"""Decides on a revision of the contract: one decision per check of a review, and the worst of them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from generator.contract.difference import Difference

from .spec_diff import Decision, SpecDiff


@frozen
class Decisions:
    """One decision per check; `changes`, which includes the version, is None without an earlier revision."""

    changes: Decision | None
    witnesses: Decision
    style: Decision

    @property
    def overall(self) -> Decision:
        """The worst decision."""
        checks = {self.changes, self.witnesses, self.style}
        return next(decision for decision in Decision if decision in checks)

    @property
    def holds(self) -> bool:
        """True unless a check says not to merge."""
        return self.overall is not Decision.DO_NOT_MERGE


def decide(diff: SpecDiff | None, differences: Sequence[Difference], findings: int) -> Decisions:
    """Decide on each check: changes that break callers and their version, the witnesses, the style."""
    return Decisions(
        changes=diff.decision if diff else None,
        witnesses=_forbid_if(bool(differences)),
        style=_forbid_if(findings > 0),
    )


def _forbid_if(condition: bool) -> Decision:  # noqa: FBT001  # its only argument
    return Decision.DO_NOT_MERGE if condition else Decision.COMPATIBLE
