"""What an OpenAPI document says besides documented facts: security, errors, headers, the license."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.contract.facts import UndocumentedItem
from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .grammar import Visited, WalkRoot, walk
from .operations import DOCUMENTED_LOCATIONS, ResolvedOperation

Node = tuple[str, Any, References, Location]
"""A text that names it, the node, the references as seen from it, its location."""

_STATE_NOTHING = frozenset({"examples"})
"""Sections of the components that are no statements."""

_BESIDE_FACTS = frozenset({"header", "example"})
"""Kinds of object in a documented answer that no fact is read from."""


def undocumented_items(
    document: YamlMapping, references: References, calls: Sequence[ResolvedOperation]
) -> tuple[UndocumentedItem, ...]:
    """Every addition of a document, each once and with its own source.

    A component carries its `x-source` itself, whoever refers to it; what stands inside an addition is part
    of it. Each component that no documented fact is read from is one, so that none hides by being unused.
    Raises InputError where a security requirement names no scheme.
    """
    once: dict[int, UndocumentedItem] = {}
    for text, node, seen_from, location in (
        *_around(document, references, calls),
        *_components(document, references, calls),
    ):
        table, _ = seen_from.resolve(node)
        source = table.get("x-source")
        once[id(table)] = UndocumentedItem(text, source if isinstance(source, str) else None, location)
    return tuple(once.values())


def _around(document: YamlMapping, references: References, calls: Sequence[ResolvedOperation]) -> Iterator[Node]:
    """Additions that stand where they are used, and uses of components."""
    info: YamlMapping = document["info"]
    if "license" in info:
        yield "info.license", info["license"], references, info.location_of("license")
    _hold_security(document, document)
    for call in calls:
        _hold_security(call.operation, document)
        yield from _of_call(call, references)


def _of_call(call: ResolvedOperation, references: References) -> Iterator[Node]:
    for one in call.parameters:
        if one.table["in"] not in DOCUMENTED_LOCATIONS:
            yield f"{one.table['in']} parameter {one.table['name']}", one.table, one.references, one.location
    responses: YamlMapping = call.operation["responses"]
    for status, node in responses.items():
        if node is not responses[str(call.status)]:
            yield f"response {status}", node, references, responses.location_of(status)
    headers: YamlMapping = call.answer.table.get("headers", YamlMapping(call.answer.location))
    for name, node in headers.items():
        yield f"response header {name}", node, call.answer.references, headers.location_of(name)


def _components(document: YamlMapping, references: References, calls: Sequence[ResolvedOperation]) -> Iterator[Node]:
    documented = {id(found.table) for call in calls for found in _documented(call)}
    components: YamlMapping = document.get("components", YamlMapping(document.location))
    for section, named in components.items():
        for name, node in named.items():
            table, _ = references.resolve(node)
            if section not in _STATE_NOTHING and id(table) not in documented:
                yield f"components.{section}.{name}", node, references, named.location_of(name)


def _documented(call: ResolvedOperation) -> Iterator[Visited]:
    """The objects of an operation that facts are read from."""
    for one in call.parameters:
        if one.table["in"] in DOCUMENTED_LOCATIONS:
            yield from walk(WalkRoot(one.table, "parameter", one.references, one.location), _BESIDE_FACTS)
    yield from walk(
        WalkRoot(call.answer.table, "response", call.answer.references, call.answer.location), _BESIDE_FACTS
    )
    if call.body:
        yield from walk(
            WalkRoot(call.body.table, "request body", call.body.references, call.body.location), _BESIDE_FACTS
        )


def _hold_security(owner: YamlMapping, document: YamlMapping) -> None:
    schemes = document.get("components", {}).get("securitySchemes", {})
    requirements: YamlSequence | tuple[()] = owner.get("security", ())
    for requirement in requirements:
        for name in requirement:
            if name not in schemes:
                raise InputError(f"no security scheme is called {name!r}", requirement.location_of(name))
