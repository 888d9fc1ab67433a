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

from generated_client.credentials import MetadataService
from tests.client.server import Exchange, WireRequest, sending, serving, status

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
"""Returns the error of a call through a new client; takes the class of the error and the arguments."""

IMAGE = Reply(200, {"id": "crp1"})
UNAUTHENTICATED = Reply(401, {"code": 16, "message": "who are you?"})


@define
class Service:
    """One of the services: how it responds, and the requests to it so far."""

    url: str
    _replies: list[Reply | Respond]
    requests: list[WireRequest] = field(factory=list[WireRequest])
    _lock: threading.Lock = field(factory=threading.Lock)

    def respond(self, *replies: Reply | Respond) -> None:
        """Give each reply once, then the last one again and again."""
        self._replies = [*replies]

    def reply_to(self, request: WireRequest) -> Reply:
        with self._lock:
            self.requests.append(request)
            reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return reply if isinstance(reply, Reply) else reply(request)


class Services:
    """A server of tokens and images; it issues a new token on each request."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        """Host and port."""
        self.url = f"http://{self.address}"
        """The base URL of the images."""
        self.images = Service(f"{self.url}/container-registry/", [IMAGE])
        self.metadata = Service(f"{self.url}/computeMetadata/", [numbered(metadata)])
        self.exchange = Service(f"{self.url}/iam/v1/tokens", [numbered(exchanged)])

    @property
    def requests(self) -> list[WireRequest]:
        """The requests so far."""
        return [*self.metadata.requests, *self.exchange.requests, *self.images.requests]

    @property
    def tokens(self) -> list[str]:
        """The tokens of the calls so far."""
        return [str(request.authorization).removeprefix("Bearer ") for request in self.images.requests]

    @property
    def source(self) -> MetadataService:
        """A source of tokens: what holds for this one holds for a key, whose requests take a while to sign."""
        return MetadataService(self.address)

    def handle(self, exchange: Exchange) -> bool:
        request = WireRequest.parse(exchange.request)
        services = (self.images, self.metadata, self.exchange)
        service = next(service for service in services if f"{self.url}{request.path}".startswith(service.url))
        reply = service.reply_to(request)
        if reply.status:
            headers = (f"{name}: {value}" for name, value in reply.headers.items())
            exchange.send(status(reply.status, *headers, body=reply.content))
        return bool(reply.status)


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
    """Run the services on a free port."""
    with serving(sending()) as server:
        services = Services(server.port)
        server.behave = services.handle
        yield services
