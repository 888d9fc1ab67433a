"""Builds the service that the fake server plays from an OpenAPI document and its examples."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location
from generator.runtime.testing import Service
from generator.runtime.testing._gateway import CODES
from generator.runtime.testing._service import NEXT_PAGE_TOKEN, PAGE_TOKEN, Endpoint, Parameter
from generator.yaml_document import METHODS, References, YamlMapping, YamlSequence, iter_references

_FOR_PEOPLE = frozenset({"description", "title", "example", "examples", "default", "x-source"})
"""Keywords of a schema that no request is checked against."""


@frozen
class _Operation:
    """An operation; `references` resolves the `$ref`s in it."""

    template: str
    method: str
    node: YamlMapping
    parameters: tuple[Any, ...]
    secured: bool
    location: Location
    references: References


def service_of(document: YamlMapping) -> Service:
    """Return the service that a loaded OpenAPI document describes; an operation without an example has no response.

    Raises InputError for an invalid OpenAPI document, and for an operation without a 2xx response.
    """
    with _valid(document):
        operations = tuple(_operations(document))
        endpoints = tuple(_endpoint(operation) for operation in operations)
        errors = {status["code"]: status for operation in operations for status in _errors(operation)}
        return Service(endpoints, errors, _definitions(document, [endpoint.body for endpoint in endpoints]))


def served(document: YamlMapping) -> Service:
    """Return the service like `service_of`, with a response for each operation.

    Also raises InputError for a document without operations, and for an operation without an example.
    """
    service = service_of(document)
    if not service.endpoints:
        raise InputError("has no operation", document.location_of("paths"))
    for operation, endpoint in zip(_operations(document), service.endpoints, strict=True):
        if not endpoint.examples:
            raise InputError("has no example of its response; add one under the 2xx response", operation.location)
    return service


@contextmanager
def _valid(document: YamlMapping) -> Generator[None]:
    try:
        yield
    except (KeyError, TypeError, AttributeError) as problem:
        raise InputError(f"is not a valid OpenAPI document ({problem!r})", document.location) from problem


def _operations(document: YamlMapping) -> Iterator[_Operation]:
    for template, reference in document["paths"].items():
        item, item_references = References.of(document).resolve(reference)
        for method in (key for key in METHODS if key in item):
            node = item[method]
            parameters = (*item.get("parameters", ()), *node.get("parameters", ()))
            secured = bool(node.get("security", document.get("security", ())))
            yield _Operation(
                template, method.upper(), node, parameters, secured, item.location_of(method), item_references
            )


def _endpoint(operation: _Operation) -> Endpoint:
    responses = operation.node["responses"]
    status = next((key for key in responses if key.startswith("2")), None)
    if status is None:
        raise InputError("has no 2xx response", operation.location)
    identified_by = re.search(r"\{([^{}]+)\}$", operation.template) if operation.method == "GET" else None
    parameters = tuple(_parameter(node, operation.references) for node in operation.parameters)
    in_pages = any((parameter.name, parameter.location) == (PAGE_TOKEN, "query") for parameter in parameters)
    return Endpoint(
        method=operation.method,
        template=operation.template,
        parameters=parameters,
        secured=operation.secured,
        status=int(status),
        examples=tuple(_examples(responses[status], operation.references)),
        identified_by=identified_by and identified_by[1],
        body=_body(operation),
        elements=_elements(responses[status], operation.references) if in_pages else "",
    )


def _body(operation: _Operation) -> Any:
    """Return the schema of a request body."""
    if "requestBody" not in operation.node:
        return None
    body, _ = operation.references.resolve(operation.node["requestBody"])
    return _plain(body["content"]["application/json"]["schema"])


def _elements(response: Any, references: References) -> str:
    """Return the name of the list in the response of an operation, if the response is a page."""
    response, references = references.resolve(response)
    page, references = references.resolve(response["content"]["application/json"]["schema"])
    lists = [name for name, node in page.get("properties", {}).items() if _is_list_of_messages(node, references)]
    return lists[0] if len(lists) == 1 and NEXT_PAGE_TOKEN in page["properties"] else ""


def _is_list_of_messages(node: Any, references: References) -> bool:
    schema, references = references.resolve(node)
    return schema.get("type") == "array" and "properties" in references.resolve(schema["items"])[0]


def _definitions(document: YamlMapping, schemas: Sequence[Any]) -> Mapping[str, Any]:
    """Return the components that schemas refer to at any depth, by reference."""
    definitions: dict[str, Any] = {}
    rest = [reference for schema in schemas for reference in iter_references(schema)]
    while rest:
        reference = rest.pop()
        if reference not in definitions:
            component, _ = References.of(document).resolve(_referring(document, reference))
            definitions[reference] = _plain(component)
            rest += iter_references(definitions[reference])
    return definitions


def _referring(document: YamlMapping, reference: str) -> YamlMapping:
    table = YamlMapping(document.location)
    table["$ref"] = reference
    table.lines["$ref"] = 0
    return table


def _plain(schema: Any) -> Any:
    """Return a schema without the keywords that are for people only."""
    if not isinstance(schema, YamlMapping):
        return [*map(_plain, schema)] if isinstance(schema, YamlSequence) else schema
    return {
        key: {name: _plain(node) for name, node in value.items()} if key == "properties" else _plain(value)
        for key, value in schema.items()
        if key not in _FOR_PEOPLE
    }


def _errors(operation: _Operation) -> Iterator[YamlMapping]:
    for status, response in operation.node["responses"].items():
        for example in () if status.startswith("2") else _examples(response, operation.references):
            if example.get("code") not in CODES:
                raise InputError("the example of an error has no gRPC `code` from 1 to 16", example.location)
            yield example


def _examples(response: Any, references: References) -> Iterator[YamlMapping]:
    response, references = references.resolve(response)
    for reference in response["content"]["application/json"].get("examples", {}).values():
        example, _ = references.resolve(reference)
        if not isinstance(example["value"], YamlMapping):
            raise InputError("the example of a response is not an object", example.location_of("value"))
        yield example["value"]


def _parameter(node: Any, references: References) -> Parameter:
    parameter, references = references.resolve(node)
    schema, _ = references.resolve(parameter["schema"])
    return Parameter(
        name=parameter["name"],
        location=parameter["in"],
        required=parameter.get("required", False),
        schema=_plain(schema),
        example=parameter.get("example"),
    )
