"""Walks through a document and checks each object against the tables of keywords."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .objects import (
    OBJECTS,
    REFERABLE,
    REFERENCE_SIBLINGS,
    REQUIRED_KEYWORDS,
    KeywordRole,
    ObjectList,
    ObjectMap,
    SingleObject,
)
from .values import INSTEAD_OF_KEYWORD, VALUES, shown_value, value_advice

OnProblem = Callable[[InputError], object]
"""A handler for a problem in a document."""


@frozen
class WalkRoot:
    """A node to walk from: the expected kind of object, the references as seen from it, its location."""

    node: Any
    kind: str
    references: References
    location: Location


@frozen
class Visited:
    """An object of a document, its kind, the references as seen from it, and the location of its key or item.

    `is_valid` is true if its own keywords have no problem; those of the objects in it may.
    """

    kind: str
    table: YamlMapping
    references: References
    location: Location
    is_valid: bool


def raise_problem(problem: InputError) -> None:
    """Handle a problem by raising it."""
    raise problem


def walk(
    root: WalkRoot, leaving_out: frozenset[str] = frozenset(), on_problem: OnProblem = raise_problem
) -> Iterator[Visited]:
    """Yield every object below a root, through `$ref`s and into other files, and check each against the tables.

    Objects of the kinds in `leaving_out` are skipped. `on_problem` is called for each unsupported keyword, each invalid
    value, each missing keyword and each `$ref` to nothing; if it does not raise, the walk goes on.
    """
    seen = set[tuple[int, str]]()
    rest = [root]
    while rest:
        node = rest.pop()
        for step, references in _steps(node, on_problem):
            if not isinstance(step, YamlMapping):
                on_problem(InputError(_no_mapping(node, step), node.location))
            elif (id(step), node.kind) not in seen:
                seen.add((id(step), node.kind))
                children, problems = _inspect(step, node.kind, references)
                for problem in problems:
                    on_problem(problem)
                yield Visited(node.kind, step, references, node.location, is_valid=not problems)
                rest.extend(child for child in children if child.kind not in leaving_out)


def _steps(node: WalkRoot, on_problem: OnProblem) -> Iterator[tuple[Any, References]]:
    """Yield a node and the targets of its `$ref`s."""
    if node.kind not in REFERABLE:
        yield node.node, node.references
        return
    try:
        yield from node.references.resolve_chain(node.node)
    except InputError as problem:
        on_problem(problem)


def _no_mapping(node: WalkRoot, value: Any) -> str:
    name = node.location.pointer.rpartition("/")[2]
    sentence = f"this {node.kind} must be a mapping, not {shown_value(value)}"
    is_misplaced = node.kind == "schema" and name in OBJECTS["schema"]
    return f"{sentence}; indent `{name}` like the keywords around `properties`" if is_misplaced else sentence


def _inspect(table: YamlMapping, kind: str, references: References) -> tuple[list[WalkRoot], list[InputError]]:
    """Return the objects in a table and the problems of its own keywords."""
    roles, is_reference = OBJECTS[kind], kind in REFERABLE and "$ref" in table
    allowed = REFERENCE_SIBLINGS if is_reference and kind != "schema" else frozenset(roles)
    results: list[WalkRoot | InputError] = []
    for keyword, value in table.items():
        location = table.location_of(keyword)
        if keyword not in allowed:
            results.append(InputError(_unsupported(keyword, kind, allowed), location))
        elif keyword in roles:
            results += _inspect_value(keyword, value, roles[keyword], location, references)
    if not is_reference:
        missing = (keyword for keyword in REQUIRED_KEYWORDS.get(kind, ()) if keyword not in table)
        results += (InputError(f"this {kind} has no `{keyword}`; add it", table.location) for keyword in missing)
    children = [result for result in results if isinstance(result, WalkRoot)]
    return children, [result for result in results if isinstance(result, InputError)]


def _unsupported(keyword: str, kind: str, allowed: frozenset[str]) -> str:
    near = get_close_matches(keyword, sorted(allowed), n=1)
    kinds = [other for other, roles in OBJECTS.items() if keyword in roles and other != kind]
    if keyword in INSTEAD_OF_KEYWORD:
        advice = INSTEAD_OF_KEYWORD[keyword]
    elif near:
        advice = f"did you mean `{near[0]}`?"
    elif kinds:
        advice = f"it belongs to a {kinds[-1]}: check the indentation"
    else:
        advice = "remove it, or add it to generator/readers/openapi/objects.py"
    return f"unsupported keyword `{keyword}` in this {kind}; {advice}"


def _inspect_value(
    keyword: str, value: Any, role: KeywordRole, location: Location, references: References
) -> Iterator[WalkRoot | InputError]:
    """Yield the objects under a keyword, or the problem of its value."""
    match role:
        case SingleObject():
            if not (role.or_true and value is True):
                yield WalkRoot(value, role.kind, references, location)
        case ObjectList() if isinstance(value, YamlSequence):
            for index, item in enumerate(value):
                yield WalkRoot(item, role.kind, references, value.location_of(index))
        case ObjectMap() if isinstance(value, YamlMapping):
            for name, item in value.items():
                if not re.fullmatch(role.names, name):
                    yield InputError(_invalid_name(name, keyword), value.location_of(name))
                yield WalkRoot(item, role.kind, references, value.location_of(name))
        case str() if VALUES[role].accept(value):
            pass
        case _:
            words, advice = _expected(keyword, value, role)
            yield InputError(f"`{keyword}` must be {words}, not {shown_value(value)}{advice}", location)


def _expected(keyword: str, value: Any, role: KeywordRole) -> tuple[str, str]:
    """Return the words for the values that a keyword can have, and advice on another value."""
    if isinstance(role, str):
        return VALUES[role].words, value_advice(keyword, value)
    return ("a list", "; start each item with `- `") if isinstance(role, ObjectList) else ("a mapping", "")


def _invalid_name(name: str, keyword: str) -> str:
    advice = "start the path with `/`" if keyword == "paths" else "write one status, such as `'200'`, or `default`"
    return f"invalid name `{name}` under `{keyword}`; {advice}"
