"""What callers see of an operation besides its facts: its names, its security, its errors, headers, media types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from generator.contract.facts import KEYWORDS, NO_SECURITY, Fact, Field, Parameter, Value, facts_of
from generator.contract.urls import url_origin
from generator.errors import Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .fingerprint import digested
from .operations import (
    DOCUMENTED_LOCATIONS,
    ResolvedNode,
    ResolvedOperation,
    chosen_of,
    content_of,
    parameter_of,
    servers_of,
)
from .schemas import Inherited, MergedSchema, few, fields, schema_of

_OF_OBJECTS = frozenset({"type", "required"})
"""Keywords of a whole body that say nothing of the body itself."""

_HOW_SENT = ("style", "explode", "allowReserved")
"""Keywords of a parameter that say how it is written into the request."""


_OF_VALUES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "nullable": ("nullable", lambda value: value is True),
    "unevaluatedProperties": ("additionalProperties", lambda value: value is False),
    "multipleOf": ("multipleOf", lambda value: isinstance(value, int | float)),
}
"""Keywords of a schema that no documentation states: under which name they are held, and which values say anything."""


@frozen
class DocumentContext:
    """What is known of the document around an operation: itself, its references, the name of each model.

    `digests` remembers those of its schemas: one that many fields have is looked through once.
    """

    document: YamlMapping
    references: References
    models: Mapping[int, str]
    digests: dict[int, str] = field(factory=dict[int, str], eq=False)

    @classmethod
    def of(cls, document: YamlMapping, references: References) -> DocumentContext:
        """The surroundings of every operation of a document."""
        schemas: YamlMapping = document.get("components", {}).get("schemas", YamlMapping(document.location))
        return cls(document, references, {id(one): name for name, one in schemas.items() if "properties" in one})

    def digest(self, node: YamlMapping, references: References) -> str:
        """What `digested` says of a schema."""
        if id(node) not in self.digests:
            self.digests[id(node)] = digested(node, references)
        return self.digests[id(node)]


def operation_metadata(call: ResolvedOperation, around: DocumentContext) -> tuple[Fact, ...]:
    """What callers see of an operation besides its facts, in the notation of facts."""
    return (
        *_of_operation(call, around),
        *_of_parameters(call, around),
        *(_of_content("body", call.body, around) if call.body else ()),
        *(_needed(call.body) if call.body else ()),
        *_of_content("response", call.answer, around),
        *_of_headers("header", call.answer),
        *_of_other_answers(call, around),
    )


def _of_operation(call: ResolvedOperation, around: DocumentContext) -> Iterator[Fact]:
    operation, document = call.operation, around.document
    for keyword in ("operationId", "tags", "deprecated"):
        if operation.get(keyword):
            yield _fact("operation", "", keyword, operation[keyword], operation.location_of(keyword))
    servers, location = servers_of(operation, call.item, document)
    yield Fact(
        "operation", "", "servers", tuple(dict.fromkeys(url_origin(str(one["url"])) for one in servers)), location
    )
    owner = operation if "security" in operation else document
    yield Fact("operation", "", "security", tuple(_alternatives(owner, around)), owner.location_of("security"))


def _alternatives(owner: YamlMapping, around: DocumentContext) -> Iterator[str]:
    """Each set of credentials that a call can come with, by what is sent and not by the names of the schemes."""
    schemes: YamlMapping = around.document.get("components", {}).get("securitySchemes", YamlMapping(owner.location))
    requirements: YamlSequence | tuple[()] = owner.get("security") or ()
    if not requirements:
        yield NO_SECURITY
    for requirement in requirements:
        told = (_scheme(schemes.get(name), scopes, around.references) for name, scopes in requirement.items())
        yield " and ".join(sorted(told)) or NO_SECURITY


def _scheme(node: Any, scopes: YamlSequence, references: References) -> str:
    scheme: YamlMapping = references.resolve(node)[0] or YamlMapping(scopes.location)
    said = [str(scheme[key]) for key in ("type", "in", "name", "openIdConnectUrl") if key in scheme]
    said += [str(scheme["scheme"]).lower()] if "scheme" in scheme else []
    for name, flow in sorted(scheme.get("flows", {}).items()):
        said += [name, *(str(flow[key]) for key in ("authorizationUrl", "tokenUrl") if key in flow)]
    return " ".join([*said, *(f"({', '.join(sorted(scopes))})" for _ in range(bool(scopes)))])


def _of_parameters(call: ResolvedOperation, around: DocumentContext) -> Iterator[Fact]:
    """All of a parameter that no documentation lists; of another one, what is said of it besides facts."""
    for seen in call.parameters:
        parameter = parameter_of(seen, lenient=True)
        if parameter.in_ == "header":
            parameter = evolve(parameter, path=parameter.path.lower())
        if parameter.in_ not in DOCUMENTED_LOCATIONS:
            yield from _facts("parameter", parameter, {"in": parameter.in_})
        yield from _how_sent(seen.table, parameter.path)
        schema = schema_of(seen.table["schema"], seen.references, None)
        yield from _of_schema("parameter", parameter.path, schema, around)
        if schema.type == "object":
            yield Fact(
                "parameter", parameter.path, "schema", digested(seen.table["schema"], seen.references), seen.location
            )


def _how_sent(table: YamlMapping, path: str) -> Iterator[Fact]:
    """How a parameter is written into the request, where that is not what its place is for."""
    usual_style = "form" if table["in"] in {"query", "cookie"} else "simple"
    usual = {"style": usual_style, "explode": table.get("style", usual_style) == "form"}
    for keyword in _HOW_SENT:
        if keyword in table and table[keyword] != usual.get(keyword, False):
            yield Fact("parameter", path, keyword, str(table[keyword]).lower(), table.location_of(keyword))


def _needed(body: ResolvedNode) -> Iterator[Fact]:
    if body.table.get("required"):
        yield Fact("body", "", "required", value=True, location=body.table.location_of("required"))


def _of_headers(part: str, answer: ResolvedNode) -> Iterator[Fact]:
    headers: YamlMapping = answer.table.get("headers", YamlMapping(answer.location))
    for name, node in headers.items():
        table, references = answer.references.resolve(node)
        location = headers.location_of(name)
        for one, _ in few(fields(table["schema"], references, name.lower(), location, Inherited()), location):
            yield from _facts(part, one)
        for keyword in ("required", "deprecated"):
            if table.get(keyword):
                yield Fact(part, name.lower(), keyword, value=True, location=table.location_of(keyword))


def _of_other_answers(call: ResolvedOperation, around: DocumentContext) -> Iterator[Fact]:
    responses: YamlMapping = call.operation["responses"]
    for status, node in responses.items():
        if status != str(call.status):
            part, seen = (
                f"response {status}",
                ResolvedNode(*around.references.resolve(node), responses.location_of(status)),
            )
            yield from _of_content(part, seen, around)
            yield from _of_headers(f"header {status}", seen)
            for one, _ in content_of(seen, lenient=True):
                yield from _facts(part, one)


def _of_content(part: str, seen: ResolvedNode, around: DocumentContext) -> Iterator[Fact]:
    """The media types of a body, and what is said of its values besides facts."""
    content: YamlMapping = seen.table.get("content", YamlMapping(seen.location))
    yield Fact(part, "", "content", tuple(content), seen.location)
    if not content:
        return
    media = chosen_of(content)
    yield from _of_other_media(part, content, seen.references)
    schema = schema_of(media["schema"], seen.references, None)
    if schema.type == "object":
        yield from _of_schema(part, "", schema, around)
        yield from _model(part, "", schema, around, media.location_of("schema"))
        for keyword in (one for one in KEYWORDS if one in schema.said and one not in _OF_OBJECTS):
            yield _fact(part, "", keyword, schema.said[keyword].value, schema.said[keyword].location)
    for one, described in content_of(seen, lenient=True):
        yield from _of_schema(part, one.path, described, around)
        yield from _model(part, one.path, described, around, one.location)


def _of_other_media(part: str, content: YamlMapping, references: References) -> Iterator[Fact]:
    """What the media types say that are not read: the same as the one that is, or something else."""
    read = chosen_of(content)
    others = {name: digested(one["schema"], references) for name, one in content.items() if one is not read}
    if others:
        same = digested(read["schema"], references)
        told = tuple(f"{name}: {'the same' if said == same else said}" for name, said in others.items())
        yield Fact(part, "", "schema", told, content.location)


def _of_schema(part: str, path: str, schema: MergedSchema, around: DocumentContext) -> Iterator[Fact]:
    for keyword, (name, counts) in _OF_VALUES.items():
        if keyword in schema.said and counts(schema.said[keyword].value):
            yield Fact(part, path, name, schema.said[keyword].value, schema.said[keyword].location)
    for keyword in schema.said.keys() & {"oneOf", "anyOf"}:
        said = schema.said[keyword]
        yield Fact(part, path, "oneOf", tuple(around.digest(one, said.references) for one in said.value), said.location)


def _model(part: str, path: str, schema: MergedSchema, around: DocumentContext, location: Location) -> Iterator[Fact]:
    model = next((around.models[one] for one in schema.passed if one in around.models), None)
    if model is not None:
        yield Fact(part, path, "model", model, location)


def _fact(part: str, path: str, keyword: str, value: Value | YamlSequence, location: Location) -> Fact:
    return Fact(part, path, keyword, tuple(value) if isinstance(value, YamlSequence) else value, location)


def _facts(part: str, one: Parameter | Field, extra: Mapping[str, Value] | None = None) -> Iterator[Fact]:
    """The facts of a value; one that may be of any type says so, or there would be none."""
    yield from facts_of(part, one, extra)
    if "type" not in one.constraints.values:
        yield Fact(part, one.path, "type", "anything", one.location)
