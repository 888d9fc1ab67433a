"""What the page for a review is made from: values that others have read."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from generator.changes.diff import Change
from generator.contract.compare import Difference

from .evidence import Evidence


@frozen
class Base:
    """What the contract is held against: its name, and what changed since."""

    name: str
    changes: tuple[Change, ...]


@frozen
class CallExample:
    """The operation as its callers see it, and an answer; each is a text of several lines."""

    python: str
    curl: str
    answer: str


@frozen
class Coverage:
    """How many of the examples show a field, and a value of it as JSON; empty where none does."""

    path: str
    shown: int
    value: str


@frozen
class Reviewed:
    """One operation: its evidence, its page's URL if that is known, its call, and what the examples show.

    `attributes` gives, by part and path, what stands in the client's source for a parameter or a field.
    """

    evidence: Evidence
    documentation: str | None
    attributes: Mapping[tuple[str, str], str]
    call: CallExample | None
    examples: int
    coverage: tuple[Coverage, ...]


@frozen
class StyleFinding:
    """What the specification breaks of the rules of its style."""

    rule: str
    sentence: str
    fix: str
    line: int


@frozen
class Review:
    """Everything on the page.

    `lines` are those of the specification's file, `version_problem` is what its version lacks, if anything, and
    `skipped` names absent witnesses.
    """

    title: str
    version: str
    file: str
    lines: tuple[str, ...]
    base: Base | None
    version_problem: str | None
    operations: tuple[Reviewed, ...]
    differences: tuple[Difference, ...]
    findings: tuple[StyleFinding, ...]
    skipped: tuple[str, ...]
