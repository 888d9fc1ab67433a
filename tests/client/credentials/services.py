"""The services that a client with credentials talks to, on one port of this host: images, metadata, tokens."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import define, field, frozen

IMAGES = "/container-registry/"
METADATA = "/computeMetadata/v1/instance/service-accounts/default/token"
EXCHANGE = "/iam/v1/tokens"

HANG = 60.0
"""Seconds after which a test that waits for an event gives up."""

HALF_A_DAY = 43200.0
"""Seconds that a token of the real service lives."""


@frozen
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: Message[str, str]
    """Names are found in any case; what is missing is None."""
    body: bytes

    @property
    def token(self) -> str | None:
        """The value of its Authorization header."""
        return self.headers["authorization"]


@frozen
class Told:
    """A response; if the status is zero, the connection is cut instead."""

    status: int
    body: bytes | Mapping[str, Any] = b"{}"
    headers: Mapping[str, str] = field(factory=dict[str, str])

    @property
    def content(self) -> bytes:
        """The bytes of the body."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Tells = Callable[[Asked], Told]

IMAGE = Told(200, {"id": "crp1"})
REFUSED = Told(401, {"code": 16, "message": "who are you?"})


@define
class Services:
    """A server of tokens and images: the response of each path, and the requests that came."""

    port: int
    paths: dict[str, Tells] = field(factory=dict[str, Tells])
    asked: list[Asked] = field(factory=list[Asked])

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The base URL of the images."""
        return f"http://{self.address}"

    @property
    def exchange(self) -> str:
        """The URL that exchanges a service account's key."""
        return f"http://{self.address}{EXCHANGE}"

    def at(self, path: str) -> list[Asked]:
        """Return the requests for a path, or for those below it."""
        return [request for request in self.asked if request.path.startswith(path)]

    @property
    def tokens(self) -> list[str]:
        """The tokens that came with the calls, one after the other."""
        return [str(request.token).removeprefix("Bearer ") for request in self.at(IMAGES)]

    def answer(self, asked: Asked) -> Told:
        """Return the response of the path of a request."""
        self.asked.append(asked)
        return next(tells for path, tells in self.paths.items() if asked.path.startswith(path))(asked)


def always(told: Told) -> Tells:
    return lambda _: told


def one_by_one(*told: Told | Tells) -> Tells:
    """Each answer once, the last one from then on."""
    left = list(told)
    lock = threading.Lock()

    def tells(asked: Asked) -> Told:
        with lock:
            told = left.pop(0) if len(left) > 1 else left[0]
        return told if isinstance(told, Told) else told(asked)

    return tells


def numbered(issue: Callable[[str], Told]) -> Tells:
    """The tokens t1.minted.1, t1.minted.2 and so on."""
    lock = threading.Lock()
    count = 0

    def tells(_: Asked) -> Told:
        nonlocal count
        with lock:
            count += 1
            return issue(f"t1.minted.{count}")

    return tells


def metadata(token: str, life: float = HALF_A_DAY) -> Told:
    """Respond with a token as the metadata service does."""
    return Told(200, {"access_token": token, "expires_in": int(life), "token_type": "Bearer"})


def exchanged(token: str, life: float = HALF_A_DAY, ahead: float = 0.0) -> Told:
    """Respond with a token as the token service does; its clock is so many seconds ahead of ours."""
    now = datetime.now(UTC) + timedelta(seconds=ahead)
    ends = f"{now + timedelta(seconds=life):%Y-%m-%dT%H:%M:%S.%f}789Z"
    return Told(200, {"iamToken": token, "expiresAt": ends}, {"date": format_datetime(now, usegmt=True)})


class Gate:
    """Holds answers back until it is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.reached = threading.Event()

    def before(self, told: Told) -> Tells:
        """The answer, once the gate is open."""

        def tells(_: Asked) -> Told:
            self.reached.set()
            self._open.wait(HANG)
            return told

        return tells

    def open(self) -> None:
        self._open.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1000


@contextmanager
def listening() -> Generator[Services]:
    """The services on a free port, for as long as the context lasts; every token that is asked for is a new one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            with suppress(ConnectionError):  # The client has given up.
                super().handle()

        def do_GET(self) -> None:  # so it is called from outside
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            told = services.answer(Asked(self.command, self.path, self.headers, body))
            if told.status:
                self.wfile.write(_bytes(told))
            else:
                self.close_connection = True

        do_POST = do_GET  # noqa: N815  # so it is called from outside

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    with _Server(("127.0.0.1", 0), Handler) as server:
        paths = {IMAGES: always(IMAGE), METADATA: numbered(metadata), EXCHANGE: numbered(exchanged)}
        services = Services(server.server_address[1], paths)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="services")
        thread.start()
        try:
            yield services
        finally:
            server.shutdown()
            thread.join()


def _bytes(told: Told) -> bytes:
    headers = {"content-length": str(len(told.content)), **told.headers}
    lines = [
        f"HTTP/1.1 {told.status} {responses.get(told.status, '')}",
        *(f"{name}: {headers[name]}" for name in headers),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + told.content
