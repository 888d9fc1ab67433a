"""Operation metadata: names, security, errors, headers and media types, which callers see beside the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from generator.contract.facts import NO_SECURITY, Fact, Field, Parameter, Value, facts_of
from generator.contract.urls import url_origin
from generator.errors import Location
from generator.yaml_document import References, YamlMapping, YamlSequence

from .operations import (
    DOCUMENTED_LOCATIONS,
    MEDIA_TYPE,
    ResolvedNode,
    ResolvedOperation,
    content_of,
    parameter_of,
    servers_of,
)
from .schemas import Inherited, MergedSchema, fields, limited, merged_schema


@frozen
class DocumentContext:
    """The document around an operation: itself, its references, the name of each model."""

    document: YamlMapping
    references: References
    models: Mapping[int, str]

    @classmethod
    def of(cls, document: YamlMapping, references: References) -> DocumentContext:
        """Return the context of every operation of a document."""
        schemas: YamlMapping = document.get("components", {}).get("schemas", YamlMapping(document.location))
        return cls(document, references, {id(node): name for name, node in schemas.items() if "properties" in node})


def operation_metadata(resolved: ResolvedOperation, context: DocumentContext) -> tuple[Fact, ...]:
    """Return the metadata of an operation in the notation of facts."""
    return (
        *_of_operation(resolved, context),
        *_of_parameters(resolved),
        *(_of_body(resolved.body, context) if resolved.body else ()),
        *_of_content("response", resolved.response, context),
        *_of_headers("header", resolved.response),
        *_of_errors(resolved, context),
    )


def _of_operation(resolved: ResolvedOperation, context: DocumentContext) -> Iterator[Fact]:
    operation, document = resolved.operation, context.document
    for keyword in ("operationId", "tags", "deprecated", "x-sunset"):
        if value := operation.get(keyword):
            plain = tuple(value) if isinstance(value, YamlSequence) else value
            yield Fact("operation", "", keyword, plain, operation.location_of(keyword))
    servers, location = servers_of(operation, resolved.item, document)
    yield Fact("operation", "", "servers", tuple(url_origin(str(server["url"])) for server in servers), location)
    owner = operation if "security" in operation else document
    yield Fact("operation", "", "security", tuple(_alternatives(owner, context)), owner.location_of("security"))


def _alternatives(owner: YamlMapping, context: DocumentContext) -> Iterator[str]:
    """Yield each accepted set of credentials, described by what is sent and not by the names of the schemes."""
    schemes: YamlMapping = context.document.get("components", {}).get("securitySchemes", YamlMapping(owner.location))
    requirements: YamlSequence | tuple[()] = owner.get("security") or ()
    if not requirements:
        yield NO_SECURITY
    for requirement in requirements:
        credentials = (_scheme(schemes.get(name), scopes, context.references) for name, scopes in requirement.items())
        yield " and ".join(sorted(credentials)) or NO_SECURITY


def _scheme(node: Any, scopes: YamlSequence, references: References) -> str:
    scheme: YamlMapping = references.resolve(node)[0] or YamlMapping(scopes.location)
    words = [str(scheme[key]) for key in ("type", "in", "name") if key in scheme]
    words += [str(scheme["scheme"]).lower()] if "scheme" in scheme else []
    words += [f"({', '.join(sorted(scopes))})"] if scopes else []
    return " ".join(words)


def _of_parameters(resolved: ResolvedOperation) -> Iterator[Fact]:
    """Yield the facts of the parameters that no documentation page lists; the name of a header has no case."""
    for node in resolved.parameters:
        parameter = parameter_of(node)
        if parameter.in_ == "header":
            parameter = evolve(parameter, path=parameter.path.lower())
        if parameter.in_ not in DOCUMENTED_LOCATIONS:
            yield from _facts("parameter", parameter, {"in": parameter.in_})


def _of_body(body: ResolvedNode, context: DocumentContext) -> Iterator[Fact]:
    yield from _of_content("body", body, context)
    if body.table.get("required"):
        yield Fact("body", "", "required", value=True, location=body.table.location_of("required"))


def _of_headers(part: str, response: ResolvedNode) -> Iterator[Fact]:
    headers: YamlMapping = response.table.get("headers", YamlMapping(response.location))
    for name, node in headers.items():
        table, references = response.references.resolve(node)
        location = headers.location_of(name)
        header_fields = fields(table["schema"], references, name.lower(), location, Inherited())
        for field, _ in limited(header_fields, location):
            yield from _facts(part, field)
        for keyword in ("required", "deprecated", "x-sunset"):
            if table.get(keyword):
                yield Fact(part, name.lower(), keyword, table[keyword], table.location_of(keyword))


def _of_errors(resolved: ResolvedOperation, context: DocumentContext) -> Iterator[Fact]:
    responses: YamlMapping = resolved.operation["responses"]
    for status, node in responses.items():
        if status != str(resolved.status):
            part = f"response {status}"
            response = ResolvedNode(*context.references.resolve(node), responses.location_of(status))
            yield from _of_content(part, response, context)
            yield from _of_headers(f"header {status}", response)
            for field, _ in content_of(response):
                yield from _facts(part, field)


def _of_content(part: str, node: ResolvedNode, context: DocumentContext) -> Iterator[Fact]:
    """Yield the media types of a body, and the names of its models."""
    contents = tuple(content_of(node))
    content: YamlMapping = node.table.get("content", YamlMapping(node.location))
    yield Fact(part, "", "content", tuple(content), node.location)
    if not content:
        return
    media = content[MEDIA_TYPE]
    schema = merged_schema(media["schema"], node.references, None)
    yield from _model(part, "", schema, context, media.location_of("schema"))
    for field, field_schema in contents:
        yield from _model(part, field.path, field_schema, context, field.location)


def _model(part: str, path: str, schema: MergedSchema, context: DocumentContext, location: Location) -> Iterator[Fact]:
    model = next((context.models[table] for table in schema.tables if table in context.models), None)
    if model is not None:
        yield Fact(part, path, "model", model, location)


def _facts(part: str, subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> Iterator[Fact]:
    """Yield the facts of a value; a value of any type says so, because it may have no other fact."""
    yield from facts_of(part, subject, extra)
    if "type" not in subject.constraints.values:
        yield Fact(part, subject.path, "type", "anything", subject.location)
