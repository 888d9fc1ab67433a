"""A call ends at its deadline, whichever step is slow. Time is virtual, except where TLS is slow."""

from __future__ import annotations

from collections.abc import Iterable

import anyio
import pytest

from generated_client import AsyncClient, _transport
from generated_client.credentials import MetadataService
from generated_client.errors import Timeout, Unavailable
from tests.client.authority import Authority
from tests.client.callers import ClientFactory
from tests.client.scripted_network import SILENCE, Event
from tests.client.server import OK, dripping, sending, serving, status
from tests.client.virtual_time import VirtualTime

CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"

TIMEOUT = 4.5


def drip(parts: Iterable[bytes]) -> Iterable[Event]:
    """Send a part a second."""
    return ((1, part) for part in parts)


def bytes_of(data: bytes) -> list[bytes]:
    return [data[index : index + 1] for index in range(len(data))]


SLOW: dict[str, Iterable[Event]] = {
    "silence": [SILENCE],
    "status line": [*drip(bytes_of(OK))],
    "headers": [(0, b"HTTP/1.1 200 OK\r\n"), *drip([b"x: y\r\n"] * 99)],
    "headers of an informational response": [*drip([b"HTTP/1.1 102 Processing\r\n\r\n"] * 99)],
    "body": [(0, OK[:-13]), *drip(bytes_of(OK[-13:]))],
    "end of the body": [(0, OK[:-1]), SILENCE],
    "body without an end": [(0, b"HTTP/1.1 200 OK\r\n\r\n"), *drip([b"{}"] * 99)],
    "chunks": [(0, CHUNKED), *drip([b"1\r\n \r\n"] * 99)],
    "body of an error": [(0, status(503, body=b" " * 99)[:-99]), *drip([b" "] * 99)],
    "trailers": [(0, CHUNKED + b"2\r\n{}\r\n0\r\n"), *drip([b"x: y\r\n"] * 99)],
}


@pytest.mark.parametrize("events", SLOW.values(), ids=SLOW)
def test_a_slow_response_ends_at_the_deadline(virtual: VirtualTime, events: Iterable[Event]) -> None:
    error = virtual.error_of(Timeout, virtual.serve(lambda _: events).url, timeout=TIMEOUT)
    assert virtual.now == error.elapsed == TIMEOUT
    assert "timed out after 4.5 s" in str(error)


def test_a_response_in_time_is_read_however_slow_it_is(virtual: VirtualTime) -> None:
    server = virtual.serve(lambda _: SLOW["body"])
    with virtual.open(base_url=server.url, timeout=13.5) as caller:
        assert caller.get().id == "crp1"
    assert virtual.now == 13


@pytest.mark.parametrize(
    ("url", "lookup_seconds", "connect_seconds"),
    [("http://localhost:1", 60, 0), ("http://127.0.0.1:1", 0, 60), ("https://127.0.0.1:1", 0, 0)],
    ids=["look-up", "connection", "handshake"],
)
def test_the_way_to_a_server_ends_at_the_deadline(
    virtual: VirtualTime, url: str, lookup_seconds: float, connect_seconds: float
) -> None:
    """A server never answers the client's first message of TLS."""
    virtual.network.lookup_seconds, virtual.network.connect_seconds = lookup_seconds, connect_seconds
    server = virtual.serve(lambda _: [])
    virtual.error_of(Timeout, url, timeout=TIMEOUT)
    assert virtual.now == TIMEOUT
    assert not server.requests


def test_every_step_takes_from_the_same_time(virtual: VirtualTime) -> None:
    virtual.network.lookup_seconds = virtual.network.connect_seconds = 2
    events = iter([[(2.0, status(503, "retry-after: 2"))], SLOW["body"]])
    server = virtual.serve(lambda _: next(events))
    virtual.error_of(Timeout, server.url.replace("127.0.0.1", "localhost"), timeout=10.5)
    assert virtual.now == 10.5
    assert len(server.requests) == 2


# Tokens.


