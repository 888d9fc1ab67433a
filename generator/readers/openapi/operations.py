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
    messages_of,
)
from generator.errors import InputError, Location
from generator.yaml_document import METHODS, References, Row, Table

from .schemas import Context, Described, Said, below, constraints, few, fields, schema_of, with_items

MEDIA_TYPE = "application/json"
DOCUMENTED_LOCATIONS = frozenset({"path", "query"})
"""Where the documentation lists parameters; a header is an addition."""


@frozen
class Seen:
    """A table that was found behind its `$ref`s, as seen from where, and the place that stood for it."""

    table: Table
    references: References
    place: Location


@frozen
class Call:
    """One operation where it stands, with all that it refers to found."""

    path: str
    method: str
    item: Table
    operation: Table
    place: Location
    url_place: Location
    server: str
    parameters: tuple[Seen, ...]
    body: Seen | None
    status: int
    answer: Seen


def calls(document: Table, references: References, *, every: bool = False) -> Iterator[Call]:
    """Every operation of a document, in its order; `every` as for `contract_of`."""
    paths: Table = document["paths"]
    for path, item in paths.items():
        for method in (name for name in item if name in METHODS):
            operation: Table = item[method]
            responses: Table = operation["responses"]
            status = _good_status(responses, every=every)
            yield Call(
                path=path,
                method=method,
                item=item,
                operation=operation,
                place=item.at(method),
                url_place=paths.at(path),
                server=_server(operation, item, document, every=every),
                parameters=tuple(_parameters(item, operation, references)),
                body=_seen(operation, "requestBody", references) if "requestBody" in operation else None,
                status=int(status),
                answer=_seen(responses, status, references),
            )


def _seen(owner: Table, keyword: str, references: References) -> Seen:
    return Seen(*references.follow(owner[keyword]), owner.at(keyword))


def _good_status(responses: Table, *, every: bool) -> str:
    good = sorted(status for status in responses if status.startswith("2") and status.isdigit())
    if len(good) != 1 and not (good and every):
        raise InputError("one answer of the statuses 200 to 299 is read; give exactly one", responses.place)
    return good[0]


def servers_of(*owners: Table) -> tuple[Row, Location]:
    """The servers that the first of the owners names which names any."""
    owner = next(table for table in owners if "servers" in table)
    return owner["servers"], owner.at("servers")


def _server(*owners: Table, every: bool) -> str:
    servers, place = servers_of(*owners)
    if len(servers) != 1 and not (servers and every):
        raise InputError("one server is read; list exactly one", place)
    return str(servers[0]["url"])


def _parameters(item: Table, operation: Table, references: References) -> Iterator[Seen]:
    """The parameters of a path and of its operation, of which the later wins, each in the place of its name."""
    found: dict[tuple[str, str], Seen] = {}
    for owner in (item, operation):
        own = [references.follow(node) for node in owner.get("parameters", ())]
        if len({(table["name"], table["in"]) for table, _ in own}) < len(own):
            raise InputError("a parameter is listed twice", owner.at("parameters"))
        found |= {(table["name"], table["in"]): Seen(table, refs, table.at("name")) for table, refs in own}
    yield from found.values()


def contract_of(call: Call, *, every: bool = False) -> Contract:
    """What the document says of one operation, its additions aside.

    A client has one server, one good answer and one media type. Where `every` operation is to be read, also one that
    no client is generated for, the first of several counts here, and a body may be any value.
    """
    stated = [parameter_of(one, every=every) for one in call.parameters if one.table["in"] in DOCUMENTED_LOCATIONS]
    parameters = tuple(_with_messages(stated))
    _hold_placeholders(call, parameters)
    lines = {"method": call.place.line, "url": call.url_place.line}
    return Contract(
        witness=Witness.SPECIFICATION,
        operation=Operation(call.method.upper(), call.server + call.path, call.place, lines),
        parameters=parameters,
        body=tuple(field for field, _ in content_of(call.body, every=every)) if call.body else (),
        response=Response(
            call.status, tuple(field for field, _ in content_of(call.answer, every=every)), call.answer.place
        ),
    )


