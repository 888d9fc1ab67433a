"""A server of this host that responds as well or as badly as a test wants, each connection in a thread of its own."""

from __future__ import annotations

import math
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress

from attrs import define, field, frozen

OK = b'HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{"id":"crp1"}'
"""An image."""


def status(code: int, *headers: str, body: bytes = b"") -> bytes:
    """Return a response of that status and body."""
    lines = [f"HTTP/1.1 {code} ", f"content-length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


@frozen
class WireRequest:
    """A request as it came off the wire."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names are in lower case."""
    body: bytes

    @classmethod
    def parse(cls, data: bytes) -> WireRequest:
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        fields = (line.partition(":") for line in lines)
        return cls(method, path, {name.lower(): value.strip() for name, _, value in fields}, body)

    @property
    def authorization(self) -> str | None:
        return self.headers.get("authorization")


@define(eq=False)
class Exchange:
    """One complete request, and the connection to respond on."""

    request: bytes
    number: int
    """Requests that the server got before it."""
    _connection: socket.socket
    _stopped: threading.Event

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def tunnel(self, port: int) -> bool:
        """Pass on what comes to a port of this host, and back, as a proxy does after CONNECT."""
        self.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = threading.Thread(target=_pass_on, args=(far, self._connection), daemon=True)
            back.start()
            _pass_on(self._connection, far)
            back.join(5)
        return False

    def wait(self, seconds: float | None = None) -> None:
        """Send nothing, for a time or until the server stops."""
        self._stopped.wait(seconds)

    def wait_for_hang_up(self) -> bool:
        """Send nothing until the client or the server hangs up."""
        with suppress(OSError):
            self._connection.recv(1)
        return False


Behaviour = Callable[[Exchange], object]
"""Handles a request; if it returns False, the server closes the connection."""


def sending(*responses: bytes) -> Behaviour:
    """Send one response after another, and the last one to each later request."""
    return lambda exchange: exchange.send(responses[min(exchange.number, len(responses) - 1)])


@define(eq=False, repr=False)
class Server:
    """The requests to a server so far, and its open connections."""

    port: int
    behave: Behaviour
    scheme: str = "http"
    requests: list[bytes] = field(factory=list[bytes])
    open: set[socket.socket] = field(factory=set[socket.socket])
    accepted: int = 0
    _stopped: threading.Event = field(factory=threading.Event)
    _lock: threading.Lock = field(factory=threading.Lock)
    _hung_up: threading.Condition = field(factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def accept(self, listener: socket.socket, context: ssl.SSLContext | None) -> None:
        """Serve until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self.accepted += 1
                self.open.add(connection)
                threading.Thread(target=self._serve, args=(connection, context), daemon=True).start()

    def stop(self) -> None:
        """Close every connection."""
        self._stopped.set()
        for connection in [*self.open]:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, connection: socket.socket, context: ssl.SSLContext | None) -> None:
        try:
            with suppress(OSError), connection:
                if context is None:
                    self._converse(connection)
                else:
                    with context.wrap_socket(connection, server_side=True) as encrypted:
                        self._converse(encrypted)
        finally:
            with self._hung_up:
                self.open.discard(connection)
                self._hung_up.notify_all()

    def wait_for_hang_ups(self, count: int) -> None:
        """Wait until at most so many connections are open."""
        with self._hung_up:
            self._hung_up.wait_for(lambda: len(self.open) <= count)

    def _converse(self, connection: socket.socket) -> None:
        while (request := _read(connection)) is not None:
            with self._lock:
                number = len(self.requests)
                self.requests.append(request)
            if self.behave(Exchange(request, number, connection, self._stopped)) is False:
                break


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


def _read(connection: socket.socket) -> bytes | None:
    request, length = b"", math.inf
    while len(request) < length:
        part = connection.recv(65536)
        if not part:
            return None
        request += part
        head, end, _ = request.partition(b"\r\n\r\n")
        if end:
            sizes = re.findall(rb"(?i)\r\ncontent-length: *(\d+)", head)
            length = len(head + end) + int(sizes[0] if sizes else 0)
    return request


@contextmanager
def serving(behave: Behaviour, context: ssl.SSLContext | None = None) -> Generator[Server]:
    """Run a server on a free port, over TLS if there is a context."""
    with socket.create_server(("127.0.0.1", 0), backlog=200) as listener:
        server = Server(listener.getsockname()[1], behave, "https" if context else "http")
        thread = threading.Thread(target=server.accept, args=(listener, context), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@contextmanager
def closed_port() -> Generator[int]:
    """A port of this host that refuses connections; it stays bound, so that no other program listens there."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@contextmanager
def dripping(server: Server, drips: Callable[[], bool]) -> Generator[int]:
    """Open a port that relays to a server; while `drips` returns True, its response trickles in byte by byte."""

    def relay() -> None:
        with (
            suppress(OSError),
            listener.accept()[0] as near,
            socket.create_connection(("127.0.0.1", server.port)) as far,
        ):
            threading.Thread(target=_pass_on, args=(near, far), daemon=True).start()
            while far.recv(1, socket.MSG_PEEK):  # Wait first: a request may come meanwhile.
                near.sendall(far.recv(1 if drips() else 65536))
                time.sleep(0.01 if drips() else 0)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=relay, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)
