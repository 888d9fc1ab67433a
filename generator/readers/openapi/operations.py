"""An operation of an OpenAPI document as a contract: its URL, its parameters, its body and its response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from generator.contract.facts import (
    ROOT,
    Constraints,
    Contract,
    Field,
    Operation,
    Parameter,
    ResponseFacts,
    Witness,
    parent_paths,
)
from generator.contract.keywords import KEYWORDS
from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .objects import METHODS
from .schemas import KeywordValue, MergedSchema, child_fields, constraints, limited, merged_schema, with_items

MEDIA_TYPE = "application/json"
DOCUMENTED_LOCATIONS = frozenset({"path", "query"})
"""Locations of the parameters that the documentation lists; a header is an addition."""


@frozen
class ResolvedNode:
    """A table behind its `$ref`s, the references as seen from it, and the location of the first `$ref`."""

    table: YamlMapping
    references: References
    location: Location


@frozen
class ResolvedOperation:
    """An operation with everything that it refers to."""

    path: str
    method: str
    item: YamlMapping
    operation: YamlMapping
    location: Location
    url_location: Location
    server: str
    parameters: tuple[ResolvedNode, ...]
    body: ResolvedNode | None
    status: int
    response: ResolvedNode


def resolved_operations(document: YamlMapping, references: References) -> Iterator[ResolvedOperation]:
    """Yield every operation of a valid document, in its order."""
    paths: YamlMapping = document["paths"]
    for path, item in paths.items():
        for method in (name for name in item if name in METHODS):
            operation: YamlMapping = item[method]
            responses: YamlMapping = operation["responses"]
            status = success_status(responses)
            servers, _ = servers_of(operation, item, document)
            yield ResolvedOperation(
                path=path,
                method=method,
                item=item,
                operation=operation,
                location=item.location_of(method),
                url_location=paths.location_of(path),
                server=str(servers[0]["url"]),
                parameters=merged_parameters(item, operation, references),
                body=_resolved(operation, "requestBody", references) if "requestBody" in operation else None,
                status=int(status),
                response=_resolved(responses, status, references),
            )


def _resolved(owner: YamlMapping, keyword: str, references: References) -> ResolvedNode:
    return ResolvedNode(*references.resolve(owner[keyword]), owner.location_of(keyword))


def success_status(responses: YamlMapping) -> str:
    """Return the status of success. Raises InputError unless exactly one is listed."""
    statuses = [status for status in responses if status.startswith("2")]
    if len(statuses) != 1:
        sentence = "only one response with a status of 200 to 299 is supported; list exactly one"
        raise InputError(sentence, responses.location)
    return statuses[0]


def servers_of(*owners: YamlMapping) -> tuple[YamlSequence, Location]:
    """Return the servers of the first owner that lists any."""
    owner = next(table for table in owners if "servers" in table)
    return owner["servers"], owner.location_of("servers")


def merged_parameters(item: YamlMapping, operation: YamlMapping, references: References) -> tuple[ResolvedNode, ...]:
    """Return the parameters of a path and of its operation, which override those, at the locations of their names.

    Raises InputError for a parameter that is listed twice.
    """
    by_name: dict[tuple[str, str], ResolvedNode] = {}
    for table in (item, operation):
        own: dict[tuple[str, str], ResolvedNode] = {}
        listed: YamlSequence | tuple[()] = table.get("parameters", ())
        for index, node in enumerate(listed):
            parameter, seen_from = references.resolve(node)
            key = (parameter["name"], parameter["in"])
            if key in own:
                sentence = f"the parameter {key[0]!r} is listed twice; remove one"
                raise InputError(sentence, table["parameters"].location_of(index))
            own[key] = ResolvedNode(parameter, seen_from, parameter.location_of("name"))
        by_name |= own
    return tuple(by_name.values())


def contract_of(resolved: ResolvedOperation) -> Contract:
    """Read the contract of an operation, without its additions."""
    documented = [node for node in resolved.parameters if node.table["in"] in DOCUMENTED_LOCATIONS]
    lines = {"method": resolved.location.line, "url": resolved.url_location.line}
    return Contract(
        witness=Witness.SPECIFICATION,
        operation=Operation(resolved.method.upper(), resolved.server + resolved.path, resolved.location, lines),
        parameters=tuple(_with_messages([parameter_of(node) for node in documented])),
        body=tuple(field for field, _ in content_of(resolved.body)) if resolved.body else (),
        response=ResponseFacts(
            resolved.status,
            tuple(field for field, _ in content_of(resolved.response)),
            resolved.response.location,
        ),
    )


def parameter_of(node: ResolvedNode) -> Parameter:
    """Read a parameter. Raises InputError for a message, and for a list outside the query."""
    table, location = node.table, node.location
    source = table.get("x-source")
    whole = source if isinstance(source, str) else None
    by_keyword: dict[str, str] = source if isinstance(source, YamlMapping) else {}
    schema = merged_schema(table["schema"], node.references, whole)
    path = table["name"]
    if schema.type == "array" and table["in"] == "query":
        schema, path = with_items(schema, location), f"{path}[]"
    if schema.type in {"array", "object"}:
        sentence = "a message is described by a parameter for each of its fields, and only a query has lists"
        raise InputError(sentence, schema.keywords["type"].location)
    own = {
        keyword: KeywordValue(
            table[keyword], table.location_of(keyword), node.references, by_keyword.get(keyword, whole)
        )
        for keyword in ("required", "deprecated", "x-sunset")
        if keyword in table
    }
    sources = {**schema.sources, **by_keyword, **({"in": whole} if whole else {})}
    facts = {keyword: value for keyword, value in schema.keywords.items() if keyword in KEYWORDS}
    return Parameter(path, table["in"], constraints({**facts, **own}, sources, location), location)


def _with_messages(parameters: Sequence[Parameter]) -> Iterator[Parameter]:
    """Yield parameters, and before the first field of a message in the query, such as `where.states`, the message."""
    known = {parameter.path for parameter in parameters}
    for parameter in parameters:
        for path in parent_paths(parameter.path) if parameter.in_ == "query" else ():
            if path not in known:
                known.add(path)
                yield Parameter(path, parameter.in_, Constraints({"type": "object"}), parameter.location)
        yield parameter


def content_of(node: ResolvedNode) -> Iterator[tuple[Field, MergedSchema]]:
    """Yield the fields of a body, which is a JSON object or empty, each with its schema."""
    schema = body_schema(node)
    if schema is not None:
        location: Location = node.table["content"][MEDIA_TYPE].location_of("schema")
        yield from limited(child_fields(schema, "", dict.fromkeys(schema.tables, ROOT)), location)


def body_schema(node: ResolvedNode) -> MergedSchema | None:
    """Return the schema of a body; None if the body is empty. Raises InputError if it is not a JSON object."""
    content: YamlMapping | None = node.table.get("content")
    if not content:
        return None
    if list(content) != [MEDIA_TYPE]:
        raise InputError(f"only the media type {MEDIA_TYPE} is supported", node.table.location_of("content"))
    media = content[MEDIA_TYPE]
    schema = merged_schema(media["schema"], node.references, node.table.get("x-source"))
    location: Location = media.location_of("schema")
    unsupported = sorted((schema.keywords.keys() | schema.sources.keys()) - {"type", "properties", "required"})
    if unsupported:
        sentence = f"`{unsupported[0]}` of a whole body has no path in the contract; move it to a property"
        raise InputError(sentence, location)
    if schema.type != "object":
        raise InputError("a body must be `type: object`", location)
    return schema