def _hold_placeholders(call: Call, parameters: tuple[Parameter, ...]) -> None:
    placeholders = set(re.findall(r"\{([^{}]*)\}", call.path))
    given = {one.path: one for one in parameters if one.location == "path"}
    for name in sorted(placeholders - given.keys()):
        raise InputError(f"the path has {{{name}}}, and no parameter `in: path` describes it", call.url_place)
    for name in sorted(given.keys() - placeholders):
        raise InputError(f"{name!r} is `in: path` and not in the path {call.path}", given[name].place)
    for one in given.values():
        if "required" not in one.constraints.values:
            raise InputError(f"{one.path!r} is part of the path; say `required: true`", one.place)


def parameter_of(seen: Seen, *, every: bool = False) -> Parameter:
    """A parameter; `every` as for `contract_of`.

    Raises InputError for one that is a message, or a list anywhere but in the query.
    """
    table, place = seen.table, seen.place
    given = table.get("x-source")
    whole = given if isinstance(given, str) else None
    named: dict[str, str] = given if isinstance(given, Table) else {}
    schema = schema_of(table["schema"], seen.references, whole)
    path = table["name"]
    if schema.type == "array" and (every or table["in"] == "query"):
        schema, path = with_items(schema, place), f"{path}[]"
    if schema.type in {"array", "object"} and not every:
        sentence = "a message is described by a parameter for each of its fields, and only a query has lists"
        raise InputError(sentence, schema.said["type"].place)
    own = {
        keyword: Said(table[keyword], table.at(keyword), seen.references, named.get(keyword, whole))
        for keyword in ("required", "deprecated")
        if keyword in table
    }
    sources = {**schema.sources, **named, **({"in": whole} if whole else {})}
    facts = {keyword: one for keyword, one in schema.said.items() if keyword in KEYWORDS}
    said = constraints({**facts, **own}, sources, place)
    return Parameter(path, table["in"], said, place)


def _with_messages(parameters: Sequence[Parameter]) -> Iterator[Parameter]:
    """Parameters, and before the first field of a message in the query, such as `where.states`, the message."""
    known = {one.path for one in parameters}
    for one in parameters:
        for path in messages_of(one.path) if one.location == "query" else ():
            if path not in known:
                known.add(path)
                yield Parameter(path, one.location, Constraints({"type": "object"}), one.place)
        yield one


def chosen_of(content: Table) -> Table:
    """The media type of several that is read: JSON, or else the first."""
    media: Table = content.get(MEDIA_TYPE) or next(iter(content.values()))
    return media


def content_of(seen: Seen, *, every: bool = False) -> Iterator[Described]:
    """The fields of a request's or an answer's body, which is a JSON object or nothing; `every` as for `contract_of`.

    Where it is another value, that has the path `$`.
    """
    content: Table | None = seen.table.get("content")
    if not content:
        return
    if list(content) != [MEDIA_TYPE] and not every:
        raise InputError(f"one media type is read: {MEDIA_TYPE}", seen.table.at("content"))
    media = chosen_of(content)
    schema = schema_of(media["schema"], seen.references, seen.table.get("x-source"))
    if every and schema.type != "object":
        found = fields(media["schema"], seen.references, ROOT, media.at("schema"), Context())
        yield from few(found, media.at("schema"))
        return
    unexpected = sorted((schema.said.keys() | schema.sources.keys()) - {"type", "properties", "required"})
    if unexpected and not every:
        raise InputError(f"`{unexpected[0]}` of a whole body has no path in the contract", media.at("schema"))
    if schema.type != "object":
        raise InputError("a body must be `type: object`", media.at("schema"))
    yield from few(below(schema, "", dict.fromkeys(schema.passed, ROOT)), media.at("schema"))
