"""The versions of the contract: their facts, what each brought, and whether its number says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.lock import check_digest, with_digest
from generator.contract.serialize import from_dict
from generator.errors import InputError, Location
from generator.readers import openapi
from generator.yaml_document import YamlMapping, dumps, load, load_bytes, load_text

from .classify import Verdict
from .describe import describe
from .diff import Change, changes
from .rules import verdict

RELEASED = """\
# The facts of a released version of the contract, which those that follow are held against. Written by
# `make release`; not edited: `digest` tells.
"""

NOTES = "spec/CHANGELOG.md"
"""Where people write what callers do about a version that breaks them."""


@frozen
class Version:
    """One version of the contract: its number, the SHA-256 of its specification, and its facts."""

    number: str
    sha256: str
    contracts: tuple[Contract, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """Major, minor and patch number."""
        return tuple(map(int, self.number.split(".")))


def version_from_dict(document: YamlMapping) -> Version:
    """The version that a loaded `contract` describes: of a client's manifest, or of a release.

    Raises InputError where the form is another one.
    """
    try:
        number = parse_version(document["version"], document.location_of("version"))
        return Version(number, document["sha256"], tuple(map(from_dict, document["operations"])))
    except (LookupError, TypeError) as problem:
        raise InputError(f"describes no version of the contract ({problem!r})", document.location) from problem


def dump_release(contract: Mapping[str, Any]) -> str:
    """The file of a released version, from the `contract` of the client's manifest."""
    return RELEASED + dumps(with_digest(contract))


def parse_release(document: YamlMapping) -> Version:
    """The version in the file of a release. Raises InputError where somebody edited it."""
    check_digest(document, "was edited after the release; take back the edit")
    return version_from_dict(document)


def parse_version(number: object, location: Location) -> str:
    """The number of a version. Raises InputError for one that cannot be ordered."""
    if not isinstance(number, str) or not re.fullmatch(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}", number, re.ASCII):
        raise InputError(f"is version {number!r}; write it as MAJOR.MINOR.PATCH, such as 1.0.0", location)
    return number


NO_NOTES: Mapping[str, str] = {}


def parse_notes(text: str) -> Mapping[str, str]:
    """Number of a version -> what people have written of it under ``## 2.0.0``."""
    _, *parts = re.split(r"^## +(\d+\.\d+\.\d+)[^\n]*$", text, flags=re.MULTILINE)
    return {number: note.strip() for number, note in zip(parts[::2], parts[1::2], strict=True)}


def is_breaking(found: Sequence[Change]) -> bool:
    """Whether any of the changes breaks callers for certain."""
    return any(verdict(change) is Verdict.BREAKING for change in found)


def version_problem(released: Sequence[Version], current: Version, notes: Mapping[str, str] = NO_NOTES) -> str | None:
    """What a version lacks, in one sentence: the number that says what it does, or a note where it breaks callers.

    None where it lacks nothing.
    """
    if not released:
        return None
    last = released[-1]
    found = changes(last.contracts, current.contracts)
    if current.order < last.order:
        return f"version {current.number} is older than {last.number}, which is released"
    breaking = [describe(change) for change in found if verdict(change) is Verdict.BREAKING]
    if breaking and current.order[0] == last.order[0]:
        said = "; ".join(breaking)
        return f"breaks callers of {last.number}, so its version must be {last.order[0] + 1}.0.0: {said}"
    if breaking and not notes.get(current.number):
        return f"breaks callers of {last.number}; write under `## {current.number}` of {NOTES} what they do about it"
    if found and current.order == last.order:
        return f"version {last.number} is released, so {describe(found[0])} needs a new one"
    return None


def client_version(manifest: Path) -> Version:
    """The version that a client was generated from, by its manifest. Raises InputError for what is none."""
    contract = load(manifest).get("contract")
    if not isinstance(contract, YamlMapping):
        raise InputError("is no manifest of a client", Location(str(manifest)))
    return version_from_dict(contract)


@frozen
class Versions:
    """The versions of a specification: the one that it describes, and beside it those released and their notes."""

    specification: Path

    @property
    def folder(self) -> Path:
        """The folder of the released versions."""
        return self.specification.parent / "released"

    def released(self) -> tuple[Version, ...]:
        """The released versions, the oldest first. Raises InputError for a file that is none."""
        versions = [parse_release(load(path)) for path in self.folder.glob("*.yaml")]
        return tuple(sorted(versions, key=lambda version: version.order))

    def notes(self) -> Mapping[str, str]:
        """What people have written of the versions; nothing where there is no such file."""
        path = self.specification.parent / "CHANGELOG.md"
        return parse_notes(load_text(path)) if path.exists() else {}

    def specified(self) -> Version:
        """The version that the specification describes now."""
        info = load(self.specification)["info"]
        return Version(
            parse_version(info["version"], info.location_of("version")), self.digest(), openapi.read(self.specification)
        )

    def digest(self) -> str:
        """The SHA-256 of the specification."""
        return sha256(load_bytes(self.specification)).hexdigest()
