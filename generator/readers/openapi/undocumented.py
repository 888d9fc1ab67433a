"""Additions: what an OpenAPI document says beyond documented facts, such as security, errors, headers, the license."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.contract.reader_notes import UndocumentedItem
from generator.errors import Location
from generator.yaml_document import References, YamlMapping

from .grammar import Visited, WalkRoot, walk
from .operations import DOCUMENTED_LOCATIONS, ResolvedOperation

Node = tuple[str, Any, References, Location]
"""A name for the report, the node, the references as seen from it, its location."""

_NO_STATEMENTS = frozenset({"examples"})
"""Sections of the components that state nothing."""

_WITHOUT_FACTS = frozenset({"header", "example"})
"""Kinds of object in a documented response that have no facts."""


def undocumented_items(
    document: YamlMapping, references: References, operations: Sequence[ResolvedOperation]
) -> tuple[UndocumentedItem, ...]:
    """Return every addition of a document, each once and with its own source.

    A component carries its own `x-source`, and everything inside an addition is part of it.
    Each component without documented facts is an addition, even an unused one.
    """
    items: dict[int, UndocumentedItem] = {}
    for text, node, seen_from, location in (
        *_inline(document, references, operations),
        *_components(document, references, operations),
    ):
        table, _ = seen_from.resolve(node)
        source = table.get("x-source")
        items[id(table)] = UndocumentedItem(text, source if isinstance(source, str) else None, location)
    return tuple(items.values())


def _inline(document: YamlMapping, references: References, operations: Sequence[ResolvedOperation]) -> Iterator[Node]:
    """Yield additions that are written in place, and uses of components."""
    info: YamlMapping = document["info"]
    if "license" in info:
        yield "info.license", info["license"], references, info.location_of("license")
    for resolved in operations:
        yield from _of_operation(resolved, references)


def _of_operation(resolved: ResolvedOperation, references: References) -> Iterator[Node]:
    for node in resolved.parameters:
        if node.table["in"] not in DOCUMENTED_LOCATIONS:
            yield f"{node.table['in']} parameter {node.table['name']}", node.table, node.references, node.location
    responses: YamlMapping = resolved.operation["responses"]
    for status, response in responses.items():
        if status != str(resolved.status):
            yield f"response {status}", response, references, responses.location_of(status)
    success = resolved.response
    headers: YamlMapping = success.table.get("headers", YamlMapping(success.location))
    for name, header in headers.items():
        yield f"response header {name}", header, success.references, headers.location_of(name)


def _components(
    document: YamlMapping, references: References, operations: Sequence[ResolvedOperation]
) -> Iterator[Node]:
    documented = {id(visited.table) for resolved in operations for visited in _documented(resolved)}
    components: YamlMapping = document.get("components", YamlMapping(document.location))
    for section, components_by_name in components.items():
        for name, node in components_by_name.items():
            table, _ = references.resolve(node)
            if section not in _NO_STATEMENTS and id(table) not in documented:
                yield f"components.{section}.{name}", node, references, components_by_name.location_of(name)


def _documented(resolved: ResolvedOperation) -> Iterator[Visited]:
    """Yield the objects of an operation that facts are read from."""
    parameters = [node for node in resolved.parameters if node.table["in"] in DOCUMENTED_LOCATIONS]
    roots = [("parameter", node) for node in parameters]
    roots += [("response", resolved.response), *([("request body", resolved.body)] if resolved.body else ())]
    for kind, node in roots:
        yield from walk(WalkRoot(node.table, kind, node.references, node.location), _WITHOUT_FACTS)
