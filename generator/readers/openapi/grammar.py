"""Holds a document against the tables of objects, and walks through it on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .objects import BESIDE_REFERENCE, OF_CLIENTS, REFERABLE, VALUES, Each, Listed, One, Role, Tables


class ProblemKind(StrEnum):
    """What can be out of order in a document, by its stable id."""

    UNKNOWN_KEYWORD = "unknown-keyword"
    UNKNOWN_FORMAT = "unknown-format"
    WRONG_VALUE = "wrong-value"
    KEYWORD_MISSING = "keyword-missing"


OnProblem = Callable[[ProblemKind, str, Location], object]
"""What is done about something that is out of order: told the fault, a sentence and the location."""


@frozen
class WalkRoot:
    """A node to walk from: the kind of object that it is to be, the references as seen from it, its location."""

    node: Any
    kind: str
    references: References
    location: Location


@frozen
class Visited:
    """An object of a document, its kind, and the references as seen from it."""

    kind: str
    table: YamlMapping
    references: References


def refuse(_fault: ProblemKind, sentence: str, location: Location) -> None:
    """Raise InputError for a problem."""
    raise InputError(sentence, location)


def walk(
    start: WalkRoot,
    leaving_out: frozenset[str] = frozenset(),
    on_problem: OnProblem = refuse,
    tables: Tables = OF_CLIENTS,
) -> Iterator[Visited]:
    """Every object from a start on, through its `$ref`s and into other files, each held against the tables.

    Objects of the kinds in `leaving_out` are passed by. `on_problem` is called for each keyword that has no place where
    it stands, of each value of the wrong kind and of keywords that are missing; what it does not raise for is passed
    by.
    """
    seen = set[tuple[int, str]]()
    rest = [start]
    while rest:
        one = rest.pop()
        steps = one.references.resolve_chain(one.node) if one.kind in REFERABLE else [(one.node, one.references)]
        for step, seen_from in steps:
            table = _table(step, f"this {one.kind}", one.location, on_problem)
            if table is not None and (id(table), one.kind) not in seen:
                seen.add((id(table), one.kind))
                yield Visited(one.kind, table, seen_from)
                below = list(_children(table, one.kind, tables, on_problem))
                rest.extend(
                    WalkRoot(node, kind, seen_from, location)
                    for node, kind, location in below
                    if kind not in leaving_out
                )


def _table(node: Any, what: str, location: Location, on_problem: OnProblem) -> YamlMapping | None:
    if isinstance(node, YamlMapping):
        return node
    on_problem(ProblemKind.WRONG_VALUE, f"{what} must be a mapping", location)
    return None


def _children(
    table: YamlMapping, kind: str, tables: Tables, on_problem: OnProblem
) -> Iterator[tuple[Any, str, Location]]:
    """The objects in a table with their kinds and locations, the table's own keywords being in order."""
    roles, reference = tables.objects[kind], kind in REFERABLE and "$ref" in table
    allowed = BESIDE_REFERENCE if reference and kind != "schema" else frozenset(roles)
    for keyword, value in table.items():
        if keyword not in allowed:
            on_problem(ProblemKind.UNKNOWN_KEYWORD, _unknown(keyword, kind, allowed), table.location_of(keyword))
        elif keyword in roles:
            yield from _under(keyword, value, roles[keyword], table.location_of(keyword), on_problem)
    for keyword in tables.needed.get(kind, ()):
        if keyword not in table and not reference:
            on_problem(ProblemKind.KEYWORD_MISSING, f"this {kind} has no `{keyword}`", table.location)


def _unknown(keyword: str, kind: str, allowed: frozenset[str]) -> str:
    near = get_close_matches(keyword, sorted(allowed), n=1)
    advice = f"did you mean `{near[0]}`?" if near else "correct it, or teach generator/readers/openapi to read it"
    return f"`{keyword}` is no keyword that is read in this {kind}; {advice}"


def _under(
    keyword: str, value: Any, role: Role, location: Location, on_problem: OnProblem
) -> Iterator[tuple[Any, str, Location]]:
    """The objects under one keyword, if what stands there is what the role asks for."""
    if isinstance(role, One):
        if not (role.or_true and value is True):
            yield value, role.kind, location
    elif isinstance(role, Listed):
        if not isinstance(value, YamlSequence):
            on_problem(ProblemKind.WRONG_VALUE, f"`{keyword}` must be a list", location)
            return
        for item, line in zip(value, value.lines, strict=True):
            yield item, role.kind, Location(location.file, line)
    elif isinstance(role, Each):
        table = _table(value, f"`{keyword}`", location, on_problem)
        for name, item in () if table is None else table.items():
            if re.fullmatch(role.names, name):
                yield item, role.kind, value.location_of(name)
            else:
                on_problem(
                    ProblemKind.UNKNOWN_KEYWORD,
                    f"`{name}` is no name that can stand under `{keyword}`",
                    value.location_of(name),
                )
    else:
        holds, wanted = VALUES[role]
        if not holds(value):
            fault = ProblemKind.UNKNOWN_FORMAT if role == "format" else ProblemKind.WRONG_VALUE
            on_problem(fault, f"`{keyword}` must be {wanted}, not {str(value)[:60]!r}", location)
