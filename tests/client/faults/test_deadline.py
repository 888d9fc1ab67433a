"""A call ends within its deadline and 100 ms, whatever is slow."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import anyio
import pytest

from generated_client import AsyncClient
from generated_client.credentials import MetadataService
from generated_client.errors import CallError, ResourceExhausted, Timeout, Unavailable
from tests.client.faults.authority import Authority
from tests.client.faults.callers import Opening
from tests.client.faults.server import OK, Behaviour, black_hole, dripping, saying, serving, status

DEADLINE = 0.2

LATE = 0.1
"""Seconds after the deadline that a call may end."""


def bytes_of(data: bytes) -> Iterator[bytes]:
    return (data[index : index + 1] for index in range(len(data)))


SLOW: dict[str, Behaviour] = {
    "silence": lambda exchange: exchange.wait(),
    "a status line that drips": lambda exchange: exchange.drip(bytes_of(OK), 0.02),
    "headers that drip": lambda exchange: exchange.drip([b"HTTP/1.1 200 OK\r\n", *repeat(b"x: y\r\n", 999)], 0.02),
    "endless promises": lambda exchange: exchange.drip(repeat(b"HTTP/1.1 102 Processing\r\n\r\n"), 0.01),
    "a body that drips": lambda exchange: exchange.drip([OK[:-13], *bytes_of(OK[-13:])], 0.05),
    "a body that stops": lambda exchange: exchange.drip([OK[:-1]], 60),
    "chunks that drip": lambda exchange: exchange.drip(
        [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", *repeat(b"1\r\n \r\n", 999)], 0.02
    ),
    "an error that drips": lambda exchange: exchange.drip(
        [status(503, body=b" " * 999)[:-999], *repeat(b" ", 999)], 0.02
    ),
    "trailers that drip": lambda exchange: exchange.drip(
        [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", *repeat(b"x: y\r\n", 999)], 0.02
    ),
}


def hold(call: Callable[[], object], expected: type[CallError] | tuple[type[CallError], ...] = Timeout) -> CallError:
    """The error of a call that ends in time; one of many tries must, since the machine may be busy."""
    took = 0.0
    for _ in range(12):
        began = time.monotonic()
        with pytest.raises(expected) as raised:
            call()
        took = time.monotonic() - began
        if took <= DEADLINE + LATE:
            return raised.value
    raise AssertionError(f"took {took:.3f} s")


@pytest.mark.parametrize("behave", SLOW.values(), ids=SLOW)
def test_a_slow_answer_ends_with_the_deadline(opening: Opening, behave: Behaviour) -> None:
    with serving(behave) as server, opening(base_url=server.url, timeout=DEADLINE) as caller:
        error = hold(caller.get)
    assert isinstance(error, Timeout)
    assert DEADLINE <= error.elapsed <= DEADLINE + LATE


def test_a_call_has_a_deadline_of_its_own(opening: Opening) -> None:
    with serving(SLOW["a body that drips"]) as server, opening(base_url=server.url) as caller:
        hold(lambda: caller.get(timeout=DEADLINE))
        with serving(saying(OK)) as good, opening(base_url=good.url, timeout=1e-9) as hurried:
            assert hurried.get(timeout=30).id == "crp1"


def test_a_port_that_takes_no_connection_ends_with_the_deadline(opening: Opening) -> None:
    with black_hole() as url, opening(base_url=url, timeout=DEADLINE) as caller:
        hold(caller.get)


def test_a_name_that_is_looked_up_for_long_ends_with_the_deadline(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's look-up blocks, and knows no timeout."""
    over = threading.Event()

    def look_up(*arguments: Any, **_: Any) -> list[Any]:
        if arguments[-1] & socket.AI_NUMERICHOST:  # trio asks like that first
            raise socket.gaierror(socket.EAI_NONAME, "no number")
        over.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with opening(base_url="http://localhost:9", timeout=DEADLINE) as caller:
        try:
            hold(caller.get)
        finally:
            over.set()
            monkeypatch.undo()


def test_a_function_that_blocks_before_it_gives_a_token_ends_with_the_deadline(opening: Opening) -> None:
    over = threading.Event()
    with (
        serving(saying(OK)) as server,
        opening(base_url=server.url, timeout=DEADLINE, token=lambda: str(over.wait(60))) as caller,
    ):
        try:
            hold(caller.get)
        finally:
            over.set()
    assert not server.requests


def test_an_async_function_that_sleeps_before_it_gives_a_token_ends_with_the_deadline(opening: Opening) -> None:
    with serving(saying(OK)) as server, opening(base_url=server.url, timeout=DEADLINE, token=slept) as caller:
        if isinstance(caller.client, AsyncClient):
            hold(caller.get)


async def slept() -> str:
    await anyio.sleep(60)
    return "t1.late"


@pytest.mark.parametrize("name", ["silence", "headers that drip", "a body that drips"])
def test_a_token_service_that_is_slow_ends_with_the_deadline(opening: Opening, name: str) -> None:
    with (
        serving(saying(OK)) as server,
        serving(SLOW[name]) as tokens,
        opening(
            base_url=server.url, timeout=DEADLINE, token=MetadataService(tokens.url.removeprefix("http://"))
        ) as caller,
    ):
        hold(caller.get)
    assert tokens.requests
    assert not server.requests


def test_the_pauses_between_tries_end_with_the_deadline(opening: Opening) -> None:
    """A pause that would outlast it is not begun: the error that calls for it comes at once.

    The last try may begin so shortly before the deadline that the deadline ends it.
    """
    with serving(saying(status(503))) as server, opening(base_url=server.url, timeout=DEADLINE, retries=99) as caller:
        error = hold(caller.get, (Unavailable, Timeout))
    assert sum(attempt.delay for attempt in error.attempts) < DEADLINE


@pytest.mark.parametrize("asked", ["3600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_service_that_asks_for_more_patience_than_there_is_is_not_waited_for(opening: Opening, asked: str) -> None:
    answer = status(429, f"retry-after: {asked}")
    with serving(saying(answer)) as server, opening(base_url=server.url, timeout=10) as caller:
        with pytest.raises(ResourceExhausted) as raised:
            caller.get()
        assert raised.value.elapsed < 10
        assert len(raised.value.attempts) == 1


# Over TLS.


def test_a_handshake_that_stops_ends_with_the_deadline(opening: Opening) -> None:
    with (
        serving(SLOW["silence"]) as server,
        opening(base_url=f"https://127.0.0.1:{server.port}", timeout=DEADLINE) as caller,
    ):
        hold(caller.get)


def test_an_answer_over_tls_that_drips_ends_with_the_deadline(opening: Opening, authority: Authority) -> None:
    with (
        serving(SLOW["a body that drips"], authority.server) as server,
        opening(base_url=server.url, timeout=DEADLINE, trusting=authority.client) as caller,
    ):
        hold(caller.get)


@pytest.mark.parametrize("from_when_on", ["handshake", "answer"])
def test_a_record_of_tls_that_drips_ends_with_the_deadline(
    opening: Opening, authority: Authority, from_when_on: str
) -> None:
    """No byte of the answer reaches HTTP before the record is whole."""
    with (
        serving(saying(OK + b" " * 9999), authority.server) as server,
        dripping(server, lambda: from_when_on == "handshake" or bool(server.requests)) as port,
        opening(base_url=f"https://127.0.0.1:{port}", timeout=DEADLINE, trusting=authority.client) as caller,
    ):
        hold(caller.get)
    assert bool(server.requests) == (from_when_on == "answer")
