"""Clients of both kinds get every example and every fault of the fake server, over HTTP and in process."""

from collections.abc import Generator, Mapping
from typing import Any

import anyio
import pytest

from generated_client import AsyncClient, Client
from generated_client.errors import (
    ApiError,
    Cancelled,
    ConnectionFailed,
    MalformedResponse,
    NotFound,
    ResourceExhausted,
    Unavailable,
    UnexpectedStatus,
)
from generated_client.testing import FakeServer, Fault, Service, faults
from tests.client.callers import TOKEN, Caller, ClientFactory

KNOWN = "crp5o1vp3mk7vq1ql0b9"


@pytest.fixture(params=["over HTTP", "in process"])
def way(request: pytest.FixtureRequest, fake_server: FakeServer) -> Mapping[str, Any]:
    """The arguments of a client that calls the fake server, by either way."""
    return {"base_url": fake_server.url} if request.param == "over HTTP" else {"transport": fake_server.transport}


@pytest.fixture
def caller(client_factory: ClientFactory, way: Mapping[str, Any]) -> Generator[Caller]:
    """An open client that calls the fake server."""
    with client_factory(**way) as caller:
        yield caller


def test_every_example_of_the_contract_arrives_whole(caller: Caller, fake_server: FakeServer, service: Service) -> None:
    """Each with a request id of its own."""
    responses = [caller.get_detailed(example["id"]) for example in service.endpoints[0].examples]
    assert [response.parsed.to_dict() for response in responses] == [*service.endpoints[0].examples]
    identifiers = [response.request_id for response in responses]
    assert identifiers == [request.identifier for request in fake_server.requests]
    assert len(set(identifiers)) == len(responses) > 1


def test_a_request_carries_what_the_contract_asks_for_and_nothing_else(caller: Caller, fake_server: FakeServer) -> None:
    caller.get(KNOWN)
    (request,) = fake_server.requests
    assert (request.method, request.query, request.body) == ("GET", "", b"")
    assert request.path == f"/container-registry/v1/images/{KNOWN}"
    assert request.header("authorization") == f"Bearer {TOKEN}"
    assert request.header("accept") == "application/json"
    fake_server.assert_no_violations()


def test_an_image_that_is_not_there_is_not_found(caller: Caller, fake_server: FakeServer) -> None:
    for image_id in ("crp0", "a b?c#d%2F", "ж" * 50):
        with pytest.raises(NotFound) as raised:
            caller.get(image_id)
        error = raised.value
        assert image_id in error.message
        assert error.request_id == fake_server.requests[-1].identifier
        assert error.details[0]["requestId"] == error.request_id
    fake_server.assert_no_violations()


FAULTS: Mapping[str, tuple[Fault, type[ApiError]]] = {
    "throttled": (faults.rate_limited(7), ResourceExhausted),
    "throttled until a date": (faults.rate_limited_until(7), ResourceExhausted),
    "499": (faults.grpc_error(1), Cancelled),
    "a status that no code has": (faults.http_error(418), UnexpectedStatus),
    "HTML 502": (faults.html_502, UnexpectedStatus),
    "not JSON": (faults.not_json, MalformedResponse),
    "truncated JSON": (faults.truncated_json, MalformedResponse),
    "cut before the headers": (faults.cut_before_headers, ConnectionFailed),
    "cut in the body": (faults.cut_in_body, ConnectionFailed),
    "a late error": (faults.delayed(0.01, faults.grpc_error(14)), Unavailable),
    "a dripping error": (faults.slow_body(0.0001, faults.html_502), UnexpectedStatus),
}


def test_every_fault_arrives_as_its_exception_and_the_next_call_goes_well(
    client_factory: ClientFactory, way: Mapping[str, Any], fake_server: FakeServer
) -> None:
    for name, (fault, expected) in FAULTS.items():
        fake_server.enqueue(fault)
        with client_factory(**way) as caller:
            with pytest.raises(expected) as raised:
                caller.get(KNOWN)
            assert type(raised.value) is expected, name
            fake_server.assert_faults_consumed()
            assert caller.get(KNOWN).id == KNOWN


@pytest.mark.usefixtures("clock")
def test_each_attempt_meets_the_next_fault(fake_server: FakeServer) -> None:
    fake_server.enqueue(faults.grpc_error(14), faults.cut_before_headers, faults.rate_limited(0))
    with Client(TOKEN, transport=fake_server.transport, retries=3) as client:
        assert client.images.get(KNOWN).id == KNOWN
    assert len(fake_server.requests) == 4


def test_it_serves_a_client_on_trio_too(fake_server: FakeServer) -> None:
    async def call() -> None:
        async with AsyncClient(TOKEN, transport=fake_server.transport, retries=0) as client:
            with pytest.raises(ConnectionFailed):
                await client.images.get(KNOWN)
            assert (await client.images.get(KNOWN)).id == KNOWN

    fake_server.enqueue(faults.cut_in_body, faults.delayed(0.001))
    anyio.run(call, backend="trio")
