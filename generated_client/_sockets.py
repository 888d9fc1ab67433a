"""Sockets for httpx that keep to a deadline, and that are closed whatever interrupts them.

httpx bounds each read alone, so that a byte a second would go on for ever, and it forgets a connection whose task is
cancelled during the handshake of TLS; no public setting of it changes that.
"""

# ruff: noqa: ASYNC109, SLF001  # httpcore calls them with a timeout; see above

from __future__ import annotations

import os
import select
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TypeVar

import httpcore
from anyio import CancelScope

from ._clock import bounded, within

_Transport = TypeVar("_Transport")


def equipped(transport: _Transport) -> _Transport:
    """The same transport, with such sockets where it is one of httpx's own; one that is not has others."""
    pool: Any = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if isinstance(backend, _Backend) and backend.process != os.getpid():
        # After a fork, the connections belong to the parent.
        pool._connections, pool._requests = [], []
        backend = backend.sockets
    if isinstance(backend, httpcore.NetworkBackend) and not isinstance(backend, _Backend):
        pool._network_backend = _Backend(backend)
        # An interrupt cannot leave this one locked, but the one of httpx, which is locked by a method in Python.
        pool._optional_thread_lock = threading.Lock()
    if isinstance(backend, httpcore.AsyncNetworkBackend) and not isinstance(backend, _AsyncBackend):
        pool._network_backend = _AsyncBackend(backend)
    return transport


async def mend(transport: object) -> None:
    """Take from a pool what a cancelled call can leave in it: a connection that no call has and that none would get."""
    pool: Any = getattr(transport, "_pool", None)
    if not isinstance(getattr(pool, "_network_backend", None), _AsyncBackend):
        return
    used = {id(request.connection) for request in pool._requests}  # httpcore itself forgets them
    left = [one for one in pool.connections if id(one) not in used and not one.is_idle() and not one.is_closed()]
    for one in left:
        pool._connections.remove(one)
    with CancelScope(shield=True):
        for one in left + pool._assign_requests_to_connections():  # somebody may wait for the place
            await one.aclose()


def connections(transport: object) -> int:
    """How many connections a transport can have at once; 1,000, where it does not say or sets no limit."""
    limit: int = getattr(getattr(transport, "_pool", None), "_max_connections", 1000)
    return min(limit, 1000)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._process = os.getpid()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, bounded(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, bounded(timeout))

    def close(self) -> None:
        if self._process == os.getpid():
            with suppress(OSError):  # A thread that reads would not notice otherwise.
                self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, bounded(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self.sockets = backend
        self.process = os.getpid()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception = httpcore.ConnectError(f"{host} has no address")
        # The system's look-up of a name knows no timeout, and each address that it finds would get one of its own.
        for *_, address in within(bounded(timeout), lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            try:
                found = str(address[0])
                return _Stream(self.sockets.connect_tcp(found, port, bounded(timeout), local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                fault = problem
        raise fault

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self.sockets.connect_unix_socket(path, bounded(timeout), socket_options))

    def sleep(self, seconds: float) -> None:
        self.sockets.sleep(bounded(seconds) or 0.0)


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._socket = stream.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            with CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        # Every call asks it of every idle connection, and anyio would look up much more than that.
        return _is_readable(self._socket) if info == "is_readable" else self._stream.get_extra_info(info)


def _is_readable(connection: Any) -> bool:
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(self, *where: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(await self._backend.connect_tcp(*where, **options))

    async def connect_unix_socket(self, *where: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(await self._backend.connect_unix_socket(*where, **options))

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)
