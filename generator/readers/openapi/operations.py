"""An operation of an OpenAPI document as a contract: its URL, its parameters, its body and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from generator.contract.facts import (
    KEYWORDS,
    ROOT,
    Constraints,
    Contract,
    Operation,
    Parameter,
    Response,
    Witness,
    parent_paths,
)
from generator.errors import InputError, Location
from generator.yaml_document import METHODS, References, YamlMapping, YamlSequence

from .schemas import Described, Inherited, KeywordValue, below, constraints, few, fields, schema_of, with_items

MEDIA_TYPE = "application/json"
DOCUMENTED_LOCATIONS = frozenset({"path", "query"})
"""Where the documentation lists parameters; a header is an addition."""


@frozen
class ResolvedNode:
    """A table that was found behind its `$ref`s, as seen from where, and the location of the reference."""

    table: YamlMapping
    references: References
    location: Location


@frozen
class ResolvedOperation:
    """One operation where it stands, with all that it refers to found."""

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
    answer: ResolvedNode


def calls(document: YamlMapping, references: References, *, lenient: bool = False) -> Iterator[ResolvedOperation]:
    """Every operation of a document, in its order; `lenient` as for `contract_of`."""
    paths: YamlMapping = document["paths"]
    for path, item in paths.items():
        for method in (name for name in item if name in METHODS):
            operation: YamlMapping = item[method]
            responses: YamlMapping = operation["responses"]
            status = _good_status(responses, lenient=lenient)
            yield ResolvedOperation(
                path=path,
                method=method,
                item=item,
                operation=operation,
                location=item.location_of(method),
                url_location=paths.location_of(path),
                server=_server(operation, item, document, lenient=lenient),
                parameters=tuple(_parameters(item, operation, references)),
                body=_seen(operation, "requestBody", references) if "requestBody" in operation else None,
                status=int(status),
                answer=_seen(responses, status, references),
            )


def _seen(owner: YamlMapping, keyword: str, references: References) -> ResolvedNode:
    return ResolvedNode(*references.resolve(owner[keyword]), owner.location_of(keyword))


def _good_status(responses: YamlMapping, *, lenient: bool) -> str:
    good = sorted(status for status in responses if status.startswith("2") and status.isdigit())
    if len(good) != 1 and not (good and lenient):
        raise InputError("one answer of the statuses 200 to 299 is read; give exactly one", responses.location)
    return good[0]


def servers_of(*owners: YamlMapping) -> tuple[YamlSequence, Location]:
    """The servers that the first of the owners names which names any."""
    owner = next(table for table in owners if "servers" in table)
    return owner["servers"], owner.location_of("servers")


def _server(*owners: YamlMapping, lenient: bool) -> str:
    servers, location = servers_of(*owners)
    if len(servers) != 1 and not (servers and lenient):
        raise InputError("one server is read; list exactly one", location)
    return str(servers[0]["url"])


def _parameters(item: YamlMapping, operation: YamlMapping, references: References) -> Iterator[ResolvedNode]:
    """The parameters of a path and of its operation, of which the later wins, each at the location of its name."""
    found: dict[tuple[str, str], ResolvedNode] = {}
    for owner in (item, operation):
        own = [references.resolve(node) for node in owner.get("parameters", ())]
        if len({(table["name"], table["in"]) for table, _ in own}) < len(own):
            raise InputError("a parameter is listed twice", owner.location_of("parameters"))
        found |= {
            (table["name"], table["in"]): ResolvedNode(table, refs, table.location_of("name")) for table, refs in own
        }
    yield from found.values()


def contract_of(call: ResolvedOperation, *, lenient: bool = False) -> Contract:
    """What the document says of one operation, its additions aside.

    A client has one server, one good answer and one media type. Where `lenient` operation is to be read, also one that
    no client is generated for, the first of several counts here, and a body may be any value.
    """
    stated = [parameter_of(one, lenient=lenient) for one in call.parameters if one.table["in"] in DOCUMENTED_LOCATIONS]
    parameters = tuple(_with_messages(stated))
    _hold_placeholders(call, parameters)
    lines = {"method": call.location.line, "url": call.url_location.line}
    return Contract(
        witness=Witness.SPECIFICATION,
        operation=Operation(call.method.upper(), call.server + call.path, call.location, lines),
        parameters=parameters,
        body=tuple(field for field, _ in content_of(call.body, lenient=lenient)) if call.body else (),
        response=Response(
            call.status, tuple(field for field, _ in content_of(call.answer, lenient=lenient)), call.answer.location
        ),
    )


def _hold_placeholders(call: ResolvedOperation, parameters: tuple[Parameter, ...]) -> None:
    placeholders = set(re.findall(r"\{([^{}]*)\}", call.path))
    given = {one.path: one for one in parameters if one.in_ == "path"}
    for name in sorted(placeholders - given.keys()):
        raise InputError(f"the path has {{{name}}}, and no parameter `in: path` describes it", call.url_location)
    for name in sorted(given.keys() - placeholders):
        raise InputError(f"{name!r} is `in: path` and not in the path {call.path}", given[name].location)
    for one in given.values():
        if "required" not in one.constraints.values:
            raise InputError(f"{one.path!r} is part of the path; say `required: true`", one.location)


def parameter_of(seen: ResolvedNode, *, lenient: bool = False) -> Parameter:
    """A parameter; `lenient` as for `contract_of`.

    Raises InputError for one that is a message, or a list anywhere but in the query.
    """
    table, location = seen.table, seen.location
    given = table.get("x-source")
    whole = given if isinstance(given, str) else None
    named: dict[str, str] = given if isinstance(given, YamlMapping) else {}
    schema = schema_of(table["schema"], seen.references, whole)
    path = table["name"]
    if schema.type == "array" and (lenient or table["in"] == "query"):
        schema, path = with_items(schema, location), f"{path}[]"
    if schema.type in {"array", "object"} and not lenient:
        sentence = "a message is described by a parameter for each of its fields, and only a query has lists"
        raise InputError(sentence, schema.said["type"].location)
    own = {
        keyword: KeywordValue(table[keyword], table.location_of(keyword), seen.references, named.get(keyword, whole))
        for keyword in ("required", "deprecated")
        if keyword in table
    }
    sources = {**schema.sources, **named, **({"in": whole} if whole else {})}
    facts = {keyword: one for keyword, one in schema.said.items() if keyword in KEYWORDS}
    said = constraints({**facts, **own}, sources, location)
    return Parameter(path, table["in"], said, location)


def _with_messages(parameters: Sequence[Parameter]) -> Iterator[Parameter]:
    """Parameters, and before the first field of a message in the query, such as `where.states`, the message."""
    known = {one.path for one in parameters}
    for one in parameters:
        for path in parent_paths(one.path) if one.in_ == "query" else ():
            if path not in known:
                known.add(path)
                yield Parameter(path, one.in_, Constraints({"type": "object"}), one.location)
        yield one


def chosen_of(content: YamlMapping) -> YamlMapping:
    """The media type of several that is read: JSON, or else the first."""
    media: YamlMapping = content.get(MEDIA_TYPE) or next(iter(content.values()))
    return media


def content_of(seen: ResolvedNode, *, lenient: bool = False) -> Iterator[Described]:
    """The fields of a request's or an answer's body, which is a JSON object or nothing; `lenient` as for `contract_of`.

    Where it is another value, that has the path `$`.
    """
    content: YamlMapping | None = seen.table.get("content")
    if not content:
        return
    if list(content) != [MEDIA_TYPE] and not lenient:
        raise InputError(f"one media type is read: {MEDIA_TYPE}", seen.table.location_of("content"))
    media = chosen_of(content)
    schema = schema_of(media["schema"], seen.references, seen.table.get("x-source"))
    if lenient and schema.type != "object":
        found = fields(media["schema"], seen.references, ROOT, media.location_of("schema"), Inherited())
        yield from few(found, media.location_of("schema"))
        return
    unexpected = sorted((schema.said.keys() | schema.sources.keys()) - {"type", "properties", "required"})
    if unexpected and not lenient:
        raise InputError(f"`{unexpected[0]}` of a whole body has no path in the contract", media.location_of("schema"))
    if schema.type != "object":
        raise InputError("a body must be `type: object`", media.location_of("schema"))
    yield from few(below(schema, "", dict.fromkeys(schema.passed, ROOT)), media.location_of("schema"))
