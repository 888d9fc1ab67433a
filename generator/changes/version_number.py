"""Checks the number of a version of the contract, and the note on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.text import markdown_code
from generator.errors import InputError, Location

from .classify import Verdict
from .describe import describe
from .diff import Change


@frozen
class Version:
    """A version of the contract: its number, the SHA-256 of its specification, and its facts."""

    number: str
    sha256: str
    contracts: tuple[Contract, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The major, minor and patch number."""
        return tuple(map(int, self.number.split(".")))


def parse_version(number: object, location: Location) -> str:
    """Return the number of a version. Raises InputError unless it is MAJOR.MINOR.PATCH."""
    if not isinstance(number, str) or not re.fullmatch(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}", number, re.ASCII):
        raise InputError(f"is version {number!r}; write it as MAJOR.MINOR.PATCH, such as 1.0.0", location)
    return number


def is_breaking(since_last: Sequence[Change]) -> bool:
    """Return True if any of the changes is breaking."""
    return any(change.verdict is Verdict.BREAKING for change in since_last)


@frozen
class VersionProblem:
    """A version number or a note that is wrong: the number that the contract needs, the reason and the next step.

    `is_blocking` is True if the version breaks callers unannounced, or is older than a released one.
    """

    required: str
    reason: str
    step: str
    evidence: str
    is_blocking: bool

    @property
    def sentence(self) -> str:
        """The whole problem in a line, with the changes that show it."""
        return f"{self.reason}; {self.step}{': ' if self.evidence else ''}{self.evidence}"


def version_problem(
    last: Version, current: Version, since_last: Sequence[Change], notes: Mapping[str, str], notes_file: Path
) -> VersionProblem | None:
    """Return what is wrong with the number of a version after the last release, or with its note; None if nothing is.

    `since_last` are the changes between the two; `notes` are those in a file.
    """
    number = _required_number(last, current, since_last)
    set_version = f"set version {number}"
    if current.order < last.order:
        reason = f"version {current.number} is older than the released {last.number}"
        return VersionProblem(number, reason, set_version, "", is_blocking=True)
    steps = [set_version] if number != current.number else []
    if not is_breaking(since_last):
        reason = f"version {last.number} is released"
        evidence = "".join(map(_evidence, since_last[:1]))
        return VersionProblem(number, reason, set_version, evidence, is_blocking=False) if steps else None
    if not notes.get(number):
        steps.append(f"tell them what to do under `## {number}` in {notes_file}")
    breaking = "; ".join(_evidence(change) for change in since_last if change.verdict is Verdict.BREAKING)
    reason = f"breaks callers of {last.number}"
    return VersionProblem(number, reason, " and ".join(steps), breaking, is_blocking=True) if steps else None


def _evidence(change: Change) -> str:
    """Describe a change; an operation by its name, which the description leaves out."""
    is_operation = change.difference.subject == "operation"
    return f"{describe(change)} {markdown_code(change.operation)}" if is_operation else describe(change)


def _required_number(last: Version, current: Version, since_last: Sequence[Change]) -> str:
    """Return the number that a contract needs after the last release: its current one if that will do."""
    major, minor, _ = last.order
    if is_breaking(since_last):
        return current.number if current.order[0] > major else f"{major + 1}.0.0"
    if since_last:
        return current.number if current.order > last.order else f"{major}.{minor + 1}.0"
    return current.number if current.order >= last.order else last.number
