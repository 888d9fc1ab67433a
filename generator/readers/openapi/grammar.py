"""Walks through a document and checks each object against the tables of keywords."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .objects import (
    OBJECTS,
    REFERABLE,
    REFERENCE_SIBLINGS,
    REQUIRED_KEYWORDS,
    VALUES,
    KeywordRole,
    ObjectList,
    ObjectMap,
    SingleObject,
)


class ProblemKind(StrEnum):
    """A kind of problem in a document, by its stable id."""

    UNKNOWN_KEYWORD = "unknown-keyword"
    UNKNOWN_FORMAT = "unknown-format"
    WRONG_VALUE = "wrong-value"
    KEYWORD_MISSING = "keyword-missing"


OnProblem = Callable[[ProblemKind, str, Location], object]
"""A handler for a problem: takes its kind, a sentence and the location."""


@frozen
class WalkRoot:
    """A node to walk from: the expected kind of object, the references as seen from it, its location."""

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


def raise_problem(_kind: ProblemKind, sentence: str, location: Location) -> None:
    """Handle a problem by raising InputError."""
    raise InputError(sentence, location)


def walk(
    root: WalkRoot, leaving_out: frozenset[str] = frozenset(), on_problem: OnProblem = raise_problem
) -> Iterator[Visited]:
    """Yield every object below a root, through `$ref`s and into other files, and check each against the tables.

    Objects of the kinds in `leaving_out` are skipped. `on_problem` is called for each unknown keyword, each value
    of the wrong kind and each missing keyword; if it does not raise, the walk goes on.
    """
    seen = set[tuple[int, str]]()
    rest = [root]
    while rest:
        node = rest.pop()
        referable = node.kind in REFERABLE
        steps = node.references.resolve_chain(node.node) if referable else [(node.node, node.references)]
        for step, references in steps:
            table = _table(step, f"this {node.kind}", node.location, on_problem)
            if table is not None and (id(table), node.kind) not in seen:
                seen.add((id(table), node.kind))
                yield Visited(node.kind, table, references)
                children = list(_children(table, node.kind, on_problem))
                rest.extend(
                    WalkRoot(child, kind, references, location)
                    for child, kind, location in children
                    if kind not in leaving_out
                )


def _table(node: Any, what: str, location: Location, on_problem: OnProblem) -> YamlMapping | None:
    if isinstance(node, YamlMapping):
        return node
    on_problem(ProblemKind.WRONG_VALUE, f"{what} must be a mapping", location)
    return None


def _children(table: YamlMapping, kind: str, on_problem: OnProblem) -> Iterator[tuple[Any, str, Location]]:
    """Yield the objects in a table with their kinds and locations, and check the table's own keywords."""
    roles, reference = OBJECTS[kind], kind in REFERABLE and "$ref" in table
    allowed = REFERENCE_SIBLINGS if reference and kind != "schema" else frozenset(roles)
    for keyword, value in table.items():
        if keyword not in allowed:
            on_problem(ProblemKind.UNKNOWN_KEYWORD, _unknown(keyword, kind, allowed), table.location_of(keyword))
        elif keyword in roles:
            yield from _under(keyword, value, roles[keyword], table.location_of(keyword), on_problem)
    for keyword in REQUIRED_KEYWORDS.get(kind, ()):
        if keyword not in table and not reference:
            on_problem(ProblemKind.KEYWORD_MISSING, f"this {kind} has no `{keyword}`", table.location)


def _unknown(keyword: str, kind: str, allowed: frozenset[str]) -> str:
    near = get_close_matches(keyword, sorted(allowed), n=1)
    advice = f"did you mean `{near[0]}`?" if near else "remove it, or add it to generator/readers/openapi/objects.py"
    return f"unsupported keyword `{keyword}` in this {kind}; {advice}"


def _under(
    keyword: str, value: Any, role: KeywordRole, location: Location, on_problem: OnProblem
) -> Iterator[tuple[Any, str, Location]]:
    """Yield the objects under a keyword, and check that its value fits the role."""
    if isinstance(role, SingleObject):
        if not (role.or_true and value is True):
            yield value, role.kind, location
    elif isinstance(role, ObjectList):
        if not isinstance(value, YamlSequence):
            on_problem(ProblemKind.WRONG_VALUE, f"`{keyword}` must be a list", location)
            return
        for item, line in zip(value, value.lines, strict=True):
            yield item, role.kind, Location(location.file, line)
    elif isinstance(role, ObjectMap):
        table = _table(value, f"`{keyword}`", location, on_problem)
        for name, item in () if table is None else table.items():
            if re.fullmatch(role.names, name):
                yield item, role.kind, value.location_of(name)
            else:
                on_problem(
                    ProblemKind.UNKNOWN_KEYWORD,
                    f"invalid name `{name}` under `{keyword}`",
                    value.location_of(name),
                )
    else:
        is_valid, wanted = VALUES[role]
        if not is_valid(value):
            problem = ProblemKind.UNKNOWN_FORMAT if role == "format" else ProblemKind.WRONG_VALUE
            on_problem(problem, f"`{keyword}` must be {wanted}, not {str(value)[:60]!r}", location)
