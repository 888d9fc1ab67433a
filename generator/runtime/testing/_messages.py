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
    """A request as it was received: `path` is percent-encoded, names of headers are in lower case.

    `identifier` is the request id in the response, and `at` the time of the request, in UTC.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = field(default=(), repr=False)  # One of them is the token.
    body: bytes = field(default=b"", repr=False)
    identifier: str = field(factory=lambda: str(uuid4()))
    at: datetime = field(factory=lambda: datetime.fromtimestamp(_clock.wall_time(), UTC))

    def header(self, name: str) -> str | None:
        """Return the first value of a header; the name is in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Disconnect(Enum):
    """The point at which the connection is cut, if at all."""

    NEVER = auto()
    BEFORE_HEADERS = auto()
    IN_BODY = auto()


@frozen
class FakeResponse:
    """A response, sent after `delay` seconds, with `pause` seconds after each byte of the body."""

    status: int
    headers: Headers
    body: bytes
    delay: float = 0.0
    pause: float = 0.0
    cut: Disconnect = Disconnect.NEVER

    @property
    def pieces(self) -> list[bytes]:
        """The parts in which the body leaves, as far as it does."""
        body = self.body[: len(self.body) // 2] if self.cut is Disconnect.IN_BODY else self.body
        return [body[index : index + 1] for index in range(len(body))] if self.pause else [body]


Respond = Callable[[ReceivedRequest], FakeResponse]
"""Returns the response to a request; the server and the transport both call it."""
