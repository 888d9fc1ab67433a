"""Reads and writes the released versions of the contract, and finds the changes since the last one."""

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
from generator.errors import InputError, Location
from generator.readers.openapi import ParsedSpecification, read_specification
from generator.yaml_document import YamlMapping, dumps, load, load_bytes

from .diff import Change, changes
from .trees import WORKING_TREE, Tree
from .version_number import Version, VersionProblem, parse_version, version_problem

RELEASED = """\
# The facts of a released version of the contract; later versions are compared with them.
# Written by `make release`; do not edit: `digest` reveals it.
"""


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


def parse_notes(text: str) -> Mapping[str, str]:
    """Return the notes on each version: the text under its heading, such as ``## 2.0.0``."""
    _, *parts = re.split(r"^## +(\d+\.\d+\.\d+)[^\n]*$", text, flags=re.MULTILINE)
    return {number: note.strip() for number, note in zip(parts[::2], parts[1::2], strict=True)}


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
