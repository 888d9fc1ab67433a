"""Collects the input of a draft for each method: its names, its bodies as trees, its notes for the author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from generator.contract.facts import Contract

from .names import OperationNames, infer_names
from .tree import SchemaNode, tree_of

TODO = "TODO"
"""The marker of a text to write."""

IN_SENTENCES = f"{TODO}: in sentences"
"""The marker of a description next to a summary."""

Notes = Mapping[str, str]
"""Path -> a longer marker for its description."""


@frozen
class Body:
    """A body: its part, the names of its operation, its tree, and its messages' names."""

    part: str
    names: OperationNames
    tree: SchemaNode
    messages: Mapping[str, str]
    notes: Notes

    @property
    def key(self) -> str:
        """A unique name."""
        return f"{self.names.operation_id} {self.part}"

    @property
    def messages_in(self) -> Iterator[SchemaNode]:
        """The messages in the body, outermost first: nodes with members, and the body itself."""
        return (node for node in self.tree.walk() if node is self.tree or node.members)


@frozen
class MethodDraft:
    """One method: its contract, its names, and its bodies; `request` is None if it takes none."""

    contract: Contract
    names: OperationNames
    request: Body | None
    response: Body
    notes: Notes

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies that it has."""
        return (self.request, self.response) if self.request else (self.response,)


def method_of(contract: Contract) -> MethodDraft:
    """Collect the input of a draft from a contract."""
    names, notes = infer_names(contract), _notes(contract)
    parts = {"body": contract.body, "response": contract.response.fields}
    bodies = {
        part: Body(part, names, tree_of(fields), _for_part(contract.names.messages, part), _for_part(notes, part))
        for part, fields in parts.items()
    }
    request = bodies["body"] if contract.body else None
    return MethodDraft(contract, names, request, bodies["response"], _for_part(notes, "parameter"))


def _for_part(texts: Mapping[tuple[str, str], str], part: str) -> dict[str, str]:
    return {path: text for (of, path), text in texts.items() if of == part}


def _notes(contract: Contract) -> dict[tuple[str, str], str]:
    """Note each unparsed sentence at the last subject that starts above it."""
    subjects = [(part, subject.path, subject.location) for part, subject in contract.subjects()]
    lines: dict[tuple[str, str], list[int]] = {}
    for file, line in ((text.location.file, text.location.line) for text in contract.unparsed):
        above = [location for _, _, location in subjects if location.file == file and location.line <= line]
        for part, path, location in subjects:
            if above and location == max(above):
                lines.setdefault((part, path), []).append(line)
    joined = {key: " and ".join(map(str, dict.fromkeys(numbers))) for key, numbers in lines.items()}
    return {key: f"{TODO}, with the content of line {numbers} of the page" for key, numbers in joined.items()}
