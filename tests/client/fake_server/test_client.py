"""Clients of both kinds get every example and every fault of the fake server, over HTTP and in process."""

import json
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest

from generated_client import AsyncClient, Image, Response
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
from generator.yaml_document import load
from tests.client.callers import TOKEN, Caller, ClientFactory

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"

EXAMPLES: dict[str, dict[str, Any]] = {
    example["value"]["id"]: example["value"]
    for example in json.loads(json.dumps(load(SPECIFICATION)["components"]["examples"])).values()
    if "id" in example["value"]
}

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


def test_every_example_of_the_specification_arrives_whole(caller: Caller, fake_server: FakeServer) -> None:
    for number, (image_id, example) in enumerate(EXAMPLES.items()):
        response = caller.get_detailed(image_id)
        assert response.parsed.id == image_id
        assert response.parsed.to_dict() == example
        assert response.parsed == Image.from_dict(example)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
        assert response.request_id == fake_server.requests[number].identifier


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


def test_a_body_of_another_type_arrives(caller: Caller, fake_server: FakeServer) -> None:
    fake_server.enqueue(faults.not_typed_json)
    assert caller.get_detailed(KNOWN).headers["content-type"] == "text/plain"


@pytest.mark.usefixtures("clock")
def test_each_attempt_meets_the_next_fault(client_factory: ClientFactory, fake_server: FakeServer) -> None:
    fake_server.enqueue(faults.grpc_error(14), faults.cut_before_headers, faults.rate_limited(0))
    with client_factory(transport=fake_server.transport, retries=3) as caller:
        assert caller.get(KNOWN).id == KNOWN
    assert len(fake_server.requests) == 4
    assert len({request.header("x-client-request-id") for request in fake_server.requests}) == 1
    fake_server.assert_faults_consumed()


def test_it_serves_a_client_on_trio_too(service: Service) -> None:
    async def call() -> Response[Image]:
        fake_server = FakeServer(service)
        fake_server.enqueue(faults.cut_in_body, faults.delayed(0.001))
        async with AsyncClient(TOKEN, transport=fake_server.transport, retries=0) as client:
            with pytest.raises(ConnectionFailed):
                await client.images.get(KNOWN)
            return await client.images.get_detailed(KNOWN)

    assert anyio.run(call, backend="trio").status_code == 200
