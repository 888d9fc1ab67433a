"""The other end of a connection: sends the same prepared bytes to each request, and keeps the requests."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import define, field

from tests.client.server import Exchange, WireRequest, sending, serving, status


@define
class Peer:
    """A server that hangs up after each response, so that no byte of one reaches the next."""

    url: str
    response: bytes = b""
    requests: list[WireRequest] = field(factory=list[WireRequest])

    def respond_with(self, code: int, body: bytes | Mapping[str, Any] = b"", **headers: str) -> None:
        """Respond like this from now on, and forget earlier requests. `_` stands for `-` in a header's name."""
        fields = {"content-type": "application/json", "connection": "close"}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.respond_with_bytes(status(code, *(f"{name}: {value}" for name, value in fields.items()), body=content))

    def respond_with_bytes(self, response: bytes) -> None:
        """Respond with these bytes from now on, and forget earlier requests."""
        self.response = response
        self.requests.clear()

    def handle(self, exchange: Exchange) -> bool:
        self.requests.append(WireRequest.parse(exchange.request))
        exchange.send(self.response)
        return False


@contextmanager
def running_peer() -> Generator[Peer]:
    """Run a peer on a free port."""
    with serving(sending()) as server:
        peer = Peer(server.url)
        server.behave = peer.handle
        yield peer
