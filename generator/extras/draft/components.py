"""Which messages of all operations are the same, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count

from attrs import define, field

from generator.contract.facts import ROOT

from .methods import Body
from .names import OPERATION, capital, is_operation, message_name, singular
from .tree import LIST, VALUES, Node, Shape, shape_of

_STATUS, _OF_STATUS = "Status", frozenset({"code", "message", "details"})


@define
class Components:
    """The names of the messages of all bodies, as they are given.

    `reserved` are names that stand already, each for a message of these fields.
    """

    reserved: Mapping[str, frozenset[str]]
    shapes: dict[str, tuple[Shape, str]] = field(factory=dict[str, tuple[Shape, str]])
    names: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    nested: set[str] = field(factory=set[str])

    def name(self, body: Body, path: str) -> str:
        """The component of the message at a path of a body."""
        return self.names[body.key, "" if path == ROOT else path]

    def call(self, bodies: Sequence[Body]) -> None:
        """Name every message: first those whose name is known, then those that are told by their shape."""
        for known in (True, False):
            for body in bodies:
                for node in body.objects:
                    stated = _stated(body, node)
                    if bool(stated) == known and (body.key, node.path) not in self.names:
                        self.names[body.key, node.path] = self._named(body, node, stated)

    def _named(self, body: Body, node: Node, stated: str) -> str:
        shape = shape_of(node, body.key)
        first = stated or _by_field(node)
        parent = self.names.get((body.key, _parent(node.path)), "")
        longer = (first, f"{parent}{first}", *(f"{first}{number}" for number in range(2, 10)))
        same = {name: called for name, (other, called) in self.shapes.items() if other == shape}
        alike = [name for name, called in same.items() if called == first or (not stated and name in self.nested)]
        if alike:
            return alike[0]
        free = (one for one in _endless(longer) if one not in self.shapes)
        name = next(one for one in free if self.reserved.get(one, _members(node)) == _members(node))
        self.shapes[name] = shape, first
        self.nested |= {name} if node.path else set()
        return name


def _endless(names: Sequence[str]) -> Iterator[str]:
    yield from names
    yield from (f"{names[0]}{number}" for number in count(10))


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _stated(body: Body, node: Node) -> str:
    """The name that a page gives a message, or that the provider's naming leaves no doubt of."""
    if node.path in body.messages:
        return _unnumbered(message_name(body.messages[node.path]), body.messages.values())
    members, in_operation = _members(node), is_operation(_members(body.tree))
    if node.path == "":
        return OPERATION if is_operation(members) else _of_root(body)
    if in_operation and node.path == "metadata":
        return body.called.message("Metadata")
    return _STATUS if node.name == "error" and members == _OF_STATUS else ""


def _members(node: Node) -> frozenset[str]:
    return frozenset(one.name for one in node.members)


def _of_root(body: Body) -> str:
    if body.part == "body":
        return body.called.message("Request")
    return body.called.resource if body.called.gives_resource else body.called.message("Response")


def _unnumbered(name: str, anchors: Collection[str]) -> str:
    """The name without the number that tells the second of two sections of one message apart from the first."""
    bare = re.sub(r"\d+$", "", name)
    return bare if bare in {message_name(anchor) for anchor in anchors} else name


def _by_field(node: Node) -> str:
    return capital(singular(node.name)) if node.suffix in {LIST, VALUES} else capital(node.name)
