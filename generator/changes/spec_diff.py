"""Compares two specifications: all changes, the worst verdict, and the decisions of a review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from attrs import frozen

from generator.contract.difference import Difference
from generator.contract.facts import Contract
from generator.contract.text import pluralize
from generator.errors import Location

from .classify import Verdict, worst
from .diff import Change, changes
from .version_number import VersionProblem


class Decision(StrEnum):
    """The decision on a revision of the contract, the worst first."""

    DO_NOT_MERGE = "Do not merge"
    HUMAN_DECISION = "Needs a human decision"
    COMPATIBLE = "Compatible"


@frozen
class Specification:
    """The contracts of a specification, and its name: a file, or a revision of git."""

    name: str
    contracts: tuple[Contract, ...]


@frozen
class SpecDiff:
    """The names of two specifications, and every change from the older to the newer.

    `version_problem` is what is wrong with the version number or the notes of the newer one, and `version_location`
    the location of its number. `allowed_by` is the number of the newer one if it may break callers, and `note` is the
    note on it.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    version_problem: VersionProblem | None = None
    version_location: Location | None = None
    allowed_by: str = ""
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on any of the changes."""
        return worst(change.verdict for change in self.changes)

    @property
    def decision(self) -> Decision:
        """The decision on the changes and the version: only a person decides on breaking changes that are announced."""
        if self.version_problem and self.version_problem.is_blocking:
            return Decision.DO_NOT_MERGE
        if self.verdict is Verdict.BREAKING and not self.allowed_by:
            return Decision.DO_NOT_MERGE
        return Decision.COMPATIBLE if self.verdict is Verdict.COMPATIBLE else Decision.HUMAN_DECISION

    @property
    def summary(self) -> str:
        """The number of changes and the verdict, in words."""
        count = len(self.changes)
        is_allowed = self.allowed_by and self.verdict is Verdict.BREAKING
        allowed = f"; version {self.allowed_by} allows that" if is_allowed else ""
        return f"{pluralize(count, 'change', 'changes')}, {self.verdict}{allowed}" if count else "no change"

    @property
    def outcome(self) -> str:
        """The summary, and the decision unless everything is compatible."""
        decided = "" if self.decision is Decision.COMPATIBLE else f": {self.decision.lower()}"
        return self.summary + decided


def diff_specs(before: Specification, after: Specification, *, today: date = date.min) -> SpecDiff:
    """Compare two specifications; a removal whose sunset is before `today` was announced."""
    return SpecDiff(before.name, after.name, changes(before.contracts, after.contracts, today))


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
        witnesses=Decision.DO_NOT_MERGE if differences else Decision.COMPATIBLE,
        style=Decision.DO_NOT_MERGE if findings else Decision.COMPATIBLE,
    )