def test_a_function_that_blocks_is_not_interrupted_but_nothing_is_sent_after_the_deadline(virtual: VirtualTime) -> None:
    def token() -> str:
        virtual.sleep(60)
        return "t1.late"

    server = virtual.serve(lambda _: [(0, OK)])
    virtual.error_of(Timeout, server.url, timeout=TIMEOUT, token=token)
    assert virtual.now == 60
    assert not server.requests


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
def test_an_async_function_ends_at_the_deadline(virtual: VirtualTime) -> None:
    async def token() -> str:
        await anyio.sleep(60)
        return "t1.late"

    virtual.error_of(Timeout, "https://registry.test", timeout=TIMEOUT, token=token)
    assert virtual.now == TIMEOUT


@pytest.mark.parametrize("name", ["silence", "headers", "body"])
def test_a_token_service_ends_at_the_deadline(virtual: VirtualTime, name: str) -> None:
    server = virtual.serve(lambda _: [(0, OK)])
    tokens = virtual.serve(lambda _: SLOW[name])
    source = MetadataService(tokens.url.removeprefix("http://"))
    virtual.error_of(Timeout, server.url, timeout=2.5, token=source)
    assert virtual.now == 2.5
    assert tokens.requests
    assert not server.requests


# Between attempts.


@pytest.mark.parametrize(
    ("retry_after", "delays"),
    [
        ("2", [2, 0]),
        ("3600", [0]),
        ("99999999999999999999", [0]),
        ("Fri, 31 Dec 9999 23:59:59 GMT", [0]),
    ],
)
def test_a_delay_that_would_outlast_the_deadline_is_not_begun(
    virtual: VirtualTime, retry_after: str, delays: list[float]
) -> None:
    server = virtual.serve(lambda _: [(0.5, status(503, f"retry-after: {retry_after}"))])
    error = virtual.error_of(Unavailable, server.url, timeout=TIMEOUT, retries=99)
    assert [attempt.delay for attempt in error.attempts] == delays
    assert virtual.now == error.elapsed == sum(0.5 + delay for delay in delays)


# Waiting for a connection.


@pytest.mark.parametrize("kind", ["sync"], indirect=True)
def test_waiting_for_a_connection_ends_at_the_deadline(virtual: VirtualTime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second call is made while the first one waits for its response on the only connection."""

    def respond(_: bytes) -> Iterable[Event]:
        virtual.sleep(1)
        caller.error_of(Timeout, timeout=TIMEOUT)
        yield 0, OK

    monkeypatch.setattr(_transport, "MAX_CONNECTIONS", 1)
    server = virtual.serve(respond)
    with virtual.open(base_url=server.url) as caller:
        assert caller.get().id == "crp1"
    assert virtual.now == 1 + TIMEOUT
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
def test_a_task_that_waits_for_a_connection_ends_at_the_deadline(
    virtual: VirtualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def call_twice() -> None:
        assert isinstance(caller.client, AsyncClient)
        async with anyio.create_task_group() as group:
            group.start_soon(caller.client.images.get, "crp1")
            await anyio.sleep(1)
            with pytest.raises(Timeout):
                await caller.client.images.get("crp1", timeout=TIMEOUT)
            assert virtual.now == 1 + TIMEOUT

    monkeypatch.setattr(_transport, "MAX_CONNECTIONS", 1)
    server = virtual.serve(lambda _: [(10, OK)])
    with virtual.open(base_url=server.url) as caller:
        caller.run(call_twice)
    assert virtual.now == 10
    assert len(server.requests) == 1


# Real sockets. What is slow ends only when the client hangs up, so a call that misses its deadline never ends.


@pytest.mark.parametrize("phase", ["handshake", "response"])
def test_a_record_of_tls_ends_at_the_deadline(client_factory: ClientFactory, authority: Authority, phase: str) -> None:
    """No byte of the response reaches HTTP before the record is complete."""
    with (
        serving(sending(OK + b" " * 9999), authority.server) as server,
        dripping(server, lambda: phase == "handshake" or bool(server.requests)) as port,
        client_factory(base_url=f"https://127.0.0.1:{port}", timeout=0.3, verify=authority.client) as caller,
    ):
        caller.error_of(Timeout)
