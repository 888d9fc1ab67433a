"""openapi-core and the client accept the same requests and responses.

openapi-core validates against the specification alone. A request that the client sends is valid, and one that it
rejects is not; the client reads a valid response and rejects an invalid one, except for what proto3 JSON decides.
"""

import json
import re
from collections.abc import Collection, Mapping
from itertools import product
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import unquote

import httpx
import pytest
from attrs import frozen
from hypothesis import example, given
from hypothesis import strategies as st
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from generated_client import Client, errors
from generated_client.testing import FakeServer, faults
from generated_client.testing._fake_server import contract_service
from tests.client.messages import IMAGES, to_json

SPECIFICATION = Path(__file__).parents[2] / "spec" / "openapi.yaml"
HOST, IMAGES_PATH = "https://container-registry.api.cloud.yandex.net", "/container-registry/v1/images/"
AUTHORIZED = {"authorization": "Bearer t1.made-up"}
IMAGE_ID = "crp5o1vp3mk7vq1ql0b9"


@pytest.fixture(scope="module")
def validator() -> OpenAPI:
    return OpenAPI.from_file_path(str(SPECIFICATION))


def _mock_request(request: httpx.Request) -> MockRequest:
    """A request as a framework hands it over: with its path decoded.

    What has a meaning in a path gives way to another character within a segment: the number of them counts.
    """
    path = "/".join(_plain(unquote(segment)) for segment in request.url.raw_path.decode().split("/"))
    return MockRequest(HOST, request.method.lower(), path, headers=dict(request.headers))


def _plain(segment: str) -> str:
    return re.sub(r"[^\w-]", "_", segment)


def _is_segment(text: str) -> bool:
    """Return True if a text comes through proxies as one segment of a path, of which OpenAPI says nothing."""
    return text not in {".", ".."} and "/" not in text and not any(category(character) == "Cc" for character in text)


def _is_valid_request(validator: OpenAPI, request: httpx.Request) -> bool:
    try:
        validator.validate_request(_mock_request(request))
    except OpenAPIError:
        return False
    return True


def _is_valid_response(validator: OpenAPI, request: httpx.Request, response: httpx.Response) -> bool:
    kind, headers = response.headers.get("content-type", ""), dict(response.headers)
    mock = MockResponse(response.content, response.status_code, headers, kind)
    try:
        validator.validate_response(_mock_request(request), mock)
    except OpenAPIError:
        return False
    return True


@frozen
class Wire:
    """A client whose exchanges are kept; `body` is what every answer holds."""

    sent: list[tuple[httpx.Request, httpx.Response]]
    client: Client


