"""The fake server responds as the contract and a gRPC gateway do, and rejects what they reject."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from generated_client.testing import FakeResponse, ReceivedRequest, Service, respond
from generated_client.testing._gateway import CODES, REQUEST_INFO, error
from generated_client.testing._service import Endpoint, EndpointParameter
from generator.yaml_document import load

IMAGES = "/container-registry/v1/images"
KNOWN = "crp5o1vp3mk7vq1ql0b9"
SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"

GOOD = ReceivedRequest(
    method="GET",
    path=f"{IMAGES}/{KNOWN}",
    query="",
    headers=(("authorization", "Bearer token"),),
    body=b"",
    identifier="11111111-2222-3333-4444-555555555555",
    at=datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC),
)


def read(response: FakeResponse) -> Any:
    return json.loads(response.body)


REFUSALS: dict[str, tuple[dict[str, Any], int, int, str]] = {
    "unknown path": ({"path": "/container-registry/v1/registries/x"}, 404, 5, "no path /container-registry/v1/reg"),
    "no id": ({"path": f"{IMAGES}/"}, 404, 5, "no path"),
    "id of two segments": ({"path": f"{IMAGES}/a/b"}, 404, 5, "no path"),
    "path continued": ({"path": f"{IMAGES}/{KNOWN}/"}, 404, 5, "no path"),
    "path with a prefix": ({"path": f"/x{IMAGES}/{KNOWN}"}, 404, 5, "no path"),
    "encoded slash is part of the id": ({"path": f"{IMAGES}/a%2Fb"}, 404, 5, "Image a/b not found"),
    "an id in UTF-8": ({"path": f"{IMAGES}/%D0%B6"}, 404, 5, "Image ж not found"),
    "another method": ({"method": "POST"}, 501, 12, "no method POST"),
    "HEAD": ({"method": "HEAD"}, 501, 12, "no method HEAD"),
    "no token": ({"headers": ()}, 401, 16, "no bearer token"),
    "empty token": ({"headers": (("authorization", "Bearer  "),)}, 401, 16, "no bearer token"),
    "another scheme": ({"headers": (("authorization", "Basic dTpw"),)}, 401, 16, "no bearer token"),
    "51 characters": ({"path": f"{IMAGES}/{'x' * 51}"}, 400, 3, "imageId has 51 characters and may have at most 50"),
    "broken percent-encoding": ({"path": f"{IMAGES}/%zz"}, 400, 3, "imageId is missing, or is not percent-encoded"),
    "not UTF-8": ({"path": f"{IMAGES}/%ff"}, 400, 3, "imageId is missing, or is not percent-encoded"),
    "client request id": ({"headers": (*GOOD.headers, ("x-client-request-id", "7"))}, 400, 3, "is not a valid uuid"),
}


@pytest.mark.parametrize(("change", "status", "code", "message"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_request_against_the_contract_is_refused_as_a_gateway_would(
    service: Service, change: dict[str, Any], status: int, code: int, message: str
) -> None:
    response = respond(service, evolve(GOOD, **change))
    assert (response.status, read(response)["code"]) == (status, code)
    assert message in response.body.decode()


ACCEPTED = {
    "an encoded id": {"path": f"{IMAGES}/%63{KNOWN[1:]}"},
    "a query": {"query": "a=b"},
    "the scheme in capitals": {"headers": (("authorization", "BEARER x"),)},
    "a client request id": {
        "headers": (*GOOD.headers, ("x-client-request-id", "5A9C2F1E-7f0b-4a35-9a54-3d1f6f0f9b0c"))
    },
}


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_the_contract_allows_is_not_refused(service: Service, change: dict[str, Any]) -> None:
    assert respond(service, evolve(GOOD, **change)).status == 200


def test_every_response_names_its_request_in_headers_and_in_details(service: Service) -> None:
    for path in (GOOD.path, "/"):
        response = respond(service, evolve(GOOD, path=path))
        headers = dict(response.headers)
        assert headers["content-type"] == "application/json"
        assert headers["x-request-id"] == GOOD.identifier
        assert headers["x-server-trace-id"] == "1111111122223333:4444555555555555:1111111122223333:1"
        if response.status != 200:
            details = [{"@type": REQUEST_INFO, "requestId": GOOD.identifier}]
            assert read(response)["details"] == details


def things(method: str, status: int, *parameters: EndpointParameter) -> Endpoint:
    """A method without token and id that answers `{}`."""
    return Endpoint(method, "/things", parameters, secured=False, status=status, examples=({},), identified_by=None)


THINGS = evolve(GOOD, path="/things", headers=())


def test_what_is_added_to_an_endpoint_that_asks_for_no_id_is_its_response() -> None:
    service = Service((evolve(things("GET", 200), model="Things"), things("POST", 200)), {})
    service = service.holding("Things", {"name": "a"})
    assert [read(respond(service, evolve(THINGS, method=method))) for method in ("GET", "POST")] == [{"name": "a"}, {}]


def test_a_placeholder_may_have_any_name_and_stand_anywhere_in_its_segment() -> None:
    name = EndpointParameter("thing-id", "path", required=True, schema={"type": "string", "maxLength": 1})
    service = Service((evolve(things("GET", 200, name), template="/things.{thing-id}:close"),), {})
    paths = {"/things.a:close": 200, "/things.ab:close": 400, "/things.:close": 404, "/thingsxa:close": 404}
    assert {path: respond(service, evolve(THINGS, path=path)).status for path in paths} == paths


def test_a_header_is_found_whatever_the_case_of_its_name() -> None:
    service = Service((things("GET", 200, EndpointParameter("X-Thing", "header", required=True)),), {})
    assert respond(service, evolve(THINGS, headers=(("x-thing", "1"),))).status == 200
    assert respond(service, THINGS).status == 400


def test_an_error_without_an_example_carries_the_name_of_its_code() -> None:
    response = error(Service((), {}), GOOD, 14)
    assert (response.status, read(response)["message"]) == (503, "UNAVAILABLE")


def test_the_statuses_of_the_codes_are_those_that_the_contract_describes() -> None:
    described = load(SPECIFICATION)["components"]["responses"]["Error"]["description"]
    pairs = {
        int(code): int(status)
        for status, codes in re.findall(r"(\d{3})\s(?:for\s)(?:codes\s)?((?:\d+(?:,\s|\sand\s)?)+)", described)
        for code in re.findall(r"\d+", codes)
    }
    assert pairs == {code: status for code, (_, status) in CODES.items()}
