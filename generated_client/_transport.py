# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""HTTP: sends one request and reads its whole response within a deadline.

A client sends through connections of its own, or through a transport that its caller gives it. Connections of its own
keep the deadline in every step. A given transport is used as it is: it gets the time left as the timeout of each of its
steps, and the deadline is checked when the headers have come and after each chunk of the body. A task is cancelled at
the deadline in any case.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from contextlib import closing
from queue import SimpleQueue
from typing import Any, cast

import anyio

from . import _clock
from ._arguments import is_loopback
from ._clock import Deadline
from ._exchange import MAX_RESPONSE_BYTES, HttpRequest, RawResponse, parse_url
from ._http import AsyncBaseTransport, BaseTransport, httpcore, httpx
from ._limits import Permit, event_loop, permits
from ._pools import MAX_CONNECTIONS, AsyncPooledConnection, HostPool, PooledConnection, Pools, Routes
from ._retries import SAFE_METHODS
from ._tls import Verify
from ._transport_errors import map_errors
from .errors import InvalidParameter

_CONNECT_SECONDS = 10.0
"""Seconds that connecting may take, so that there is time for another attempt."""

_BROKEN = (httpcore.NetworkError, httpcore.RemoteProtocolError)
"""The exceptions that httpcore raises if a connection breaks."""

_Pool = HostPool[PooledConnection, SimpleQueue[Permit]]
_AsyncPool = HostPool[AsyncPooledConnection, anyio.Semaphore]


class Transport:
    """Sends requests, for threads."""

    def __init__(self, base_url: str, transport: BaseTransport | None, proxy: str | None, verify: Verify) -> None:
        _check_given(transport, BaseTransport, proxy, verify)
        self._given = transport
        routes = Routes(proxy, verify)
        self._pools = Pools(routes, PooledConnection.open, lambda: permits(MAX_CONNECTIONS))
        if transport is None:
            routes.find(parse_url(base_url).origin)  # Invalid settings are reported now, not by the first call.

    def exchange(self, request: HttpRequest, deadline: Deadline) -> RawResponse:
        """Send a request and return its response. Raises the errors of `_exchange`, and InvalidParameter."""
        with map_errors():
            if self._given is not None and _may_use_given(request.target):
                return _exchange_given(self._given, request, deadline)
            pool = self._pools.get(request.target.origin)
            permit = _wait_for_permit(pool, deadline)
            try:
                return _exchange_pooled(pool, request, deadline)
            finally:
                permit.release()

    def close(self) -> None:
        """Close every connection, those of a given transport included."""
        self._pools.close()
        if self._given is not None:
            self._given.close()


def _wait_for_permit(pool: _Pool, deadline: Deadline) -> Permit:
    try:
        return _clock.wait_for_item(pool.limit, deadline.clamp(None))
    except TimeoutError:
        raise httpcore.ConnectTimeout("every connection was busy") from None


def _exchange_pooled(pool: _Pool, request: HttpRequest, deadline: Deadline) -> RawResponse:
    lease: list[PooledConnection] = []
    try:
        pool.take(lease)
        response = _replace_stale(lease[0], request, deadline)
        pool.give_back(lease)
    except Exception:
        pool.give_back(lease)  # httpcore has closed what cannot be used again.
        raise
    finally:
        for connection in lease:
            pool.drop(connection)  # An interrupt comes anywhere: it can leave anything half done.
    return response


