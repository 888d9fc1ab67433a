"""The fields of a body as the tree that their paths describe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from generator.contract.facts import ROOT, Constraints, Field, Value

LIST, VALUES, KEYS = "[]", "{}", "{key}"


@define
class Node:
    """One value: the last word of its path with what follows it (`[]`, `{}`, `{key}` or nothing), and all below it."""

    path: str
    name: str
    suffix: str
    constraints: Constraints
    below: list[Node] = field(factory=list["Node"])

    @property
    def members(self) -> list[Node]:
        """The fields of an object."""
        return [one for one in self.below if one.suffix not in {VALUES, KEYS}]

    def of_map(self, suffix: str) -> Node | None:
        """The values or the keys of a map."""
        return next((one for one in self.below if one.suffix == suffix), None)

    def everything(self) -> Iterator[Node]:
        """The node and all below it, from the top."""
        yield self
        for one in self.below:
            yield from one.everything()


Shape = tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]
"""What two objects share that are the same message: the paths below them, and what is said there."""


def tree_of(fields: Sequence[Field]) -> Node:
    """The body that fields make up; its own path is empty. A field without its parent hangs on the body."""
    body = Node("", "", "", Constraints({"type": "object"}))
    nodes = {"": body}
    for one in fields:
        suffix = next((end for end in (LIST, VALUES, KEYS) if one.path.endswith(end)), "")
        bare = one.path.removesuffix(suffix)
        parent, name = (bare, bare.rpartition(".")[2]) if suffix in {VALUES, KEYS} else _split(bare)
        node = Node(one.path, name, suffix, one.constraints)
        nodes[one.path] = node
        nodes.get(parent, body).below.append(node)
    return body


def _split(path: str) -> tuple[str, str]:
    parent, _, name = path.rpartition(".")
    return parent, name


def shape_of(node: Node, root: str) -> Shape:
    """The shape of an object; what repeats a message above it says which one of which body, called `root`."""
    return tuple(
        (one.path[len(node.path) :].lstrip("."), tuple(_relative(one, node.path, root)))
        for one in node.everything()
        if one is not node
    )


def _relative(one: Node, path: str, root: str) -> Iterator[tuple[str, Value]]:
    for keyword, value in one.constraints.values.items():
        if keyword != "x-same-as":
            yield keyword, value
        elif value == (path or ROOT):
            yield keyword, ROOT
        elif not path or str(value).startswith((f"{path}.", f"{path}{VALUES}")):
            yield keyword, str(value)[len(path) :].lstrip(".")
        else:
            yield keyword, f"{root} {value}"
