"""A scripted network for clients in virtual time: its servers respond at exact times, and its connections cost none."""

# ruff: noqa: ARG002  # httpcore passes what no script looks at

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from queue import Empty, SimpleQueue
from typing import Any, Protocol

import anyio
import anyio.lowlevel
import httpcore
from attrs import define, field

from generated_client import _clock

Event = tuple[float, bytes]
"""Seconds after the previous event, and the bytes that arrive then; none are the end of the connection."""

SILENCE: Event = (math.inf, b"")
HANG_UP: Event = (0, b"")

Respond = Callable[[bytes], Iterable[Event]]
"""A server: returns the events that follow a request."""


class Clock(Protocol):
    """The common interface of `trio.testing.MockClock` and VirtualClock."""

    def current_time(self) -> float: ...
    def jump(self, seconds: float) -> None: ...


@define(eq=False)
class ScriptedServer:
    """A server of the network, and what it has received."""

    url: str
    respond: Respond
    accepted: int = 0
    open: set[Conversation] = field(factory=set["Conversation"])
    requests: list[bytes] = field(factory=list[bytes])


class Conversation:
    """The server's end of one connection."""

    def __init__(self, server: ScriptedServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock
        self._request = b""
        self._events: Iterator[Event] = iter(())
        self._data: bytes | None = None
        self._arrival = math.inf

    def close(self) -> None:
        """Note that the client has hung up."""
        self._server.open.discard(self)

    def wait_seconds(self) -> float:
        """Return the seconds until there is something to read; zero if there is."""
        if self._data is None:
            seconds, self._data = next(self._events, SILENCE)
            self._arrival += seconds
        return max(0.0, self._arrival - self._clock.current_time())

    def take(self, max_bytes: int) -> bytes:
        """Return bytes that have arrived."""
        data = self._data or b""
        if data:
            self._data = data[max_bytes:] or None
        return data[:max_bytes]

    def receive(self, data: bytes) -> None:
        """Take a part of a request; the response to all of it starts now. A closed connection takes nothing."""
        if self._data == b"" and not self.wait_seconds():
            return
        self._request += data
        if self._request.endswith(b"\r\n\r\n"):
            self._server.requests.append(self._request)
            self._events = chain(self._events, self._server.respond(self._request))
            self._request = b""
            if self._arrival == math.inf or self._data is None:
                self._arrival, self._data = self._clock.current_time(), None


@define
class Network:
    """The servers that can be reached, and how long it takes to find and to reach one."""

    clock: Clock
    lookup_seconds: float = 0.0
    connect_seconds: float = 0.0
    servers: dict[int, ScriptedServer] = field(factory=dict[int, ScriptedServer])

    def accept(self, port: int) -> Conversation:
        """Return a new connection to a server. Raises ConnectionRefusedError."""
        if port not in self.servers:
            raise ConnectionRefusedError("connection refused")
        server = self.servers[port]
        conversation = Conversation(server, self.clock)
        server.accepted += 1
        server.open.add(conversation)
        return conversation

    def wait(self, seconds: float, timeout: float | None, error: type[Exception] = TimeoutError) -> None:
        """Pass the time of a step in a thread. Raises the error once the timeout is over."""
        if timeout is not None and seconds > timeout:
            self.clock.jump(timeout)
            raise error("timed out")
        self.clock.jump(seconds)

    def resolve(self, host: str, _port: int, deadline: _clock.Deadline) -> list[str]:
        self.wait(self.lookup_seconds, deadline.remaining())
        return [host]

    async def resolve_async(self, host: str, _port: int) -> list[str]:
        await anyio.sleep(self.lookup_seconds)
        return [host]

    async def connect_async(self, _address: str, port: int) -> ScriptedWire:
        await anyio.sleep(self.connect_seconds)
        return ScriptedWire(self.accept(port))

    def wait_for_item(self, queue: SimpleQueue[Any], seconds: float) -> Any:
        try:
            return queue.get_nowait()
        except Empty:  # There is no other thread that could put one.
            self.clock.jump(seconds)
            raise TimeoutError from None


class ScriptedBackend(httpcore.NetworkBackend):
    """Connects threads to the network, in place of `httpcore.SyncBackend`."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: Any = None, socket_options: Any = None
    ) -> ScriptedStream:
        try:
            self._network.wait(self._network.connect_seconds, timeout, httpcore.ConnectTimeout)
            return ScriptedStream(self._network.accept(port), self._network)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error


class ScriptedStream(httpcore.NetworkStream):
    """A connection for threads."""

    def __init__(self, conversation: Conversation, network: Network) -> None:
        self._conversation = conversation
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._network.wait(self._conversation.wait_seconds(), timeout, httpcore.ReadTimeout)
        return self._conversation.take(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._conversation.receive(buffer)

    def close(self) -> None:
        self._conversation.close()

    def __del__(self) -> None:
        """Close the connection, as a socket does that nobody refers to."""
        self.close()

    def shutdown(self, _how: int) -> None:
        """Do nothing, as the socket of the connection."""

    def start_tls(self, ssl_context: Any, server_hostname: Any = None, timeout: float | None = None) -> ScriptedStream:
        """Wait for a handshake; no server here speaks TLS."""
        self._network.wait(math.inf, timeout, httpcore.ConnectTimeout)
        return self

    def get_extra_info(self, info: str) -> Any:
        return {"socket": self, "is_readable": not self._conversation.wait_seconds()}.get(info)


class ScriptedWire:
    """A connection for tasks, in place of SocketWire."""

    ssl_object = None

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._closed = anyio.Event()

    async def receive(self, max_bytes: int) -> bytes:
        with anyio.move_on_after(self._conversation.wait_seconds()):
            await self._closed.wait()
            raise ConnectionAbortedError("the connection was closed")
        return self._conversation.take(max_bytes)

    async def send(self, data: bytes) -> None:
        self._conversation.receive(data)
        await anyio.lowlevel.checkpoint()

    def has_data(self) -> bool:
        return not self._conversation.wait_seconds()

    def close(self) -> None:
        self._conversation.close()
        self._closed.set()
