"""Each fact of the contract with what every witness says of it: the rows that a reviewer goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from generator.changes.what_if import Impact, list_impacts
from generator.contract.check import Comparison, Report
from generator.contract.compare import Difference, Statement
from generator.contract.facts import KEYWORDS, Contract, Fact, Witness
from generator.contract.known_differences import KnownDifference
from generator.errors import Location

WITNESSES = (Witness.LOCK, Witness.SPECIFICATION, Witness.CLIENT, Witness.DESCRIPTORS)
"""The witnesses in the order in which a fact comes about: documented, specified, generated; and the provider's own."""


class FactStatus(StrEnum):
    """How a fact stands."""

    AGREED = "agreed"
    SOURCED = "has a source"
    KNOWN = "known to differ"
    DIFFERS = "differs"


class NotStated(StrEnum):
    """Why a witness says nothing."""

    CANNOT = "cannot say"
    NOTHING = "says nothing"
    NOT_CALLED = "not called"


@frozen
class FactRow:
    """One fact and its evidence; `keyword` is empty where it is about a whole parameter or field.

    `said` has what each of WITNESSES states, or why it does not. `source` is where an addition is known from.
    """

    keyword: str
    said: Mapping[Witness, Statement | NotStated]
    status: FactStatus
    differences: tuple[Difference, ...]
    accepted: tuple[KnownDifference, ...]
    source: str | None
    impacts: tuple[Impact, ...]


@frozen
class Subject:
    """What facts are said of: the operation, a parameter, the answer, a field; its rows, and what its loss would do."""

    part: str
    path: str
    rows: tuple[FactRow, ...]
    impacts: tuple[Impact, ...]


@frozen
class Evidence:
    """An operation of the contract and all that is said of it."""

    contract: Contract
    subjects: tuple[Subject, ...]

    def count(self, status: FactStatus) -> int:
        """How many facts stand so."""
        return sum(row.status is status for subject in self.subjects for row in subject.rows)


def evidence(contract: Contract, report: Report) -> Evidence:
    """The evidence for one contract of the specification, from a report of all comparisons."""
    compared = [one for one in report.comparisons if one.left is contract]
    of_subject: dict[tuple[str, str], dict[str, Fact | None]] = {}
    for fact in contract.facts():
        of_subject.setdefault((fact.part, fact.path), {})[fact.keyword] = fact
    for part, path, keyword in _elsewhere(compared):
        of_subject.setdefault((part, path), {}).setdefault(keyword, None)
    subjects = (
        Subject(part, path, tuple(_rows(contract, compared, part, path, facts)), _loss(part, path, facts))
        for (part, path), facts in of_subject.items()
    )
    return Evidence(contract, tuple(subjects))


def _elsewhere(compared: Sequence[Comparison]) -> Iterator[tuple[str, str, str]]:
    """What other witnesses say and the contract does not, as far as that is a difference."""
    for comparison in compared:
        yield from map(_about, comparison.differences)
        yield from map(_about, comparison.accepted)


def _about(one: Difference | KnownDifference) -> tuple[str, str, str]:
    """Part, path and keyword of the fact that it is about."""
    return one.part, one.path, one.keyword


def _loss(part: str, path: str, facts: Mapping[str, Fact | None]) -> tuple[Impact, ...]:
    return list_impacts(Fact(part, path, "", "stated", Location(""))) if path and any(facts.values()) else ()


def _rows(
    contract: Contract, compared: Sequence[Comparison], part: str, path: str, facts: Mapping[str, Fact | None]
) -> Iterator[FactRow]:
    contracts = {Witness.SPECIFICATION: contract, **{one.right.witness: one.right for one in compared}}
    for keyword, fact in facts.items():
        about = (part, path, keyword)
        differences = tuple(one for found in compared for one in found.differences if _about(one) == about)
        known = tuple(one for found in compared for one in found.accepted if _about(one) == about)
        said = {witness: _said(contracts.get(witness), part, path, keyword) for witness in WITNESSES}
        source, moves = (fact.source, list_impacts(fact)) if fact else (None, ())
        yield FactRow(keyword, said, _standing(differences, known, source), differences, known, source, moves)


def _standing(differences: Sequence[Difference], known: Sequence[KnownDifference], source: str | None) -> FactStatus:
    if differences:
        return FactStatus.DIFFERS
    if known:
        return FactStatus.KNOWN
    return FactStatus.SOURCED if source else FactStatus.AGREED


def _said(contract: Contract | None, part: str, path: str, keyword: str) -> Statement | NotStated:
    if contract is None:
        return NotStated.NOT_CALLED
    for fact in contract.facts():
        if (fact.part, fact.path, fact.keyword) == (part, path, keyword):
            return Statement(contract.witness, fact.value, fact.location)
    if keyword in KEYWORDS and keyword not in contract.supported_keywords:
        return NotStated.CANNOT
    for its_part, one in contract.subjects() if keyword == "" else ():
        if (its_part, one.path) == (part, path):
            return Statement(contract.witness, "stated", one.location)
    return NotStated.NOTHING
