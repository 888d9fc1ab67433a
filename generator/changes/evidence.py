"""Collects the evidence for each fact of the contract: the statement of every witness, and the fact's status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from generator.contract.check import Comparison, Report
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
    by_subject: dict[tuple[str, str], dict[str, Fact | None]] = {}
    for fact in contract.facts():
        by_subject.setdefault((fact.part, fact.path), {})[fact.keyword] = fact
    for part, path, keyword in _disputed(comparisons):
        by_subject.setdefault((part, path), {}).setdefault(keyword, None)
    subjects = (
        Subject(part, path, tuple(_rows(contract, comparisons, part, path, facts)), _removal(part, path, facts))
        for (part, path), facts in by_subject.items()
    )
    return Evidence(contract, tuple(subjects))


def _disputed(comparisons: Sequence[Comparison]) -> Iterator[_Address]:
    """Yield the address of each difference; the contract may not have such a fact."""
    for comparison in comparisons:
        yield from map(_address, comparison.differences)
        yield from map(_address, comparison.accepted)


def _address(difference: Difference | KnownDifference) -> _Address:
    return difference.part, difference.path, difference.keyword


def _removal(part: str, path: str, facts: Mapping[str, Fact | None]) -> tuple[Impact, ...]:
    return list_impacts(Fact(part, path, "", "stated", Location(""))) if path and any(facts.values()) else ()


def _rows(
    contract: Contract, comparisons: Sequence[Comparison], part: str, path: str, facts: Mapping[str, Fact | None]
) -> Iterator[FactRow]:
    others = {comparison.right.witness: comparison.right for comparison in comparisons}
    contracts = {Witness.SPECIFICATION: contract, **others}
    all_differences = [difference for comparison in comparisons for difference in comparison.differences]
    all_accepted = [known for comparison in comparisons for known in comparison.accepted]
    for keyword, fact in facts.items():
        address = (part, path, keyword)
        differences = tuple(difference for difference in all_differences if _address(difference) == address)
        accepted = tuple(known for known in all_accepted if _address(known) == address)
        statements = {witness: _statement(contracts.get(witness), address) for witness in WITNESSES}
        source, edits = (fact.source, list_impacts(fact)) if fact else (None, ())
        count = sum(isinstance(statement, Statement) for statement in statements.values())
        status = _status(differences, accepted, source, count)
        yield FactRow(keyword, statements, status, differences, accepted, source, edits)


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
