"""Collects the evidence for each fact of the contract: the statement of every witness, and the fact's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from generator.contract.check import Report
from generator.contract.difference import Difference, Statement
from generator.contract.facts import Contract, Fact, Witness
from generator.contract.known_differences import KnownDifference
from generator.errors import Location

from .what_if import Impact, list_impacts

WITNESSES = (Witness.LOCK, Witness.SPECIFICATION, Witness.CLIENT, Witness.DESCRIPTORS)
"""The witnesses in the order in which a fact comes about: documented, specified, generated; and the provider's own."""

_Address = tuple[str, str, str]
"""Part, path and keyword of a fact."""


class FactStatus(StrEnum):
    """The result of comparing one fact with all witnesses."""

    AGREED = "agreed"
    SOURCED = "has a source"
    KNOWN = "known difference"
    DIFFERS = "differs"
    ALONE = "nothing to compare with"


class NotStated(StrEnum):
    """The reason for a missing statement."""

    NOT_EXPRESSIBLE = "not expressible"
    NOT_MENTIONED = "not stated"
    NOT_LOADED = "not compared"


@frozen
class FactRow:
    """One fact and its evidence; `keyword` is empty for the existence of a parameter or field.

    `statements` has an entry for each of WITNESSES. `source` is the URL of an addition.
    """

    keyword: str
    statements: Mapping[Witness, Statement | NotStated]
    status: FactStatus
    differences: tuple[Difference, ...]
    accepted: tuple[KnownDifference, ...]
    source: str | None
    impacts: tuple[Impact, ...]


@frozen
class Subject:
    """The operation, a parameter, the response or a field, with its facts and the impact of removing it."""

    part: str
    path: str
    rows: tuple[FactRow, ...]
    impacts: tuple[Impact, ...]


@frozen
class Evidence:
    """The evidence for all facts of one operation."""

    contract: Contract
    subjects: tuple[Subject, ...]

    def count(self, status: FactStatus) -> int:
        """Count the facts with a status."""
        return sum(row.status is status for subject in self.subjects for row in subject.rows)


def collect_evidence(contract: Contract, report: Report) -> Evidence:
    """Collect the evidence for a contract of the specification from a report of all comparisons."""
    comparisons = [comparison for comparison in report.comparisons if comparison.left is contract]
    differences = [difference for comparison in comparisons for difference in comparison.differences]
    accepted = [known for comparison in comparisons for known in comparison.accepted]
    contracts = {Witness.SPECIFICATION: contract, **{other.right.witness: other.right for other in comparisons}}

    def row(address: _Address, fact: Fact | None) -> FactRow:
        disputes = tuple(difference for difference in differences if _address(difference) == address)
        known = tuple(known for known in accepted if _address(known) == address)
        statements = {witness: _statement(contracts.get(witness), address) for witness in WITNESSES}
        source, edits = (fact.source, list_impacts(fact)) if fact else (None, ())
        count = sum(isinstance(statement, Statement) for statement in statements.values())
        status = _status(disputes, known, source, count)
        return FactRow(address[2], statements, status, disputes, known, source, edits)

    by_subject: dict[tuple[str, str], dict[str, Fact | None]] = {}
    for fact in contract.facts():
        by_subject.setdefault((fact.part, fact.path), {})[fact.keyword] = fact
    disputed = (*map(_address, differences), *map(_address, accepted))  # The contract may not have such a fact.
    for part, path, keyword in disputed:
        by_subject.setdefault((part, path), {}).setdefault(keyword, None)
    subjects = (
        Subject(
            part,
            path,
            tuple(row((part, path, keyword), fact) for keyword, fact in facts.items()),
            list_impacts(Fact(part, path, "", "stated", Location(""))) if path and any(facts.values()) else (),
        )
        for (part, path), facts in by_subject.items()
    )
    return Evidence(contract, tuple(subjects))


def _address(difference: Difference | KnownDifference) -> _Address:
    return difference.part, difference.path, difference.keyword


def _status(
    differences: Sequence[Difference], accepted: Sequence[KnownDifference], source: str | None, statements: int
) -> FactStatus:
    if differences:
        return FactStatus.DIFFERS
    if accepted:
        return FactStatus.KNOWN
    if source:
        return FactStatus.SOURCED
    return FactStatus.AGREED if statements > 1 else FactStatus.ALONE


def _statement(contract: Contract | None, address: _Address) -> Statement | NotStated:
    if contract is None:
        return NotStated.NOT_LOADED
    for fact in contract.facts():
        if (fact.part, fact.path, fact.keyword) == address:
            return Statement(contract.witness, fact.value, fact.location)
    part, path, keyword = address
    subject = next((subject for of, subject in contract.subjects() if (of, subject.path) == (part, path)), None)
    if not contract.supports(keyword, subject):
        return NotStated.NOT_EXPRESSIBLE
    if subject and keyword == "":
        return Statement(contract.witness, "stated", subject.location)
    return NotStated.NOT_MENTIONED
