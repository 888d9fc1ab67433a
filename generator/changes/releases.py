"""Reads and writes the released versions of the contract, and checks the number of a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.lock import check_digest, with_digest
from generator.contract.serialize import from_dict
from generator.contract.text import markdown_code
from generator.errors import InputError, Location
from generator.readers.openapi import ParsedSpecification, read_specification
from generator.yaml_document import YamlMapping, dumps, load, load_bytes

from .classify import Verdict
from .describe import describe
from .diff import Change, changes
from .trees import WORKING_TREE, Tree

RELEASED = """\
# The facts of a released version of the contract; later versions are compared with them.
# Written by `make release`; do not edit: `digest` reveals it.
"""


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


def version_from_dict(document: YamlMapping) -> Version:
    """Return the version in a loaded release or in the `contract` of a client's manifest.

    Raises InputError for anything else.
    """
    try:
        number = parse_version(document["version"], document.location_of("version"))
        return Version(number, document["sha256"], tuple(map(from_dict, document["operations"])))
    except (LookupError, TypeError) as problem:
        raise InputError(f"does not describe a version of the contract ({problem!r})", document.location) from problem


def dump_release(contract: Mapping[str, Any]) -> str:
    """Write the file of a released version from the `contract` of the client's manifest."""
    return RELEASED + dumps(with_digest(contract))


def parse_release(document: YamlMapping) -> Version:
    """Return the version in the file of a release. Raises InputError if the file was edited."""
    check_digest(document, "was edited after the release; revert the edit")
    return version_from_dict(document)


def parse_version(number: object, location: Location) -> str:
    """Return the number of a version. Raises InputError unless it is MAJOR.MINOR.PATCH."""
    if not isinstance(number, str) or not re.fullmatch(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}", number, re.ASCII):
        raise InputError(f"is version {number!r}; write it as MAJOR.MINOR.PATCH, such as 1.0.0", location)
    return number


NO_NOTES: Mapping[str, str] = {}


def parse_notes(text: str) -> Mapping[str, str]:
    """Return the notes on each version: the text under its heading, such as ``## 2.0.0``."""
    _, *parts = re.split(r"^## +(\d+\.\d+\.\d+)[^\n]*$", text, flags=re.MULTILINE)
    return {number: note.strip() for number, note in zip(parts[::2], parts[1::2], strict=True)}


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


def client_version(manifest: Path) -> Version:
    """Return the version in a client's manifest. Raises InputError for another file."""
    contract = load(manifest).get("contract")
    if not isinstance(contract, YamlMapping):
        raise InputError("is not the manifest of a generated client", Location(str(manifest)))
    return version_from_dict(contract)


def specified_version(parsed: ParsedSpecification) -> Version:
    """Return the version of a specification. Raises InputError for an invalid number."""
    info = parsed.document["info"]
    return Version(parse_version(info["version"], info.location_of("version")), parsed.sha256, parsed.contracts)


@frozen
class Versions:
    """The versions of a specification: its current one, and the released ones beside it with their notes.

    A removal whose sunset is before `today` was announced.
    """

    specification: Path
    tree: Tree = WORKING_TREE
    today: date = date.min

    @property
    def folder(self) -> Path:
        """The folder of the released versions."""
        return self.specification.parent / "released"

    def released(self) -> tuple[Version, ...]:
        """Read the released versions, the oldest first. Raises InputError for any other file."""
        paths = (path for path in self.tree.files(self.folder) if path.suffix == ".yaml")
        versions = [parse_release(self.tree.load(path)) for path in paths]
        return tuple(sorted(versions, key=lambda version: version.order))

    @property
    def notes_file(self) -> Path:
        """The file with notes for callers on breaking versions."""
        return self.specification.parent / "CHANGELOG.md"

    def notes(self) -> Mapping[str, str]:
        """Read the notes on the versions; empty if the file is missing."""
        path = self.notes_file
        return parse_notes(self.tree.text(path)) if path in self.tree.files(path.parent) else {}

    def specified(self) -> Version:
        """Read the current version of the specification."""
        return specified_version(read_specification(self.specification))

    def problem(self, parsed: ParsedSpecification) -> VersionProblem | None:
        """Return what is wrong with the number or the notes of a specification; None if nothing is.

        Before the first release, any number is right. Raises InputError for an invalid one after it.
        """
        released = self.released()
        if not released:
            return None
        return self.problem_of(specified_version(parsed), released, self.since_last(parsed.contracts, released))

    def since_last(self, contracts: Sequence[Contract], released: Sequence[Version]) -> tuple[Change, ...]:
        """Return the changes of contracts since the last of the released versions; none before the first release."""
        return changes(released[-1].contracts, contracts, self.today) if released else ()

    def problem_of(
        self, current: Version, released: Sequence[Version], since_last: Sequence[Change]
    ) -> VersionProblem | None:
        """Return what is wrong with the number or the notes of a version after those released; None if nothing is."""
        if not released:
            return None
        return version_problem(released[-1], current, since_last, self.notes(), self.notes_file)

    def digest(self) -> str:
        """Return the SHA-256 of the specification."""
        return sha256(load_bytes(self.specification)).hexdigest()
