"""Names the component of each message; equal messages of several operations share one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import Any

from attrs import define, field

from generator.contract.facts import ROOT

from .methods import Body
from .names import OPERATION, capitalize, is_operation, message_name, singular
from .tree import LIST, VALUES, SchemaNode, Shape, shape_of

_STATUS, _OF_STATUS = "Status", frozenset({"code", "message", "details"})


@define
class Components:
    """The component names of the messages of all bodies, assigned one by one.

    `reserved` are the names of existing components, each with the fields of its message.
    """

    reserved: Mapping[str, frozenset[str]]
    shapes: dict[str, tuple[Shape, str]] = field(factory=dict[str, tuple[Shape, str]])
    names: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    nested: set[str] = field(factory=set[str])

    @classmethod
    def reserving(cls, schemas: Mapping[str, Mapping[str, Any]]) -> Components:
        """Reserve the names of existing schemas."""
        return cls({name: frozenset(schema.get("properties", ())) for name, schema in schemas.items()})

    def name(self, body: Body, path: str) -> str:
        """The component name of the message at a path of a body."""
        return self.names[body.key, "" if path == ROOT else path]

    def assign_names(self, bodies: Sequence[Body]) -> None:
        """Name every message: first those with a known name, then those that only their shape identifies."""
        for is_known in (True, False):
            for body in bodies:
                for node in body.messages_in:
                    known_name = _known_name(body, node)
                    if bool(known_name) == is_known and (body.key, node.path) not in self.names:
                        self.names[body.key, node.path] = self._choose_name(body, node, known_name)

    def _choose_name(self, body: Body, node: SchemaNode, known: str) -> str:
        shape = shape_of(node, body.key)
        first = known or capitalize(singular(node.name) if node.suffix in {LIST, VALUES} else node.name)
        parent = self.names.get((body.key, node.path.rpartition(".")[0]), "")
        candidates = chain((first, f"{parent}{first}"), (f"{first}{number}" for number in count(2)))
        same = {name: first_choice for name, (other, first_choice) in self.shapes.items() if other == shape}
        alike = [
            name for name, first_choice in same.items() if first_choice == first or (not known and name in self.nested)
        ]
        if alike:
            return alike[0]
        members = _member_names(node)
        name = next(
            candidate
            for candidate in candidates
            if candidate not in self.shapes and self.reserved.get(candidate, members) == members
        )
        self.shapes[name] = shape, first
        self.nested |= {name} if node.path else set()
        return name


def _known_name(body: Body, node: SchemaNode) -> str:
    """The name that a page states for a message, or that the provider's naming implies; else empty."""
    if node.path in body.messages:
        return _without_number(message_name(body.messages[node.path]), body.messages.values())
    members, in_operation = _member_names(node), is_operation(_member_names(body.tree))
    if node.path == "":
        return OPERATION if is_operation(members) else _root_name(body)
    if in_operation and node.path == "metadata":
        return body.names.message_name("Metadata")
    return _STATUS if node.name == "error" and members == _OF_STATUS else ""


def _member_names(node: SchemaNode) -> frozenset[str]:
    return frozenset(member.name for member in node.members)


def _root_name(body: Body) -> str:
    if body.part == "body":
        return body.names.message_name("Request")
    return body.names.resource if body.names.returns_resource else body.names.message_name("Response")


def _without_number(name: str, anchors: Collection[str]) -> str:
    """Remove the number by which a page distinguishes two sections of the same message."""
    bare = re.sub(r"\d+$", "", name)
    return bare if bare in {message_name(anchor) for anchor in anchors} else name
