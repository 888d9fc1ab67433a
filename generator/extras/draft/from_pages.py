"""Drafts a specification from documentation pages: reads them, chooses among the pages of one method, writes files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from generator.contract.compare import compare
from generator.contract.difference import Difference
from generator.contract.facts import Contract
from generator.contract.known_differences import dump_known_differences
from generator.contract.lock import dump_lock
from generator.contract.match import operation_key
from generator.contract.reader_notes import Names
from generator.errors import InputError, Location
from generator.reports.text import format_statement
from generator.vendoring.atomic import staging_dir, swap_dirs, write_files
from generator.yaml_document import load

from . import document
from .descriptors import SOURCE, complete, descriptor_warnings, differences_from, read_descriptors
from .verification import SPECIFICATION, checked_contracts

KNOWN = "known-differences.yaml"

REASON = "TODO: find out if the page is older than the descriptors, or if one of the two is wrong"


@frozen
class Draft:
    """A draft: its specification, the contracts of its pages, the locks by file name, and a line for each warning.

    `completed` are the contracts with what the provider's descriptors add to them, and `differences` are those from
    the descriptors, each with its operation.
    """

    document: str
    pages: tuple[Contract, ...]
    completed: tuple[Contract, ...]
    locks: Mapping[str, str]
    differences: tuple[tuple[str, Difference], ...]
    warnings: tuple[str, ...]


def draft_pages(pages: Sequence[Contract], specification: Path) -> Draft:
    """Draft the methods that pages describe, following the conventions of a specification.

    Of several pages of one method, the page with the most facts is drafted. Raises InputError for facts that no
    specification can state.
    """
    methods: dict[str, list[Contract]] = {}
    for contract in pages:
        methods.setdefault(operation_key(contract), []).append(contract)
    chosen = [_fullest_version(versions) for versions in methods.values()]
    descriptors = read_descriptors(chosen)
    completed = tuple(complete(contract, descriptors) for contract in chosen)
    text = document.draft_document(completed, load(specification))
    drafted = checked_contracts(text, chosen)
    differences = differences_from(drafted, descriptors)
    locks = {document.lock_name(contract): dump_lock(contract) for contract in chosen}
    warnings = (
        *(
            line
            for versions, contract in zip(methods.values(), chosen, strict=True)
            for line in _warnings(contract, versions)
        ),
        *descriptor_warnings(differences, chosen),
    )
    return Draft(text, tuple(chosen), completed, locks, differences, warnings)


def write_draft(drafted: Draft, folder: Path) -> Mapping[str, str]:
    """Write the files of a draft into a new folder and return them. Raises InputError if the folder exists."""
    if folder.exists():
        raise InputError("exists, and a draft overwrites nothing; name a new folder", Location(str(folder)))
    locks = {f"documented/{name}": text for name, text in drafted.locks.items()}
    texts = {
        SPECIFICATION: drafted.document,
        KNOWN: dump_known_differences(drafted.differences, REASON, SOURCE),
        **locks,
    }
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot be created: {problem.strerror}", Location(str(folder.parent))) from problem
    with staging_dir(folder) as scratch:
        write_files(scratch, {name: text.encode() for name, text in texts.items()})
        swap_dirs(scratch, folder)
    return texts


def _fullest_version(versions: Sequence[Contract]) -> Contract:
    """The version with the most facts, whatever their order, with the message names of all versions."""
    fullest = max(versions, key=_fullness)
    messages = {key: name for version in reversed(versions) for key, name in version.names.messages.items()}
    return evolve(fullest, names=Names(fullest.names.operation, messages))


def _fullness(version: Contract) -> tuple[int, str, str]:
    layout, sha256 = (version.page.layout, version.page.sha256) if version.page else ("", "")
    return len(list(version.facts())), layout, sha256


def _warnings(chosen: Contract, versions: Sequence[Contract]) -> Iterator[str]:
    for version in versions:
        for unread in version.unparsed:
            yield f"{unread.location}: not understood; state it by hand: {unread.text}"
        yield from map(str, version.contradictions)
        if version.operation.location.file != chosen.operation.location.file:
            own, other = (evolve(page, unparsed=(), contradictions=()) for page in (chosen, version))
            for difference in compare(own, other):
                sides = (f"{format_statement(side)} [{side.location}]" for side in (difference.left, difference.right))
                yield f"{difference.subject}: {', and '.join(sides)}"
