"""Clients of both kinds against the double, over HTTP and in process: every example, every fault."""

import json
from collections.abc import Generator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import anyio
import pytest

from generated_client import AsyncClient, Image, Response, _retries
from generated_client.errors import (
    AnswerError,
    ApiError,
    Cancelled,
    ConnectionFailed,
    MalformedResponse,
    NotFound,
    ResourceExhausted,
    Timeout,
    Unavailable,
    UnexpectedStatus,
)
from generated_client.testing import Double, Fault, Service, faults
from generated_client.testing._gateway import CODES
from generator.yaml_document import load
from tests.client.callers import TOKEN, Caller, Opening

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"

EXAMPLES: dict[str, dict[str, Any]] = {
    one["value"]["id"]: one["value"]
    for one in json.loads(json.dumps(load(SPECIFICATION)["components"]["examples"])).values()
    if "id" in one["value"]
}

KNOWN = "crp5o1vp3mk7vq1ql0b9"


@pytest.fixture(params=["over HTTP", "in process"])
def way(request: pytest.FixtureRequest, double: Double) -> Mapping[str, Any]:
    """The arguments of a client that calls the double, by either way."""
    return {"base_url": double.url} if request.param == "over HTTP" else {"transport": double.transport}


@pytest.fixture
def caller(opening: Opening, way: Mapping[str, Any]) -> Generator[Caller]:
    """An open client that calls the double."""
    with opening(**way) as caller:
        yield caller


@pytest.mark.parametrize("image_id", EXAMPLES)
def test_every_example_of_the_specification_arrives_whole(caller: Caller, double: Double, image_id: str) -> None:
    response = caller.get_detailed(image_id)
    assert response.parsed.id == image_id
    assert response.parsed.to_dict() == EXAMPLES[image_id]
    assert response.parsed == Image.from_dict(EXAMPLES[image_id])
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.request_id == double.requests[0].identifier


def test_a_request_carries_what_the_contract_asks_for_and_nothing_else(caller: Caller, double: Double) -> None:
    caller.get(KNOWN)
    (request,) = double.requests
    assert (request.method, request.query, request.body) == ("GET", "", b"")
    assert request.path == f"/container-registry/v1/images/{KNOWN}"
    assert request.header("authorization") == f"Bearer {TOKEN}"
    assert request.header("accept") == "application/json"
    double.assert_all_allowed()


@pytest.mark.parametrize("image_id", ["crp0", "..", "a/b?c#d%2F", "ж" * 50])
def test_an_image_that_is_not_there_is_not_found(caller: Caller, double: Double, image_id: str) -> None:
    with pytest.raises(NotFound) as raised:
        caller.get(image_id)
    error = raised.value
    assert image_id in error.message
    assert error.request_id == double.requests[0].identifier
    assert error.details[0]["requestId"] == error.request_id
    double.assert_all_allowed()


@pytest.mark.parametrize("code", CODES)
def test_every_code_arrives_as_its_exception(caller: Caller, double: Double, code: int) -> None:
    double.next(faults.failing(code), faults.failing(code))  # A token that is refused is asked for once more.
    with pytest.raises(AnswerError) as raised:
        caller.get(KNOWN)
    assert (raised.value.code, raised.value.status_code) == (code, CODES[code][1])


FAULTS: Mapping[str, tuple[Fault, type[ApiError]]] = {
    "throttled": (faults.throttled(7), ResourceExhausted),
    "throttled until a date": (faults.throttled_until(7), ResourceExhausted),
    "499": (faults.failing(1), Cancelled),
    "a status that no code has": (faults.failing_with(418), UnexpectedStatus),
    "HTML 502": (faults.html_502, UnexpectedStatus),
    "not JSON": (faults.not_json, MalformedResponse),
    "truncated JSON": (faults.truncated_json, MalformedResponse),
    "cut before the headers": (faults.cut_before_headers, ConnectionFailed),
    "cut in the body": (faults.cut_in_body, ConnectionFailed),
    "late": (faults.late(60), Timeout),
    "dripping": (faults.dripping(0.1), Timeout),
    "dripping slowly": (faults.dripping(60), Timeout),
    "a late error": (faults.late(0.01, faults.failing(14)), Unavailable),
    "a dripping error": (faults.dripping(0.0001, faults.html_502), UnexpectedStatus),
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_arrives_as_its_exception_and_the_next_call_goes_well(
    opening: Opening, way: Mapping[str, Any], double: Double, fault: Fault, expected: type[ApiError]
) -> None:
    double.next(fault)
    begun = monotonic()
    with opening(**way) as caller:
        with pytest.raises(expected) as raised:
            caller.get(KNOWN, timeout=0.5 if expected is Timeout else 20)
        assert monotonic() - begun < 20
        assert type(raised.value) is expected
        double.assert_all_used()
        assert caller.get(KNOWN).id == KNOWN


def test_a_body_of_another_type_arrives(caller: Caller, double: Double) -> None:
    double.next(faults.not_typed_json)
    assert caller.get_detailed(KNOWN).headers["content-type"] == "text/plain"


def test_a_call_that_is_repeated_meets_one_fault_after_another(
    opening: Opening, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_retries, "_BASE", 0.001)
    double.next(faults.failing(14), faults.cut_before_headers, faults.throttled(0))
    with opening(transport=double.transport, retries=3) as caller:
        assert caller.get(KNOWN).id == KNOWN
    assert len(double.requests) == 4
    assert len({one.header("x-client-request-id") for one in double.requests}) == 1
    double.assert_all_used()


def test_it_serves_a_client_on_trio_too(service: Service) -> None:
    async def call() -> Response[Image]:
        double = Double(service)
        double.next(faults.late(60))
        async with AsyncClient(TOKEN, transport=double.transport, retries=0) as client:
            with pytest.raises(Timeout):
                await client.images.get(KNOWN, timeout=0.5)
            return await client.images.get_detailed(KNOWN)

    assert anyio.run(call, backend="trio").status_code == 200
