"""Drafts a specification from documentation pages: reads them, holds the versions of one method together, writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from generator.contract import known_differences as known
from generator.contract.check import operation_key
from generator.contract.compare import Difference, compare
from generator.contract.facts import Contract, Names
from generator.contract.lock import dump_lock, parse_lock
from generator.errors import InputError, Location
from generator.readers import documentation, openapi, protobuf
from generator.reports.text import format_statement
from generator.vendoring.atomic import staging_dir, swap_dirs, write_files
from generator.yaml_document import load, loads

from . import document

SPECIFICATION, KNOWN = "openapi.yaml", "known-differences.yaml"

_REASON = "TODO: is the page older than the descriptors, or does one of the two err?"
_SOURCE = "https://github.com/yandex-cloud/cloudapi/tree/master/yandex/cloud"


@frozen
class Draft:
    """The specification, what it says, the locks of its pages by their names, and a line for each doubt."""

    document: str
    contracts: tuple[Contract, ...]
    locks: Mapping[str, str]
    warnings: tuple[str, ...]


def draft(pages: Sequence[Path], specification: Path) -> Draft:
    """The draft of the methods that pages describe, by the conventions of a specification.

    Several pages of one method are one operation: the page that says most is drafted. Raises InputError for a
    page that cannot be read, and for what no specification can say.
    """
    methods: dict[str, list[Contract]] = {}
    for contract in map(documentation.read, pages):
        methods.setdefault(operation_key(contract), []).append(contract)
    chosen = [_chosen(versions) for versions in methods.values()]
    text = document.draft(chosen, load(specification))
    drafted = _held(text, chosen)
    locks = {document.lock_name(one): dump_lock(one) for one in chosen}
    doubts = [line for versions, one in zip(methods.values(), chosen, strict=True) for line in _doubts(one, versions)]
    return Draft(text, drafted, locks, tuple(doubts))


def write(drafted: Draft, folder: Path) -> None:
    """Put the files of a draft into a new folder. Raises InputError where the folder stands already."""
    if folder.exists():
        raise InputError("stands already, and a draft overwrites nothing; name a new folder", Location(str(folder)))
    locks = {f"documented/{name}": text for name, text in drafted.locks.items()}
    texts = {SPECIFICATION: drafted.document, KNOWN: _known(drafted.contracts), **locks}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot be made: {problem.strerror}", Location(str(folder.parent))) from problem
    with staging_dir(folder) as scratch:
        write_files(scratch, {name: text.encode() for name, text in texts.items()})
        swap_dirs(scratch, folder)


def _chosen(versions: Sequence[Contract]) -> Contract:
    """The version that says most, whatever their order, with the names that any of them gives."""
    fullest = max(versions, key=_fullness)
    messages = {key: name for one in reversed(versions) for key, name in one.names.messages.items()}
    return evolve(fullest, names=Names(fullest.names.operation, messages))


def _fullness(version: Contract) -> tuple[int, str, str]:
    layout, sha256 = (version.page.layout, version.page.sha256) if version.page else ("", "")
    return len(list(version.facts())), layout, sha256


def _held(text: str, pages: Sequence[Contract]) -> tuple[Contract, ...]:
    """The contracts of a draft. Raises InputError where they say anything else than the locks of its pages."""
    try:
        drafted = openapi.contracts_of(loads(text, SPECIFICATION))
    except InputError as problem:
        sentence = f"cannot be drafted, for the specification could not say it: {problem.message} [{problem.location}]"
        raise InputError(sentence, pages[0].operation.location) from problem
    by_label = {operation_key(one): one for one in drafted}
    for page in pages:
        locked = parse_lock(loads(dump_lock(page), page.operation.location.file))
        for one in compare(by_label[operation_key(page)], locked):
            sentence = f"cannot be drafted, for the specification could not say it: {one.id}: {one.subject}"
            raise InputError(sentence, one.right.location.origin or page.operation.location)
    return drafted


def _known(drafted: Sequence[Contract]) -> str:
    """The list of what the provider's descriptors say otherwise, where they are installed."""
    if not protobuf.is_installed():
        return known.dump_known_differences([], _REASON, _SOURCE)
    found = {operation_key(one): one for one in protobuf.read([one.operation for one in drafted])}
    pairs = [(one, found[operation_key(one)]) for one in drafted if operation_key(one) in found]
    differences = [(operation_key(one), difference) for one, other in pairs for difference in compare(one, other)]
    return known.dump_known_differences(differences, _REASON, _SOURCE)


def _doubts(chosen: Contract, versions: Sequence[Contract]) -> Iterator[str]:
    for one in versions:
        for unread in one.unparsed:
            yield f"{unread.location}: not understood, so a person has to say it: {unread.text}"
        yield from map(str, one.contradictions)
        if one.operation.location.file != chosen.operation.location.file:
            yield from map(_told, compare(_alone(chosen), _alone(one)))


def _alone(contract: Contract) -> Contract:
    """A contract without what is wrong with it alone."""
    return evolve(contract, unparsed=(), contradictions=())


def _told(difference: Difference) -> str:
    sides = (f"{format_statement(side)} [{side.location}]" for side in (difference.left, difference.right))
    return f"{difference.subject}: {', and '.join(sides)}"
