"""The other end of a connection: answers every request with the same prepared bytes, and keeps what it was sent."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from http.client import responses
from io import BufferedIOBase
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from attrs import define, field, frozen


@frozen
class Received:
    """A request as it came off the wire; header names are in lower case."""

    method: bytes
    target: bytes
    headers: Mapping[bytes, bytes]


@define
class Peer:
    """A server of this host that hangs up after each answer, so that no byte of one reaches the next."""

    url: str
    answer: bytes = b""
    requests: list[Received] = field(factory=list[Received])

    def answers(self, status: int, body: bytes | Mapping[str, Any] = b"", **headers: str) -> None:
        """Answer like that from now on, and forget what came so far. `_` stands for `-` in a header's name."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"content-type": "application/json", "content-length": str(len(content)), "connection": "close"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [
            f"HTTP/1.1 {status} {responses.get(status, '')}",
            *(f"{name}: {value}" for name, value in given.items()),
        ]
        self.answers_exactly("\r\n".join([*lines, "", ""]).encode("latin-1") + content)

    def answers_exactly(self, answer: bytes) -> None:
        """Answer with these bytes from now on, and forget what came so far."""
        self.answer = answer
        self.requests.clear()


@contextmanager
def listening() -> Generator[Peer]:
    """A peer on a free port, for as long as the context lasts."""

    class Conversation(StreamRequestHandler):
        def handle(self) -> None:
            peer.requests.append(_received(self.rfile))
            self.wfile.write(peer.answer)

    with ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        peer = Peer(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="peer")
        thread.start()
        try:
            yield peer
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def closed_port() -> Generator[int]:
    """A port of this host that refuses connections; it stays bound, so that no other program listens there."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def _received(stream: BufferedIOBase) -> Received:
    method, target, _ = stream.readline().split(b" ")
    headers: dict[bytes, bytes] = {}
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        headers[name.lower()] = value.strip()
    return Received(method, target, headers)
