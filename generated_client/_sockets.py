# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Connections for tasks, plain and with TLS. They belong to no event loop, so any loop can use or close them."""

from __future__ import annotations

import os
import select
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import anyio

_Result = TypeVar("_Result")

_TLS_RECORD = 16384 + 256
"""Bytes: the longest record with what encryption adds."""


class SocketWire:
    """A TCP connection."""

    ssl_object = None

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    @classmethod
    async def connect(cls, address: str, port: int) -> SocketWire:
        """Connect to an IP address. Raises OSError."""
        connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        try:
            connection.setblocking(False)  # noqa: FBT003  # the parameter has no name
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with suppress(BlockingIOError):
                connection.connect((address, port))
            await _wait(anyio.wait_writable, connection)
            _raise_pending_error(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    async def receive(self, max_bytes: int) -> bytes:
        """Wait for bytes and return them."""
        try:
            data = self._socket.recv(max_bytes)
        except BlockingIOError:
            await _wait(anyio.wait_readable, self._socket)
            return await self.receive(max_bytes)
        from anyio.lowlevel import checkpoint  # noqa: PLC0415  # only tasks need it

        await checkpoint()  # A peer that never pauses must not keep other tasks from running.
        return data

    async def send(self, data: bytes) -> None:
        """Send all of the data."""
        view = memoryview(data)
        while view:
            try:
                view = view[self._socket.send(view) :]
            except BlockingIOError:
                await _wait(anyio.wait_writable, self._socket)

    def has_data(self) -> bool:
        """Return True if `receive` would not wait."""
        if self._socket.fileno() < 0:
            return True
        if not hasattr(select, "poll"):  # Windows
            return bool(select.select([self._socket], [], [], 0)[0])
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        """Close the socket; a task that waits for it gets an OSError."""
        if self._socket.fileno() >= 0:
            anyio.notify_closing(self._socket)
            self._socket.close()


def _raise_pending_error(connection: socket.socket) -> None:
    if error := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(error, os.strerror(error))


async def _wait(ready: Callable[[socket.socket], Awaitable[None]], connection: socket.socket) -> None:
    if connection.fileno() < 0:
        raise ConnectionAbortedError("the connection was closed")
    try:
        await ready(connection)
    except anyio.ClosedResourceError:
        raise ConnectionAbortedError("the connection was closed") from None


class TlsWire:
    """TLS over another connection, which can itself be TLS to a proxy."""

    def __init__(self, wire: Wire, context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._wire = wire
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.ssl_object = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)

    async def handshake(self) -> None:
        """Agree on keys and verify the certificate. Raises OSError."""
        await self._drive(self.ssl_object.do_handshake)

    async def receive(self, max_bytes: int) -> bytes:
        """Wait for bytes and return them."""
        try:
            return await self._drive(lambda: self.ssl_object.read(max_bytes))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    async def send(self, data: bytes) -> None:
        """Send all of the data."""
        await self._drive(lambda: self.ssl_object.write(data))  # A memory BIO takes all of it.

    def has_data(self) -> bool:
        """Return True if `receive` would not wait."""
        return bool(self._incoming.pending or self.ssl_object.pending()) or self._wire.has_data()

    def close(self) -> None:
        """Close the underlying connection, without waiting for the peer."""
        self._wire.close()

    async def _drive(self, operation: Callable[[], _Result]) -> _Result:
        """Run an operation of the TLS layer, carrying the bytes that it wants to send and to receive."""
        while True:
            try:
                result = operation()
            except ssl.SSLWantReadError:
                await self._flush()
                received = await self._wire.receive(_TLS_RECORD)
                if received:
                    self._incoming.write(received)
                else:
                    self._incoming.write_eof()
            except ssl.SSLError:
                with suppress(OSError):
                    await self._flush()  # The alert that tells the peer why.
                raise
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await self._wire.send(self._outgoing.read())


Wire = SocketWire | TlsWire
"""A connection that carries bytes both ways. Its methods raise OSError."""
