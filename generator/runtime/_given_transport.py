"""Exchanges through the transport that a caller gave to the client.

It is used as it is: each of its steps gets the time left as its timeout, and the deadline is checked when the headers
have come and after each chunk of the body.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from contextlib import closing
from typing import Any, cast

from . import _http
from ._arguments import is_loopback
from ._clock import Deadline
from ._exchange import CONNECT_SECONDS, HttpRequest, RawResponse, read_body, read_body_async
from ._http import httpcore
from ._routes import Verify
from .errors import InvalidParameter


def check_given(transport: object, kind: str, proxy: str | None, verify: Verify) -> None:
    """Raise InvalidParameter for a transport of another kind, or for settings that belong on the transport."""
    if not isinstance(transport, getattr(_http.httpx, kind)):
        other = f"{type(transport).__module__}.{type(transport).__qualname__}"
        raise InvalidParameter("transport", f"must be an httpx.{kind}, not {other}")
    if proxy is not None or verify is not None:
        name = "proxy" if proxy is not None else "verify"
        raise InvalidParameter(name, "must be set on the given transport")


def may_use_given(url: httpcore.URL) -> bool:
    """Return False for the metadata service, the one host that is called without TLS: it is asked directly."""
    return url.scheme == b"https" or is_loopback(url.host.decode())


def exchange_given(transport: _http.httpx.BaseTransport, request: HttpRequest, deadline: Deadline) -> RawResponse:
    """Send a request and return its response. Raises what the transport raises, and TimeoutError."""
    with closing(transport.handle_request(_given_request(request, deadline))) as response:
        deadline.check()
        content = read_body(cast("Iterable[bytes]", response.stream), deadline)
        return RawResponse(response.status_code, response.headers, content)


async def exchange_given_async(
    transport: _http.httpx.AsyncBaseTransport, request: HttpRequest, deadline: Deadline
) -> RawResponse:
    """Like `exchange_given`, for tasks; a task is cancelled at the deadline in any case."""
    response = await transport.handle_async_request(_given_request(request, deadline))
    try:
        content = await read_body_async(cast("AsyncIterable[bytes]", response.stream), deadline)
        return RawResponse(response.status_code, response.headers, content)
    finally:
        await response.aclose()


def _given_request(request: HttpRequest, deadline: Deadline) -> _http.httpx.Request:
    remaining = deadline.clamp(None)
    timeout = {"connect": min(remaining, CONNECT_SECONDS), "read": remaining, "write": remaining, "pool": remaining}
    extensions: dict[str, Any] = {"timeout": timeout}
    return _http.httpx.Request(
        request.method, request.url, headers=request.headers, content=request.body(), extensions=extensions
    )
