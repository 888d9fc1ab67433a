"""Holds a document against the tables of objects, and walks through it on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from generator.contract.places import Place, Unreadable
from generator.document import References, Row, Table

from .objects import BESIDE_REFERENCE, NEEDED, OBJECTS, REFERABLE, VALUES, Each, Listed, One, Role


def walk(
    node: Any, kind: str, references: References, place: Place, leaving_out: frozenset[str] = frozenset()
) -> Iterator[Table]:
    """Every object from a node on, through its `$ref`s and into other files, each held against the tables.

    Objects of the kinds in `leaving_out` are passed by. Raises Unreadable for the first keyword that has no
    place where it stands and for each value of the wrong kind.
    """
    seen = set[tuple[int, str]]()
    rest: list[tuple[Any, str, Place, References]] = [(node, kind, place, references)]
    while rest:
        node, kind, place, references = rest.pop()
        steps = references.steps(node) if kind in REFERABLE else [(node, references)]
        for step, seen_from in steps:
            table = _table(step, f"this {kind}", place)
            if (id(table), kind) not in seen:
                seen.add((id(table), kind))
                yield table
                children = [child for child in _children(table, kind) if child[1] not in leaving_out]
                rest.extend((*child, seen_from) for child in children)


def _table(node: Any, what: str, place: Place) -> Table:
    if not isinstance(node, Table):
        raise Unreadable(f"{what} must be a mapping", place)
    return node


def _children(table: Table, kind: str) -> Iterator[tuple[Any, str, Place]]:
    """The objects in a table with their kinds and places, the table's own keywords being in order."""
    roles, reference = OBJECTS[kind], kind in REFERABLE and "$ref" in table
    allowed = BESIDE_REFERENCE if reference and kind != "schema" else frozenset(roles)
    for keyword, value in table.items():
        if keyword not in allowed:
            raise Unreadable(_unknown(keyword, kind, allowed), table.at(keyword))
        if keyword in roles:
            yield from _under(keyword, value, roles[keyword], table.at(keyword))
    for keyword in NEEDED.get(kind, ()):
        if keyword not in table and not reference:
            raise Unreadable(f"this {kind} has no `{keyword}`", table.place)


def _unknown(keyword: str, kind: str, allowed: frozenset[str]) -> str:
    near = get_close_matches(keyword, sorted(allowed), n=1)
    advice = f"did you mean `{near[0]}`?" if near else "correct it, or teach generator/readers/openapi to read it"
    return f"`{keyword}` is no keyword that is read in this {kind}; {advice}"


def _under(keyword: str, value: Any, role: Role, place: Place) -> Iterator[tuple[Any, str, Place]]:
    """The objects under one keyword. Raises Unreadable where a value is not what the role asks for."""
    if isinstance(role, One):
        if not (role.or_true and value is True):
            yield value, role.kind, place
    elif isinstance(role, Listed):
        if not isinstance(value, Row):
            raise Unreadable(f"`{keyword}` must be a list", place)
        for item, line in zip(value, value.lines, strict=True):
            yield item, role.kind, Place(place.file, line)
    elif isinstance(role, Each):
        table = _table(value, f"`{keyword}`", place)
        for name, item in table.items():
            if not re.fullmatch(role.names, name):
                raise Unreadable(f"`{name}` is no name that can stand under `{keyword}`", table.at(name))
            yield item, role.kind, table.at(name)
    else:
        holds, wanted = VALUES[role]
        if not holds(value):
            raise Unreadable(f"`{keyword}` must be {wanted}, not {str(value)[:60]!r}", place)
