"""Attempts are retried if that is safe, within a budget and the deadline, and errors list them. Time is virtual."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_client import Client, Image, Status, _clock, _retries, _transport
from generated_client._calls import CallOptions, Request
from generated_client.errors import ApiError, ConnectionFailed, MalformedResponse, StatusError, Timeout
from tests.client.callers import open_sync
from tests.client.scripted_network import HANG_UP, Event
from tests.client.server import OK, sending, serving, status
from tests.client.virtual_time import WALL_TIME, VirtualTime

RETRIED = {429, 500, 502, 503, 504}

STATUSES = [*RETRIED, 201, 204, 301, 302, 307, 400, 403, 404, 408, 409, 418, 425, 499, 501, 505, 520]

HEAD = b"HTTP/1.1 200 OK\r\n"

BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "half of a status line": b"HTTP/1.1 2",
    "no number of a status": b"HTTP/1.1 abc OK\r\n\r\n",
    "no headers": HEAD,
    "half of the headers": HEAD + b"content-le",
    "a header without a name": HEAD + b": a\r\n\r\n",
    "a zero in a header": HEAD + b"x: a\0b\r\n\r\n",
    "endless headers": HEAD + b"x: " + b"a" * 200_000,
    "half of the body": OK[:-5],
    "two lengths": HEAD + b"content-length: 2\r\ncontent-length: 3\r\n\r\n{}",
    "half of a chunk": HEAD + b"transfer-encoding: chunked\r\n\r\nff\r\n{",
    "a chunk of no size": HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n{",
    "only a promise": b"HTTP/1.1 100 Continue\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH\r\n",
    "TLS": b"\x15\x03\x01\0\x02\x02\x46",
}


@pytest.mark.parametrize("code", STATUSES)
def test_a_status_that_may_pass_is_retried_and_no_other(virtual: VirtualTime, code: int) -> None:
    server = virtual.serve_responses(status(code))
    error = virtual.error_of(StatusError, server.url, retries=2)
    assert len(server.requests) == len(error.attempts) == (3 if code in RETRIED else 1)
    assert error.status_code == code


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_connection_is_retried(virtual: VirtualTime, data: bytes) -> None:
    server = virtual.serve(lambda _: [(0, data), HANG_UP])
    error = virtual.error_of(ConnectionFailed, server.url, retries=2)
    assert isinstance(error, ConnectionError)
    assert len(server.requests) == len(error.attempts) == 3


def test_a_refused_connection_is_retried(virtual: VirtualTime) -> None:
    assert len(virtual.error_of(ConnectionFailed, "http://127.0.0.1:9", retries=2).attempts) == 3


@pytest.mark.usefixtures("no_backoff")
def test_connecting_takes_a_part_of_the_time_so_that_it_can_be_retried(
    virtual: VirtualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_transport, "CONNECT_SECONDS", 7.0)
    virtual.network.connect_seconds = 60
    error = virtual.error_of(Timeout, "http://127.0.0.1:9", retries=2)
    assert len(error.attempts) == 3
    assert virtual.now == error.elapsed == pytest.approx(21)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"id": 7}'])
def test_a_complete_response_that_is_malformed_is_not_retried(virtual: VirtualTime, body: bytes) -> None:
    server = virtual.serve_responses(status(200, body=body))
    virtual.error_of(MalformedResponse, server.url)
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["sync"], indirect=True)
@pytest.mark.parametrize(("method", "sent"), [("GET", 4), ("HEAD", 4), ("POST", 1), ("PUT", 1), ("DELETE", 1)])
@pytest.mark.parametrize("events", [[(0, status(503))], [HANG_UP]], ids=["503", "hang up"])
def test_only_a_safe_method_is_retried(virtual: VirtualTime, events: Sequence[Event], method: str, sent: int) -> None:
    server = virtual.serve(lambda _: events)
    with virtual.open(base_url=server.url) as caller:
        assert isinstance(caller.client, Client)
        # The specification has no other method yet.
        request, options = Request(method, "/x", 200, Image, Status), CallOptions(None, None, None)
        with pytest.raises(ApiError):
            vars(caller.client)["_connection"].send(request, options)
    assert len(server.requests) == sent


def test_an_error_lists_every_attempt_with_its_reason_and_the_delay_after_it(virtual: VirtualTime) -> None:
    server = virtual.serve_responses(
        status(503), status(502, body=b"<html>"), status(500, body=b'{"code": 2, "message": "what?"}')
    )
    error = virtual.error_of(StatusError, server.url, retries=2)
    assert [attempt.reason for attempt in error.attempts] == [
        "503 UNAVAILABLE: no body",
        "502: b'<html>'",
        "500 UNKNOWN: what?",
    ]
    assert error.attempts[-1].delay == 0
    assert virtual.now == error.elapsed == pytest.approx(sum(attempt.delay for attempt in error.attempts))
    assert "3 attempts" in str(error)


# Delays.


@pytest.mark.parametrize("number", [*range(12), 5000])
def test_a_delay_is_drawn_evenly_between_zero_and_a_bound_that_doubles(number: int) -> None:
    bound = min(20.0, 0.2 * 2 ** min(number, 20))
    drawn = [_retries.delay_before(number, {}) for _ in range(2000)]
    assert 0 <= min(drawn) < 0.02 * bound
    assert 0.98 * bound < max(drawn) <= bound
    assert 0.45 * bound < sum(drawn) / len(drawn) < 0.55 * bound


@pytest.mark.usefixtures("no_backoff")
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("7", 7), ("007", 7), ("9" * 400, math.inf)),
        ("Thu, 01 Jan 2026 01:00:00 GMT", 3600),
        ("Thu, 01 Jan 2026 01:00:00 +0000", 3600),
        ("Thu, 01 Jan 2026 03:00:00 +0200", 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 251_635_075_199),
        *((value, 0) for value in ("Wed, 31 Dec 2025 23:00:00 GMT", "0", "", "-7", "soon")),
        *((f"Fri, 31 {month} 23:59:59 GMT", 0) for month in ("Dec 99999999999999999999", "Feb 2026")),
    ],
)
def test_a_delay_is_no_shorter_than_the_service_asks_for(
    value: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In seconds or as a date; a value that is neither, or a date in the past, asks for nothing."""
    monkeypatch.setattr(_clock, "wall_time", lambda: WALL_TIME)
    assert _retries.delay_before(0, {"retry-after": value}) == seconds


