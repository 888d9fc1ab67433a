"""Every response of the fake server has the fields and headers that the specification describes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from generated_client import Image, Status
from generator.readers.openapi import parse_specification
from generator.readers.openapi.examples import service_of
from generator.runtime.testing import FakeResponse, ReceivedRequest, respond
from generator.runtime.testing._gateway import CODES
from generator.runtime.testing.faults import grpc_error
from generator.yaml_document import load

TABLE = load(Path(__file__).parents[2] / "spec" / "openapi.yaml")
DOCUMENT: Any = json.loads(json.dumps(TABLE))
EXAMPLES: dict[str, Any] = {name: example["value"] for name, example in DOCUMENT["components"]["examples"].items()}

IMAGES = "/container-registry/v1/images"
GOOD = ReceivedRequest(
    method="GET",
    path=f"{IMAGES}/{EXAMPLES['ImageOfSeveralLayers']['id']}",
    query="",
    headers=(("authorization", "Bearer token"),),
    body=b"",
    identifier="11111111-2222-3333-4444-555555555555",
    at=datetime(2026, 11, 23, tzinfo=UTC),
)


def _responses() -> Iterator[tuple[str, FakeResponse]]:
    """Yield every response of the fake server: each example by its id, each rejection, each code."""
    service = service_of(parse_specification(TABLE))
    for name, example in EXAMPLES.items():
        yield name, respond(service, evolve(GOOD, path=f"{IMAGES}/{example.get('id', name)}"))
    yield "another path", respond(service, evolve(GOOD, path="/"))
    yield "another method", respond(service, evolve(GOOD, method="POST"))
    yield "no token", respond(service, evolve(GOOD, headers=()))
    yield "too long an id", respond(service, evolve(GOOD, path=f"{IMAGES}/{'x' * 51}"))
    for code, (name, _) in CODES.items():
        yield name, grpc_error(code)(service, GOOD)


RESPONSES = dict(_responses())


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_a_response_of_the_fake_server_has_no_field_that_the_contract_lacks(response: FakeResponse) -> None:
    model = Image if response.status == 200 else Status
    message = model.from_dict(json.loads(response.body))
    assert message.additional_properties == {}
    assert message.to_dict() == json.loads(response.body)


def test_the_headers_of_the_responses_are_those_that_the_contract_names() -> None:
    success = DOCUMENT["paths"]["/container-registry/v1/images/{imageId}"]["get"]["responses"]["200"]
    named = {"content-type", *success["headers"]}
    assert all({name for name, _ in response.headers} == named for response in RESPONSES.values())
    assert DOCUMENT["components"]["responses"]["Error"]["headers"] == success["headers"]
    assert all(dict(response.headers)["content-type"] in success["content"] for response in RESPONSES.values())
