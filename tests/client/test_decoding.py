"""A field is read as proto3 JSON writes it; a wrong one is named with what was expected and what came."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generated_client import Blob, Image, Status
from generated_client.errors import DecodeError, MalformedResponse
from tests.client.callers import Caller, assert_reportable
from tests.client.messages import ImageMessage, from_json
from tests.client.peer import Peer

Model = type[Image] | type[Status]


def error_of(model: Model, data: Any) -> DecodeError:
    """Return the error of decoding."""
    with pytest.raises(DecodeError) as raised:
        model.from_dict(data)
    assert_reportable(raised.value)
    return raised.value


# Empty values.

IMAGE_FIELDS = ["id", "name", "digest", "compressedSize", "config", "layers", "tags", "createdAt"]


@pytest.mark.parametrize("data", [{}, dict.fromkeys([*IMAGE_FIELDS, "code", "message", "details"])])
def test_an_absent_or_null_field_is_the_empty_value(data: dict[str, Any]) -> None:
    image = Image.from_dict({name: data[name] for name in data if name in IMAGE_FIELDS})
    assert (image.id, image.name, image.digest, image.compressed_size) == ("", "", "", 0)
    assert (image.config, image.layers, image.tags, image.created_at) == (None, [], [], None)
    assert image.additional_properties == {}
    status = Status.from_dict({name: data[name] for name in data if name not in IMAGE_FIELDS})
    assert (status.code, status.message, status.details) == (0, "", [])


def test_an_empty_value_is_read_and_not_written() -> None:
    for size in ("0", 0):
        image = Image.from_dict({"id": "", "compressedSize": size, "config": None, "layers": [], "tags": []})
        assert (image, image.to_dict()) == (Image(), {})
    assert Blob().to_dict() == Status().to_dict() == {}


def test_an_empty_message_is_there_and_is_written() -> None:
    empty: dict[str, object] = {}
    image = Image.from_dict({"config": empty, "layers": [empty, empty]})
    assert (image.config, image.layers) == (Blob(), [Blob(), Blob()])
    assert image.to_dict() == {"config": {}, "layers": [{}, {}]}


def test_models_share_no_list() -> None:
    changed, other = Image.from_dict({}), Image.from_dict({})
    changed.layers.append(Blob())
    changed.tags.append("latest")
    changed.additional_properties["new"] = 1
    assert other == Image()


# Integers.

LOWEST, HIGHEST = -(2**63), 2**63 - 1


@pytest.mark.parametrize("number", [LOWEST, -1, 1, 48213907, HIGHEST])
@pytest.mark.parametrize("form", [str, int])
def test_an_int64_is_read_from_a_string_or_an_integer_and_written_as_a_string(number: int, form: type) -> None:
    image = Image.from_dict({"compressedSize": form(number), "config": {"size": form(number)}})
    assert (image.compressed_size, image.config) == (number, Blob.from_dict({"size": form(number)}))
    assert image.config == Blob(size=number)
    assert image.to_dict() == {"compressedSize": str(number), "config": {"size": str(number)}}


NO_INT64: list[Any] = [
    *(form(number) for number in (LOWEST - 1, HIGHEST + 1, 10**30, -(10**30)) for form in (int, str)),
    *(True, False, 1.0, 1e3, float("nan"), [], ["1"], {}, b"1", 10**5000, -(10**5000)),
    *("", "1e3", "1.0", " 1", "1 ", "+1", "１", "٣", "²", "1_0", "0x1", "-", "--1", "NaN", "1" * 5000),
]


def test_nothing_else_is_read_as_an_int64() -> None:
    for value in NO_INT64:
        assert str(error_of(Image, {"compressedSize": value})).startswith(
            "compressedSize: expected an int64 as a decimal string, got "
        )


@given(st.text("0123456789-+ _.eE١１", max_size=22))
@example("-0")
@example("007")
def test_no_text_is_read_as_another_number_than_protobuf_reads(text: str) -> None:
    try:
        number = Image.from_dict({"compressedSize": text}).compressed_size
    except DecodeError:
        return
    assert number == from_json(ImageMessage, {"compressedSize": text}).compressed_size


def test_an_int32_is_an_integer_both_ways() -> None:
    for number in (-(2**31), 5, 2**31 - 1):
        status = Status.from_dict({"code": number})
        assert (status.code, status.to_dict()) == (number, {"code": number})
    values: list[Any] = [-(2**31) - 1, 2**31, True, 5.0, "five", {}, []]
    for value in values:
        assert str(error_of(Status, {"code": value})).startswith("code: expected an int32, got ")


# Problems.

INT64 = "an int64 as a decimal string"
MOMENT = "a timestamp as RFC 3339 writes it"

PROBLEMS: list[tuple[Model, dict[str, Any], str, str, str]] = [
    (Image, {"id": 7}, "id", "a string", "7"),
    (Image, {"name": True}, "name", "a string", "true"),
    (Image, {"digest": ["sha256"]}, "digest", "a string", "a list"),
    (Image, {"compressedSize": "big"}, "compressedSize", INT64, "'big'"),
    (Image, {"config": []}, "config", "an object", "a list"),
    (Image, {"config": {"size": {}}}, "config.size", INT64, "an object"),
    (Image, {"layers": {}}, "layers", "a list of objects", "an object"),
    (Image, {"layers": [{}, None]}, "layers[1]", "an object", "null"),
    (Image, {"layers": [{}, {}, 3]}, "layers[2]", "an object", "3"),
    (Image, {"layers": [{}, {}, {}, {"size": False}]}, "layers[3].size", INT64, "false"),
    (Image, {"tags": "latest"}, "tags", "a list of strings", "'latest'"),
    (Image, {"tags": ["latest", None]}, "tags[1]", "a string", "null"),
    (Image, {"createdAt": "yesterday"}, "createdAt", MOMENT, "'yesterday'"),
    (Image, {"createdAt": 1}, "createdAt", MOMENT, "1"),
    (Status, {"code": "five"}, "code", "an int32", "'five'"),
    (Status, {"message": 5}, "message", "a string", "5"),
    (Status, {"details": {}}, "details", "a list of objects", "an object"),
    (Status, {"details": [{}, "none"]}, "details[1]", "an object", "'none'"),
    (Status, {"details": ["\ud800"]}, "details[0]", "an object", r"'\ud800'"),
]
"""An object with a wrong field, and what the error says: where, what was expected, what came."""


@pytest.mark.parametrize(("model", "data", "path", "expected", "value"), PROBLEMS, ids=str)
def test_a_wrong_field_is_named_with_what_was_expected_and_what_came(
    model: Model, data: dict[str, Any], path: str, expected: str, value: str
) -> None:
    error = error_of(model, data)
    (problem,) = error.problems
    assert (problem.path, problem.expected, problem.value) == (path, expected, value)
    assert str(error) == f"{path}: expected {expected}, got {value}"


def test_only_an_object_is_an_image() -> None:
    values: list[Any] = [[], None, "image", 1, True, [{}]]
    for data in values:
        assert str(error_of(Image, data)).startswith("the body: expected an object, got ")


WRONG_ALL_OVER: dict[str, Any] = {
    "id": 1,
    "config": {"digest": 2, "size": "3.0"},
    "layers": [{}, {"id": 4, "size": {}}, 5],
    "tags": ["fine", 6],
    "createdAt": {},
}


def test_all_wrong_fields_are_listed_in_the_order_of_the_contract(caller: Caller, peer: Peer) -> None:
    peer.respond_with(200, WRONG_ALL_OVER)
    error = caller.error_of(MalformedResponse)
    assert error.problems == error_of(Image, WRONG_ALL_OVER).problems
    assert [problem.path for problem in error.problems] == [
        *("id", "config.digest", "config.size", "layers[1].id", "layers[1].size", "layers[2]", "tags[1]", "createdAt")
    ]
    assert "config.size: expected an int64 as a decimal string, got '3.0'" in str(error)


FLOODS: dict[str, dict[str, Any]] = {
    "a size": {"compressedSize": "9" * 5_000_000},
    "a timestamp": {"createdAt": "x" * 5_000_000},
    "an object": {"config": "\n" * 5_000_000},
    "sizes": {"layers": [{"size": "9" * 1_000_000}] * 5},
    "a number": {"id": 10**1000},
    "a list": {"id": [[]] * 100_000},
}


@pytest.mark.parametrize("data", FLOODS.values(), ids=FLOODS)
def test_however_much_is_wrong_the_message_stays_short(data: dict[str, Any]) -> None:
    assert "expected" in str(error_of(Image, data))


def test_the_error_has_every_wrong_field_and_its_message_counts_those_that_it_does_not_name() -> None:
    error = error_of(Image, {"tags": [0] * 500})
    assert len(error.problems) == 500
    assert "tags[0]: expected a string, got 0" in str(error)
    assert str(error).endswith("; and 490 more")
