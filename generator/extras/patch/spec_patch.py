"""Proposes the diff of a specification for a changed page, and lists what is left to a person."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.compare import Difference, compare
from generator.contract.facts import Contract
from generator.contract.known_differences import KnownDifference, parse_known_differences, partition
from generator.contract.match import operation_key
from generator.errors import InputError
from generator.readers import documentation, openapi, protobuf
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import load, load_text, loads, real_path

from .context import PatchContext
from .edits import propose_text
from .yaml_editor import YamlEditor


@frozen
class Proposal:
    """A unified diff of a specification, and a line for each difference from the page that remains."""

    diff: str
    unresolved: tuple[str, ...]


def propose_patch(specification: Path, page: Path) -> Proposal:
    """Propose the diff that makes a specification state the facts of a page, and drops obsolete known differences.

    Raises InputError for an unreadable page or specification, for a page whose method the specification lacks, and if
    the edits would make the specification invalid.
    """
    documented, before, text = documentation.read(page), openapi.read(specification), load_text(specification)
    specified = _method(before, documented, specification)
    edited = propose_text(PatchContext.of(YamlEditor.of(text), specified, documented), compare(specified, documented))
    try:
        after = openapi.contracts_of(loads(edited, str(specification)))
    except InputError as problem:
        message = f"cannot be proposed; it would make the specification invalid: {problem.message}"
        raise InputError(message, problem.location) from problem
    new = _method(after, documented, specification)
    diff = _diff(specification, text, edited) + _known_differences_diff(
        WitnessPaths(specification).known_differences, specified, new
    )
    return Proposal(
        diff, (*map(_format_unresolved, compare(new, documented)), *_changed_methods(before, after, specified))
    )


def _changed_methods(before: Sequence[Contract], after: Sequence[Contract], own: Contract) -> Iterator[str]:
    """Yield the other methods that the edits change through a shared component."""
    for older, newer in zip(before, after, strict=True):
        if older is not own and compare(older, newer):
            key = operation_key(older)
            yield f"{older.operation.location}: {key} changes too: it shares a component; read its page again"


def _known_differences_diff(path: Path, before: Contract, after: Contract) -> str:
    """The diff that removes obsolete known differences from the descriptors."""
    if not (path.exists() and protobuf.is_installed()):
        return ""
    entries, text = parse_known_differences(load(path)), load_text(path)
    gone = [
        entry
        for other in protobuf.read([after.operation])
        for entry in _occurring(before, other, entries)
        if entry not in _occurring(after, other, entries)
    ]
    editor = YamlEditor.of(text)
    positions = [position for position, entry in enumerate(entries) if entry in gone]
    if len(positions) == len(entries) > 0:  # keep the list itself
        return _diff(path, text, editor.edited([editor.with_value("#/known", [])]))
    return _diff(path, text, editor.edited(editor.without(f"#/known/{position}" for position in positions)))


def _occurring(
    contract: Contract, descriptors: Contract, entries: Sequence[KnownDifference]
) -> tuple[KnownDifference, ...]:
    """The known differences that occur."""
    _, occurring = partition(operation_key(contract), compare(contract, descriptors), entries)
    return occurring


def _format_unresolved(difference: Difference) -> str:
    about = f" {difference.subject}" if difference.subject else ""
    text = f": {difference.left.value}" if difference.id in {"unread", "disagreement"} else ""
    return f"{difference.right.location}: left to a person: {difference.id}{about}{text}"


def _method(contracts: Sequence[Contract], page: Contract, file: Path) -> Contract:
    for contract in contracts:
        if operation_key(contract) == operation_key(page):
            return contract
    message = f"describes {operation_key(page)}, which {file} does not have; start with `python -m generator draft`"
    raise InputError(message, page.operation.location)


def _diff(file: Path, before: str, after: str) -> str:
    """A unified diff as git reads it, with the path relative to the working directory."""
    path = real_path(file)
    name = (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix().lstrip("/")
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
