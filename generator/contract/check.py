"""Checks that the witnesses agree: matches their operations, compares them and sets known differences aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from generator.errors import InputError, Location

from .compare import compare, inexpressible_facts, matching_facts
from .difference import ABSENT, Difference, Statement
from .facts import Contract, Fact, Witness
from .known_differences import KnownDifference, partition
from .match import match_operations, operation_key


@frozen
class WitnessContracts:
    """The contracts of one witness and where it was read; `complete` if it describes every operation."""

    witness: Witness
    location: Location
    contracts: tuple[Contract, ...]
    complete: bool = True


@frozen
class Comparison:
    """Two witnesses of one operation: matching facts, differences, and the known differences that occur."""

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
        """The status of a lock compared with its page; None if all differences are known, and for other witnesses."""
        if (self.left.witness, self.right.witness) != (Witness.LOCK, Witness.DOCUMENTATION):
            return None
        if self.differences:
            return LockStatus.OUT_OF_DATE
        if self.accepted:
            return None
        digests = {contract.page and contract.page.sha256 for contract in (self.left, self.right)}
        return LockStatus.CURRENT if len(digests) == 1 else LockStatus.OTHER_EDITION


class LockStatus(StrEnum):
    """The status of a lock compared with its page."""

    CURRENT = "the lock is current"
    OTHER_EDITION = "the lock has the same facts, from another edition of the page"
    OUT_OF_DATE = "the lock is out of date"


@frozen
class Report:
    """Every comparison, and the differences outside of them: missing operations and stale entries."""

    comparisons: tuple[Comparison, ...]
    others: tuple[Difference, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, each once."""
        compared = (difference for comparison in self.comparisons for difference in comparison.differences)
        return tuple(dict.fromkeys((*compared, *self.others)))


def check(
    pairs: Sequence[tuple[WitnessContracts, WitnessContracts]],
    known: Sequence[KnownDifference] = (),
    wrong_examples: Iterable[InputError] = (),
) -> Report:
    """Compare each pair of witnesses, operation by operation; `wrong_examples` of the specification are differences."""
    comparisons: list[Comparison] = []
    others: list[Difference] = []
    for first, second in pairs:
        both_complete = first.complete and second.complete
        matched, left_only, right_only = match_operations(
            first.contracts, second.contracts, single_matches=both_complete
        )
        comparisons += [_comparison(contract, counterpart, known) for contract, counterpart in matched]
        if second.complete:
            others += [operation_missing(operation_statement(contract), _absent(second)) for contract in left_only]
        if first.complete:
            others += [operation_missing(_absent(first), operation_statement(contract)) for contract in right_only]
    occurring = {entry for comparison in comparisons for entry in comparison.accepted}
    read = {right.witness: right.location for _, right in pairs if right.complete}
    stale = [entry.stale(read[entry.witness]) for entry in known if entry not in occurring and entry.witness in read]
    examples = (_wrong_example(problem) for problem in wrong_examples)
    return Report(tuple(comparisons), (*others, *stale, *examples))


def _wrong_example(problem: InputError) -> Difference:
    statement = Statement(Witness.SPECIFICATION, problem.message, problem.location)
    return Difference("wrong-example", "", "", "", statement, statement)


def operation_missing(left: Statement, right: Statement) -> Difference:
    """Return the difference of an operation that one of two witnesses lacks."""
    return Difference("operation-missing", "operation", "", "", left, right)


def operation_statement(contract: Contract) -> Statement:
    """Return the statement that a witness has an operation."""
    return Statement(contract.witness, operation_key(contract), contract.operation.location)


def _comparison(left: Contract, right: Contract, known: Sequence[KnownDifference]) -> Comparison:
    operation = operation_key(left)
    differences, accepted = partition(operation, compare(left, right), known)
    return Comparison(operation, left, right, matching_facts(left, right), differences, accepted)


def _absent(absent: WitnessContracts) -> Statement:
    return Statement(absent.witness, ABSENT, absent.location)
