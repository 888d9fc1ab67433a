"""What the double of a service knows, taken from an OpenAPI document and its examples."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from generator.runtime.testing import Service
from generator.runtime.testing._gateway import CODES
from generator.runtime.testing._service import Endpoint, Parameter

from .contract.places import Place, Unreadable
from .document import References, Table

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
    """The service that a loaded OpenAPI document describes; an operation without an example has no answer yet.

    Raises Unreadable for a document that is no valid OpenAPI, or has an operation that never succeeds.
    """
    with _valid(document):
        operations = tuple(_operations(document))
        endpoints = tuple(_endpoint(one) for one in operations)
        return Service(endpoints, {status["code"]: status for one in operations for status in _errors(one)})


def served(document: Table) -> Service:
    """Like `service_of`, but each operation can be answered.

    Raises Unreadable, besides, for a document that has no operation, or one without an example.
    """
    service = service_of(document)
    if not service.endpoints:
        raise Unreadable("has no operation that could be served", document.at("paths"))
    for operation, endpoint in zip(_operations(document), service.endpoints, strict=True):
        if not endpoint.examples:
            raise Unreadable("has no example of its answer; write one under the 2xx response", operation.place)
    return service


@contextmanager
def _valid(document: Table) -> Generator[None]:
    try:
        yield
    except (KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(f"is not a valid OpenAPI document ({problem!r})", document.place) from problem


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
    if status is None:
        raise Unreadable("has no 2xx response, so that it never succeeds", operation.place)
    identified_by = re.search(r"\{([^{}]+)\}$", operation.template)
    return Endpoint(
        method=operation.method,
        template=operation.template,
        parameters=tuple(_parameter(one, operation.inside) for one in operation.parameters),
        secured=operation.secured,
        status=int(status),
        examples=tuple(_examples(responses[status], operation.inside)),
        identified_by=identified_by and identified_by[1],
    )


def _errors(operation: _Operation) -> Iterator[Table]:
    for status, response in operation.node["responses"].items():
        for example in () if status.startswith("2") else _examples(response, operation.inside):
            if example.get("code") not in CODES:
                raise Unreadable("is an example of an error and has no gRPC `code`, 1 to 16", example.place)
            yield example


def _examples(response: Any, references: References) -> Iterator[Table]:
    response, inside = references.follow(response)
    for reference in response["content"]["application/json"].get("examples", {}).values():
        example, _ = inside.follow(reference)
        if not isinstance(example["value"], Table):
            raise Unreadable("is an example of an answer and no object", example.at("value"))
        yield example["value"]


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
