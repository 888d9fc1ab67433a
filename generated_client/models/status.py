# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Why a call failed, as gRPC reports it."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._display import BriefRepr
from .._encode import drop_empty
from .._json_values import JsonObject, deep_copy_json
from .._wire import Decoder, new_message, read

_STATUS_FIELDS = ("code", "message", "details")


@define(kw_only=True, repr=False)
class Status(BriefRepr):
    """Why a call failed, as gRPC reports it."""

    code: int = 0
    """gRPC status code, 1 to 16."""

    message: str = ""
    """What went wrong, for a developer to read."""

    details: list[dict[str, object]] = field(factory=list[dict[str, object]])
    """Machine-readable details, each naming its message type under `@type`."""

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
            raw_code = data["code"]
            raw_message = data["message"]
            raw_details = data["details"]
        except KeyError:  # The service leaves out what is empty.
            return cls.decode({**dict.fromkeys(_STATUS_FIELDS), **data}, decoder)
        self = new_message(cls) if cls is Status else cls()
        self.code = decoder.int32("code", raw_code)
        self.message = (
            raw_message
            if type(raw_message) is str and raw_message.isascii()
            else decoder.string("message", raw_message)
        )
        self.details = decoder.objects("details", raw_details)
        self.additional_properties = {} if len(data) == 3 else decoder.unknown(data, _STATUS_FIELDS)
        return self

    def to_dict(self) -> dict[str, object]:
        """The JSON object as the service writes it: what is empty is left out."""
        return drop_empty(
            self.additional_properties,
            {
                "code": self.code,
                "message": self.message,
                "details": deep_copy_json(self.details),
            },
        )