def _replace_stale(connection: PooledConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    try:
        return _send(connection, request, deadline)
    except _BROKEN:
        if not _is_stale(connection, request):
            raise
    return _send(connection, request, deadline)


def _send(connection: PooledConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    connection.backend.deadline = deadline
    with connection.http().stream(
        request.method,
        request.target,
        headers=request.all_headers(),
        content=_content(request),
        extensions={"timeout": {"connect": _CONNECT_SECONDS}},
    ) as response:
        content = _read(response.iter_stream(), deadline)
        return RawResponse(response.status, httpx.Headers(response.headers), content)


def _exchange_given(transport: BaseTransport, request: HttpRequest, deadline: Deadline) -> RawResponse:
    with closing(transport.handle_request(_given_request(request, deadline))) as response:
        deadline.check()
        content = _read(cast("Iterable[bytes]", response.stream), deadline)
        return RawResponse(response.status_code, response.headers, content)


def _read(chunks: Iterable[bytes], deadline: Deadline) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_RESPONSE_BYTES:
            break
        deadline.check()
    return bytes(content)


class AsyncTransport:
    """Sends requests, for tasks. A cancel scope of the caller holds the deadline too."""

    def __init__(self, base_url: str, transport: AsyncBaseTransport | None, proxy: str | None, verify: Verify) -> None:
        _check_given(transport, AsyncBaseTransport, proxy, verify)
        self._given = transport
        routes = Routes(proxy, verify)
        self._pools = Pools(routes, AsyncPooledConnection.open, _semaphore)
        if transport is None:
            routes.find(parse_url(base_url).origin)

    async def exchange(self, request: HttpRequest, deadline: Deadline) -> RawResponse:
        """Send a request and return its response. Raises the errors of `_exchange`, and InvalidParameter."""
        with map_errors():
            if self._given is not None and _may_use_given(request.target):
                return await _exchange_given_async(self._given, request, deadline)
            pool = self._pools.get(request.target.origin, event_loop())
            async with pool.limit:
                return await _exchange_pooled_async(pool, request, deadline)

    async def close(self) -> None:
        """Close every connection, those of a given transport included."""
        self._pools.close()
        if self._given is not None:
            await self._given.aclose()


async def _exchange_pooled_async(pool: _AsyncPool, request: HttpRequest, deadline: Deadline) -> RawResponse:
    lease: list[AsyncPooledConnection] = []
    try:
        pool.take(lease)
        response = await _replace_stale_async(lease[0], request, deadline)
        pool.give_back(lease)
    except Exception:
        pool.give_back(lease)  # httpcore has closed what cannot be used again.
        raise
    finally:
        for connection in lease:
            pool.drop(connection)  # A cancelled call can leave anything half done.
    return response


async def _replace_stale_async(
    connection: AsyncPooledConnection, request: HttpRequest, deadline: Deadline
) -> RawResponse:
    try:
        return await _send_async(connection, request, deadline)
    except _BROKEN:
        if not _is_stale(connection, request):
            raise
    return await _send_async(connection, request, deadline)


async def _send_async(connection: AsyncPooledConnection, request: HttpRequest, deadline: Deadline) -> RawResponse:
    async with connection.pool.stream(
        request.method,
        request.target,
        headers=request.all_headers(),
        content=_content(request),
        extensions={"timeout": {"connect": min(_CONNECT_SECONDS, deadline.clamp(None))}},
    ) as response:
        content = await _read_async(response.aiter_stream(), deadline)
        return RawResponse(response.status, httpx.Headers(response.headers), content)


async def _exchange_given_async(transport: AsyncBaseTransport, request: HttpRequest, deadline: Deadline) -> RawResponse:
    response = await transport.handle_async_request(_given_request(request, deadline))
    try:
        content = await _read_async(cast("AsyncIterable[bytes]", response.stream), deadline)
        return RawResponse(response.status_code, response.headers, content)
    finally:
        await response.aclose()


async def _read_async(chunks: AsyncIterable[bytes], deadline: Deadline) -> bytes:
    content = bytearray()
    with anyio.CancelScope() as scope:
        async for chunk in chunks:
            content += chunk
            if len(content) > MAX_RESPONSE_BYTES or not deadline.remaining():
                scope.cancel()  # To leave the loop would leave the generators of the HTTP library suspended.
    deadline.check()
    return bytes(content)


def _check_given(transport: object, kind: type, proxy: str | None, verify: Verify) -> None:
    if transport is None:
        return
    if not isinstance(transport, kind):
        other = f"{type(transport).__module__}.{type(transport).__qualname__}"
        raise InvalidParameter("transport", f"must be an httpx.{kind.__name__}, not {other}")
    if proxy is not None or verify is not None:
        name = "proxy" if proxy is not None else "verify"
        raise InvalidParameter(name, "must be set on the given transport")


def _may_use_given(url: httpcore.URL) -> bool:
    # The metadata service, the one host that is called without TLS, is asked directly.
    return url.scheme == b"https" or is_loopback(url.host.decode())


def _given_request(request: HttpRequest, deadline: Deadline) -> httpx.Request:
    remaining = deadline.clamp(None)
    timeout = {"connect": min(remaining, _CONNECT_SECONDS), "read": remaining, "write": remaining, "pool": remaining}
    extensions: dict[str, Any] = {"timeout": timeout}
    return httpx.Request(
        request.method, request.url, headers=request.headers, content=_content(request), extensions=extensions
    )


def _content(request: HttpRequest) -> bytes | None:
    return request.content or (None if request.method in SAFE_METHODS else b"")


def _is_stale(connection: PooledConnection | AsyncPooledConnection, request: HttpRequest) -> bool:
    """Return True if a safe request went into a kept connection that the server had closed meanwhile."""
    stream = connection.backend.stream
    return request.method in SAFE_METHODS and stream is not None and stream.traffic.is_stale


def _semaphore() -> anyio.Semaphore:
    return anyio.Semaphore(MAX_CONNECTIONS, fast_acquire=True)
