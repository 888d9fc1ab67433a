# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A piece of content that an image is made of."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._display import BriefRepr
from .._encode import drop_empty, encode_int64
from .._json_values import JsonObject
from .._wire import Decoder, new_message, read

_BLOB_FIELDS = ("id", "digest", "size")


@define(kw_only=True, repr=False)
class Blob(BriefRepr):
    """A piece of content that an image is made of."""

    id: str = ""
    """Identifier of the blob. Set by the service alone."""

    digest: str = ""
    """Content address of the blob, the algorithm first."""

    size: int = 0
    """Size of the blob. Unit: byte."""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any])
    """Fields that the contract does not know, as they came."""

    @classmethod
    def from_dict(cls, data: JsonObject) -> Self:
        """Read a JSON object of the service. Raises DecodeError, which names every bad field."""
        return read(cls, data)

    @classmethod
    def decode(cls, data: JsonObject, decoder: Decoder) -> Self:
        """Like `from_dict`, collecting the problems in `decoder`."""
        try:
            raw_id = data["id"]
            raw_digest = data["digest"]
            raw_size = data["size"]
        except KeyError:  # The service leaves out what is empty.
            return cls.decode({**dict.fromkeys(_BLOB_FIELDS), **data}, decoder)
        self = new_message(cls) if cls is Blob else cls()
        self.id = raw_id if type(raw_id) is str and raw_id.isascii() else decoder.string("id", raw_id)
        self.digest = (
            raw_digest if type(raw_digest) is str and raw_digest.isascii() else decoder.string("digest", raw_digest)
        )
        self.size = (
            int(raw_size)
            if type(raw_size) is str and len(raw_size) < 19 and raw_size.isascii() and raw_size.isdecimal()
            else decoder.int64("size", raw_size)
        )
        self.additional_properties = {} if len(data) == 3 else decoder.unknown(data, _BLOB_FIELDS)
        return self

    def to_dict(self) -> dict[str, object]:
        """The JSON object as the service writes it: what is empty is left out."""
        return drop_empty(
            self.additional_properties,
            {
                "id": self.id,
                "digest": self.digest,
                "size": encode_int64(self.size),
            },
        )
