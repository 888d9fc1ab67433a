"""The options of one call take precedence over the settings of its client. Time is virtual."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from generated_client.errors import InvalidParameter, Timeout, Unavailable
from tests.client.server import OK, status
from tests.client.virtual_time import VirtualTime

IDENTIFIER = "5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c"


@pytest.mark.parametrize("method", ["get", "get_detailed"])
def test_the_timeout_is_the_one_of_the_call(virtual: VirtualTime, method: str) -> None:
    with virtual.open(base_url=virtual.serve(lambda _: []).url, timeout=9) as caller:
        with pytest.raises(Timeout):
            getattr(caller, method)(timeout=2)
        assert virtual.now == 2
        caller.error_of(Timeout)
        assert virtual.now == 11


@pytest.mark.parametrize("method", ["get", "get_detailed"])
def test_the_number_of_retries_is_the_one_of_the_call(virtual: VirtualTime, method: str) -> None:
    server = virtual.serve_responses(status(503))
    with virtual.open(base_url=server.url, timeout=1000, retries=2) as caller:
        for retries, attempts in [(0, 1), (4, 5), (None, 3)]:
            server.requests.clear()
            with pytest.raises(Unavailable) as raised:
                getattr(caller, method)(retries=retries)
            assert len(server.requests) == len(raised.value.attempts) == attempts


@pytest.mark.parametrize("identifier", [IDENTIFIER, IDENTIFIER.upper()])
def test_every_attempt_has_the_identifier_of_the_caller(
    virtual: VirtualTime, caplog: pytest.LogCaptureFixture, identifier: str
) -> None:
    caplog.set_level(logging.DEBUG, "generated_client")
    server = virtual.serve_responses(status(503), status(503), status(503), status(503), OK)
    with virtual.open(base_url=server.url, timeout=1000) as caller:
        error = caller.error_of(Unavailable, client_request_id=identifier)
        caller.get_detailed(client_request_id=identifier)
        caller.get()
    sent = re.findall(r"x-client-request-id: (\S+)", b"".join(server.requests).decode())
    assert sent[:-1] == [identifier] * 5
    assert sent[-1] != identifier
    assert error.client_request_id == identifier
    lines = [record.getMessage() for record in caplog.records if record.name == "generated_client"]
    assert [f"client request id {identifier})" in line for line in lines] == [True, True, False]


INVALID: dict[str, tuple[str, list[Any]]] = {
    "timeout must be a number of seconds above 0": ("timeout", [0, "1", float("nan")]),
    "retries must be a whole number, zero or more": ("retries", [-1, 0.5, True]),
    "client_request_id must be a str, not bytes": ("client_request_id", [IDENTIFIER.encode()]),
    "client_request_id must be a UUID such as ": (
        "client_request_id",
        [
            *("", "order-7", IDENTIFIER.replace("-", ""), IDENTIFIER.replace("5", "٥")),
            *(f"{IDENTIFIER}\r\nx: y", f"{IDENTIFIER}\n"),
        ],
    ),
}
"""Message -> an option and its values that it is about."""


@pytest.mark.parametrize("method", ["get", "get_detailed"])
@pytest.mark.parametrize("message", INVALID)
def test_an_invalid_option_is_rejected_before_anything_is_sent(virtual: VirtualTime, method: str, message: str) -> None:
    server = virtual.serve_responses(OK)
    name, values = INVALID[message]
    with virtual.open(base_url=server.url) as caller:
        for value in values:
            with pytest.raises(InvalidParameter, match=message) as raised:
                getattr(caller, method)(**{name: value})
            assert raised.value.name == name
    assert server.accepted == 0


def test_a_response_has_the_attempts_and_the_time_of_its_call(virtual: VirtualTime) -> None:
    """The time begins with the token."""

    def token() -> str:
        virtual.sleep(5)
        return "t1.made-up"

    responses = iter([status(503, "retry-after: 20"), status(503, "retry-after: 30"), OK, OK])
    server = virtual.serve(lambda _: [(2, next(responses))])
    with virtual.open(base_url=server.url, timeout=1000, token=token) as caller:
        response = caller.get_detailed()
        assert (response.attempts, response.elapsed) == (3, 5 + 2 + 20 + 5 + 2 + 30 + 5 + 2)
        assert type(response.elapsed) is float
        response = caller.get_detailed()
        assert (response.attempts, response.elapsed) == (1, 5 + 2)
