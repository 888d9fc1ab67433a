"""What the stand-in knows, taken from the examples of an OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from generator.contract.places import Place, Unreadable
from generator.document import References, Table

from .service import Endpoint, Parameter, Service

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of a path item that are operations."""


@frozen
class _Operation:
    """An operation where it stands: `inside` follows the references that are written there."""

    template: str
    method: str
    node: Table
    parameters: tuple[Any, ...]
    secured: bool
    place: Place
    inside: References


def service_of(document: Table) -> Service:
    """The service that a loaded OpenAPI document describes.

    Raises Unreadable for a document that is no valid OpenAPI, has no operation, or has one without an example.
    """
    try:
        operations = tuple(_operations(document))
        endpoints = tuple(_endpoint(one) for one in operations)
        errors = {status["code"]: status for one in operations for status in _errors(one)}
    except (KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(f"is not a valid OpenAPI document ({problem!r})", document.place) from problem
    if not endpoints:
        raise Unreadable("has no operation that could be served", document.at("paths"))
    return Service(endpoints, errors)


def _operations(document: Table) -> Iterator[_Operation]:
    for template, reference in document["paths"].items():
        item, inside = References.of(document).follow(reference)
        for method in (key for key in METHODS if key in item):
            node = item[method]
            parameters = (*item.get("parameters", ()), *node.get("parameters", ()))
            secured = bool(node.get("security", document.get("security", ())))
            yield _Operation(template, method.upper(), node, parameters, secured, item.at(method), inside)


def _endpoint(operation: _Operation) -> Endpoint:
    responses = operation.node["responses"]
    status = next((key for key in responses if key.startswith("2")), None)
    examples = tuple(_examples(responses[status], operation.inside)) if status else ()
    if not status or not examples:
        raise Unreadable("has no example of its answer; write one under the 2xx response", operation.place)
    identified_by = re.search(r"\{(\w+)\}$", operation.template)
    return Endpoint(
        method=operation.method,
        template=operation.template,
        parameters=tuple(_parameter(one, operation.inside) for one in operation.parameters),
        secured=operation.secured,
        status=int(status),
        examples=examples,
        identified_by=identified_by and identified_by[1],
    )


def _errors(operation: _Operation) -> Iterator[Mapping[str, Any]]:
    for status, response in operation.node["responses"].items():
        if not status.startswith("2"):
            yield from _examples(response, operation.inside)


def _examples(response: Any, references: References) -> Iterator[Mapping[str, Any]]:
    response, inside = references.follow(response)
    for example in response["content"]["application/json"].get("examples", {}).values():
        yield inside.follow(example)[0]["value"]


def _parameter(node: Any, references: References) -> Parameter:
    parameter, inside = references.follow(node)
    schema, _ = inside.follow(parameter["schema"])
    return Parameter(
        name=parameter["name"],
        location=parameter["in"],
        required=parameter.get("required", False),
        minimum=schema.get("minLength", 0),
        maximum=schema.get("maxLength"),
        format=schema.get("format"),
        example=parameter.get("example"),
    )
