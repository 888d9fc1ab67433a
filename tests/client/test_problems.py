"""A response that breaks the contract is an error that lists each wrong field, what was expected, and the value."""

from typing import Any

import pytest

from generated_client import Image, Status
from generated_client.errors import DecodeError, MalformedResponse
from tests.client.callers import Caller
from tests.client.peer import Peer

INT64 = "an int64 as a decimal string"
MOMENT = "a timestamp as RFC 3339 writes it"


Row = tuple[dict[str, Any], str, str, str]
"""An object with a wrong field, and what the error says: where, what was expected, what came."""

IMAGES: list[Row] = [
    ({"id": 7}, "id", "a string", "7"),
    ({"name": True}, "name", "a string", "true"),
    ({"digest": ["sha256"]}, "digest", "a string", "a list"),
    ({"compressedSize": "big"}, "compressedSize", INT64, "'big'"),
    ({"compressedSize": 1.5}, "compressedSize", INT64, "1.5"),
    ({"config": []}, "config", "an object", "a list"),
    ({"config": "none"}, "config", "an object", "'none'"),
    ({"config": {"size": {}}}, "config.size", INT64, "an object"),
    ({"layers": {}}, "layers", "a list of objects", "an object"),
    ({"layers": "none"}, "layers", "a list of objects", "'none'"),
    ({"layers": [{}, None]}, "layers[1]", "an object", "null"),
    ({"layers": [{}, {}, 3]}, "layers[2]", "an object", "3"),
    ({"layers": [{}, {}, {}, {"size": False}]}, "layers[3].size", INT64, "false"),
    ({"tags": "latest"}, "tags", "a list of strings", "'latest'"),
    ({"tags": ["latest", None]}, "tags[1]", "a string", "null"),
    ({"tags": [1]}, "tags[0]", "a string", "1"),
    ({"createdAt": "yesterday"}, "createdAt", MOMENT, "'yesterday'"),
    ({"createdAt": 1}, "createdAt", MOMENT, "1"),
]

STATUSES: list[Row] = [
    ({"code": "five"}, "code", "an int32", "'five'"),
    ({"message": 5}, "message", "a string", "5"),
    ({"details": {}}, "details", "a list of objects", "an object"),
    ({"details": [{}, "none"]}, "details[1]", "an object", "'none'"),
]


@pytest.mark.parametrize(("data", "path", "expected", "value"), IMAGES, ids=str)
def test_a_wrong_field_of_an_image_is_named_with_what_was_expected_and_what_came(
    data: dict[str, Any], path: str, expected: str, value: str
) -> None:
    with pytest.raises(DecodeError) as raised:
        Image.from_dict(data)
    (problem,) = raised.value.problems
    assert (problem.path, problem.expected, problem.value) == (path, expected, value)
    assert str(raised.value) == f"{path}: expected {expected}, got {value}"


@pytest.mark.parametrize(("data", "path", "expected", "value"), STATUSES, ids=str)
def test_a_wrong_field_of_a_status_is_named_too(data: dict[str, Any], path: str, expected: str, value: str) -> None:
    with pytest.raises(DecodeError) as raised:
        Status.from_dict(data)
    (problem,) = raised.value.problems
    assert (problem.path, problem.expected, problem.value) == (path, expected, value)


@pytest.mark.parametrize("data", [[], None, "image", 1, True, [{}]], ids=repr)
def test_what_is_no_object_is_no_image(data: Any) -> None:
    with pytest.raises(DecodeError, match=r"^the body: expected an object, got "):
        Image.from_dict(data)


WRONG_ALL_OVER: dict[str, Any] = {
    "id": 1,
    "config": {"digest": 2, "size": "3.0"},
    "layers": [{}, {"id": 4, "size": {}}, 5],
    "tags": ["fine", 6],
    "createdAt": {},
}


def test_all_wrong_fields_are_listed_in_the_order_of_the_contract() -> None:
    with pytest.raises(DecodeError) as raised:
        Image.from_dict(WRONG_ALL_OVER)
    assert [problem.path for problem in raised.value.problems] == [
        *("id", "config.digest", "config.size", "layers[1].id", "layers[1].size", "layers[2]", "tags[1]", "createdAt")
    ]


def test_an_response_of_wrong_fields_lists_them_all_too(caller: Caller, peer: Peer) -> None:
    peer.respond_with(200, WRONG_ALL_OVER)
    with pytest.raises(MalformedResponse) as raised:
        caller.get("crp1")
    with pytest.raises(DecodeError) as read:
        Image.from_dict(WRONG_ALL_OVER)
    assert raised.value.problems == read.value.problems
    assert "config.size: expected an int64 as a decimal string, got '3.0'" in str(raised.value)


FLOODS: dict[str, dict[str, Any]] = {
    "a size": {"compressedSize": "9" * 5_000_000},
    "a timestamp": {"createdAt": "x" * 5_000_000},
    "an object": {"config": "\n" * 5_000_000},
    "sizes": {"layers": [{"size": "9" * 1_000_000}] * 5},
    "tags": {"tags": [0] * 100_000},
    "a number": {"id": 10**1000},
    "a list": {"id": [[]] * 100_000},
}


@pytest.mark.parametrize("data", FLOODS.values(), ids=FLOODS)
def test_however_much_is_wrong_the_message_stays_short(data: dict[str, Any]) -> None:
    with pytest.raises(DecodeError) as raised:
        Image.from_dict(data)
    message = str(raised.value)
    assert len(message) < 2000
    assert len(message.splitlines()) == 1
    assert "expected" in message


def test_the_error_has_every_wrong_field_and_its_message_counts_those_that_it_does_not_name() -> None:
    with pytest.raises(DecodeError) as raised:
        Image.from_dict({"tags": [0] * 500})
    assert len(raised.value.problems) == 500
    assert "tags[0]: expected a string, got 0" in str(raised.value)
    assert str(raised.value).endswith("; and 490 more")
