"""The input of the review page: values that `commands/review.py` collects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from generator.changes.evidence import Evidence
from generator.changes.spec_diff import Decisions, SpecDiff
from generator.changes.version_number import VersionProblem
from generator.contract.difference import Difference
from generator.lint.linter import Finding


@frozen
class CallExample:
    """A call of the operation in Python and with curl, and the response; each is a text of several lines."""

    python: str
    curl: str
    response: str


@frozen
class OperationReview:
    """One operation: its evidence, the URL of its page, a call, and the examples of its response.

    `attributes` maps part and path of a parameter or field to its declaration in the client's source.
    """

    evidence: Evidence
    documentation: str | None
    attributes: Mapping[tuple[str, str], str]
    call: CallExample | None
    examples: tuple[Mapping[str, Any], ...]


@frozen
class Review:
    """Everything on the page.

    `lines` are those of the specification's file, `diff` is None if there is nothing to compare with, and `skipped`
    names witnesses that were not compared. `page_urls` has the URL of the page that each lock was written from.
    """

    title: str
    version: str
    file: str
    lines: tuple[str, ...]
    diff: SpecDiff | None
    operations: tuple[OperationReview, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]
    decisions: Decisions
    page_urls: Mapping[str, str]

    @property
    def version_problem(self) -> VersionProblem | None:
        """The problem of the version number or of the notes on it."""
        return self.diff.version_problem if self.diff else None