@given(
    st.text(max_size=40)
    | st.from_regex(r"(Mon, )?[0-9]{1,20} (Jan|Feb|x) [0-9]{1,20} [0-9:]{0,20} (GMT|[+-][0-9]{1,9})?", fullmatch=True)
)
def test_whatever_the_service_asks_for_is_a_delay(value: str) -> None:
    assert _retries.delay_before(0, {"retry-after": value}) >= 0


@pytest.mark.usefixtures("no_backoff")
@pytest.mark.parametrize("value", ["7", "Thu, 01 Jan 2026 00:00:07 GMT"])
def test_the_delay_that_the_service_asks_for_is_waited_for(virtual: VirtualTime, value: str) -> None:
    server = virtual.serve_responses(status(503, f"retry-after: {value}"), OK)
    with virtual.open(base_url=server.url) as caller:
        caller.get()
    assert virtual.now == 7


# The budget of retries.


@pytest.mark.usefixtures("no_backoff")
def test_a_thousand_calls_of_threads_to_a_dead_service_are_1100_requests() -> None:
    """Over real sockets: virtual time is for one thread."""
    with (
        serving(sending(status(503))) as server,
        open_sync(base_url=server.url) as caller,
        ThreadPoolExecutor(10) as pool,
    ):
        errors = [*pool.map(caller.error_of, [StatusError] * 1000)]
        assert len(server.requests) == sum(len(error.attempts) for error in errors) == 1100


def test_the_calls_of_a_client_to_a_dead_service_share_100_retries(virtual: VirtualTime) -> None:
    server = virtual.serve_responses(status(503))
    with virtual.open(base_url=server.url) as caller:
        for _ in range(200):
            caller.error_of(StatusError)
    assert len(server.requests) == 300


def test_successes_earn_new_retries() -> None:
    budget = _retries.Budget()
    while budget.spend():
        pass
    for _ in range(4):
        budget.restore()
    assert not budget.spend()
    budget.restore()
    assert budget.spend()
    for _ in range(10_000):
        budget.restore()
    assert sum(budget.spend() for _ in range(1000)) == 100
