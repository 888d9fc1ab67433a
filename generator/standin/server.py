"""The stand-in on a socket of this machine: carries requests to the service and its answers back."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from attrs import frozen
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.contract.places import Place, Unreadable

from .faults import Fault
from .service import Answer, Cut, Request, Service, answer

HOST = "127.0.0.1"
"""The stand-in takes any token, so it listens where nobody else can call."""

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


@frozen
class Standin:
    """A running stand-in: where it is, what it was asked, and the faults planned for what it will be asked."""

    url: str
    requests: list[Request]
    _planned: deque[Fault]

    def next(self, *faults: Fault) -> None:
        """Plan a fault for each of the next requests, in order; those after them are answered as usual."""
        self._planned.extend(faults)

    def forget(self) -> None:
        """Start afresh: no fault is planned and no request was seen."""
        self._planned.clear()
        self.requests.clear()


@contextmanager
def running(service: Service) -> Generator[Standin]:
    """A stand-in in a thread of its own on a free port, for as long as the context lasts."""
    planned: deque[Fault] = deque()
    requests: list[Request] = []

    def fault() -> Fault:
        return planned.popleft() if planned else answer

    with listening(application(service, fault, lambda request, _: requests.append(request))) as url:
        yield Standin(url, requests, planned)


def application(service: Service, fault: Callable[[], Fault], seen: Callable[[Request, Answer], object]) -> Application:
    """The ASGI application: asks `fault` how to answer each request, and tells `seen` before the answer leaves."""

    async def respond(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        request = await _request(scope, receive)
        given = fault()(service, request)
        seen(request, given)
        await _deliver(given, scope["state"]["transport"], receive, send)

    return respond


@contextmanager
def listening(app: Application, port: int = 0) -> Generator[str]:
    """Serve an application on a port of the loopback interface (0: a free one) and give its URL.

    Ends with the context, at once: answers under way are cut. Raises Unreadable where the port cannot be had.
    """
    listener = _bound(port)
    config = uvicorn.Config(
        app, http=_Connection, ws="none", lifespan="off", loop="asyncio", log_config=None, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), name="stand-in", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _bound(port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise Unreadable("is no port; choose one from 0 to 65535", Place(f"{HOST}:{port}"))
    try:
        listener = socket.create_server((HOST, port))
    except OSError as problem:
        sentence = f"cannot be listened on: {os.strerror(problem.errno or 0)}; choose another port"
        raise Unreadable(sentence, Place(f"{HOST}:{port}")) from problem
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a byte that drips leaves at once
    return listener


class _Connection(H11Protocol):
    """An HTTP connection that the application can cut, and that does not outlive the server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as theirs is
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}

    def shutdown(self) -> None:
        self.transport.close()


async def _request(scope: MutableMapping[str, Any], receive: Receive) -> Request:
    body = b""
    while (message := await receive()).get("more_body"):
        body += message["body"]
    return Request(
        method=scope["method"],
        path=scope["raw_path"].decode("ascii"),
        query=scope["query_string"].decode("ascii"),
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]),
        body=body + message.get("body", b""),
        identifier=str(uuid.uuid4()),
        at=datetime.now(UTC),
    )


async def _deliver(given: Answer, transport: asyncio.Transport, receive: Receive, send: Send) -> None:
    if await _gone(receive, given.delay):
        return
    if given.cut is not Cut.BEFORE_HEADERS:
        await _send(given, receive, send)
    if given.cut is not Cut.NEVER:
        transport.close()
        await receive()


async def _send(given: Answer, receive: Receive, send: Send) -> None:
    length = ("content-length", str(len(given.body)))
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in (*given.headers, length)]
    await send({"type": "http.response.start", "status": given.status, "headers": headers})
    for piece in _pieces(given):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        if await _gone(receive, given.pause):
            return
    if given.cut is Cut.NEVER:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _pieces(given: Answer) -> list[bytes]:
    body = given.body[: len(given.body) // 2] if given.cut is Cut.IN_BODY else given.body
    return [body[index : index + 1] for index in range(len(body))] if given.pause else [body]


async def _gone(receive: Receive, seconds: float) -> bool:
    """Wait that long; True as soon as the caller has hung up or the server stops.

    By ASGI's rules the next thing to be received, once the request is read, is that the connection is gone.
    """
    if not seconds:
        return False
    try:
        async with asyncio.timeout(seconds):
            await receive()
    except TimeoutError:
        return False
    return True
