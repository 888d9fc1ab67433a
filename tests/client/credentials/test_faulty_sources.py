"""A token service that fails, sends garbage or redirects gives one error, and no token reaches another host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from generated_client.credentials import AccessToken, MetadataService, ServiceAccountKey, TokenRequest, TokenSource
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import (
    HALF_A_DAY,
    HANG,
    ErrorOf,
    Gate,
    Reply,
    Services,
    metadata,
    running_services,
)
from tests.client.leak_detection import leaks
from tests.client.peer import Peer
from tests.client.virtual_time import ManualClock

CUT = Reply(0)
UNSIGNED = ServiceAccountKey.parse('{"id": "k", "service_account_id": "a", "private_key": "p"}')


@pytest.mark.parametrize("fault", [CUT, Reply(502, b"<html>")], ids=str)
def test_a_fault_that_may_pass_is_tried_again_within_the_call(
    connect: ClientFactory, services: Services, fault: Reply, clock: ManualClock
) -> None:
    services.metadata.respond(fault, metadata("t1.minted"), fault)
    with connect(token=services.source, retries=1) as caller:
        caller.get()
        assert (len(services.metadata.requests), services.tokens) == (2, ["t1.minted"])
        clock.move(HALF_A_DAY)
        assert caller.error_of(CredentialsError).retryable
    assert (len(services.metadata.requests), services.tokens) == (4, ["t1.minted"])


@pytest.mark.parametrize("status", [201, 204, 307, 401, 403])
def test_a_refusal_is_an_error_at_once(error_of: ErrorOf, services: Services, status: int) -> None:
    services.metadata.respond(Reply(status, b"" if status == 204 else metadata("t1.minted").content))
    error = error_of(CredentialsError, token=services.source, retries=1)
    assert str(error).endswith(f" returned {status} without a usable token")
    assert len(services.requests) == 1


def test_a_status_that_may_pass_is_marked_retryable() -> None:
    retryable = {status for status in range(201, 600) if unusable(MetadataService(), status).retryable}
    assert retryable == {429, 500, 502, 503, 504}


def unusable(source: TokenSource, status: int, content: bytes = b"", request_id: str | None = None) -> CredentialsError:
    """Return the error for a response of a token service."""
    outcome = source.parse_response(status, {"x-request-id": request_id} if request_id else {}, content)
    assert isinstance(outcome, CredentialsError)
    return outcome


@pytest.mark.parametrize("is_key", [False, True], ids=["metadata", "key"])
def test_no_redirect_to_another_origin_is_followed(
    connect: ClientFactory, services: Services, key: Key, *, is_key: bool
) -> None:
    source = ServiceAccountKey.parse(key.json(), services.exchange.url) if is_key else services.source
    with running_services() as elsewhere, connect(token=source) as caller:
        for status in (302, 307):
            redirect = Reply(status, headers={"location": elsewhere.metadata.url})
            services.metadata.respond(redirect)
            services.exchange.respond(redirect)
            caller.error_of(CredentialsError)
        assert len(services.requests) == 2
        assert not elsewhere.requests


def issued(token: str, life: str = '"expires_in": 9, "expiresAt": "2999-01-01T00:00:00Z"') -> bytes:
    """Return a response of both token services."""
    return f'{{"access_token": {token}, "iamToken": {token}, {life}}}'.encode()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"null", b"[]", b"7", b"{}", b"{", b"\xff", b'{"access_token": ' * 20_000),
        *(issued(token) for token in ("null", '""', '"a b"', r'"t1.a\r\nx: y"', r'"\nt1.a"')),
        issued('"t1.a"', '"x": 1'),
        issued('"t1.a"', '"expires_in": NaN, "expiresAt": ""'),
        issued('"t1.a"', '"expires_in": Infinity, "expiresAt": "2999-01-01T00:00:00"'),
        issued('"t1.a"', '"expires_in": 1e999, "expiresAt": 7'),
        issued('"t1.a"', f'"expires_in": 1{"0" * 400}, "expiresAt": "0000-01-01T00:00:00Z"'),
        issued('"t1.a"', '"expires_in": [], "expiresAt": []'),
    ],
    ids=lambda content: repr(content[:90]),
)
def test_a_response_without_a_token_is_an_error(content: bytes) -> None:
    for source in (MetadataService(), UNSIGNED):
        assert unusable(source, 200, content).reason.endswith(" returned 200 without a usable token")


@given(
    status=st.integers(100, 599) | st.just(200),
    content=st.binary(max_size=40)
    | st.dictionaries(
        st.sampled_from(["access_token", "iamToken", "expires_in", "expiresAt"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=3),
        )
        | st.sampled_from(["t1.minted", "2999-01-01T00:00:00Z", 3600]),
    ).map(lambda fields: json.dumps(fields).encode()),
    date=st.text(max_size=30) | st.datetimes().map(str),
)
def test_any_response_is_a_token_or_an_error(status: int, content: bytes, date: str) -> None:
    for source in (MetadataService(), UNSIGNED):
        outcome = source.parse_response(status, {"date": date}, content)
        assert isinstance(outcome, AccessToken | CredentialsError)


@pytest.mark.parametrize(
    "response",
    [b"", b"SSH-2.0\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", b"\x00" * 200_000],
    ids=lambda response: repr(response[:20]),
)
def test_broken_http_is_an_error_that_may_pass(error_of: ErrorOf, peer: Peer, response: bytes) -> None:
    peer.respond_with_bytes(response)
    error = error_of(CredentialsError, token=MetadataService(peer.url.removeprefix("http://")))
    assert " gave no token: " in str(error)
    assert error.retryable


@frozen
class Impatient:
    """A source of one's own: asks the metadata service, and waits for a tenth of a second."""

    service: MetadataService

    def build_request(self) -> TokenRequest:
        return evolve(self.service.build_request(), name="the slow service", timeout=0.1)

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        return self.service.parse_response(status_code, headers, content)


