"""The versions of the contract: their facts, what each brought, and whether its number says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from attrs import frozen

from generator.document import Table, dumps
from generator.errors import InputError, Location

from .changes import Change, changes, told
from .compatibility import verdict
from .facts import Contract
from .lock import hold_digest, with_digest
from .notation import from_notation
from .rules import Verdict

RELEASED = """\
# The facts of a released version of the contract, which those that follow are held against. Written by
# `make release`; not edited: `digest` tells.
"""

NOTES = "spec/CHANGELOG.md"
"""Where people write what callers do about a version that breaks them."""

_HEADER = """\
# Changes of the contract

The newest version first; each line is a fact that the comparison with the version before has found.
"""


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


def version_of(document: Table) -> Version:
    """The version that a loaded `contract` describes: of a client's manifest, or of a release.

    Raises InputError where the form is another one.
    """
    try:
        number = number_at(document["version"], document.at("version"))
        return Version(number, document["sha256"], tuple(map(from_notation, document["operations"])))
    except (LookupError, TypeError) as problem:
        raise InputError(f"describes no version of the contract ({problem!r})", document.place) from problem


def text_of(contract: Mapping[str, Any]) -> str:
    """The file of a released version, from the `contract` of the client's manifest."""
    return RELEASED + dumps(with_digest(contract))


def release_of(document: Table) -> Version:
    """The version in the file of a release. Raises InputError where somebody edited it."""
    hold_digest(document, "was edited after the release; take back the edit")
    return version_of(document)


def number_at(number: object, place: Location) -> str:
    """The number of a version. Raises InputError for one that cannot be ordered."""
    if not isinstance(number, str) or not re.fullmatch(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}", number, re.ASCII):
        raise InputError(f"is version {number!r}; write it as MAJOR.MINOR.PATCH, such as 1.0.0", place)
    return number


NO_NOTES: Mapping[str, str] = {}


def notes_of(text: str) -> Mapping[str, str]:
    """Number of a version -> what people have written of it under ``## 2.0.0``."""
    _, *parts = re.split(r"^## +(\d+\.\d+\.\d+)[^\n]*$", text, flags=re.MULTILINE)
    return {number: note.strip() for number, note in zip(parts[::2], parts[1::2], strict=True)}


def changelog(released: Sequence[Version], current: Version, notes: Mapping[str, str] = NO_NOTES) -> str:
    """What each version brought, as Markdown; the versions from the oldest on, then the one that is current.

    What people have written of a version stands before what was found.
    """
    versions = [*released]
    if not released or released[-1].number != current.number or changes(released[-1].contracts, current.contracts):
        versions.append(current)
    brought = (_brought(older, newer, notes.get(newer.number, "")) for older, newer in pairwise(versions))
    sections = [_first(versions[0]), *brought]
    return "\n".join([_HEADER, *reversed(sections)])


def _first(version: Version) -> str:
    operations = ", ".join(f"`{one.operation.method} {one.operation.url}`" for one in version.contracts)
    count = sum(len(list(one.facts())) for one in version.contracts)
    return f"## {version.number}\n\nThe first version: {count} facts of {operations}.\n"


def _brought(older: Version, newer: Version, note: str) -> str:
    found = changes(older.contracts, newer.contracts)
    title = f"## {newer.number}{', not released' if newer.number == older.number else ''}\n"
    groups = groupby(found, lambda change: change.operation)
    parts = [f"`{operation}`\n\n{_list(of_operation)}" for operation, of_operation in groups]
    return "\n".join([title, *([f"{note}\n"] if note else []), *(parts or ["No fact changed.\n"])])


def _list(of_operation: Iterator[Change]) -> str:
    return "".join(f"- {judged(change)}\n" for change in of_operation)


def judged(change: Change) -> str:
    """A change and its verdict, where it is not harmless: `removed: response digest, string (breaking)`."""
    found = verdict(change)
    return told(change) + ("" if found is Verdict.COMPATIBLE else f" ({found})")


def is_breaking(found: Sequence[Change]) -> bool:
    """Whether any of the changes breaks callers for certain."""
    return any(verdict(change) is Verdict.BREAKING for change in found)


def objection(released: Sequence[Version], current: Version, notes: Mapping[str, str] = NO_NOTES) -> str | None:
    """What a version lacks, in one sentence: the number that says what it does, or a note where it breaks callers.

    None where it lacks nothing.
    """
    if not released:
        return None
    last = released[-1]
    found = changes(last.contracts, current.contracts)
    if current.order < last.order:
        return f"version {current.number} is older than {last.number}, which is released"
    breaking = [told(change) for change in found if verdict(change) is Verdict.BREAKING]
    if breaking and current.order[0] == last.order[0]:
        said = "; ".join(breaking)
        return f"breaks callers of {last.number}, so its version must be {last.order[0] + 1}.0.0: {said}"
    if breaking and not notes.get(current.number):
        return f"breaks callers of {last.number}; write under `## {current.number}` of {NOTES} what they do about it"
    if found and current.order == last.order:
        return f"version {last.number} is released, so {told(found[0])} needs a new one"
    return None
