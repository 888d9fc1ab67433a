"""Compares two specifications: all changes and the worst verdict."""

from __future__ import annotations

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.text import pluralize
from generator.errors import Location

from .classify import Verdict, worst
from .diff import Change, changes


@frozen
class Specification:
    """The contracts of a specification, and its name: a file, or a revision of git."""

    name: str
    contracts: tuple[Contract, ...]


@frozen
class SpecDiff:
    """The names of two specifications, and every change from the older to the newer.

    `version_problem` is what is wrong with the version number or the notes of the newer one, and `version_location`
    the location of its number.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    version_problem: str | None = None
    version_location: Location | None = None

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on any of the changes."""
        return worst(change.verdict for change in self.changes)

    @property
    def summary(self) -> str:
        """The number of changes and the verdict, in words."""
        count = len(self.changes)
        return f"{pluralize(count, 'change', 'changes')}, {self.verdict}" if count else "no change"


def diff_specs(before: Specification, after: Specification) -> SpecDiff:
    """Compare two specifications."""
    return SpecDiff(before.name, after.name, changes(before.contracts, after.contracts))
