"""Proposes the diff of a specification for changed pages, and lists what is left to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.compare import compare
from generator.contract.difference import Difference
from generator.contract.facts import Contract
from generator.contract.known_differences import KnownDifference, parse_known_differences, partition
from generator.contract.match import operation_key
from generator.errors import InputError
from generator.readers import openapi, protobuf
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import load, load_text, loads

from .context import PatchContext
from .diffs import diff_of
from .edits import propose_text
from .yaml_editor import YamlEditor


@frozen
class Proposal:
    """A unified diff of a specification, and a line for each difference from the page that remains.

    `contracts` are those of the specification without the diff.
    """

    diff: str
    unresolved: tuple[str, ...]
    contracts: tuple[Contract, ...]


def propose_patch(specification: Path, pages: Sequence[Contract], accepted: Sequence[KnownDifference] = ()) -> Proposal:
    """Propose the diff that makes a specification state the facts of pages, and drops obsolete known differences.

    Accepted differences from the pages stay.

    Raises InputError for an unreadable specification, for a page whose method the specification lacks, and if the edits
    would make the specification invalid.
    """
    text, contracts = load_text(specification), openapi.read(specification)
    before, edited, unresolved = contracts, text, list[str]()
    for page in pages:
        edited, after = _edit(specification, edited, contracts, page, accepted)
        new = contract_of(page, after, specification)
        unresolved += map(format_unresolved, _unknown(new, page, accepted))
        unresolved += _changed_methods(contracts, after, contract_of(page, contracts, specification))
        contracts = after
    known = WitnessPaths(specification).known_differences
    diff = diff_of(specification, text, edited) + _known_differences_diff(known, before, contracts, pages)
    return Proposal(diff, tuple(unresolved), before)


def _edit(
    specification: Path, text: str, contracts: Sequence[Contract], page: Contract, accepted: Sequence[KnownDifference]
) -> tuple[str, tuple[Contract, ...]]:
    """Return the text of a specification that states the facts of a page, and its contracts."""
    specified = contract_of(page, contracts, specification)
    differences = _unknown(specified, page, accepted)
    edited = propose_text(PatchContext.of(YamlEditor.of(text), specified, page), differences)
    try:
        return edited, openapi.parse_specification(loads(edited, str(specification))).contracts
    except InputError as problem:
        message = f"cannot be proposed; it would make the specification invalid: {problem.message}"
        raise InputError(message, problem.location) from problem


def _unknown(contract: Contract, page: Contract, accepted: Sequence[KnownDifference]) -> tuple[Difference, ...]:
    """Return the differences from a page that are not accepted."""
    unknown, _ = partition(operation_key(contract), compare(contract, page), accepted)
    return unknown


def _changed_methods(before: Sequence[Contract], after: Sequence[Contract], own: Contract) -> Iterator[str]:
    """Yield the other methods that the edits change through a shared component."""
    for older, newer in zip(before, after, strict=True):
        if older is not own and compare(older, newer):
            key = operation_key(older)
            yield f"{older.operation.location}: {key} changes too: it shares a component; read its page again"


def _known_differences_diff(
    path: Path, before: Sequence[Contract], after: Sequence[Contract], pages: Sequence[Contract]
) -> str:
    """Return the diff that removes obsolete known differences from the pages and the descriptors."""
    if not path.exists():
        return ""
    entries, text = parse_known_differences(load(path)), load_text(path)
    gone = [
        entry
        for older, newer in zip(before, after, strict=True)
        for other in _others(newer, pages)
        for entry in _occurring(older, other, entries)
        if entry not in _occurring(newer, other, entries)
    ]
    editor = YamlEditor.of(text)
    positions = [position for position, entry in enumerate(entries) if entry in gone]
    if len(positions) == len(entries) > 0:  # keep the list itself
        return diff_of(path, text, editor.edited([editor.with_value("#/known", [])]))
    return diff_of(path, text, editor.edited(editor.without(f"#/known/{position}" for position in positions)))


def _others(contract: Contract, pages: Sequence[Contract]) -> Iterator[Contract]:
    """Yield the page of an operation, and the descriptors' contract of it if their package is installed."""
    yield from (page for page in pages if operation_key(page) == operation_key(contract))
    if protobuf.is_installed():
        yield from protobuf.read([contract.operation])


def _occurring(contract: Contract, other: Contract, entries: Sequence[KnownDifference]) -> tuple[KnownDifference, ...]:
    """Return the known differences that occur."""
    _, occurring = partition(operation_key(contract), compare(contract, other), entries)
    return occurring


def format_unresolved(difference: Difference) -> str:
    """Format a difference that a person has to resolve."""
    about = f" {difference.subject}" if difference.subject else ""
    text = f": {difference.left.value}" if difference.id in {"unread", "disagreement"} else ""
    return f"{difference.right.location}: left to a person: {difference.id}{about}{text}"


def contract_of(page: Contract, contracts: Sequence[Contract], file: Path) -> Contract:
    """Return the contract of a page's method. Raises InputError if the specification does not have it."""
    for contract in contracts:
        if operation_key(contract) == operation_key(page):
            return contract
    message = f"describes {operation_key(page)}, which {file} does not have; add it with `draft --patch`"
    raise InputError(message, page.operation.location)
