"""The responses of the fake server, without I/O.

The rules are those of a gateway that transcodes HTTP to gRPC, in its order: the path (404), the method (501), the
token (401), the parameters (400), the resource (404). Every error is a `google.rpc.Status` in JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, unquote

from attrs import frozen

from ..errors import STATUS_ERRORS
from ._messages import FakeResponse, ReceivedRequest
from ._schema import Validator
from ._service import PAGE_TOKEN, Endpoint, EndpointParameter, RawParam, Service

CODES: Mapping[int, tuple[str, int]] = MappingProxyType(
    {
        code: (str(kind.code_name), status)
        for status, kinds in STATUS_ERRORS.items()
        for kind in kinds
        if (code := kind.code) is not None
    }
)
"""gRPC code -> its name, and the HTTP status that it is transcoded to."""

INVALID_ARGUMENT, NOT_FOUND, RESOURCE_EXHAUSTED, UNIMPLEMENTED, UNAUTHENTICATED = 3, 5, 8, 12, 16

REQUEST_INFO = "type.googleapis.com/google.rpc.RequestInfo"


@frozen
class Violation:
    """A violation of the contract: the gRPC code of the response, and the reason."""

    code: int
    reason: str


def respond(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Return the response of a healthy service: the requested example, or an error."""
    routed = route(service, request)
    if isinstance(routed, Violation):
        return error(service, request, routed.code, routed.reason)
    endpoint, values = routed
    example = endpoint.example(values)
    if endpoint.elements and example is None:
        return error(service, request, INVALID_ARGUMENT, f"no page has the {PAGE_TOKEN} {values[PAGE_TOKEN]!r}")
    if example is None or service.named_by(endpoint).example(values) is None:
        return error(service, request, NOT_FOUND, _about(service.errors.get(NOT_FOUND, {}), endpoint, values))
    return _json(request, endpoint.status, example)


def route(service: Service, request: ReceivedRequest) -> tuple[Endpoint, Mapping[str, RawParam]] | Violation:
    """Return the endpoint of a request and its parameters, or how it violates the contract."""
    here = {
        endpoint.method: (endpoint, segments)
        for prefix in (service.base_path, "")
        for endpoint in service.endpoints
        if (segments := _segments(prefix + endpoint.template, request.path)) is not None
    }
    if not here:
        return Violation(NOT_FOUND, f"the contract has no path {request.path}")
    if request.method not in here:
        return Violation(UNIMPLEMENTED, f"the contract has no method {request.method} at this path")
    endpoint, segments = here[request.method]
    if endpoint.secured and not _token(request):
        return Violation(UNAUTHENTICATED, "the request carries no bearer token")
    values = {parameter.name: _raw_value(parameter, segments, request) for parameter in endpoint.parameters}
    for problem in (text for parameter in endpoint.parameters for text in parameter.problems(values[parameter.name])):
        return Violation(INVALID_ARGUMENT, problem)
    for problem in _body_problems(service, endpoint, request):
        return Violation(INVALID_ARGUMENT, problem)
    return endpoint, values


def _body_problems(service: Service, endpoint: Endpoint, request: ReceivedRequest) -> Iterator[str]:
    """Yield the problems of a request's body."""
    if endpoint.body is None:
        return
    if (request.header("content-type") or "").partition(";")[0] != "application/json":
        yield "the body is not application/json"
        return
    try:
        body = json.loads(request.body)
    except ValueError:
        yield "the body is not JSON"
        return
    yield from Validator(service.definitions).problems(endpoint.body, body, "body")


def error(
    service: Service, request: ReceivedRequest, code: int, message: str | None = None, status: int | None = None
) -> FakeResponse:
    """Return the response for a gRPC code, from the contract's example of it if there is one.

    `message` and `status` replace the example's message and the HTTP status of the code.
    """
    name, usual_status = CODES[code]
    example = service.errors.get(code, {})
    others = [detail for detail in example.get("details", ()) if detail.get("@type") != REQUEST_INFO]
    body = {
        "code": code,
        "message": message or example.get("message", name),
        "details": [*others, {"@type": REQUEST_INFO, "requestId": request.identifier}],
    }
    return _json(request, status or usual_status, body)


def _json(request: ReceivedRequest, status: int, body: Mapping[str, Any]) -> FakeResponse:
    digits = request.identifier.replace("-", "")
    span, parent = digits[:16], digits[16:]
    ids = (("x-request-id", request.identifier), ("x-server-trace-id", f"{span}:{parent}:{span}:1"))
    return FakeResponse(
        status, (("content-type", "application/json"), *ids), json.dumps(body, ensure_ascii=False).encode()
    )


def _segments(template: str, path: str) -> Mapping[str, str] | None:
    """Return the encoded values of a template's placeholders; None if the path does not match."""
    literals_and_names = re.split(r"\{([^{}]+)\}", template)
    match = re.fullmatch("([^/]+)".join(map(re.escape, literals_and_names[::2])), path)
    return match and dict(zip(literals_and_names[1::2], match.groups(), strict=True))


def _token(request: ReceivedRequest) -> str:
    scheme, _, token = (request.header("authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _raw_value(parameter: EndpointParameter, segments: Mapping[str, str], request: ReceivedRequest) -> RawParam:
    match parameter.location:
        case "path":
            return _decoded(segments[parameter.name])
        case "query":
            pairs = parse_qsl(request.query, keep_blank_values=True)
            values = [value for name, value in pairs if name == parameter.name]
            return (values if parameter.schema.get("type") == "array" else values[-1]) if values else None
        case _:
            return request.header(parameter.name.lower())


def _decoded(segment: str) -> str | None:
    if re.search(r"%(?![0-9A-Fa-f]{2})", segment):
        return None
    try:
        return unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return None


def _about(example: Mapping[str, Any], endpoint: Endpoint, values: Mapping[str, RawParam]) -> str | None:
    """Return the message of an error example, adapted to this request."""
    message: str | None = example.get("message")
    for parameter in endpoint.parameters:
        value = values[parameter.name]
        if message and parameter.example and isinstance(value, str):
            message = message.replace(parameter.example, value)
    return message
