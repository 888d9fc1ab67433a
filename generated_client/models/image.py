# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A Docker image in a registry."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field, setters

from .._display import BriefRepr
from .._encode import drop_empty, encode_int64, encode_message, encode_timestamp
from .._json_values import JsonObject
from .._timestamp import Timestamp, to_timestamp
from .._wire import Decoder, new_message, read
from .blob import Blob

_IMAGE_FIELDS = ("id", "name", "digest", "compressedSize", "config", "layers", "tags", "createdAt")


@define(kw_only=True, repr=False, on_setattr=setters.NO_OP)
class Image(BriefRepr):
    """A Docker image in a registry."""

    id: str = ""
    """Identifier of the image. Set by the service alone."""

    name: str = ""
    """Full name of the image, the registry's identifier first. Unique within the registry."""

    digest: str = ""
    """Content address of the image's manifest, the algorithm first."""

    compressed_size: int = 0
    """Size of the image as it is stored and transferred. Unit: byte."""

    config: Blob | None = None
    """The blob that holds the image's configuration."""

    layers: list[Blob] = field(factory=list[Blob])
    """The blobs that make up the image's file system, lowest first."""

    tags: list[str] = field(factory=list[str])
    """The tags that point to the image. No element occurs twice. Unique within the repository."""

    created_at: Timestamp | None = field(default=None, converter=to_timestamp)
    """When the image was created, with up to nine digits for the fraction of a second. Set by the service alone."""

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
            raw_name = data["name"]
            raw_digest = data["digest"]
            raw_compressed_size = data["compressedSize"]
            raw_config = data["config"]
            raw_layers = data["layers"]
            raw_tags = data["tags"]
            raw_created_at = data["createdAt"]
        except KeyError:  # The service leaves out what is empty.
            return cls.decode({**dict.fromkeys(_IMAGE_FIELDS), **data}, decoder)
        self = new_message(cls) if cls is Image else cls()
        self.id = raw_id if type(raw_id) is str and raw_id.isascii() else decoder.string("id", raw_id)
        self.name = raw_name if type(raw_name) is str and raw_name.isascii() else decoder.string("name", raw_name)
        self.digest = (
            raw_digest if type(raw_digest) is str and raw_digest.isascii() else decoder.string("digest", raw_digest)
        )
        self.compressed_size = (
            int(raw_compressed_size)
            if type(raw_compressed_size) is str
            and len(raw_compressed_size) < 19
            and raw_compressed_size.isascii()
            and raw_compressed_size.isdecimal()
            else decoder.int64("compressedSize", raw_compressed_size)
        )
        self.config = decoder.message("config", raw_config, Blob)
        self.layers = decoder.messages("layers", raw_layers, Blob)
        self.tags = decoder.strings("tags", raw_tags)
        self.created_at = decoder.timestamp("createdAt", raw_created_at)
        self.additional_properties = {} if len(data) == 8 else decoder.unknown(data, _IMAGE_FIELDS)
        return self

    def to_dict(self) -> dict[str, object]:
        """The JSON object as the service writes it: what is empty is left out."""
        return drop_empty(
            self.additional_properties,
            {
                "id": self.id,
                "name": self.name,
                "digest": self.digest,
                "compressedSize": encode_int64(self.compressed_size),
                "config": encode_message(self.config),
                "layers": [item.to_dict() for item in self.layers],
                "tags": [*self.tags],
                "createdAt": encode_timestamp(self.created_at),
            },
        )
