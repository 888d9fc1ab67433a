"""Converts the fields of a body to the tree of their paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
from attrs import define

from generator.contract.facts import ROOT, Constraints, Field, Value

LIST, VALUES, KEYS = "[]", "{}", "{key}"


@define
class SchemaNode:
    """A value: the last name of its path, its suffix (`[]`, `{}`, `{key}` or empty), and its children."""

    path: str
    name: str
    suffix: str
    constraints: Constraints
    children: list[SchemaNode] = attrs.field(factory=list["SchemaNode"])

    @property
    def members(self) -> list[SchemaNode]:
        """The fields of an object."""
        return [child for child in self.children if child.suffix not in {VALUES, KEYS}]

    def map_child(self, suffix: str) -> SchemaNode | None:
        """The child for the values or for the keys of a map."""
        return next((child for child in self.children if child.suffix == suffix), None)

    def walk(self) -> Iterator[SchemaNode]:
        """Yield the node and its descendants, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()


Shape = tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]
"""The paths and facts below an object: equal for the same message."""


def tree_of(fields: Sequence[Field]) -> SchemaNode:
    """Build the tree of a body, whose own path is empty; a field without a parent becomes a child of the body."""
    body = SchemaNode("", "", "", Constraints({"type": "object"}))
    nodes = {"": body}
    for field in fields:
        bare = without_suffix(field.path)
        suffix = field.path.removeprefix(bare)
        parent, _, name = bare.rpartition(".")
        node = SchemaNode(field.path, name, suffix, field.constraints)
        nodes[field.path] = node
        nodes.get(bare if suffix in {VALUES, KEYS} else parent, body).children.append(node)
    return body


def without_suffix(path: str) -> str:
    """The path of a list or a map; any other path as it is."""
    return next((path.removesuffix(suffix) for suffix in (LIST, VALUES, KEYS) if path.endswith(suffix)), path)


def shape_of(node: SchemaNode, root: str) -> Shape:
    """The shape of an object; a message that repeats one above it refers to that, in the body called `root`."""
    return tuple(
        (descendant.path[len(node.path) :].lstrip("."), tuple(_relative(descendant, node.path, root)))
        for descendant in node.walk()
        if descendant is not node
    )


def _relative(node: SchemaNode, path: str, root: str) -> Iterator[tuple[str, Value]]:
    for keyword, value in node.constraints.values.items():
        if keyword != "x-same-as":
            yield keyword, value
        elif value == (path or ROOT):
            yield keyword, ROOT
        elif not path or str(value).startswith((f"{path}.", f"{path}{VALUES}")):
            yield keyword, str(value)[len(path) :].lstrip(".")
        else:
            yield keyword, f"{root} {value}"
