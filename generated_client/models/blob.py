# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A piece of content that an image is made of."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._display import BriefRepr
from .._encode import encode_int64
from .._wire import Decoder, JsonObject, drop_empty, read


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
        pop = (fields := dict(data)).pop
        return cls(
            id=raw if type(raw := pop("id", "")) is str and raw.isascii() else decoder.string("id", raw),
            digest=raw if type(raw := pop("digest", "")) is str and raw.isascii() else decoder.string("digest", raw),
            size=decoder.int64("size", pop("size", None)),
            additional_properties=decoder.unknown(fields) if fields else {},
        )

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
