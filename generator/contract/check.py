"""Do the witnesses agree? Pairs their contracts, compares them, and sets known differences aside."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from attrs import frozen

from generator.errors import Location

from .compare import ABSENT, Difference, Statement, compare, inexpressible_facts, matching_facts
from .facts import Contract, Fact, Witness
from .known_differences import KnownDifference, partition
from .urls import url_path


@frozen
class WitnessContracts:
    """All that one witness says, and where it was looked for; `complete` if its silence on an operation counts."""

    witness: Witness
    location: Location
    contracts: tuple[Contract, ...]
    complete: bool = True


@frozen
class Comparison:
    """Two witnesses of one operation: the facts that both state, what they differ on, and what is known of that."""

    operation: str
    left: Contract
    right: Contract
    matched: tuple[Fact, ...]
    differences: tuple[Difference, ...]
    accepted: tuple[KnownDifference, ...]

    @property
    def not_expressible(self) -> tuple[Fact, ...]:
        """The facts of the left witness that the right one cannot express, so that they are not compared."""
        return inexpressible_facts(self.left, self.right)

    @property
    def lock_status(self) -> LockStatus | None:
        """The status of a lock compared with its page; None for any other pair of witnesses."""
        if (self.left.witness, self.right.witness) != (Witness.LOCK, Witness.DOCUMENTATION):
            return None
        if self.differences:
            return LockStatus.OUT_OF_DATE
        return LockStatus.CURRENT if self.left.page == self.right.page else LockStatus.OTHER_EDITION


class LockStatus(StrEnum):
    """The status of a lock compared with its page."""

    CURRENT = "the lock is current"
    OTHER_EDITION = "the lock has the same facts, from another edition of the page"
    OUT_OF_DATE = "the lock is out of date"


@frozen
class Report:
    """Every comparison, and the differences that belong to none: operations that lack a witness, stale entries."""

    comparisons: tuple[Comparison, ...]
    others: tuple[Difference, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, each once."""
        found = [*(one for comparison in self.comparisons for one in comparison.differences), *self.others]
        return tuple(dict.fromkeys(found))


def check(pairs: Sequence[tuple[WitnessContracts, WitnessContracts]], known: Sequence[KnownDifference] = ()) -> Report:
    """Compare each pair of witnesses, operation by operation."""
    comparisons: list[Comparison] = []
    others: list[Difference] = []
    for left, right in pairs:
        paired, ours_alone, theirs_alone = _pairs(left, right)
        comparisons += [_comparison(ours, theirs, known) for ours, theirs in paired]
        others += [operation_missing(operation_statement(one), _absent(right)) for one in ours_alone if right.complete]
        others += [operation_missing(_absent(left), operation_statement(one)) for one in theirs_alone if left.complete]
    met = {entry for comparison in comparisons for entry in comparison.accepted}
    looked_at = {right.witness: right.location for _, right in pairs}
    stale = [one.stale(looked_at[one.witness]) for one in known if one not in met and one.witness in looked_at]
    return Report(tuple(comparisons), (*others, *stale))


def operation_key(contract: Contract) -> str:
    """The name of a contract's operation: method and path, without the host."""
    return f"{contract.operation.method} {url_path(contract.operation.url)}"


def operation_missing(left: Statement, right: Statement) -> Difference:
    """The difference of an operation that one of two witnesses lacks."""
    return Difference("operation-missing", "operation", "", "", left, right)


def operation_statement(contract: Contract) -> Statement:
    """That a witness has an operation, by its name."""
    return Statement(contract.witness, operation_key(contract), contract.operation.location)


def _comparison(left: Contract, right: Contract, known: Sequence[KnownDifference]) -> Comparison:
    operation = operation_key(left)
    differences, met = partition(operation, compare(left, right), known)
    return Comparison(operation, left, right, matching_facts(left, right), differences, met)


def _pairs(
    left: WitnessContracts, right: WitnessContracts
) -> tuple[list[tuple[Contract, Contract]], list[Contract], list[Contract]]:
    """Contracts of one operation side by side, and those that are alone on the left and on the right.

    A single one that is left on each side is taken for one operation whose method or URL differs.
    """
    paired = [
        (one, other)
        for one in left.contracts
        for other in right.contracts
        if operation_key(one) == operation_key(other)
    ]
    ours_alone = [one for one in left.contracts if not any(one is ours for ours, _ in paired)]
    theirs_alone = [one for one in right.contracts if not any(one is theirs for _, theirs in paired)]
    if left.complete and right.complete and len(ours_alone) == len(theirs_alone) == 1:
        return [*paired, (ours_alone[0], theirs_alone[0])], [], []
    return paired, ours_alone, theirs_alone


def _absent(absent: WitnessContracts) -> Statement:
    return Statement(absent.witness, ABSENT, absent.location)
