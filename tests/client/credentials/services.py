"""The services that a client with credentials talks to, on one port of this host: images, metadata, tokens."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

from attrs import define, field, frozen

from tests.client.server import Exchange, WireRequest, sending, serving, status

IMAGES = "/container-registry/"
METADATA = "/computeMetadata/v1/instance/service-accounts/default/token"
EXCHANGE = "/iam/v1/tokens"

HANG = 60.0
"""Seconds after which a test that waits for an event gives up."""

HALF_A_DAY = 43200.0
"""Seconds that a token of the real service lives."""


@frozen
class Reply:
    """A response; if the status is zero, the connection is cut instead."""

    status: int
    body: bytes | Mapping[str, Any] = b"{}"
    headers: Mapping[str, str] = field(factory=dict[str, str])

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Respond = Callable[[WireRequest], Reply]
ErrorOf = Callable[..., Any]
"""Makes a call through a new client, which takes the arguments, and returns its error."""

IMAGE = Reply(200, {"id": "crp1"})
UNAUTHENTICATED = Reply(401, {"code": 16, "message": "who are you?"})


@define
class Services:
    """A server of tokens and images: how it responds on each path, and the requests so far."""

    address: str
    """Host and port."""
    paths: dict[str, Respond]
    requests: list[WireRequest] = field(factory=list[WireRequest])

    @property
    def url(self) -> str:
        """The base URL of the images."""
        return f"http://{self.address}"

    @property
    def exchange(self) -> str:
        """The URL that exchanges a service account's key."""
        return f"http://{self.address}{EXCHANGE}"

    def at(self, path: str) -> list[WireRequest]:
        """Return the requests for a path, or for those below it."""
        return [request for request in self.requests if request.path.startswith(path)]

    @property
    def tokens(self) -> list[str]:
        """The tokens of the calls so far."""
        return [str(request.authorization).removeprefix("Bearer ") for request in self.at(IMAGES)]

    def handle(self, exchange: Exchange) -> bool:
        request = WireRequest.parse(exchange.request)
        self.requests.append(request)
        reply = next(respond for path, respond in self.paths.items() if request.path.startswith(path))(request)
        if reply.status:
            headers = (f"{name}: {value}" for name, value in reply.headers.items())
            exchange.send(status(reply.status, *headers, body=reply.content))
        return bool(reply.status)


def always(reply: Reply) -> Respond:
    return lambda _: reply


def in_turn(*replies: Reply | Respond) -> Respond:
    """Give each reply once, then the last one again and again."""
    remaining = list(replies)
    lock = threading.Lock()

    def respond(request: WireRequest) -> Reply:
        with lock:
            reply = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        return reply if isinstance(reply, Reply) else reply(request)

    return respond


def numbered(issue: Callable[[str], Reply]) -> Respond:
    """Issue the tokens t1.minted.1, t1.minted.2 and so on."""
    numbers = count(1)
    return lambda _: issue(f"t1.minted.{next(numbers)}")


def counted() -> Callable[[], str]:
    """Return a function that gives the tokens t1.1, t1.2 and so on."""
    return map("t1.{}".format, count(1)).__next__


def metadata(token: str, life: float = HALF_A_DAY) -> Reply:
    """Reply with a token as the metadata service does."""
    return Reply(200, {"access_token": token, "expires_in": int(life), "token_type": "Bearer"})


def exchanged(token: str, life: float = HALF_A_DAY, ahead: float = 0.0) -> Reply:
    """Reply with a token as the token service does; its clock is so many seconds ahead of ours."""
    now = datetime.now(UTC) + timedelta(seconds=ahead)
    ends = f"{now + timedelta(seconds=life):%Y-%m-%dT%H:%M:%S.%f}789Z"
    return Reply(200, {"iamToken": token, "expiresAt": ends}, {"date": format_datetime(now, usegmt=True)})


class Gate:
    """Holds replies back until it is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.reached = threading.Event()

    def before(self, reply: Reply) -> Respond:
        """Reply once the gate is open."""

        def respond(_: WireRequest) -> Reply:
            self.reached.set()
            self._open.wait(HANG)
            return reply

        return respond

    def open(self) -> None:
        self._open.set()


@contextmanager
def running_services() -> Generator[Services]:
    """Run the services on a free port; they issue a new token on each request."""
    paths = {IMAGES: always(IMAGE), METADATA: numbered(metadata), EXCHANGE: numbered(exchanged)}
    with serving(sending()) as server:
        services = Services(f"127.0.0.1:{server.port}", paths)
        server.behave = services.handle
        yield services
