"""What a page says anew: the edits of a specification that makes it say so, and what came and went between versions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.check import operation_key
from generator.contract.compare import Difference, compare
from generator.contract.facts import Contract
from generator.contract.known_differences import KnownDifference, parse_known_differences, partition
from generator.errors import InputError
from generator.readers import documentation, openapi, protobuf
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import load, load_text, loads, real_path

from .context import PatchContext
from .edits import proposed
from .yaml_editor import YamlEditor


@frozen
class Proposal:
    """A unified diff of a specification, and a line for each difference from the page that would be left after it."""

    diff: str
    unresolved: tuple[str, ...]


def propose(specification: Path, page: Path) -> Proposal:
    """The diff that lets a specification say what a page says, and takes out what is known of it no more.

    Raises InputError for a page whose method the specification does not have, as the readers do, and where the
    edits would leave no specification.
    """
    said, before, text = documentation.read(page), openapi.read(specification), load_text(specification)
    ours = _method(before, said, specification)
    edited = proposed(PatchContext.of(YamlEditor.of(text), ours, said), compare(ours, said))
    try:
        after = openapi.contracts_of(loads(edited, str(specification)))
    except InputError as problem:
        sentence = f"cannot be proposed, for it would leave no specification: {problem.message}"
        raise InputError(sentence, problem.location) from problem
    new = _method(after, said, specification)
    diff = _diff(specification, text, edited) + _diff_of_known(WitnessPaths(specification).known_differences, ours, new)
    return Proposal(diff, (*map(_left, compare(new, said)), *_others(before, after, ours)))


def _others(before: Sequence[Contract], after: Sequence[Contract], ours: Contract) -> Iterator[str]:
    """The methods that change too, for they share what changes."""
    for older, newer in zip(before, after, strict=True):
        if older is not ours and compare(older, newer):
            key = operation_key(older)
            yield f"{older.operation.location}: {key} changes too: it shares a component; read its page again"


def _diff_of_known(path: Path, before: Contract, after: Contract) -> str:
    """The diff of the list of known differences without those from the descriptors that are gone then."""
    if not (path.exists() and protobuf.is_installed()):
        return ""
    entries, text = parse_known_differences(load(path)), load_text(path)
    gone = [
        entry
        for other in protobuf.read([after.operation])
        for entry in _met(before, other, entries)
        if entry not in _met(after, other, entries)
    ]
    rows = YamlEditor.of(text)
    positions = [position for position, entry in enumerate(entries) if entry in gone]
    if len(positions) == len(entries) > 0:  # the list itself stays
        return _diff(path, text, rows.edited([rows.with_value("#/known", [])]))
    return _diff(path, text, rows.edited(rows.without(f"#/known/{position}" for position in positions)))


def _met(ours: Contract, descriptors: Contract, entries: Sequence[KnownDifference]) -> tuple[KnownDifference, ...]:
    """The known differences that do occur."""
    _, met = partition(operation_key(ours), compare(ours, descriptors), entries)
    return met


def _left(one: Difference) -> str:
    said = f": {one.left.value}" if one.id in {"unread", "disagreement"} else ""
    return f"{one.right.location}: left to a person: {one.id}{f' {one.subject}' if one.subject else ''}{said}"


def _method(contracts: Sequence[Contract], page: Contract, file: Path) -> Contract:
    for contract in contracts:
        if operation_key(contract) == operation_key(page):
            return contract
    sentence = (
        f"describes {operation_key(page)}, which {file} does not have; `python -m generator draft` begins with it"
    )
    raise InputError(sentence, page.operation.location)


def _diff(file: Path, before: str, after: str) -> str:
    """As git writes and takes it, by the path from where the command runs."""
    path = real_path(file)
    name = (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix().lstrip("/")
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
