"""HTTP: sends one request and reads its whole response within a deadline.

A client sends through connections of its own, which keep the deadline in every step, or through a given transport.
That is used as it is: each of its steps gets the time left as its timeout, and the deadline is checked when the headers
have come and after each chunk of the body.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from contextlib import aclosing, closing
from queue import SimpleQueue
from typing import Any, cast

import anyio

from . import _clock, _http
from ._arguments import is_loopback
from ._clock import Deadline
from ._exchange import CONNECT_SECONDS, Headers, HttpRequest, RawResponse, parse_url, read_body, read_body_async
from ._http import httpcore
from ._limits import Permit, permits
from ._pools import MAX_CONNECTIONS, AsyncConnection, Pools, SyncConnection, async_connection, sync_connection
from ._retries import SAFE_METHODS
from ._routes import Routes, Verify
from ._transport_errors import map_errors
from .errors import InvalidParameter

_BROKEN = (httpcore.NetworkError, httpcore.RemoteProtocolError)
"""The exceptions that httpcore raises if a connection breaks."""


class Transport:
    """Sends requests, for threads."""

    def __init__(
        self, base_url: str, transport: _http.httpx.BaseTransport | None, proxy: str | None, verify: Verify
    ) -> None:
        routes = _check_settings(base_url, transport, "BaseTransport", proxy, verify)
        self._given = transport
        self._pools = Pools(routes, sync_connection, lambda: permits(MAX_CONNECTIONS))

    def exchange(self, request: HttpRequest, deadline: Deadline) -> RawResponse:
        """Send a request and return its response. Raises the errors of an exchange, and InvalidParameter."""
        with map_errors():
            if self._given is not None and _may_use_given(request.target):
                return _send_given(self._given, request, deadline)
            pool = self._pools.get(request.target.origin)
            permit = _wait_for_permit(pool.limit, deadline)
            try:
                with pool.lease() as connection:
                    return _replace_stale(connection, request, deadline)
            finally:
                permit.release()

    def close(self) -> None:
        """Close every connection, those of a given transport included."""
        self._pools.close()
        if self._given is not None:
            self._given.close()


def _wait_for_permit(limit: SimpleQueue[Permit], deadline: Deadline) -> Permit:
    try:
        return _clock.wait_for_item(limit, deadline.clamp(None))
    except TimeoutError:
        raise httpcore.ConnectTimeout("every connection was busy") from None


def _replace_stale(connection: SyncConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    try:
        return _send(connection, request, deadline)
    except _BROKEN:
        if not _is_stale(connection, request):
            raise
    return _send(connection, request, deadline)


def _send(connection: SyncConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    connection.backend.deadline = deadline
    with connection.http().stream(
        request.method,
        request.target,
        headers=request.all_headers(),
        content=request.body(),
        extensions={"timeout": {"connect": CONNECT_SECONDS}},
    ) as response:
        content = read_body(response.iter_stream(), deadline)
        return RawResponse(response.status, Headers(response.headers), content)


def _send_given(transport: _http.httpx.BaseTransport, request: HttpRequest, deadline: Deadline) -> RawResponse:
    with closing(transport.handle_request(_given_request(request, deadline))) as response:
        deadline.check()
        content = read_body(cast("Iterable[bytes]", response.stream), deadline)
        return RawResponse(response.status_code, response.headers, content)


class AsyncTransport:
    """Sends requests, for tasks. A cancel scope of the caller holds the deadline too."""

    def __init__(
        self, base_url: str, transport: _http.httpx.AsyncBaseTransport | None, proxy: str | None, verify: Verify
    ) -> None:
        routes = _check_settings(base_url, transport, "AsyncBaseTransport", proxy, verify)
        self._given = transport
        self._pools = Pools(routes, async_connection, lambda: anyio.Semaphore(MAX_CONNECTIONS, fast_acquire=True))

    async def exchange(self, request: HttpRequest, deadline: Deadline) -> RawResponse:
        """Send a request and return its response. Raises the errors of an exchange, and InvalidParameter."""
        from ._event_loops import event_loop  # noqa: PLC0415  # only tasks need it

        with map_errors():
            if self._given is not None and _may_use_given(request.target):
                return await _send_given_async(self._given, request, deadline)
            pool = self._pools.get(request.target.origin, event_loop())
            async with pool.limit:
                with pool.lease() as connection:
                    return await _replace_stale_async(connection, request, deadline)

    async def close(self) -> None:
        """Close every connection, those of a given transport included."""
        self._pools.close()
        if self._given is not None:
            await self._given.aclose()


async def _replace_stale_async(connection: AsyncConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    try:
        return await _send_async(connection, request, deadline)
    except _BROKEN:
        if not _is_stale(connection, request):
            raise
    return await _send_async(connection, request, deadline)


async def _send_async(connection: AsyncConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    async with connection.http().stream(
        request.method,
        request.target,
        headers=request.all_headers(),
        content=request.body(),
        extensions={"timeout": {"connect": deadline.clamp(CONNECT_SECONDS)}},
    ) as response:
        content = await read_body_async(response.aiter_stream(), deadline)
        return RawResponse(response.status, Headers(response.headers), content)


async def _send_given_async(
    transport: _http.httpx.AsyncBaseTransport, request: HttpRequest, deadline: Deadline
) -> RawResponse:
    async with aclosing(await transport.handle_async_request(_given_request(request, deadline))) as response:
        content = await read_body_async(cast("AsyncIterable[bytes]", response.stream), deadline)
        return RawResponse(response.status_code, response.headers, content)


def _check_settings(base_url: str, transport: object, kind: str, proxy: str | None, verify: Verify) -> Routes:
    """Return the routes of a client. Raises InvalidParameter now, so that the first call does not."""
    if transport is None:
        routes = Routes(proxy, verify)
        routes.find(parse_url(base_url).origin)
        return routes
    if not isinstance(transport, getattr(_http.httpx, kind)):
        other = f"{type(transport).__module__}.{type(transport).__qualname__}"
        raise InvalidParameter("transport", f"must be an httpx.{kind}, not {other}")
    if proxy is not None or verify is not None:
        name = "proxy" if proxy is not None else "verify"
        raise InvalidParameter(name, "must be set on the given transport")
    return Routes(None, None)


def _may_use_given(url: httpcore.URL) -> bool:
    """Return False for the metadata service, the one host that is called without TLS: it is asked directly."""
    return url.scheme == b"https" or is_loopback(url.host.decode())


def _given_request(request: HttpRequest, deadline: Deadline) -> _http.httpx.Request:
    remaining = deadline.clamp(None)
    timeout = {"connect": min(remaining, CONNECT_SECONDS), "read": remaining, "write": remaining, "pool": remaining}
    extensions: dict[str, Any] = {"timeout": timeout}
    return _http.httpx.Request(
        request.method, request.url, headers=request.headers, content=request.body(), extensions=extensions
    )


def _is_stale(connection: SyncConnection | AsyncConnection, request: HttpRequest) -> bool:
    """Return True if a safe request went into a kept connection that the server had closed meanwhile."""
    stream = connection.backend.stream
    return request.method in SAFE_METHODS and stream is not None and stream.traffic.is_stale
