"""Errors and the log hold all that a support engineer needs, and no secret."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from generated_client import errors
from generated_client.errors import ApiError
from tests.client.callers import TOKEN
from tests.client.scripted_network import HANG_UP
from tests.client.server import OK, status
from tests.client.virtual_time import VirtualTime

INFO = {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "from-details"}


def refusal(*headers: str, code: int = 5, details: object = ()) -> bytes:
    body = json.dumps({"code": code, "message": "no such image", "details": details}).encode()
    return status(404, *headers, body=body)


def test_an_error_says_everything_in_one_line(virtual: VirtualTime) -> None:
    response = refusal("x-request-id: r-1", "x-server-trace-id: t-1")
    server = virtual.serve(lambda _: [(1.25, response)])
    error = virtual.error_of(errors.NotFound, server.url)
    url = f"{server.url}/container-registry/v1/images/crp1"
    assert (error.status_code, error.code, error.code_name, error.message) == (404, 5, "NOT_FOUND", "no such image")
    assert (error.method, error.url, error.request_id, error.server_trace_id) == ("GET", url, "r-1", "t-1")
    assert str(UUID(error.client_request_id)) == error.client_request_id
    assert f"x-client-request-id: {error.client_request_id}\r\n" in server.requests[0].decode()
    assert str(error) == (
        f"GET {url}: 404 NOT_FOUND: no such image (1 attempt in 1.25 s, request id r-1,"
        f" server trace id t-1, client request id {error.client_request_id})"
    )


@pytest.mark.parametrize(
    ("headers", "details", "request_id"),
    [
        (("x-request-id: r-1",), [INFO], "r-1"),
        ((), [INFO], "from-details"),
        (("x-request-id:",), [INFO], "from-details"),
        ((), [{"requestId": "of another type"}, {"@type": 7}, INFO], "from-details"),
        ((), [{**INFO, "requestId": 7}], None),
        ((), [{**INFO, "requestId": ""}], None),
        ((), [{"@type": INFO["@type"]}], None),
        ((), [], None),
    ],
)
def test_the_services_id_of_a_request_is_in_the_headers_or_in_the_details(
    virtual: VirtualTime, headers: tuple[str, ...], details: list[Any], request_id: str | None
) -> None:
    server = virtual.serve_responses(refusal(*headers, details=details))
    error = virtual.error_of(errors.NotFound, server.url)
    assert error.request_id == request_id
    assert "None" not in str(error)


def test_an_error_says_nothing_of_the_response_that_an_older_token_got(virtual: VirtualTime) -> None:
    server = virtual.serve_responses(
        status(401, "x-request-id: r-1", "retry-after: 9", "connection: close"), b"SSH-2.0\r\n\r\n", OK
    )
    tokens = iter(["t1.old", "t1.new", "t1.new", "t1.new"])
    error = virtual.error_of(errors.ConnectionFailed, server.url, token=tokens.__next__, retries=0)
    assert [re.findall(rb"t1\.\w+", request) for request in server.requests] == [[b"t1.old"], [b"t1.new"]]
    assert (error.call.status_code, error.call.request_id) == (0, None)


# The log.

Log = Callable[[], list[logging.LogRecord]]
"""Returns what the client has logged."""


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Log:
    caplog.set_level(logging.DEBUG, "generated_client")
    return lambda: [record for record in caplog.records if record.name.startswith("generated_client")]


OUTCOMES: Mapping[str, tuple[bytes, str]] = {
    "image": (OK, "200"),
    "refusal": (refusal("x-request-id: r-1"), "404 NOT_FOUND: no such image"),
    "malformed": (status(200, body=b"<html>"), "200, but malformed: not JSON: b'<html>' ("),
    "endless number": (
        status(200, body=b'{"a":' + b"9" * 5000 + b"}"),
        "200, but malformed: a number of too many digits: ",
    ),
    "empty": (status(200), "200, but malformed: not JSON: no body ("),
    "refusal without a word": (status(404, body=b'{"code": 5}'), "404 NOT_FOUND: b'{\"code\": 5}' ("),
    "another success": (status(201, body=b'{"id": "crp1"}'), '201: b\'{"id": "crp1"}\' ('),
    "hang-up": (b"", "no complete response: Server disconnected"),
    "other headers": (status(403, "set-cookie: secret", "www-authenticate: secret", "server: secret"), "403"),
}


@pytest.mark.parametrize(("response", "outcome"), OUTCOMES.values(), ids=OUTCOMES)
def test_a_call_is_one_line_of_the_log(virtual: VirtualTime, log: Log, response: bytes, outcome: str) -> None:
    """It shows no header but the ids."""
    server = virtual.serve(lambda _: [(0, response), HANG_UP])
    with virtual.open(base_url=server.url) as caller, suppress(ApiError):
        caller.get()
    (record,) = log()
    assert (record.name, record.levelno) == ("generated_client", logging.DEBUG)
    line = record.getMessage()
    assert line.startswith(f"GET {server.url}/container-registry/v1/images/crp1: {outcome}")
    assert re.search(r"\(\d attempts? in \d\.\d\d s, (request id r-1, )?client request id [0-9a-f-]{36}\)$", line)
    assert not re.search(f"secret|{TOKEN}", str(vars(record)))


def test_a_call_that_times_out_or_comes_too_late_is_a_line_too(virtual: VirtualTime, log: Log) -> None:
    with virtual.open(base_url=virtual.serve(lambda _: []).url, timeout=5) as caller:
        for _ in range(2):
            caller.error_of(ApiError)
            caller.close()
    timed_out, closed = [record.getMessage() for record in log()]
    assert "timed out after 5.0 s (1 attempt in 5.00 s" in timed_out
    assert "closed" in closed


def test_without_a_log_nothing_is_written_for_it(
    virtual: VirtualTime, log: Log, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "generated_client")
    with virtual.open(base_url=virtual.serve_responses(OK).url) as caller:
        caller.get()
    assert not log()
