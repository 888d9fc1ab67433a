"""What an OpenAPI document says besides documented facts: security, errors, headers, the license."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.contract.facts import Addition
from generator.errors import InputError, Location
from generator.yaml_document import References, Row, Table

from .grammar import Found, Start, walk
from .operations import DOCUMENTED_LOCATIONS, Call

Node = tuple[str, Any, References, Location]
"""A text that names it, the node, the references as seen from it, its place."""

_STATE_NOTHING = frozenset({"examples"})
"""Sections of the components that are no statements."""

_BESIDE_FACTS = frozenset({"header", "example"})
"""Kinds of object in a documented answer that no fact is read from."""


def additions(document: Table, references: References, calls: Sequence[Call]) -> tuple[Addition, ...]:
    """Every addition of a document, each once and with its own source.

    A component carries its `x-source` itself, whoever refers to it; what stands inside an addition is part
    of it. Each component that no documented fact is read from is one, so that none hides by being unused.
    Raises InputError where a security requirement names no scheme.
    """
    once: dict[int, Addition] = {}
    for text, node, seen_from, place in (
        *_around(document, references, calls),
        *_components(document, references, calls),
    ):
        table, _ = seen_from.follow(node)
        source = table.get("x-source")
        once[id(table)] = Addition(text, source if isinstance(source, str) else None, place)
    return tuple(once.values())


def _around(document: Table, references: References, calls: Sequence[Call]) -> Iterator[Node]:
    """Additions that stand where they are used, and uses of components."""
    info: Table = document["info"]
    if "license" in info:
        yield "info.license", info["license"], references, info.at("license")
    _hold_security(document, document)
    for call in calls:
        _hold_security(call.operation, document)
        yield from _of_call(call, references)


def _of_call(call: Call, references: References) -> Iterator[Node]:
    for one in call.parameters:
        if one.table["in"] not in DOCUMENTED_LOCATIONS:
            yield f"{one.table['in']} parameter {one.table['name']}", one.table, one.references, one.place
    responses: Table = call.operation["responses"]
    for status, node in responses.items():
        if node is not responses[str(call.status)]:
            yield f"response {status}", node, references, responses.at(status)
    headers: Table = call.answer.table.get("headers", Table(call.answer.place))
    for name, node in headers.items():
        yield f"response header {name}", node, call.answer.references, headers.at(name)


def _components(document: Table, references: References, calls: Sequence[Call]) -> Iterator[Node]:
    documented = {id(found.table) for call in calls for found in _documented(call)}
    components: Table = document.get("components", Table(document.place))
    for section, named in components.items():
        for name, node in named.items():
            table, _ = references.follow(node)
            if section not in _STATE_NOTHING and id(table) not in documented:
                yield f"components.{section}.{name}", node, references, named.at(name)


def _documented(call: Call) -> Iterator[Found]:
    """The objects of an operation that facts are read from."""
    for one in call.parameters:
        if one.table["in"] in DOCUMENTED_LOCATIONS:
            yield from walk(Start(one.table, "parameter", one.references, one.place), _BESIDE_FACTS)
    yield from walk(Start(call.answer.table, "response", call.answer.references, call.answer.place), _BESIDE_FACTS)
    if call.body:
        yield from walk(Start(call.body.table, "request body", call.body.references, call.body.place), _BESIDE_FACTS)


def _hold_security(owner: Table, document: Table) -> None:
    schemes = document.get("components", {}).get("securitySchemes", {})
    requirements: Row | tuple[()] = owner.get("security", ())
    for requirement in requirements:
        for name in requirement:
            if name not in schemes:
                raise InputError(f"no security scheme is called {name!r}", requirement.at(name))
