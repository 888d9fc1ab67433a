"""Generates the client from the specification, and says which facts changed."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .contract.agreement import Testimony, check
from .contract.compare import Absence, Difference
from .contract.facts import Contract, Witness
from .contract.notation import from_notation, shown, to_notation
from .contract.places import Place, Unreadable
from .document import Table, load
from .readers import openapi
from .writers import client


def generate(specification: Path, destination: Path) -> tuple[str, ...]:
    """Put the client of a specification in its place; a line for each fact that changed, or one that none did.

    Raises Unreadable for a specification that cannot be read or that the client could not keep whole, and for a
    destination that cannot be written or holds what is no client.
    """
    with _pointing():
        contracts = openapi.read(specification)
        before = _facts_behind(destination)
        changed = client.generate(specification, [*map(_plain, contracts)], destination)
    told = tuple(_told(before, contracts))
    return told or ("the code changed, and no fact" if changed else "nothing changed",)


def difference(specification: Path, destination: Path) -> str:
    """The unified diff from the client in its place to what its specification gives; raises as `generate` does."""
    with _pointing():
        return client.check(specification, [*map(_plain, openapi.read(specification))], destination)


def _plain(contract: Contract) -> dict[str, Any]:
    """The facts of a contract without their lines, so that a comment in the specification changes no fact."""
    plain = to_notation(contract)
    response = plain["response"]
    for one in (plain["operation"], *plain["parameters"], *plain["body"], response, *response["fields"]):
        del one["line"]
    return plain


def _facts_behind(destination: Path) -> tuple[Contract, ...]:
    """The contracts that a client was generated from; none where there is no client, or one of another make."""
    try:
        operations: list[Table] = load(destination / client.MANIFEST)["contract"]["operations"]
        return tuple(from_notation(one) for one in operations)
    except (Unreadable, LookupError, TypeError):
        return ()


def _told(before: Sequence[Contract], after: Sequence[Contract]) -> Iterator[str]:
    """A line for each difference between the facts of two contracts of one specification."""
    left, right = (Testimony(Witness.SPECIFICATION, Place(""), tuple(one)) for one in (before, after))
    report = check([(left, right)])
    for comparison in report.comparisons:
        yield from (f"{comparison.operation}: {_change(one)}" for one in comparison.differences)
    yield from map(_change, report.others)


def _change(difference: Difference) -> str:
    what = " ".join(filter(None, (difference.part, difference.path, difference.keyword)))
    was, now = difference.left.value, difference.right.value
    if isinstance(was, Absence):
        return f"new: {what}, {'' if isinstance(now, Absence) else shown(now)}  [{difference.right.place}]"
    if isinstance(now, Absence):
        return f"gone: {what}, {shown(was)}"
    return f"{what}: {shown(was)} -> {shown(now)}  [{difference.right.place}]"


@contextmanager
def _pointing() -> Generator[None]:
    """Puts the JSON pointer of its place in front of what an error says."""
    try:
        yield
    except Unreadable as problem:
        pointer = f"{problem.place.pointer}: " if problem.place.pointer else ""
        raise Unreadable(pointer + problem.sentence, problem.place) from problem
