"""Faults of one response. A fault is a way of responding, so faults can be combined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

from attrs import evolve

from ._gateway import CODES, RESOURCE_EXHAUSTED, error, respond
from ._messages import Disconnect, FakeResponse, Headers, ReceivedRequest
from ._service import Service

__all__ = [
    "Fault",
    "cut_before_headers",
    "cut_in_body",
    "delayed",
    "grpc_error",
    "html_502",
    "http_error",
    "not_json",
    "not_typed_json",
    "rate_limited",
    "rate_limited_until",
    "slow_body",
    "truncated_json",
]
__dir__ = __all__.copy

Fault = Callable[[Service, ReceivedRequest], FakeResponse]
"""Responds to a request; `respond` itself does so without a fault."""


def delayed(seconds: float, then: Fault = respond) -> Fault:
    """Respond that many seconds later."""
    return lambda service, request: evolve(then(service, request), delay=seconds)


def slow_body(seconds: float, then: Fault = respond) -> Fault:
    """Respond with a pause of that many seconds after each byte of the body."""
    return lambda service, request: evolve(then(service, request), pause=seconds)


def grpc_error(code: int) -> Fault:
    """Respond with the Status of a gRPC code, 1 to 16, under its HTTP status; KeyError for another code."""
    CODES[code]
    return lambda service, request: error(service, request, code)


def http_error(status: int) -> Fault:
    """Respond with a Status under an HTTP status from 400 to 599, and its first gRPC code or UNKNOWN.

    Raises ValueError for another number.
    """
    if not 400 <= status <= 599:
        raise ValueError(f"{status} is not an HTTP error status")
    code = min((code for code, (_, usual) in CODES.items() if usual == status), default=2)
    return lambda service, request: error(service, request, code, status=status)


def rate_limited(seconds: int) -> Fault:
    """Respond with 429 and a Retry-After of that many seconds."""
    return lambda service, request: _exhausted(service, request, f"{seconds:d}")


def rate_limited_until(seconds: float) -> Fault:
    """Respond with 429 and a Retry-After date that many seconds after the request."""
    return lambda service, request: _exhausted(
        service, request, format_datetime(request.at + timedelta(seconds=seconds), usegmt=True)
    )


def _exhausted(service: Service, request: ReceivedRequest, retry_after: str) -> FakeResponse:
    plain = error(service, request, RESOURCE_EXHAUSTED)
    return evolve(plain, headers=(*plain.headers, ("retry-after", retry_after)))


def cut_before_headers(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Close the connection without a response."""
    return evolve(respond(service, request), cut=Disconnect.BEFORE_HEADERS)


def cut_in_body(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Close the connection after half of the body."""
    return evolve(respond(service, request), cut=Disconnect.IN_BODY)


def html_502(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Respond as a proxy does whose server is down."""
    page = b"<html><body><h1>502 Bad Gateway</h1></body></html>\n"
    return evolve(respond(service, request), status=502, headers=_typed("text/html"), body=page)


def not_json(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Respond with 200 and bytes that are neither JSON nor UTF-8."""
    return evolve(respond(service, request), body=b"\x00\xff\xfe not JSON \x80")


def truncated_json(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Respond with half of the JSON in a complete HTTP message."""
    whole = respond(service, request)
    return evolve(whole, body=whole.body[: len(whole.body) // 2])


def not_typed_json(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Respond with the right body as `text/plain`."""
    return evolve(respond(service, request), headers=_typed("text/plain"))


def _typed(content_type: str) -> Headers:
    return (("content-type", content_type),)
