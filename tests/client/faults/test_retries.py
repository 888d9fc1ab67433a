"""What is tried again, how often, when, and what is told about it."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from anyio import create_task_group, run
from hypothesis import given
from hypothesis import strategies as st

from generated_client import AsyncClient, Client, Image, Status, _retries, _transport
from generated_client._calls import Request
from generated_client.errors import ApiError, ConnectionFailed, MalformedResponse, StatusError, Timeout, Unavailable
from tests.client.faults.callers import TOKEN, Caller, Opening, opened
from tests.client.faults.server import OK, Behaviour, black_hole, ending, saying, serving, status

RETRIED = {429, 500, 502, 503, 504}

STATUSES = [*RETRIED, 201, 204, 301, 302, 307, 400, 403, 404, 408, 409, 418, 425, 499, 501, 505, 520]

FAULTS: dict[str, Behaviour] = {
    "nothing": ending(),
    "half a status line": ending(b"HTTP/1.1 2"),
    "half of the headers": ending(b"HTTP/1.1 200 OK\r\ncontent-le"),
    "half of the body": ending(OK[:-5]),
    "half of a chunk": ending(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"),
    "another protocol": ending(b"SSH-2.0-OpenSSH\r\n"),
}


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("code", STATUSES)
def test_a_status_that_may_pass_is_tried_again_and_no_other(opening: Opening, code: int) -> None:
    with serving(saying(status(code))) as server, opening(base_url=server.url, retries=2) as caller:
        with pytest.raises(StatusError) as raised:
            caller.get()
        assert len(server.requests) == (3 if code in RETRIED else 1)
    assert raised.value.status_code == code
    assert len(raised.value.attempts) == len(server.requests)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("behave", FAULTS.values(), ids=FAULTS)
def test_a_broken_connection_is_tried_again(opening: Opening, behave: Behaviour) -> None:
    with serving(behave) as server, opening(base_url=server.url, retries=2) as caller:
        with pytest.raises(ConnectionFailed) as raised:
            caller.get()
        assert len(server.requests) == len(raised.value.attempts) == 3


@pytest.mark.usefixtures("hasty")
def test_a_refused_connection_is_tried_again(opening: Opening) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with opening(base_url=f"http://127.0.0.1:{port}", retries=2) as caller, pytest.raises(ConnectionFailed) as raised:
        caller.get()
    assert len(raised.value.attempts) == 3


@pytest.mark.usefixtures("hasty")
def test_connecting_takes_a_part_of_the_time_so_that_it_can_be_tried_again(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_transport, "_CONNECT", 0.05)
    with black_hole() as url, opening(base_url=url, retries=2) as caller, pytest.raises(Timeout) as raised:
        caller.get()
    assert len(raised.value.attempts) == 3
    assert raised.value.elapsed < 5


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("body", [b"", b"[]", b'{"id": 7}'])
def test_a_whole_answer_that_cannot_be_read_is_not_tried_again(opening: Opening, body: bytes) -> None:
    with serving(saying(status(200, body=body))) as server, opening(base_url=server.url) as caller:
        with pytest.raises(MalformedResponse):
            caller.get()
        assert len(server.requests) == 1


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(("method", "sent"), [("GET", 4), ("HEAD", 4), ("POST", 1), ("PUT", 1), ("DELETE", 1)])
@pytest.mark.parametrize("behave", [saying(status(503)), ending()], ids=["503", "cut"])
def test_only_a_safe_method_is_tried_again(behave: Behaviour, method: str, sent: int) -> None:
    with serving(behave) as server, Client(TOKEN, base_url=server.url) as client:
        with pytest.raises(ApiError):
            # The specification has no other method yet.
            vars(client)["_connection"].send(Request(method, "/x", 200, Image, Status), None)
        assert len(server.requests) == sent


@pytest.mark.usefixtures("hasty")
def test_a_later_try_may_succeed(opening: Opening) -> None:
    answers = status(503), status(429, "retry-after: 0"), OK
    with serving(saying(*answers)) as server, opening(base_url=server.url) as caller:
        assert caller.get().id == "crp1"
        assert len(server.requests) == 3


def test_without_retries_a_call_is_one_request(opening: Opening) -> None:
    with serving(saying(status(503))) as server, opening(base_url=server.url, retries=0) as caller:
        with pytest.raises(Unavailable) as raised:
            caller.get()
        assert len(server.requests) == 1
    assert [attempt.delay for attempt in raised.value.attempts] == [0.0]


def test_every_try_is_told_with_its_reason_and_the_delay_after_it(opening: Opening) -> None:
    answers = status(503), status(502, body=b"<html>"), status(500, body=b'{"code": 2, "message": "what?"}')
    began = time.monotonic()
    with serving(saying(*answers)) as server, opening(base_url=server.url, retries=2) as caller:
        with pytest.raises(StatusError) as raised:
            caller.get()
        took = time.monotonic() - began
    error = raised.value
    assert [attempt.reason for attempt in error.attempts] == [
        "503 UNAVAILABLE: no body",
        "502: b'<html>'",
        "500 UNKNOWN: what?",
    ]
    assert error.attempts[-1].delay == 0
    assert sum(attempt.delay for attempt in error.attempts) <= error.elapsed <= took
    assert "3 attempts" in str(error)


def error_of(caller: Caller) -> StatusError | None:
    try:
        caller.get()
    except StatusError as error:
        return error
    return None


# When.


@pytest.mark.parametrize("number", [*range(12), 5000])
def test_a_delay_is_drawn_evenly_between_zero_and_a_bound_that_doubles(number: int) -> None:
    bound = min(20.0, 0.2 * 2 ** min(number, 20))
    drawn = [_retries.delay_before(number, {}) for _ in range(2000)]
    assert 0 <= min(drawn) < 0.02 * bound
    assert 0.98 * bound < max(drawn) <= bound
    assert 0.45 * bound < sum(drawn) / len(drawn) < 0.55 * bound


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("7", 7, 7),
        ("007", 7, 7),
        ("9" * 400, float("inf"), float("inf")),
        ("{in an hour}", 3500, 3600),
        ("{in an hour} +0000", 3500, 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 1e9, 1e12),
        ("{an hour ago}", 0, 0.2),
        ("0", 0, 0.2),
        ("", 0, 0.2),
        ("-7", 0, 0.2),
        ("soon", 0, 0.2),
        ("Fri, 31 Dec 99999999999999999999 23:59:59 GMT", 0, 0.2),
        ("Fri, 31 Feb 2026 23:59:59 GMT", 0, 0.2),
    ],
)
def test_a_delay_is_no_shorter_than_the_service_asks_for(asked: str, least: float, most: float) -> None:
    """In seconds or as a date; what is neither, or lies in the past, asks for nothing."""
    now, hour = datetime.now(UTC), timedelta(hours=1)
    for name, moment in (("{in an hour}", now + hour), ("{an hour ago}", now - hour)):
        asked = asked.replace(name, format_datetime(moment, usegmt=True)).replace("GMT +", "+")
    assert least <= _retries.delay_before(0, {"retry-after": asked}) <= most


@given(
    st.text(max_size=40)
    | st.from_regex(r"(Mon, )?[0-9]{1,20} (Jan|Feb|x) [0-9]{1,20} [0-9:]{0,20} (GMT|[+-][0-9]{1,9})?", fullmatch=True)
)
def test_whatever_the_service_asks_for_is_a_delay(asked: str) -> None:
    assert _retries.delay_before(0, {"retry-after": asked}) >= 0


def test_what_the_service_asks_for_is_waited_for(opening: Opening) -> None:
    answers = status(503, "retry-after: 1"), OK
    with serving(saying(*answers)) as server, opening(base_url=server.url) as caller:
        began = time.monotonic()
        caller.get()
        assert 1 <= time.monotonic() - began < 5


# The budget.


@pytest.mark.usefixtures("hasty")
def test_a_thousand_calls_of_threads_to_a_dead_service_are_1100_requests() -> None:
    with serving(saying(status(503))) as server, opened(base_url=server.url) as caller, ThreadPoolExecutor(10) as pool:
        failed = [*pool.map(error_of, [caller] * 1000)]
        assert len(server.requests) == sum(len(error.attempts) for error in failed if error is not None) == 1100


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_calls_of_tasks_to_a_dead_service_share_100_repetitions(backend: str) -> None:
    errors: list[StatusError] = []

    async def call(client: AsyncClient) -> None:
        for _ in range(20):
            with pytest.raises(StatusError) as raised:
                await client.images.get("crp1")
            errors.append(raised.value)

    async def call_all(url: str) -> None:
        async with AsyncClient(TOKEN, base_url=url) as client, create_task_group() as group:
            for _ in range(10):
                group.start_soon(call, client)

    with serving(saying(status(503))) as server:
        run(call_all, server.url, backend=backend)
        assert len(server.requests) == sum(len(error.attempts) for error in errors) == 300


def test_successes_earn_new_repetitions() -> None:
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
