"""A field that proto3 JSON leaves out has its empty value, and an empty value is not written."""

from typing import Any

import pytest

from generated_client import Blob, Image, Status

NAMES = ["id", "name", "digest", "compressedSize", "config", "layers", "tags", "createdAt"]

EMPTY_VALUES: dict[str, Any] = {
    "id": "",
    "name": "",
    "digest": "",
    "compressed_size": 0,
    "config": None,
    "layers": [],
    "tags": [],
    "created_at": None,
}


@pytest.mark.parametrize("data", [{}, dict.fromkeys(NAMES)], ids=["absent", "null"])
def test_an_absent_or_null_field_is_the_empty_value(data: dict[str, Any]) -> None:
    image = Image.from_dict(data)
    assert {name: getattr(image, name) for name in EMPTY_VALUES} == EMPTY_VALUES
    assert image.additional_properties == {}


@pytest.mark.parametrize("data", [{}, {"code": None, "message": None, "details": None}], ids=["absent", "null"])
def test_an_absent_or_null_field_of_a_status_is_the_empty_value(data: dict[str, Any]) -> None:
    status = Status.from_dict(data)
    assert (status.code, status.message, status.details) == (0, "", [])


@pytest.mark.parametrize("value", ["0", 0], ids=["string", "integer"])
def test_explicit_empty_values_are_read_too(value: Any) -> None:
    data: dict[str, Any] = {"id": "", "name": "", "compressedSize": value, "layers": [], "tags": []}
    assert Image.from_dict(data) == Image.from_dict({})


def test_what_is_empty_is_not_written() -> None:
    explicit: dict[str, Any] = {
        "id": "",
        "compressedSize": "0",
        "config": None,
        "layers": [],
        "tags": [],
        "createdAt": None,
    }
    assert Image.from_dict(explicit).to_dict() == {}
    assert Image().to_dict() == Blob().to_dict() == Status().to_dict() == {}


def test_an_empty_message_is_there_and_is_written() -> None:
    empty: dict[str, object] = {}
    image = Image.from_dict({"config": empty, "layers": [empty, empty]})
    assert image.config == Blob()
    assert image.layers == [Blob(), Blob()]
    assert image.to_dict() == {"config": {}, "layers": [{}, {}]}


def test_models_share_no_list() -> None:
    one, other = Image.from_dict({}), Image.from_dict({})
    one.layers.append(Blob())
    one.tags.append("latest")
    one.additional_properties["new"] = 1
    assert other == Image()
