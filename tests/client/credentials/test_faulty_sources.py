"""A token service that fails, sends garbage or redirects gives one error, and no token reaches another host."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping

import httpx
import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from generated_client.credentials import AccessToken, MetadataService, ServiceAccountKey, TokenRequest, TokenSource
from generated_client.errors import CredentialsError
from tests.client.callers import ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import EXCHANGE, METADATA, Reply, Services, in_turn, running_services
from tests.client.peer import Peer
from tests.client.virtual_time import ManualClock

CUT = Reply(0)


@pytest.fixture
def elsewhere() -> Generator[Services]:
    """The same services at another origin."""
    with running_services() as elsewhere:
        yield elsewhere


@pytest.fixture
def source(services: Services) -> TokenSource:
    """A source; what holds for this one holds for the other, whose questions take a while to sign."""
    return MetadataService(services.address)


def respond(services: Services, *replies: Reply) -> None:
    """Both services of tokens answer that."""
    services.paths[METADATA] = services.paths[EXCHANGE] = in_turn(*replies)


def token_requests(services: Services) -> int:
    return len(services.at(METADATA)) + len(services.at(EXCHANGE))


GOOD = Reply(
    200, {"access_token": "t1.minted", "expires_in": 3600, "iamToken": "t1.minted", "expiresAt": "2999-01-01T00:00:00Z"}
)


@pytest.mark.parametrize("fault", [CUT, Reply(502, b"<html>")], ids=str)
@pytest.mark.usefixtures("clock")
def test_a_fault_that_may_pass_is_tried_again_within_the_call(
    client_factory: ClientFactory, services: Services, source: TokenSource, fault: Reply
) -> None:
    respond(services, fault, GOOD)
    with client_factory(base_url=services.url, token=source, retries=1) as caller:
        caller.get("crp1")
    assert services.tokens == ["t1.minted"]
    assert token_requests(services) == 2


@pytest.mark.parametrize("fault", [CUT, Reply(503)], ids=str)
@pytest.mark.usefixtures("clock")
def test_a_fault_that_stays_is_an_error_that_may_pass(
    client_factory: ClientFactory, services: Services, source: TokenSource, fault: Reply
) -> None:
    respond(services, fault)
    with (
        pytest.raises(CredentialsError) as raised,
        client_factory(base_url=services.url, token=source, retries=1) as caller,
    ):
        caller.get("crp1")
    assert raised.value.retryable
    assert token_requests(services) == 2
    assert not services.tokens


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_that_may_pass_is_marked_retryable(source: TokenSource, status: int) -> None:
    outcome = source.parse_response(status, {}, b"")
    assert isinstance(outcome, CredentialsError)
    assert outcome.retryable


def test_a_refusal_is_an_error_at_once(client_factory: ClientFactory, services: Services, source: TokenSource) -> None:
    for status in (201, 204, 301, 400, 401, 403, 404, 499, 501, 599):
        services.requests.clear()
        respond(services, Reply(status, b"" if status == 204 else GOOD.content))
        with (
            pytest.raises(CredentialsError, match=f" returned {status} without a usable token") as raised,
            client_factory(base_url=services.url, token=source) as caller,
        ):
            caller.get("crp1")
        assert not raised.value.retryable
        assert token_requests(services) == 1


@pytest.mark.parametrize("kind", ["metadata", "key"])
def test_nobody_is_followed_to_another_origin_for_a_token(
    client_factory: ClientFactory, services: Services, key: Key, elsewhere: Services, kind: str
) -> None:
    respond(services, *(Reply(status, headers={"location": f"{elsewhere.url}{METADATA}"}) for status in (302, 307)))
    by_kind = {
        "metadata": MetadataService(services.address),
        "key": ServiceAccountKey.parse(key.json(), services.exchange),
    }
    with client_factory(base_url=services.url, token=by_kind[kind], retries=0) as caller:
        for _ in range(2):
            with pytest.raises(CredentialsError):
                caller.get("crp1")
    assert token_requests(services) == 2
    assert not elsewhere.requests


LIES = [
    b"",
    b"null",
    b"[]",
    b"7",
    b"{}",
    b"{",
    b"\xff",
    b'{"access_token": null, "iamToken": null, "expires_in": 9, "expiresAt": "2999-01-01T00:00:00Z"}',
    b'{"access_token": "", "iamToken": "", "expires_in": 9, "expiresAt": "2999-01-01T00:00:00Z"}',
    b'{"access_token": "a b", "iamToken": "a b", "expires_in": 9, "expiresAt": "2999-01-01T00:00:00Z"}',
    b'{"access_token": "t1.a\\r\\nx: y", "iamToken": "\\nt1.a", "expires_in": 9, "expiresAt": "2999-01-01T00:00:00Z"}',
    b'{"access_token": "t1.a", "iamToken": "t1.a"}',
    b'{"access_token": "t1.a", "iamToken": "t1.a", "expires_in": NaN, "expiresAt": ""}',
    b'{"access_token": "t1.a", "iamToken": "t1.a", "expires_in": Infinity, "expiresAt": "2999-01-01T00:00:00"}',
    b'{"access_token": "t1.a", "iamToken": "t1.a", "expires_in": 1e999, "expiresAt": 7}',
    b'{"access_token": "t1.a", "iamToken": "t1.a", "expires_in": 1'
    + b"0" * 400
    + b', "expiresAt": "0000-01-01T00:00:00Z"}',
    b'{"access_token": "t1.a", "iamToken": "t1.a", "expires_in": [], "expiresAt": []}',
    b'{"access_token": ' * 20_000,
]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: repr(lie[:90]))
def test_an_response_that_holds_no_token_is_an_error(services: Services, key: Key, lie: bytes) -> None:
    for source in (MetadataService(services.address), ServiceAccountKey.parse(key.json(), services.exchange)):
        outcome = source.parse_response(200, {}, lie)
        assert isinstance(outcome, CredentialsError)
        assert outcome.reason.endswith("returned 200 without a usable token")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
)
ANSWERS = st.binary(max_size=40) | st.dictionaries(
    st.sampled_from(["access_token", "iamToken", "expires_in", "expiresAt"]),
    JSON | st.just("t1.minted") | st.just("2999-01-01T00:00:00Z") | st.just(3600),
).map(lambda fields: json.dumps(fields).encode())


@given(
    status=st.integers(100, 599) | st.just(200), content=ANSWERS, date=st.text(max_size=30) | st.datetimes().map(str)
)
def test_any_response_is_a_token_or_an_error(status: int, content: bytes, date: str) -> None:
    key = ServiceAccountKey.parse('{"id": "k", "service_account_id": "a", "private_key": "p"}')
    for source in (MetadataService(), key):
        outcome = source.parse_response(status, {"date": date}, content)
        assert isinstance(outcome, AccessToken | CredentialsError)


BROKEN = [
    b"",
    b"SSH-2.0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{",
    b"HTTP/9 999\r\n\r\n",
    b"\x00" * 200_000,
]


def test_what_is_no_response_is_an_error_that_may_pass(
    client_factory: ClientFactory, services: Services, peer: Peer
) -> None:
    for response in BROKEN:
        peer.respond_with_bytes(response)
        source = MetadataService(peer.url.removeprefix("http://"))
        with (
            client_factory(base_url=services.url, token=source, retries=0) as caller,
            pytest.raises(CredentialsError, match=" gave no token: ") as raised,
        ):
            caller.get("crp1")
        assert raised.value.retryable
    assert not services.requests


@frozen
class Impatient:
    """A source of one's own: asks the metadata service, and waits for a fifth of a second."""

    service: MetadataService

    def build_request(self) -> TokenRequest:
        return evolve(self.service.build_request(), name="the slow service", timeout=0.2)

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        return self.service.parse_response(status_code, headers, content)


class SlowSource(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport on which the first request for a token gets no response in the time that it may take."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.waited: list[float] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if "metadata-flavor" not in request.headers:
            return httpx.Response(200, json={"id": request.headers["authorization"]})
        if self.waited:
            return httpx.Response(200, content=GOOD.content)
        self.waited.append(request.extensions["timeout"]["read"])
        self._clock.move(self.waited[0])
        raise httpx.ReadTimeout("The read operation timed out")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def test_a_source_that_does_not_respond_is_given_up_before_the_call_is(
    client_factory: ClientFactory, clock: ManualClock
) -> None:
    transport = SlowSource(clock)
    source = Impatient(MetadataService("127.0.0.1"))
    with client_factory(token=source, transport=transport, retries=0) as caller:
        with pytest.raises(CredentialsError, match=r"^the slow service gave no token: timed out$") as raised:
            caller.get("crp1", timeout=2)
        assert raised.value.retryable
        assert transport.waited == pytest.approx([0.2])
        assert caller.get("crp1").id == "Bearer t1.minted"
