"""The requests and responses of the fake server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum, auto
from uuid import uuid4

from attrs import field, frozen

from .. import _clock

Headers = tuple[tuple[str, str], ...]


@frozen
class ReceivedRequest:
    """A request as it was received."""

    method: str
    """HTTP method."""
    path: str
    """Path, percent-encoded."""
    query: str = ""
    """Query, percent-encoded, without the question mark."""
    headers: Headers = field(default=(), repr=False)  # One of them is the token.
    """Headers in their order; names are in lower case."""
    body: bytes = field(default=b"", repr=False)
    """The body."""
    identifier: str = field(factory=lambda: str(uuid4()))
    """The request id in the response."""
    at: datetime = field(factory=lambda: datetime.fromtimestamp(_clock.wall_time(), UTC))
    """The time of the request, in UTC."""

    def header(self, name: str) -> str | None:
        """Return the first value of a header; the name is in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Disconnect(Enum):
    """The point at which the connection is cut, if at all."""

    NEVER = auto()
    """The response is complete."""
    BEFORE_HEADERS = auto()
    """Nothing is sent."""
    IN_BODY = auto()
    """Half of the body is sent."""


@frozen
class FakeResponse:
    """A response of the fake server."""

    status: int
    """HTTP status."""
    headers: Headers
    """Headers in their order."""
    body: bytes
    """The body."""
    delay: float = 0.0
    """Seconds before it is sent."""
    pause: float = 0.0
    """Seconds after each byte of the body."""
    cut: Disconnect = Disconnect.NEVER
    """The point at which the connection is cut."""

    @property
    def pieces(self) -> list[bytes]:
        """The parts in which the body leaves, as far as it does."""
        body = self.body[: len(self.body) // 2] if self.cut is Disconnect.IN_BODY else self.body
        return [body[index : index + 1] for index in range(len(body))] if self.pause else [body]


Respond = Callable[[ReceivedRequest], FakeResponse]
"""Returns the response to a request; the server and the transport both call it."""
