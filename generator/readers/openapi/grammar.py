"""Holds a document against the tables of objects, and walks through it on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import References, Row, Table

from .objects import BESIDE_REFERENCE, OF_CLIENTS, REFERABLE, VALUES, Each, Listed, One, Role, Tables


class Fault(StrEnum):
    """What can be out of order in a document, by its stable id."""

    UNKNOWN_KEYWORD = "unknown-keyword"
    UNKNOWN_FORMAT = "unknown-format"
    WRONG_VALUE = "wrong-value"
    KEYWORD_MISSING = "keyword-missing"


Objection = Callable[[Fault, str, Location], object]
"""What is done about something that is out of order: told the fault, a sentence and the place."""


@frozen
class Start:
    """A node to walk from: the kind of object that it is to be, the references as seen from it, its place."""

    node: Any
    kind: str
    references: References
    place: Location


@frozen
class Found:
    """An object of a document, its kind, and the references as seen from it."""

    kind: str
    table: Table
    references: References


def refuse(_fault: Fault, sentence: str, place: Location) -> None:
    """The objection of who needs a document that is in order: raises InputError."""
    raise InputError(sentence, place)


def walk(
    start: Start,
    leaving_out: frozenset[str] = frozenset(),
    objection: Objection = refuse,
    tables: Tables = OF_CLIENTS,
) -> Iterator[Found]:
    """Every object from a start on, through its `$ref`s and into other files, each held against the tables.

    Objects of the kinds in `leaving_out` are passed by. The objection is told of each keyword that has no place where
    it stands, of each value of the wrong kind and of keywords that are missing; what it does not raise for is passed
    by.
    """
    seen = set[tuple[int, str]]()
    rest = [start]
    while rest:
        one = rest.pop()
        steps = one.references.steps(one.node) if one.kind in REFERABLE else [(one.node, one.references)]
        for step, seen_from in steps:
            table = _table(step, f"this {one.kind}", one.place, objection)
            if table is not None and (id(table), one.kind) not in seen:
                seen.add((id(table), one.kind))
                yield Found(one.kind, table, seen_from)
                below = list(_children(table, one.kind, tables, objection))
                rest.extend(
                    Start(node, kind, seen_from, place) for node, kind, place in below if kind not in leaving_out
                )


def _table(node: Any, what: str, place: Location, objection: Objection) -> Table | None:
    if isinstance(node, Table):
        return node
    objection(Fault.WRONG_VALUE, f"{what} must be a mapping", place)
    return None


def _children(table: Table, kind: str, tables: Tables, objection: Objection) -> Iterator[tuple[Any, str, Location]]:
    """The objects in a table with their kinds and places, the table's own keywords being in order."""
    roles, reference = tables.objects[kind], kind in REFERABLE and "$ref" in table
    allowed = BESIDE_REFERENCE if reference and kind != "schema" else frozenset(roles)
    for keyword, value in table.items():
        if keyword not in allowed:
            objection(Fault.UNKNOWN_KEYWORD, _unknown(keyword, kind, allowed), table.at(keyword))
        elif keyword in roles:
            yield from _under(keyword, value, roles[keyword], table.at(keyword), objection)
    for keyword in tables.needed.get(kind, ()):
        if keyword not in table and not reference:
            objection(Fault.KEYWORD_MISSING, f"this {kind} has no `{keyword}`", table.place)


def _unknown(keyword: str, kind: str, allowed: frozenset[str]) -> str:
    near = get_close_matches(keyword, sorted(allowed), n=1)
    advice = f"did you mean `{near[0]}`?" if near else "correct it, or teach generator/readers/openapi to read it"
    return f"`{keyword}` is no keyword that is read in this {kind}; {advice}"


def _under(
    keyword: str, value: Any, role: Role, place: Location, objection: Objection
) -> Iterator[tuple[Any, str, Location]]:
    """The objects under one keyword, if what stands there is what the role asks for."""
    if isinstance(role, One):
        if not (role.or_true and value is True):
            yield value, role.kind, place
    elif isinstance(role, Listed):
        if not isinstance(value, Row):
            objection(Fault.WRONG_VALUE, f"`{keyword}` must be a list", place)
            return
        for item, line in zip(value, value.lines, strict=True):
            yield item, role.kind, Location(place.file, line)
    elif isinstance(role, Each):
        table = _table(value, f"`{keyword}`", place, objection)
        for name, item in () if table is None else table.items():
            if re.fullmatch(role.names, name):
                yield item, role.kind, value.at(name)
            else:
                objection(
                    Fault.UNKNOWN_KEYWORD, f"`{name}` is no name that can stand under `{keyword}`", value.at(name)
                )
    else:
        holds, wanted = VALUES[role]
        if not holds(value):
            fault = Fault.UNKNOWN_FORMAT if role == "format" else Fault.WRONG_VALUE
            objection(fault, f"`{keyword}` must be {wanted}, not {str(value)[:60]!r}", place)
