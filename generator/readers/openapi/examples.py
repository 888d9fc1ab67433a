"""What the double of a service knows, taken from an OpenAPI document and its examples."""

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
"""What a schema says that no request is held to."""


@frozen
class _Operation:
    """An operation where it stands: `inside` follows the references that are written there."""

    template: str
    method: str
    node: YamlMapping
    parameters: tuple[Any, ...]
    secured: bool
    location: Location
    inside: References


def service_of(document: YamlMapping) -> Service:
    """The service that a loaded OpenAPI document describes; an operation without an example has no answer yet.

    Raises InputError for a document that is no valid OpenAPI, or has an operation that never succeeds.
    """
    with _valid(document):
        operations = tuple(_operations(document))
        endpoints = tuple(_endpoint(one) for one in operations)
        errors = {status["code"]: status for one in operations for status in _errors(one)}
        return Service(endpoints, errors, _definitions(document, [one.body for one in endpoints]))


def served(document: YamlMapping) -> Service:
    """Like `service_of`, but each operation can be answered.

    Raises InputError, besides, for a document that has no operation, or one without an example.
    """
    service = service_of(document)
    if not service.endpoints:
        raise InputError("has no operation that could be served", document.location_of("paths"))
    for operation, endpoint in zip(_operations(document), service.endpoints, strict=True):
        if not endpoint.examples:
            raise InputError("has no example of its answer; write one under the 2xx response", operation.location)
    return service


@contextmanager
def _valid(document: YamlMapping) -> Generator[None]:
    try:
        yield
    except (KeyError, TypeError, AttributeError) as problem:
        raise InputError(f"is not a valid OpenAPI document ({problem!r})", document.location) from problem


def _operations(document: YamlMapping) -> Iterator[_Operation]:
    for template, reference in document["paths"].items():
        item, inside = References.of(document).resolve(reference)
        for method in (key for key in METHODS if key in item):
            node = item[method]
            parameters = (*item.get("parameters", ()), *node.get("parameters", ()))
            secured = bool(node.get("security", document.get("security", ())))
            yield _Operation(template, method.upper(), node, parameters, secured, item.location_of(method), inside)


def _endpoint(operation: _Operation) -> Endpoint:
    responses = operation.node["responses"]
    status = next((key for key in responses if key.startswith("2")), None)
    if status is None:
        raise InputError("has no 2xx response, so that it never succeeds", operation.location)
    identified_by = re.search(r"\{([^{}]+)\}$", operation.template) if operation.method == "GET" else None
    parameters = tuple(_parameter(one, operation.inside) for one in operation.parameters)
    in_pages = any((one.name, one.location) == (PAGE_TOKEN, "query") for one in parameters)
    return Endpoint(
        method=operation.method,
        template=operation.template,
        parameters=parameters,
        secured=operation.secured,
        status=int(status),
        examples=tuple(_examples(responses[status], operation.inside)),
        identified_by=identified_by and identified_by[1],
        body=_body(operation),
        elements=_elements(responses[status], operation.inside) if in_pages else "",
    )


def _body(operation: _Operation) -> Any:
    """The schema of what is sent."""
    if "requestBody" not in operation.node:
        return None
    body, _ = operation.inside.resolve(operation.node["requestBody"])
    return _plain(body["content"]["application/json"]["schema"])


def _elements(response: Any, references: References) -> str:
    """The name of the list in the page that an operation answers with, if it is one."""
    response, inside = references.resolve(response)
    page, there = inside.resolve(response["content"]["application/json"]["schema"])
    lists = [name for name, one in page.get("properties", {}).items() if _is_list_of_messages(one, there)]
    return lists[0] if len(lists) == 1 and NEXT_PAGE_TOKEN in page["properties"] else ""


def _is_list_of_messages(node: Any, references: References) -> bool:
    schema, inside = references.resolve(node)
    return schema.get("type") == "array" and "properties" in inside.resolve(schema["items"])[0]


def _definitions(document: YamlMapping, schemas: Sequence[Any]) -> Mapping[str, Any]:
    """The components that schemas refer to, at whatever depth, by the reference."""
    found: dict[str, Any] = {}
    rest = [one for schema in schemas for one in iter_references(schema)]
    while rest:
        reference = rest.pop()
        if reference not in found:
            component, _ = References.of(document).resolve(_referring(document, reference))
            found[reference] = _plain(component)
            rest += iter_references(found[reference])
    return found


def _referring(document: YamlMapping, reference: str) -> YamlMapping:
    table = YamlMapping(document.location)
    table["$ref"] = reference
    table.lines["$ref"] = 0
    return table


def _plain(schema: Any) -> Any:
    """A schema without what is said for people alone."""
    if not isinstance(schema, YamlMapping):
        return [*map(_plain, schema)] if isinstance(schema, YamlSequence) else schema
    return {
        key: {name: _plain(one) for name, one in value.items()} if key == "properties" else _plain(value)
        for key, value in schema.items()
        if key not in _FOR_PEOPLE
    }


def _errors(operation: _Operation) -> Iterator[YamlMapping]:
    for status, response in operation.node["responses"].items():
        for example in () if status.startswith("2") else _examples(response, operation.inside):
            if example.get("code") not in CODES:
                raise InputError("is an example of an error and has no gRPC `code`, 1 to 16", example.location)
            yield example


def _examples(response: Any, references: References) -> Iterator[YamlMapping]:
    response, inside = references.resolve(response)
    for reference in response["content"]["application/json"].get("examples", {}).values():
        example, _ = inside.resolve(reference)
        if not isinstance(example["value"], YamlMapping):
            raise InputError("is an example of an answer and no object", example.location_of("value"))
        yield example["value"]


def _parameter(node: Any, references: References) -> Parameter:
    parameter, inside = references.resolve(node)
    schema, _ = inside.resolve(parameter["schema"])
    return Parameter(
        name=parameter["name"],
        location=parameter["in"],
        required=parameter.get("required", False),
        schema=_plain(schema),
        example=parameter.get("example"),
    )
