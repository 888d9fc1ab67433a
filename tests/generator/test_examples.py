"""Each example of the specification matches its schema, and so does every response of the fake server."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema_rs import Draft202012Validator, ValidationError

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


def _is_decimal_int64(text: str) -> bool:
    return re.fullmatch(r"0|-?[1-9][0-9]*", text) is not None and -(2**63) <= int(text) < 2**63


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without room for a property that it does not name, so that a misspelt one is found."""
    return {"additionalProperties": False, **schema} if "properties" in schema else schema


def _validator(name: str) -> Draft202012Validator:
    schemas = json.loads(json.dumps(DOCUMENT["components"]["schemas"]), object_hook=_closed)
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}},
        formats={"int64": _is_decimal_int64},
        validate_formats=True,
    )


IMAGE, STATUS = _validator("Image"), _validator("Status")


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


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_true_to_its_schema(name: str) -> None:
    (STATUS if "code" in EXAMPLES[name] else IMAGE).validate(EXAMPLES[name])


@pytest.mark.parametrize(
    "fault",
    [
        {"id": 1},
        {"compressedSize": "1.5"},
        {"compressedSize": str(2**63)},
        {"createdAt": "2026-03-14"},
        {"tags": ["latest", "latest"]},
        {"layers": [{"size": 1}]},
        {"config": {"sise": "1"}},
    ],
    ids=str,
)
def test_a_false_example_would_be_noticed(fault: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        IMAGE.validate(EXAMPLES["ImageOfSeveralLayers"] | fault)


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES.keys())
def test_an_response_of_the_fake_server_is_true_to_the_schema_of_its_response(response: FakeResponse) -> None:
    (IMAGE if response.status == 200 else STATUS).validate(json.loads(response.body))


def test_the_headers_of_the_responses_are_those_that_the_contract_names() -> None:
    success = DOCUMENT["paths"]["/container-registry/v1/images/{imageId}"]["get"]["responses"]["200"]
    named = {"content-type", *success["headers"]}
    assert all({name for name, _ in response.headers} == named for response in RESPONSES.values())
    assert DOCUMENT["components"]["responses"]["Error"]["headers"] == success["headers"]
    assert all(dict(response.headers)["content-type"] in success["content"] for response in RESPONSES.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_served(name: str) -> None:
    example = {key: value for key, value in EXAMPLES[name].items() if key != "details"}
    assert any(example.items() <= json.loads(response.body).items() for response in RESPONSES.values())
