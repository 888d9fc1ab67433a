"""Drafts a specification from documentation pages: reads them, chooses among the pages of one method, writes files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from generator.contract import known_differences as known
from generator.contract.compare import Difference, compare
from generator.contract.facts import Contract, Names
from generator.contract.lock import dump_lock, parse_lock
from generator.contract.match import operation_key
from generator.errors import InputError, Location
from generator.readers import documentation, openapi, protobuf
from generator.reports.text import format_statement
from generator.vendoring.atomic import staging_dir, swap_dirs, write_files
from generator.yaml_document import load, loads

from . import document

SPECIFICATION, KNOWN = "openapi.yaml", "known-differences.yaml"

_REASON = "TODO: find out if the page is older than the descriptors, or if one of the two is wrong"
_SOURCE = "https://github.com/yandex-cloud/cloudapi/tree/master/yandex/cloud"


@frozen
class Draft:
    """A draft: its specification, the contracts of that, the locks by file name, and a line for each warning."""

    document: str
    contracts: tuple[Contract, ...]
    locks: Mapping[str, str]
    warnings: tuple[str, ...]


def draft_pages(pages: Sequence[Path], specification: Path) -> Draft:
    """Draft the methods that pages describe, following the conventions of a specification.

    Of several pages of one method, the page with the most facts is drafted. Raises InputError for an unreadable page,
    and for facts that no specification can state.
    """
    methods: dict[str, list[Contract]] = {}
    for contract in map(documentation.read, pages):
        methods.setdefault(operation_key(contract), []).append(contract)
    chosen = [_fullest_version(versions) for versions in methods.values()]
    text = document.draft_document(chosen, load(specification))
    drafted = _checked_contracts(text, chosen)
    locks = {document.lock_name(contract): dump_lock(contract) for contract in chosen}
    warnings = [
        line
        for versions, contract in zip(methods.values(), chosen, strict=True)
        for line in _warnings(contract, versions)
    ]
    return Draft(text, drafted, locks, tuple(warnings))


def write_draft(drafted: Draft, folder: Path) -> None:
    """Write the files of a draft into a new folder. Raises InputError if the folder exists."""
    if folder.exists():
        raise InputError("exists, and a draft overwrites nothing; name a new folder", Location(str(folder)))
    locks = {f"documented/{name}": text for name, text in drafted.locks.items()}
    texts = {SPECIFICATION: drafted.document, KNOWN: _known_differences(drafted.contracts), **locks}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot be created: {problem.strerror}", Location(str(folder.parent))) from problem
    with staging_dir(folder) as scratch:
        write_files(scratch, {name: text.encode() for name, text in texts.items()})
        swap_dirs(scratch, folder)


def _fullest_version(versions: Sequence[Contract]) -> Contract:
    """The version with the most facts, whatever their order, with the message names of all versions."""
    fullest = max(versions, key=_fullness)
    messages = {key: name for version in reversed(versions) for key, name in version.names.messages.items()}
    return evolve(fullest, names=Names(fullest.names.operation, messages))


def _fullness(version: Contract) -> tuple[int, str, str]:
    layout, sha256 = (version.page.layout, version.page.sha256) if version.page else ("", "")
    return len(list(version.facts())), layout, sha256


def _checked_contracts(text: str, pages: Sequence[Contract]) -> tuple[Contract, ...]:
    """Read the contracts of a draft. Raises InputError if they differ from the locks of its pages."""
    try:
        drafted = openapi.contracts_of(loads(text, SPECIFICATION))
    except InputError as problem:
        message = f"cannot be drafted; the specification cannot state it: {problem.message} [{problem.location}]"
        raise InputError(message, pages[0].operation.location) from problem
    by_key = {operation_key(difference): difference for difference in drafted}
    for page in pages:
        locked = parse_lock(loads(dump_lock(page), page.operation.location.file))
        for difference in compare(by_key[operation_key(page)], locked):
            message = f"cannot be drafted; the specification cannot state it: {difference.id}: {difference.subject}"
            raise InputError(message, difference.right.location.origin or page.operation.location)
    return drafted


def _known_differences(drafted: Sequence[Contract]) -> str:
    """The list of known differences from the provider's descriptors, if these are installed."""
    if not protobuf.is_installed():
        return known.dump_known_differences([], _REASON, _SOURCE)
    descriptors = {
        operation_key(contract): contract for contract in protobuf.read([contract.operation for contract in drafted])
    }
    pairs = [
        (contract, descriptors[operation_key(contract)])
        for contract in drafted
        if operation_key(contract) in descriptors
    ]
    differences = [
        (operation_key(contract), difference) for contract, other in pairs for difference in compare(contract, other)
    ]
    return known.dump_known_differences(differences, _REASON, _SOURCE)


def _warnings(chosen: Contract, versions: Sequence[Contract]) -> Iterator[str]:
    for version in versions:
        for unread in version.unparsed:
            yield f"{unread.location}: not understood; state it by hand: {unread.text}"
        yield from map(str, version.contradictions)
        if version.operation.location.file != chosen.operation.location.file:
            yield from map(_format_difference, compare(_without_own_problems(chosen), _without_own_problems(version)))


def _without_own_problems(contract: Contract) -> Contract:
    """Remove the problems of a contract itself."""
    return evolve(contract, unparsed=(), contradictions=())


def _format_difference(difference: Difference) -> str:
    sides = (f"{format_statement(side)} [{side.location}]" for side in (difference.left, difference.right))
    return f"{difference.subject}: {', and '.join(sides)}"
