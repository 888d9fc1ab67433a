"""Checks each object for what its single keywords cannot show, such as a placeholder without a parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping

from .grammar import Visited, WalkRoot, walk
from .objects import METHODS
from .operations import ResolvedNode, body_schema, merged_parameters, parameter_of, success_status
from .schema_contradictions import contradictions
from .schemas import MergedSchema, merged_schema, with_items


@frozen
class _Context:
    """The document of the objects, and the identities of the tables with invalid keywords."""

    document: YamlMapping
    invalid: frozenset[int]

    def is_valid(self, node: Any, references: References) -> bool:
        """Return True if neither a node nor a target of its `$ref`s has an invalid keyword or leads nowhere."""
        try:
            steps = [step for step, _ in references.resolve_chain(node)]
        except InputError:
            return False
        return all(isinstance(step, YamlMapping) and id(step) not in self.invalid for step in steps)

    def has_valid_items(self, schema: MergedSchema) -> bool:
        """Return True unless a schema has items and these are not valid."""
        items = schema.keywords.get("items")
        return items is None or self.is_valid(items.value, items.references)


def problems_of(document: YamlMapping, references: References) -> list[InputError]:
    """Return every problem of a document: of its keywords, its references, and their consistency."""
    problems: list[InputError] = []
    objects = list(walk(WalkRoot(document, "document", references, document.location), on_problem=problems.append))
    context = _Context(document, frozenset(id(visited.table) for visited in objects if not visited.is_valid))
    for visited in objects:
        for check in _CHECKS.get(visited.kind, ()) if visited.is_valid else ():
            try:
                problems += check(visited, context)
            except InputError as problem:
                problems.append(problem)
    return problems


def _check_operations(visited: Visited, context: _Context) -> Iterator[InputError]:
    items = visited.table["paths"].values()
    is_valid = all(context.is_valid(item, visited.references) for item in items)
    if is_valid and not any(method in item for item in items for method in METHODS):
        yield InputError("has no operation; add one under `paths`", visited.table.location_of("paths"))


def _check_servers(visited: Visited, _context: _Context) -> Iterator[InputError]:
    table = visited.table
    if len(table.get("servers", "1")) != 1:
        yield InputError("only one server is supported; list exactly one", table.location_of("servers"))


def _check_security(visited: Visited, context: _Context) -> Iterator[InputError]:
    components = context.document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, YamlMapping) else None
    names = frozenset(schemes) if isinstance(schemes, YamlMapping) else frozenset[str]()
    for requirement in visited.table.get("security", ()):
        for name in (name for name in requirement if name not in names):
            sentence = f"unknown security scheme {name!r}; add it to `components/securitySchemes`"
            yield InputError(sentence, requirement.location_of(name))


def _check_parameters(visited: Visited, context: _Context) -> Iterator[InputError]:
    """Check the parameters of each operation against its path, and against each other."""
    paths: YamlMapping = visited.table["paths"]
    for path, item in paths.items():
        if not context.is_valid(item, visited.references):
            continue
        operations = (item[method] for method in METHODS if method in item)
        for operation in (table for table in operations if context.is_valid(table, visited.references)):
            nodes = [node for parent in (item, operation) for node in parent.get("parameters", ())]
            if all(context.is_valid(node, visited.references) for node in nodes):
                parameters = [node.table for node in merged_parameters(item, operation, visited.references)]
                yield from _check_placeholders(path, paths.location_of(path), parameters)


def _check_placeholders(path: str, location: Location, parameters: list[YamlMapping]) -> Iterator[InputError]:
    placeholders = set(re.findall(r"\{([^{}]*)\}", path))
    in_path = {table["name"]: table for table in parameters if table["in"] == "path"}
    for name in sorted(placeholders - in_path.keys()):
        yield InputError(f"the path has {{{name}}}, but no parameter with `in: path`; add it", location)
    for name in sorted(in_path.keys() - placeholders):
        sentence = f"{name!r} is `in: path`, but not in the path {path}; add {{{name}}} to it, or correct `in`"
        yield InputError(sentence, in_path[name].location_of("name"))
    for table in parameters:
        if table["in"] == "query" and table["name"] in in_path:
            sentence = f"{table['name']!r} is a parameter of the path already; a method cannot have both, so remove one"
            yield InputError(sentence, table.location_of("name"))


def _check_parameter(visited: Visited, context: _Context) -> Iterator[InputError]:
    table = visited.table
    if "$ref" in table:
        return
    location = table.location_of("name")
    if table["in"] == "path" and table.get("required") is not True:
        yield InputError(f"{table['name']!r} is part of the path; add `required: true`", location)
    node, references = table["schema"], visited.references
    if context.is_valid(node, references) and context.has_valid_items(merged_schema(node, references, None)):
        parameter_of(ResolvedNode(table, visited.references, location))


def _check_sunset(visited: Visited, _context: _Context) -> Iterator[InputError]:
    table = visited.table
    if "x-sunset" in table and table.get("deprecated") is not True:
        sentence = "`x-sunset` is the date of a deprecated part; add `deprecated: true`, or remove it"
        yield InputError(sentence, table.location_of("x-sunset"))


def _check_content(visited: Visited, context: _Context) -> Iterator[InputError]:
    """Check the body of an operation, each of its responses, and their statuses."""
    operation = visited.table
    nodes = [*([operation["requestBody"]] if "requestBody" in operation else ()), *operation["responses"].values()]
    for node in (node for node in nodes if context.is_valid(node, visited.references)):
        table, references = visited.references.resolve(node)
        media = table.get("content", {}).values()
        schemas = [schema["schema"] for schema in media if context.is_valid(schema, references)]
        if len(schemas) == len(media) and all(context.is_valid(schema, references) for schema in schemas):
            try:
                body_schema(ResolvedNode(table, references, table.location))
            except InputError as problem:
                yield problem
    success_status(operation["responses"])


def _check_schema(visited: Visited, context: _Context) -> Iterator[InputError]:
    if not context.is_valid(visited.table, visited.references):
        return
    schema = merged_schema(visited.table, visited.references, None)
    if schema.type == "array" and context.has_valid_items(schema):
        schema = with_items(schema, visited.location)
    yield from contradictions(schema)


_Check = Callable[[Visited, _Context], Iterator[InputError]]
_CHECKS: Mapping[str, tuple[_Check, ...]] = {
    "document": (_check_operations, _check_parameters, _check_servers, _check_security),
    "path item": (_check_servers,),
    "operation": (_check_servers, _check_security, _check_content, _check_sunset),
    "parameter": (_check_parameter, _check_sunset),
    "header": (_check_sunset,),
    "schema": (_check_schema, _check_sunset),
}
"""Kind of object -> its checks."""
