"""Drafts a specification from documentation pages: reads them, holds the versions of one method together, writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from .contract.agreement import label
from .contract.compare import Difference, compare
from .contract.facts import Contract, Names
from .contract.known import EMPTY
from .contract.lock import contract_of, text_of
from .contract.places import Place, Unreadable
from .contract.report import told
from .document import load, loads
from .readers import documentation, openapi
from .writers import draft as writer
from .writers.folder import fill, put_in_place, staging

SPECIFICATION = "openapi.yaml"


@frozen
class Draft:
    """The files of a draft by their names, and a line for each thing that a person has to look at."""

    files: dict[str, str]
    doubts: tuple[str, ...]

    @property
    def document(self) -> str:
        """The specification."""
        return self.files[SPECIFICATION]


def draft(pages: Sequence[Path], specification: Path) -> Draft:
    """The draft of the methods that pages describe, by the conventions of a specification.

    Several pages of one method are one operation: the page that says most is drafted. Raises Unreadable for a
    page that cannot be read, and for what no specification can say.
    """
    methods: dict[str, list[Contract]] = {}
    for contract in map(documentation.read, pages):
        methods.setdefault(label(contract), []).append(contract)
    chosen = [_chosen(versions) for versions in methods.values()]
    text = writer.draft(chosen, load(specification))
    locks = {f"documented/{writer.lock_name(one)}": text_of(one) for one in chosen}
    _hold(text, chosen)
    doubts = [line for versions, one in zip(methods.values(), chosen, strict=True) for line in _doubts(one, versions)]
    return Draft({SPECIFICATION: text, **locks, "known-differences.yaml": EMPTY}, tuple(doubts))


def write(drafted: Draft, folder: Path) -> None:
    """Put the files of a draft into a new folder. Raises Unreadable where the folder stands already."""
    if folder.exists():
        raise Unreadable("stands already, and a draft overwrites nothing; name a new folder", Place(str(folder)))
    with staging(folder) as scratch:
        fill(scratch, {name: text.encode() for name, text in drafted.files.items()})
        put_in_place(scratch, folder)


def _chosen(versions: Sequence[Contract]) -> Contract:
    """The version that says most, with the names that any of them gives."""
    fullest = max(versions, key=lambda one: len(list(one.facts())))
    messages = {key: name for one in reversed(versions) for key, name in one.names.messages.items()}
    return evolve(fullest, names=Names(fullest.names.operation, messages))


def _hold(text: str, contracts: Sequence[Contract]) -> None:
    """Refuse a draft that says anything else than its pages."""
    place = Place(SPECIFICATION)
    try:
        drafted = {label(one): one for one in openapi.contracts_of(loads(text, SPECIFICATION))}
    except Unreadable as problem:
        sentence = f"cannot be drafted, for the specification could not say it: {problem.sentence} [{problem.place}]"
        raise Unreadable(sentence, contracts[0].operation.place) from problem
    for page in contracts:
        locked = contract_of(loads(text_of(page), str(page.operation.place.file)))
        for one in compare(
            drafted.get(label(page), evolve(locked, operation=evolve(locked.operation, place=place))), locked
        ):
            raise Unreadable(f"cannot be drafted: {one.part} {one.path} {one.keyword}: {one.id}", page.operation.place)


def _doubts(chosen: Contract, versions: Sequence[Contract]) -> Iterator[str]:
    for one in versions:
        for unread in one.unread:
            yield f"{unread.place}: not understood, so a person has to say it: {unread.text}"
        for disagreement in one.disagreements:
            yield f"{disagreement.place}: {disagreement.text} [{disagreement.other}]"
        if one.operation.place.file != chosen.operation.place.file:
            yield from map(
                _told, (found for found in compare(_alone(chosen), _alone(one)) if not _untyped(found, chosen, one))
            )


def _alone(contract: Contract) -> Contract:
    """A contract without what is wrong with it alone."""
    return evolve(contract, unread=(), disagreements=())


def _untyped(found: Difference, *versions: Contract) -> bool:
    """Whether a difference is only that the older pages print no type of a parameter."""
    older = any(one.page is not None and one.page.layout == "pipe-table" for one in versions)
    return older and found.part == "parameter" and found.keyword in {"type", "format"}


def _told(found: Difference) -> str:
    subject = " ".join(filter(None, (found.part, found.path, found.keyword)))
    return f"{subject}: {told(found.left)} [{found.left.place}], and {told(found.right)} [{found.right.place}]"
