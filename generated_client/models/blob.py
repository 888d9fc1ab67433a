"""A piece of content that an image is made of."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._wire import Reading, decimal, present, read


@define
class Blob:
    """A piece of content that an image is made of."""

    id: str = ""
    """Identifier of the blob, given by the service. Set by the service alone."""

    digest: str = ""
    """Content address of the blob, the algorithm first."""

    size: int = 0
    """Size of the blob. Unit: byte."""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], kw_only=True)
    """Fields that the contract does not know, as they came."""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read a JSON object of the service. Raises MalformedMessage, which names every bad field."""
        return read(cls, data)

    @classmethod
    def from_wire(cls, data: dict[str, Any], reading: Reading) -> Self:
        """Like `from_dict`, taking the known fields out of `data` and noting what is wrong in `reading`."""
        return cls(
            reading.string(data, "id"),
            reading.string(data, "digest"),
            reading.int64(data, "size"),
            additional_properties=data or {},
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON object as the service writes it: what is empty is left out."""
        return present(
            self.additional_properties,
            {
                "id": self.id,
                "digest": self.digest,
                "size": decimal(self.size),
            },
        )
