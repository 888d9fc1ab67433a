"""The client against the stand-in, which knows nothing but the specification."""

from collections.abc import Generator
from typing import Any, cast

import pytest

from generated_client import Image
from generated_client.errors import AnswerError, InvalidArgument, NotFound, Unauthenticated
from generator.document import load
from generator.standin import faults
from generator.standin.examples import service_of
from generator.standin.server import Standin
from tests.client.callers import TOKEN, Caller, Opening
from tests.client.conftest import SPECIFICATION

(ENDPOINT,) = service_of(load(SPECIFICATION)).endpoints

EXAMPLES = {example["id"]: cast("dict[str, Any]", example) for example in ENDPOINT.examples}


@pytest.fixture
def caller(opening: Opening, standin: Standin) -> Generator[Caller]:
    """An open client that calls the stand-in."""
    with opening(base_url=standin.url) as caller:
        yield caller


@pytest.mark.parametrize("image_id", EXAMPLES)
def test_every_example_of_the_specification_arrives_whole(caller: Caller, standin: Standin, image_id: str) -> None:
    response = caller.get_detailed(image_id)
    assert response.parsed.id == image_id
    assert response.parsed.to_dict() == EXAMPLES[image_id]
    assert response.parsed == Image.from_dict(EXAMPLES[image_id])
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.request_id == standin.requests[0].identifier


def test_a_request_carries_what_the_contract_asks_for_and_nothing_else(caller: Caller, standin: Standin) -> None:
    caller.get("crp5o1vp3mk7vq1ql0b9")
    (request,) = standin.requests
    assert (request.method, request.query, request.body) == ("GET", "", b"")
    assert request.path == "/container-registry/v1/images/crp5o1vp3mk7vq1ql0b9"
    assert request.header("authorization") == f"Bearer {TOKEN}"
    assert request.header("accept") == "application/json"


def test_an_image_that_is_not_there_is_not_found(caller: Caller, standin: Standin) -> None:
    error = error_of(caller, "crp0")
    assert type(error) is NotFound
    assert "crp0" in error.message
    assert error.request_id == standin.requests[0].identifier
    assert error.details[0]["requestId"] == error.request_id


def test_a_token_that_is_not_valid_is_unauthenticated(caller: Caller, standin: Standin) -> None:
    standin.next(faults.failing(16), faults.failing(16))
    assert type(error_of(caller, "crp5o1vp3mk7vq1ql0b9")) is Unauthenticated


def test_what_the_service_refuses_is_an_invalid_argument(caller: Caller, standin: Standin) -> None:
    standin.next(faults.failing(3))
    assert type(error_of(caller, "crp5o1vp3mk7vq1ql0b9")) is InvalidArgument


def error_of(caller: Caller, image_id: str) -> AnswerError:
    with pytest.raises(AnswerError) as raised:
        caller.get(image_id)
    return raised.value
