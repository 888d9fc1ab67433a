"""Builds the service that the fake server plays from an OpenAPI document and its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from generator.errors import InputError
from generator.runtime.testing import Service
from generator.runtime.testing._gateway import CODES
from generator.runtime.testing._service import NEXT_PAGE_TOKEN, PAGE_TOKEN, Endpoint, EndpointParameter
from generator.yaml_document import References, YamlMapping, YamlSequence, iter_references

from . import ParsedSpecification
from .operations import MEDIA_TYPE, ResolvedNode, ResolvedOperation

_FOR_PEOPLE = frozenset({"description", "title", "example", "examples", "default", "x-source"})
"""Keywords of a schema that no request is checked against."""


def service_of(specification: ParsedSpecification) -> Service:
    """Return the service that a specification describes; an operation without an example has no response.

    Raises InputError for an example that is not an object, and for one of an error without a gRPC code.
    """
    document, references, operations = specification.document, specification.references, specification.operations
    endpoints = tuple(_endpoint(operation, document) for operation in operations)
    errors = {status["code"]: status for operation in operations for status in _errors(operation, references)}
    base_path = urlsplit(str(document["servers"][0]["url"])).path.rstrip("/")
    return Service(endpoints, errors, _definitions(references, [endpoint.body for endpoint in endpoints]), base_path)


def served(specification: ParsedSpecification) -> Service:
    """Return the service like `service_of`; raises InputError if responses have bodies and none has an example."""
    service = service_of(specification)
    with_body = [operation for operation in specification.operations if operation.response.table.get("content")]
    if with_body and not any(endpoint.examples for endpoint in service.endpoints):
        location = with_body[0].location
        raise InputError("has no example of its response; add `example` or `examples` beside its schema", location)
    return service


def _endpoint(operation: ResolvedOperation, document: YamlMapping) -> Endpoint:
    method = operation.method.upper()
    identified_by = re.search(r"\{([^{}]+)\}$", operation.path) if method == "GET" else None
    parameters = tuple(map(_parameter, operation.parameters))
    in_pages = any((parameter.name, parameter.location) == (PAGE_TOKEN, "query") for parameter in parameters)
    return Endpoint(
        method=method,
        template=operation.path,
        parameters=parameters,
        secured=bool(operation.operation.get("security", document.get("security", ()))),
        status=operation.status,
        examples=tuple(_examples(operation.response.table, operation.response.references)),
        identified_by=identified_by and identified_by[1],
        body=_plain(operation.body.table["content"][MEDIA_TYPE]["schema"]) if operation.body else None,
        elements=_elements(operation.response) if in_pages and operation.response.table.get("content") else "",
    )


def _elements(response: ResolvedNode) -> str:
    """Return the name of the list in the response of an operation, if the response is a page."""
    page, references = response.references.resolve(response.table["content"][MEDIA_TYPE]["schema"])
    items = {name: _items(node, references) for name, node in page.get("properties", {}).items()}
    messages = [name for name, item in items.items() if item and "properties" in item]
    lists = messages or [name for name, item in items.items() if item and item.get("type") == "string"]
    return lists[0] if len(lists) == 1 and NEXT_PAGE_TOKEN in page["properties"] else ""


def _items(node: Any, references: References) -> Any:
    """Return the schema of the items of a list; None for anything else."""
    schema, references = references.resolve(node)
    return references.resolve(schema["items"])[0] if schema.get("type") == "array" else None


def _definitions(references: References, schemas: Sequence[Any]) -> Mapping[str, Any]:
    """Return the components that schemas refer to at any depth, by reference."""
    definitions: dict[str, Any] = {}
    rest = [reference for schema in schemas for reference in iter_references(schema)]
    while rest:
        reference = rest.pop()
        if reference not in definitions:
            definitions[reference] = _plain(references.resolve(references.lookup(reference))[0])
            rest += iter_references(definitions[reference])
    return definitions


def _plain(schema: Any) -> Any:
    """Return a schema without the keywords that are for people only."""
    if not isinstance(schema, YamlMapping):
        return [*map(_plain, schema)] if isinstance(schema, YamlSequence) else schema
    return {
        key: {name: _plain(node) for name, node in value.items()} if key == "properties" else _plain(value)
        for key, value in schema.items()
        if key not in _FOR_PEOPLE
    }


def _errors(operation: ResolvedOperation, references: References) -> Iterator[YamlMapping]:
    responses: YamlMapping = operation.operation["responses"]
    for status, response in responses.items():
        for example in () if status == str(operation.status) else _examples(response, references):
            if example.get("code") not in CODES:
                raise InputError("the example of an error has no gRPC `code` from 1 to 16; add it", example.location)
            yield example


def _examples(response: Any, references: References) -> Iterator[YamlMapping]:
    """Yield the examples of a response, of `example` and `examples` alike; none if it has no content."""
    response, references = references.resolve(response)
    media: YamlMapping | None = response.get("content", {}).get(MEDIA_TYPE)
    if media is None:
        return
    named = [references.resolve(reference)[0] for reference in media.get("examples", {}).values()]
    tables = [(media, "example")] if "example" in media else []
    for table, key in [*tables, *((example, "value") for example in named if "value" in example)]:
        if not isinstance(table[key], YamlMapping):
            raise InputError("the example of a response is not an object; write its fields", table.location_of(key))
        yield table[key]


def _parameter(parameter: ResolvedNode) -> EndpointParameter:
    table = parameter.table
    schema, _ = parameter.references.resolve(table["schema"])
    return EndpointParameter(
        name=table["name"],
        location=table["in"],
        required=table.get("required", False),
        schema=_plain(schema),
        example=table.get("example"),
    )
