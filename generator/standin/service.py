"""What the stand-in answers: a request comes in, an answer goes out, decided by descriptions alone.

Standard library and attrs only, without I/O, clock or chance, so that it runs wherever it is copied. The rules
are those of a gateway that transcodes HTTP to gRPC, in its order: the path (404), the method (501), the token
(401), the parameters (400), the thing asked for (404). Every error is a `google.rpc.Status` in JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum, auto
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, unquote

from attrs import frozen

Headers = tuple[tuple[str, str], ...]

CODES: Mapping[int, tuple[str, int]] = MappingProxyType(
    {
        1: ("CANCELLED", 499),
        2: ("UNKNOWN", 500),
        3: ("INVALID_ARGUMENT", 400),
        4: ("DEADLINE_EXCEEDED", 504),
        5: ("NOT_FOUND", 404),
        6: ("ALREADY_EXISTS", 409),
        7: ("PERMISSION_DENIED", 403),
        8: ("RESOURCE_EXHAUSTED", 429),
        9: ("FAILED_PRECONDITION", 400),
        10: ("ABORTED", 409),
        11: ("OUT_OF_RANGE", 400),
        12: ("UNIMPLEMENTED", 501),
        13: ("INTERNAL", 500),
        14: ("UNAVAILABLE", 503),
        15: ("DATA_LOSS", 500),
        16: ("UNAUTHENTICATED", 401),
    }
)
"""The gRPC status codes, each with its name and with the HTTP status that it is transcoded to."""

INVALID_ARGUMENT, NOT_FOUND, RESOURCE_EXHAUSTED, UNIMPLEMENTED, UNAUTHENTICATED = 3, 5, 8, 12, 16

REQUEST_INFO = "type.googleapis.com/google.rpc.RequestInfo"

FORMATS = {"uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)}
"""The formats that a parameter is checked against."""


@frozen
class Request:
    """What came: `path` is as it was sent, percent-encoded; header names are in lower case.

    `identifier` is what the answer will call the request, and `at` when it came, in UTC.
    """

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    identifier: str
    at: datetime

    def header(self, name: str) -> str | None:
        """The first value of a header, by its name in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Cut(Enum):
    """Where the connection is cut, if at all."""

    NEVER = auto()
    BEFORE_HEADERS = auto()
    IN_BODY = auto()


@frozen
class Answer:
    """What goes out and how: after `delay` seconds, with `pause` seconds after each byte of the body, maybe cut."""

    status: int
    headers: Headers
    body: bytes
    delay: float = 0.0
    pause: float = 0.0
    cut: Cut = Cut.NEVER


@frozen
class Parameter:
    """What the contract says of a value in the path, the query or a header; the bounds count characters.

    `example` is the contract's own value, which its error examples speak of.
    """

    name: str
    location: str
    required: bool = False
    minimum: int = 0
    maximum: int | None = None
    format: str | None = None
    example: str | None = None


@frozen
class Endpoint:
    """One method of the API, with the answers that it can give.

    `identified_by` names the path parameter that says which of the examples is asked for, by their `id`;
    without one the first is the answer.
    """

    method: str
    template: str
    parameters: tuple[Parameter, ...]
    secured: bool
    status: int
    examples: tuple[Mapping[str, Any], ...]
    identified_by: str | None


@frozen
class Service:
    """Everything the stand-in knows: its endpoints, and an example of a Status for some of the gRPC codes."""

    endpoints: tuple[Endpoint, ...]
    errors: Mapping[int, Mapping[str, Any]]


def answer(service: Service, request: Request) -> Answer:
    """The answer of a service in good health: the example asked for, or the error that the request deserves."""
    here = {
        one.method: (one, segments)
        for one in service.endpoints
        if (segments := _segments(one.template, request.path)) is not None
    }
    if not here:
        return error(service, request, NOT_FOUND, f"the contract has no path {request.path}")
    if request.method not in here:
        return error(service, request, UNIMPLEMENTED, f"the contract has no method {request.method} at this path")
    endpoint, segments = here[request.method]
    if endpoint.secured and not _token(request):
        return error(service, request, UNAUTHENTICATED, "the request carries no bearer token")
    given = {one.name: _given(one, segments, request) for one in endpoint.parameters}
    for problem in (text for one in endpoint.parameters for text in _problems(one, given[one.name])):
        return error(service, request, INVALID_ARGUMENT, problem)
    example = _example(endpoint, given)
    if example is None:
        return error(service, request, NOT_FOUND, _about(service.errors.get(NOT_FOUND, {}), endpoint, given))
    return _json(request, endpoint.status, example)


def error(
    service: Service,
    request: Request,
    code: int,
    message: str | None = None,
    status: int | None = None,
) -> Answer:
    """The answer for a gRPC code: the contract's example of it where there is one, naming this request.

    `message` and `status` stand in for the example's message and for the HTTP status that belongs to the code.
    """
    name, usual_status = CODES[code]
    example = service.errors.get(code, {})
    others = [one for one in example.get("details", ()) if one.get("@type") != REQUEST_INFO]
    body = {
        "code": code,
        "message": message or example.get("message", name),
        "details": [*others, {"@type": REQUEST_INFO, "requestId": request.identifier}],
    }
    return _json(request, status or usual_status, body)


def _json(request: Request, status: int, body: Mapping[str, Any]) -> Answer:
    digits = request.identifier.replace("-", "")
    span, parent = digits[:16], digits[16:]
    ids = (("x-request-id", request.identifier), ("x-server-trace-id", f"{span}:{parent}:{span}:1"))
    return Answer(status, (("content-type", "application/json"), *ids), json.dumps(body, ensure_ascii=False).encode())


def _segments(template: str, path: str) -> Mapping[str, str] | None:
    """The path's values for the placeholders of a template, still encoded; None where the path is another one."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
    found = re.fullmatch(pattern, path)
    return found and found.groupdict()


def _token(request: Request) -> str:
    scheme, _, token = (request.header("authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _given(parameter: Parameter, segments: Mapping[str, str], request: Request) -> str | None:
    match parameter.location:
        case "path":
            return _decoded(segments[parameter.name])
        case "query":
            return dict(parse_qsl(request.query, keep_blank_values=True)).get(parameter.name)
        case _:
            return request.header(parameter.name.lower())


def _decoded(segment: str) -> str | None:
    if re.search(r"%(?![0-9A-Fa-f]{2})", segment):
        return None
    try:
        return unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return None


def _problems(parameter: Parameter, value: str | None) -> Iterator[str]:
    name = parameter.name
    if value is None:
        if parameter.required:
            yield f"{name} is missing, or is not percent-encoded UTF-8"
        return
    if len(value) < parameter.minimum:
        yield f"{name} has {len(value)} characters and must have at least {parameter.minimum}"
    if parameter.maximum is not None and len(value) > parameter.maximum:
        yield f"{name} has {len(value)} characters and may have at most {parameter.maximum}"
    if parameter.format in FORMATS and not FORMATS[parameter.format].fullmatch(value):
        yield f"{name} is no {parameter.format}"


def _example(endpoint: Endpoint, given: Mapping[str, str | None]) -> Mapping[str, Any] | None:
    key = endpoint.identified_by
    return next((one for one in endpoint.examples if key is None or one.get("id") == given[key]), None)


def _about(example: Mapping[str, Any], endpoint: Endpoint, given: Mapping[str, str | None]) -> str | None:
    """The message of an error example, speaking of what was asked for instead of the contract's own example."""
    message: str | None = example.get("message")
    for parameter in endpoint.parameters:
        value = given[parameter.name]
        if message and parameter.example and value:
            message = message.replace(parameter.example, value)
    return message
