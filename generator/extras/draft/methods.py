"""What a draft knows of each method before it is written: its names, its bodies as trees, what is left to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from generator.contract.facts import Contract
from generator.errors import Location

from .names import OperationNames, called
from .tree import Node, tree_of

TODO = "TODO"
"""Stands where a person has to write."""

IN_SENTENCES = f"{TODO}: in sentences"
"""Stands for a description beside a summary."""

Notes = Mapping[str, str]
"""Path -> what a person has to write there, where that is more than a description."""


@frozen
class Body:
    """A request's or an answer's body: its part, the names of its operation, its tree, and its messages' names."""

    part: str
    called: OperationNames
    tree: Node
    messages: Mapping[str, str]
    notes: Notes

    @property
    def key(self) -> str:
        """A name of its own."""
        return f"{self.called.operation_id} {self.part}"

    @property
    def objects(self) -> Iterator[Node]:
        """The messages in it, from the top: what has members, and the body itself."""
        return (node for node in self.tree.everything() if node is self.tree or node.members)


@frozen
class MethodDraft:
    """One method: its contract, its names, and its bodies; `request` is None where it takes none."""

    contract: Contract
    called: OperationNames
    request: Body | None
    answer: Body
    notes: Notes

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Those that it has."""
        return (self.request, self.answer) if self.request else (self.answer,)


def method_of(contract: Contract) -> MethodDraft:
    """The method that a contract describes."""
    names, notes = called(contract), _notes(contract)
    parts = {"body": contract.body, "response": contract.response.fields}
    bodies = {
        part: Body(part, names, tree_of(fields), _of_part(contract.names.messages, part), _of_part(notes, part))
        for part, fields in parts.items()
    }
    request = bodies["body"] if contract.body else None
    return MethodDraft(contract, names, request, bodies["response"], _of_part(notes, "parameter"))


def _of_part(said: Mapping[tuple[str, str], str], part: str) -> dict[str, str]:
    return {path: text for (of, path), text in said.items() if of == part}


def _notes(contract: Contract) -> dict[tuple[str, str], str]:
    """What was not understood, at the subject that it is said of: the last one that begins above it."""
    subjects = [(part, one.path, one.location) for part, one in contract.subjects()]
    lines: dict[tuple[str, str], list[int]] = {}
    for unread in contract.unparsed:
        above = _last_above(unread.location, (location for _, _, location in subjects))
        for part, path, location in subjects:
            if location == above:
                lines.setdefault((part, path), []).append(unread.location.line)
    return {key: f"{TODO}, with what the page says in line {_listed(found)}" for key, found in lines.items()}


def _last_above(location: Location, locations: Iterable[Location]) -> Location | None:
    return max((one for one in locations if one.file == location.file and one.line <= location.line), default=None)


def _listed(lines: Iterable[int]) -> str:
    return " and ".join(map(str, dict.fromkeys(lines)))
