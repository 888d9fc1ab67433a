# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Network backends for httpcore. They keep every step within the deadline of the call.

Each backend belongs to one pool of one connection, which one call uses at a time.
"""

# ruff: noqa: ARG002, ASYNC109  # the signatures are those of httpcore

from __future__ import annotations

import socket
import ssl
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from typing import Any

import anyio

from ._clock import Deadline
from ._http import httpcore
from ._resolver import resolve, resolve_async
from ._sockets import SocketWire, TlsWire, Wire
from ._traffic import Traffic


class Stream(httpcore.NetworkStream):
    """A connection for threads, over the one of httpcore."""

    def __init__(self, stream: httpcore.NetworkStream, backend: Backend) -> None:
        self._stream = stream
        self._backend = backend
        self.traffic = Traffic()
        backend.stream = self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return received bytes; an empty result is the end of the stream."""
        data = self.traffic.take_withheld()
        return data or self.traffic.on_read(self._stream.read(max_bytes, self._backend.deadline.clamp(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of the buffer."""
        self.traffic.on_write()
        self._stream.write(buffer, self._backend.deadline.clamp(timeout))

    def close(self) -> None:
        """Close the connection; a thread that waits for it gets an error."""
        with suppress(OSError):
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        """Return the connection with TLS on it."""
        timeout = self._backend.deadline.clamp(timeout)
        return Stream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._backend)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks about the connection."""
        if info == "is_readable" and self.traffic.withheld:
            return True
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Opens connections for threads; `deadline` is the one of the call that uses the pool."""

    def __init__(self, *, to_proxy: bool) -> None:
        self._to_proxy = to_proxy
        self._sockets = httpcore.SyncBackend()
        self.deadline = Deadline(0)
        self.stream: Stream | None = None
        """The connection that was opened last."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """Connect to the first address of a host that accepts; each gets an equal share of the time left."""
        with _connecting_to(host, port, to_proxy=self._to_proxy):
            deadline = Deadline(self.deadline.clamp(timeout))
            addresses = resolve(host, port, deadline)
            for index, address in enumerate(addresses):
                share = deadline.clamp(None) / (len(addresses) - index)
                try:
                    stream = self._sockets.connect_tcp(address, port, share, local_address, socket_options)
                except (httpcore.ConnectError, httpcore.ConnectTimeout):
                    if index == len(addresses) - 1:
                        raise
                else:
                    return Stream(stream, self)
            raise OSError("the host has no address")

    def close(self) -> None:
        """Close the connection."""
        if self.stream is not None:
            self.stream.close()


class AsyncStream(httpcore.AsyncNetworkStream):
    """A connection for tasks. A cancel scope of the caller limits the time of each step."""

    def __init__(self, wire: Wire, backend: AsyncBackend) -> None:
        self._wire = wire
        self._backend = backend
        self.traffic = Traffic()
        backend.stream = self

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return received bytes; an empty result is the end of the stream."""
        if data := self.traffic.take_withheld():
            return data
        try:
            return self.traffic.on_read(await self._wire.receive(max_bytes))
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of the buffer."""
        self.traffic.on_write()
        try:
            await self._wire.send(buffer)
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; a task that waits for it gets an error."""
        self._wire.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncStream:
        """Return the connection with TLS on it."""
        try:
            wire = TlsWire(self._wire, ssl_context, server_hostname)
            with anyio.fail_after(timeout):
                await wire.handshake()
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout("the TLS handshake timed out") from error
        except (OSError, ValueError) as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        return AsyncStream(wire, self._backend)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks about the connection."""
        match info:
            case "is_readable":
                return bool(self.traffic.withheld) or self._wire.has_data()
            case "ssl_object":
                return self._wire.ssl_object
            case _:
                return None


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for tasks."""

    def __init__(self, *, to_proxy: bool) -> None:
        self._to_proxy = to_proxy
        self.stream: AsyncStream | None = None
        """The connection that was opened last."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncStream:
        """Connect to the first address of a host that accepts; each gets an equal share of the time left."""
        with _connecting_to(host, port, to_proxy=self._to_proxy), anyio.fail_after(timeout) as scope:
            addresses = await resolve_async(host, port)
            for index, address in enumerate(addresses):
                share = (scope.deadline - anyio.current_time()) / (len(addresses) - index)
                try:
                    with anyio.fail_after(share):
                        return AsyncStream(await SocketWire.connect(address, port), self)
                except OSError:
                    if index == len(addresses) - 1:
                        raise
            raise OSError("the host has no address")

    def close(self) -> None:
        """Close the connection."""
        if self.stream is not None:
            self.stream.close()


@contextmanager
def _connecting_to(host: str, port: int, *, to_proxy: bool) -> Generator[None]:
    """Name the peer in the errors of connecting to it."""
    peer = f"{'the proxy ' if to_proxy else ''}{host}:{port}"
    try:
        yield
    except (TimeoutError, httpcore.ConnectTimeout) as error:
        raise httpcore.ConnectTimeout(f"connecting to {peer} timed out") from error
    except (OSError, UnicodeError, httpcore.ConnectError) as error:
        raise httpcore.ConnectError(f"{peer}: {error}") from error