def test_a_source_that_does_not_respond_is_given_up_before_the_call_is(
    error_of: ErrorOf, services: Services, gate: Gate
) -> None:
    services.metadata.respond(gate.before(metadata("t1.late")))
    error = error_of(CredentialsError, token=Impatient(services.source), timeout=HANG)
    assert str(error) == "the slow service gave no token: timed out"
    assert error.retryable


# An error quotes the reason that a token service gives, without anything that may be a secret.

INFO = [{"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "5b1b1b5e-90a5-4cd1-a03d-3d7b6ec0a1f2"}]


def test_a_rejected_key_is_reported_with_message_code_and_request_id(
    error_of: ErrorOf, services: Services, key: Key
) -> None:
    services.exchange.respond(Reply(401, {"code": 16, "message": "Key 'aje1' was not found", "details": INFO}))
    error = error_of(CredentialsError, token=ServiceAccountKey.parse(key.json(), services.exchange.url))
    assert str(error) == (
        f"the token service at {services.exchange.url} returned 401 (code 16): Key 'aje1' was not found"
        " (request id 5b1b1b5e-90a5-4cd1-a03d-3d7b6ec0a1f2)"
    )
    assert not error.retryable


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"message": "no"}, ": no"),
        ({"code": 7}, " (code 7) without a usable token"),
        ({"code": "7", "message": ["no"]}, " without a usable token"),
        ({"message": "a\r\nb\x1b[2J"}, r": a\r\nb\x1b[2J"),
        ({"message": "x." * 200}, f": {'x.' * 150}..."),
        ({"message": "no", "details": [{"@type": "t"}, *INFO]}, f": no (request id {INFO[0]['requestId']})"),
        ({"message": "no", "details": [{"requestId": 7}]}, ": no"),
        ({"message": "no", "details": 7}, " without a usable token"),
        ({"message": "no", "details": ["x"]}, " without a usable token"),
        ([], " without a usable token"),
        (None, " without a usable token"),
    ],
    ids=str,
)
def test_an_error_is_quoted_as_far_as_it_is_valid(body: Any, text: str) -> None:
    error = unusable(MetadataService("host"), 401, json.dumps(body).encode())
    assert error.reason == f"the metadata service at host returned 401{text}"


def test_the_request_id_of_a_header_and_a_hint_are_added() -> None:
    error = unusable(MetadataService("host"), 404, json.dumps({"message": "no", "details": INFO}).encode(), "r-1")
    assert error.reason.endswith(" returned 404: no: the machine has no service account (request id r-1)")


def test_a_secret_in_a_reason_is_not_shown(key: Key) -> None:
    source = ServiceAccountKey.parse(key.json(), "https://iam.example.com")
    request = source.build_request()
    assert isinstance(request, TokenRequest)
    jwt = json.loads(request.content)["jwt"]
    canaries = ["t1.canary.canary", "y0_canarycanary", "AQVNcanarycanary"]
    for secret in [jwt, *jwt.split("."), *key.pem.splitlines()[1:-2], *canaries]:
        body = {"code": 16, "message": f"bad: '{secret}', sorry", "details": [{"requestId": secret}]}
        for service in (source, MetadataService()):
            error = unusable(service, 401, json.dumps(body).encode())
            assert error.reason.endswith("(code 16): bad: '[token]', sorry (request id [token])")
            assert leaks([error], [secret]) == []