def _wire(body: object = None) -> Wire:
    sent: list[tuple[httpx.Request, httpx.Response]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append((request, httpx.Response(200, json={} if body is None else body)))
        return sent[-1][1]

    return Wire(sent, Client("t1.made-up", transport=httpx.MockTransport(respond), retries=0))


@given(image_id=st.text(max_size=60))
@example("a" * 50)
@example("a" * 51)
@example("")
@example("..")
def test_what_the_client_sends_is_valid_and_what_it_refuses_is_not(validator: OpenAPI, image_id: str) -> None:
    """For every identifier, whatever it is made of."""
    wire = _wire()
    try:
        wire.client.images.get(image_id)
    except errors.InvalidParameter:
        assert not wire.sent
        by_hand = httpx.Request("GET", HOST + IMAGES_PATH + _plain(image_id), headers=AUTHORIZED)
        assert not _is_valid_request(validator, by_hand) or not _is_segment(image_id)
    else:
        assert [_is_valid_request(validator, request) for request, _ in wire.sent] == [True]


def test_the_requests_and_responses_of_the_fake_server_are_valid(validator: OpenAPI) -> None:
    """Each example of the contract, and an error of every gRPC code, through the client."""
    fake_server, seen = FakeServer(), list[tuple[httpx.Request, httpx.Response]]()

    def respond(request: httpx.Request) -> httpx.Response:
        with httpx.Client(transport=fake_server.transport) as through:
            seen.append((request, through.send(request)))
        return seen[-1][1]

    with Client("t1.made-up", transport=httpx.MockTransport(respond), retries=0) as client:
        for example in contract_service().endpoints[0].examples:
            client.images.get(example["id"])
        for code in range(1, 17):
            fake_server.enqueue(faults.grpc_error(code))
            with pytest.raises(errors.ApiError):
                client.images.get(IMAGE_ID)
    assert len(seen) == 19
    for request, response in seen:
        assert _is_valid_request(validator, request)
        assert _is_valid_response(validator, request, response)


@pytest.mark.slow
@given(message=IMAGES.filter(lambda image: len(set(image.tags)) == len(image.tags)))
def test_what_the_provider_writes_both_accept(validator: OpenAPI, message: Any) -> None:
    """An image as protobuf itself writes it in JSON."""
    wire = _wire(to_json(message))
    wire.client.images.get(IMAGE_ID)
    assert all(_is_valid_response(validator, *exchange) for exchange in wire.sent)


VALUES: tuple[Any, ...] = (
    *(None, True, 5, -1, 0.5, "", "a", "5", "-0", "05", "9223372036854775807", "9223372036854775808", "1e3"),
    *("2026-03-14T09:26:53.589793238Z", "2026-03-14", "2026-03-14T09:26:53", "2026-02-30T00:00:00Z"),
    *([], ["a"], [None], [5], [[]], {}, {"a": "a"}, {"size": 5}, [{}], [{"size": "x"}], ["a", "a"]),
)
"""JSON values, each of which is put in the place of each field."""

PATHS = ("id", "name", "digest", "compressedSize", "config", "layers", "tags", "createdAt", "config.id", "config.size")


def _image(path: str, value: object) -> dict[str, object]:
    name, *below = path.split(".")
    return {name: {below[0]: value} if below else value}


_COUNTS = ("compressedSize", "config.size")
_NO_INT64 = (
    "",
    "a",
    "9223372036854775808",
    "1e3",
    *(value for value in VALUES if isinstance(value, str) and "-" in value[1:]),
)

TOLERATED: Mapping[str, Collection[tuple[str, object]]] = {
    "null is the empty value in proto3 JSON": [(path, None) for path in PATHS],
    "an int64 is read from a number too in proto3 JSON": [
        *((path, value) for path in _COUNTS for value in (5, -1)),
        ("config", {"size": 5}),
    ],
    "whether the service keeps its word on a list is not for the reader to judge": [("tags", ["a", "a"])],
}
"""Reason -> the invalid values that the client accepts."""

REFUSED: Mapping[str, Collection[tuple[str, object]]] = {
    "the format int64 is an annotation, which openapi-core does not know": [
        *((path, value) for path in _COUNTS for value in _NO_INT64),
        ("layers", [{"size": "x"}]),
    ]
}
"""Reason -> the valid values that the client rejects."""


def _listed(reasons: Mapping[str, Collection[tuple[str, object]]]) -> set[tuple[str, str]]:
    return {(path, json.dumps(value)) for values in reasons.values() for path, value in values}


@pytest.mark.slow
def test_what_the_validator_and_the_client_do_not_agree_on_has_a_reason(validator: OpenAPI) -> None:
    """Each value in each field; a reason for what does not occur fails too."""
    tolerated, refused = set[tuple[str, str]](), set[tuple[str, str]]()
    for path, value in product(PATHS, VALUES):
        wire = _wire(_image(path, value))
        reads = _reads(wire)
        if _is_valid_response(validator, *wire.sent[0]) is not reads:
            (tolerated if reads else refused).add((path, json.dumps(value)))
    assert tolerated == _listed(TOLERATED)
    assert refused == _listed(REFUSED)


def _reads(wire: Wire) -> bool:
    try:
        wire.client.images.get(IMAGE_ID)
    except errors.MalformedResponse:
        return False
    return True
