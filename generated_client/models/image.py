# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A Docker image in a registry."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._display import BriefRepr
from .._encode import encode_int64, encode_timestamp
from .._timestamp import Timestamp, to_timestamp
from .._wire import Decoder, JsonObject, drop_empty, encode_message, read
from .blob import Blob


@define(kw_only=True, repr=False)
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
        pop = (fields := dict(data)).pop
        return cls(
            id=raw if type(raw := pop("id", "")) is str and raw.isascii() else decoder.string("id", raw),
            name=raw if type(raw := pop("name", "")) is str and raw.isascii() else decoder.string("name", raw),
            digest=raw if type(raw := pop("digest", "")) is str and raw.isascii() else decoder.string("digest", raw),
            compressed_size=decoder.int64("compressedSize", pop("compressedSize", None)),
            config=decoder.message("config", pop("config", None), Blob),
            layers=decoder.messages("layers", pop("layers", None), Blob),
            tags=decoder.strings("tags", pop("tags", None)),
            created_at=decoder.timestamp("createdAt", pop("createdAt", None)),
            additional_properties=decoder.unknown(fields) if fields else {},
        )

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
