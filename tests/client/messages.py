"""Messages of the provider's own protobuf classes, drawn by Hypothesis, and their JSON by protobuf's own writer."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hypothesis import strategies as st

# Their classes are made at run time and have no types, hence the imports by name.
_blob: Any = import_module("yandex.cloud.containerregistry.v1.blob_pb2")
_image: Any = import_module("yandex.cloud.containerregistry.v1.image_pb2")
_status: Any = import_module("google.rpc.status_pb2")
_details: Any = import_module("google.rpc.error_details_pb2")
_any: Any = import_module("google.protobuf.any_pb2")
_timestamp: Any = import_module("google.protobuf.timestamp_pb2")
_json: Any = import_module("google.protobuf.json_format")

ImageMessage: Any = _image.Image
StatusMessage: Any = _status.Status

INT32 = st.integers(-(2**31), 2**31 - 1)
INT64 = st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(max_size=12)

TIMESTAMPS = st.builds(
    _timestamp.Timestamp, seconds=st.integers(-62_135_596_800, 253_402_300_799), nanos=st.integers(0, 999_999_999)
)
"""The whole range of the message: the years 1 to 9999, to the nanosecond."""

BLOBS = st.builds(_blob.Blob, id=TEXT, digest=TEXT, size=INT64, urls=st.lists(TEXT, max_size=2))
"""With `urls`, which the contract does not know."""

IMAGES = st.builds(
    ImageMessage,
    id=TEXT,
    name=TEXT,
    digest=TEXT,
    compressed_size=INT64,
    config=st.none() | BLOBS,
    layers=st.lists(BLOBS, max_size=4),
    tags=st.lists(TEXT, max_size=3),
    created_at=st.none() | TIMESTAMPS,
)


def _packed(message: Any) -> Any:
    detail = _any.Any()
    detail.Pack(message)
    return detail


DETAILS = st.one_of(
    st.builds(_details.RequestInfo, request_id=TEXT, serving_data=TEXT),
    st.builds(_details.ErrorInfo, reason=TEXT, domain=TEXT, metadata=st.dictionaries(TEXT, TEXT, max_size=1)),
).map(_packed)
"""With one entry in a map at the most: packed bytes keep no certain order of more."""

STATUSES = st.builds(StatusMessage, code=INT32, message=TEXT, details=st.lists(DETAILS, max_size=2))


def to_json(message: Any, *, empty_too: bool = False) -> dict[str, Any]:
    """The message as protobuf writes it in JSON; on demand with the fields that are empty."""
    written: dict[str, Any] = _json.MessageToDict(message, always_print_fields_with_no_presence=empty_too)
    return written


def from_json(kind: Any, data: dict[str, Any]) -> Any:
    """The message that protobuf reads in JSON. Raises ValueError for a field of a wrong type."""
    try:
        return _json.ParseDict(data, kind())
    except _json.ParseError as problem:
        raise ValueError(str(problem)) from None
