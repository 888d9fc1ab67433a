"""A server of this host that behaves as badly as a test wants, a connection at a time in a thread of its own."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress

from attrs import define, field

OK = b'HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{"id":"crp1"}'
"""An image."""


def status(code: int, *headers: str, body: bytes = b"") -> bytes:
    """An answer of that status and body."""
    lines = [f"HTTP/1.1 {code} ", f"content-length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


@define(eq=False)
class Exchange:
    """One request that has come whole, and the connection to answer it on."""

    request: bytes
    number: int
    """Of the request, from 0, among all that the server got."""
    _connection: socket.socket
    _stopped: threading.Event

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def drip(self, parts: Iterable[bytes], seconds: float) -> None:
        """Send part after part, with a pause after each, until the client or the server has enough."""
        for part in parts:
            self._connection.sendall(part)
            if self._stopped.wait(seconds):
                break

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


def saying(*answers: bytes) -> Behaviour:
    """To answer the first request with the first of the answers and so on, and each later one with the last."""
    return lambda exchange: exchange.send(answers[min(exchange.number, len(answers) - 1)])


def ending(answer: bytes = b"") -> Behaviour:
    """To send these bytes, and hang up."""

    def behave(exchange: Exchange) -> bool:
        exchange.send(answer)
        return False

    return behave


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
        """Hang up on everybody."""
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
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        part = connection.recv(65536)
        if not part:
            return None
        request += part
    return request


@contextmanager
def serving(behave: Behaviour, context: ssl.SSLContext | None = None) -> Generator[Server]:
    """A server on a free port, over TLS where there is a context."""
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
def black_hole() -> Generator[str]:
    """The URL of a port that takes no connection and refuses none: its queue is full."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for connection in (first, second):
            connection.setblocking(False)  # noqa: FBT003  # as the standard library has it
            connection.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def dripping(server: Server, drips: Callable[[], bool]) -> Generator[int]:
    """A port that relays to a server; from when on it drips, what comes back comes a byte at a time."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(("127.0.0.1", server.port)) as far,
    ):

        def back(near: socket.socket) -> None:
            with suppress(OSError):
                while data := far.recv(65536):
                    parts = [data[index : index + 1] for index in range(len(data))] if drips() else [data]
                    for part in parts:
                        near.sendall(part)
                        time.sleep(0.01 if drips() else 0)

        def relay() -> None:
            with suppress(OSError), listener.accept()[0] as near:
                threading.Thread(target=back, args=(near,), daemon=True).start()
                while data := near.recv(65536):
                    far.sendall(data)

        thread = threading.Thread(target=relay, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        with suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)
        thread.join(5)
