"""Every message of the provider's own classes goes through the client unchanged."""

import copy
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_client import Blob, Image, Status, Timestamp
from tests.client import messages

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values, max_size=3),
    max_leaves=6,
)

KNOWN = {
    *("id", "name", "digest", "compressedSize", "config", "layers", "tags", "createdAt", "size"),
    *("code", "message", "details"),
}

UNKNOWN = st.dictionaries(st.text(max_size=8).filter(lambda name: name not in KNOWN), JSON_VALUES, max_size=3)
"""Fields that may appear any day."""


@settings(max_examples=300)
@given(messages.IMAGES | messages.STATUSES)
def test_every_message_is_written_as_it_was_read(message: Any) -> None:
    """In its canonical form, and with its empty fields spelled out."""
    model = Image if isinstance(message, messages.ImageMessage) else Status
    canonical = messages.to_json(message)
    assert model.from_dict(canonical).to_dict() == canonical
    written = model.from_dict(messages.to_json(message, empty_too=True)).to_dict()
    assert messages.from_json(type(message), written) == message


@given(messages.IMAGES)
def test_every_attribute_has_the_value_of_its_field(message: Any) -> None:
    image = Image.from_dict(messages.to_json(message))
    assert (image.id, image.name, image.digest) == (message.id, message.name, message.digest)
    assert (image.compressed_size, image.tags) == (message.compressed_size, [*message.tags])
    assert [(layer.id, layer.digest, layer.size) for layer in image.layers] == [
        (layer.id, layer.digest, layer.size) for layer in message.layers
    ]
    assert (image.config is not None, image.created_at is not None) == (
        message.HasField("config"),
        message.HasField("created_at"),
    )
    assert image.config is None or image.config.size == message.config.size
    assert image.created_at is None or image.created_at.nanos == message.created_at.nanos


BLOBS = st.builds(Blob, id=messages.TEXT, digest=messages.TEXT, size=messages.INT64)

MOMENTS = messages.TIMESTAMPS.map(lambda moment: Timestamp.parse(moment.ToJsonString()))


@given(
    st.builds(
        Image,
        id=messages.TEXT,
        compressed_size=messages.INT64,
        config=st.none() | BLOBS,
        layers=st.lists(BLOBS, max_size=3),
        tags=st.lists(messages.TEXT, max_size=3),
        created_at=st.none() | MOMENTS,
    )
)
def test_an_image_of_ones_own_is_written_as_protobuf_reads_it(image: Image) -> None:
    message = messages.from_json(messages.ImageMessage, image.to_dict())
    assert Image.from_dict(messages.to_json(message)) == image


@settings(max_examples=60)
@given(UNKNOWN, UNKNOWN, UNKNOWN)
def test_unknown_fields_are_kept_and_written_back_at_every_level(
    above: dict[str, Any], config: dict[str, Any], layer: dict[str, Any]
) -> None:
    data = {"id": "a", "config": {"id": "b"} | config, "layers": [{"id": "c"}, {"size": "1"} | layer]} | above
    image = Image.from_dict(data)
    assert image.config is not None
    kept = (image.additional_properties, image.config.additional_properties, image.layers[1].additional_properties)
    assert kept == (above, config, layer)
    assert image.layers[0].additional_properties == {}
    assert image.to_dict() == data


@settings(max_examples=60)
@given(UNKNOWN, UNKNOWN)
def test_unknown_fields_of_a_status_and_of_its_details_are_kept(above: dict[str, Any], detail: dict[str, Any]) -> None:
    data = {"code": 5, "details": [{"@type": "type.googleapis.com/made.Up"} | detail]} | above
    status = Status.from_dict(data)
    assert (status.additional_properties, status.details) == (above, data["details"])
    assert status.to_dict() == data


WHOLE_IMAGE: dict[str, Any] = {
    "id": "a",
    "config": {"size": "1", "urls": ["u"], "nested": {"deep": [1]}},
    "layers": [{"size": "2", "urls": []}],
    "tags": ["latest"],
    "createdAt": "2026-03-14T09:26:53Z",
    "nested": {"deep": [{"er": 1}]},
}

WHOLE_STATUS: dict[str, Any] = {"code": 5, "details": [{"@type": "t", "violations": [{"field": "x"}]}], "more": [[]]}


@pytest.mark.parametrize(("model", "data"), [(Image, WHOLE_IMAGE), (Status, WHOLE_STATUS)])
def test_a_model_shares_nothing_with_what_it_is_read_from_written_to_or_copied_to(
    model: type[Image] | type[Status], data: dict[str, Any]
) -> None:
    read, before = model.from_dict(data), copy.deepcopy(data)
    assert read != model()
    for same in (copy.copy(read), copy.deepcopy(read), pickle.loads(pickle.dumps(read))):
        assert (same, same.to_dict()) == (read, data)
    _change(read.to_dict())
    assert read.to_dict() == data
    for attribute in attrs.fields(model):
        _change(getattr(read, attribute.name))
    assert data == before


def test_a_model_takes_no_attribute_that_it_has_not() -> None:
    for model in (Image(), Blob(), Status()):
        with pytest.raises(AttributeError):
            model.sise = 1  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue]


class Listed(list[Any]):
    """A kind of list."""


class Named(dict[str, Any]):
    """A kind of dict, as `OrderedDict` is one."""


def test_a_kind_of_dict_or_list_is_read_like_one_and_written_as_a_plain_one() -> None:
    image = Image.from_dict(Named(config=Named(id="a"), layers=Listed([Named(urls=Listed())]), tags=Listed(["b"])))
    assert image == Image.from_dict({"config": {"id": "a"}, "layers": [{"urls": list[str]()}], "tags": ["b"]})
    values = (image.layers, image.tags, image.layers[0].additional_properties["urls"])
    assert [type(value) for value in values] == [list, list, list]


def _change(value: Any) -> None:
    """Change every list and every object in a JSON value."""
    if isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            _change(item)
        value.append("changed")  # pyright: ignore[reportUnknownMemberType]
    elif isinstance(value, dict):
        for item in value.values():  # pyright: ignore[reportUnknownVariableType]
            _change(item)
        value["changed"] = True


@attrs.define(kw_only=True)
class LabelledImage(Image):
    """A consumer's own kind of image."""

    label: str = "none"


def test_a_subclass_keeps_its_own_attributes() -> None:
    image = LabelledImage.from_dict({"id": "crp1"})
    assert (type(image), image.id, image.label, image.to_dict()) == (LabelledImage, "crp1", "none", {"id": "crp1"})
