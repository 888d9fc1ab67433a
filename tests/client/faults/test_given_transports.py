"""A given transport is used as it is: the deadline is checked between its steps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx
import pytest

from generated_client import AsyncClient, Client, _clock
from generated_client.errors import InvalidParameter, Timeout, Unavailable
from tests.client.callers import TOKEN, ClientFactory
from tests.client.server import OK, closed_port, sending, serving
from tests.client.virtual_time import VirtualTime


class SlowTransport(httpx.BaseTransport, httpx.AsyncBaseTransport, httpx.SyncByteStream, httpx.AsyncByteStream):
    """Responds with a chunk every two seconds, whatever timeouts it gets."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=self, request=request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)

    def __iter__(self) -> Iterator[bytes]:
        while True:
            _clock.sleep(2)
            yield b" "

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await anyio.sleep(2)
            yield b" "


def test_the_deadline_is_checked_after_each_chunk_and_cancels_a_task(virtual: VirtualTime, kind: str) -> None:
    with virtual.open(transport=SlowTransport(), timeout=5) as caller:
        caller.error_of(Timeout)
    assert virtual.now == (6 if kind == "sync" else 5)


@pytest.mark.parametrize("kind", ["sync"], indirect=True)
def test_the_deadline_is_checked_once_the_headers_have_come(virtual: VirtualTime) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        virtual.sleep(7)
        return httpx.Response(200, stream=SlowTransport(), request=request)

    with virtual.open(transport=httpx.MockTransport(handle), timeout=5) as caller:
        caller.error_of(Timeout)
    assert virtual.now == 7


def test_each_step_gets_the_time_that_is_left(virtual: VirtualTime) -> None:
    timeouts: list[dict[str, float]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        timeouts.append(request.extensions["timeout"])
        return httpx.Response(503, headers={"retry-after": "8"}, request=request)

    with virtual.open(transport=httpx.MockTransport(handle), timeout=15) as caller:
        caller.error_of(Unavailable)
    assert timeouts == [
        {"connect": 10, "read": 15, "write": 15, "pool": 15},
        {"connect": 7, "read": 7, "write": 7, "pool": 7},
    ]


@pytest.mark.parametrize(
    ("client", "transport"),
    [(Client, httpx.AsyncHTTPTransport()), (AsyncClient, httpx.HTTPTransport()), (Client, "http://proxy.example")],
)
def test_one_of_the_other_kind_is_rejected(client: type[Any], transport: object) -> None:
    """The constructor rejects it, not the first call."""
    with pytest.raises(InvalidParameter, match=r"^transport must be an httpx\.(Async)?BaseTransport, not [\w.]+$"):
        client(TOKEN, transport=transport)


def test_one_of_httpx2_is_rejected_by_its_name() -> None:
    """It looks alike, but the client sends through another library."""
    httpx2 = pytest.importorskip("httpx2", reason="httpx2 is not among the lowest dependencies")
    for client, name in ((Client, "HTTPTransport"), (AsyncClient, "AsyncHTTPTransport")):
        message = rf"^transport must be an httpx\.\w+Transport, not httpx2\..*{name}$"
        with pytest.raises(InvalidParameter, match=message):
            client(TOKEN, transport=getattr(httpx2, name)())


def test_one_that_is_used_for_something_else_too_works_there_as_before() -> None:
    with serving(sending(OK)) as server, httpx.HTTPTransport() as transport:
        with Client(TOKEN, base_url=server.url, transport=transport) as client:
            assert client.images.get("crp1").id == "crp1"
            with Client(TOKEN, base_url=server.url, transport=transport) as another:
                assert another.images.get("crp1").id == "crp1"
        with httpx.Client(transport=transport, timeout=None) as plain:
            assert plain.get(server.url).json() == {"id": "crp1"}


class InterruptedTransport(httpx.BaseTransport):
    """Is interrupted in its first request."""

    was_interrupted = False
    is_closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self.was_interrupted:
            self.was_interrupted = True
            raise KeyboardInterrupt
        return httpx.Response(200, json={"id": "crp1"}, request=request)

    def close(self) -> None:
        self.is_closed = True


def test_one_that_is_interrupted_stays_open() -> None:
    transport = InterruptedTransport()
    with Client(TOKEN, transport=transport) as client:
        with pytest.raises(KeyboardInterrupt):
            client.images.get("crp1")
        assert not transport.is_closed
        assert client.images.get("crp1").id == "crp1"
    assert transport.is_closed


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
def test_one_that_connects_again_by_itself_is_cancelled_at_the_deadline(client_factory: ClientFactory) -> None:
    transport = httpx.AsyncHTTPTransport(retries=99)
    with (
        closed_port() as port,
        client_factory(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=0.2) as caller,
    ):
        caller.error_of(Timeout)
