# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Encodes values whose form in proto3 JSON differs from that in Python."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ._duration import seconds
from ._json_values import deep_copy_json
from ._timestamp import to_timestamp

if TYPE_CHECKING:
    from ._wire import Message

_GREATEST_FLOAT = (2 - 2**-23) * 2.0**127


def encode_int64(number: int) -> str:
    """Encode a 64-bit integer as a decimal string; empty for zero."""
    return str(number) if number else ""


def encode_wrapped_int64(number: int | None) -> str:
    """Encode a wrapped 64-bit integer as a decimal string; empty if there is none."""
    return "" if number is None else str(number)


def encode_timestamp(moment: datetime | None) -> str:
    """Encode a timestamp; empty if there is none."""
    return "" if moment is None else str(to_timestamp(moment))


def encode_duration(value: timedelta | None) -> str:
    """Encode a duration; empty if there is none."""
    return "" if value is None else seconds(value)


def encode_bytes(content: bytes) -> str:
    """Encode bytes as base64."""
    return b64encode(content).decode()


def encode_number(value: float) -> float | str:
    """Encode a number; NaN and the infinities are strings in JSON."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def fits_float(value: float) -> bool:
    """Return True if a number is in the range of 32 bits, or is NaN or infinite."""
    return not math.isfinite(value) or abs(value) <= _GREATEST_FLOAT


def encode_mask(paths: Sequence[str]) -> str:
    """Encode a field mask from the names of Python attributes; `class_` is `class` in JSON."""
    return ",".join(re.sub(r"_([a-z0-9]?)", lambda match: match[1].upper(), path) for path in paths)


def decode_mask(text: str) -> list[str]:
    """Decode a field mask to the names of Python attributes."""
    paths = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f"_{match[1].lower()}", text)
    return paths.split(",") if paths else []


def encode_message(message: Message | None) -> dict[str, object] | None:
    """Encode a message; None if there is none."""
    return None if message is None else message.to_dict()


def drop_empty(unknown: dict[str, object], fields: dict[str, object]) -> dict[str, object]:
    """Return the unknown fields and the known ones that are not empty; an empty message is kept."""
    copies = {name: deep_copy_json(value) for name, value in unknown.items()}
    return copies | {name: value for name, value in fields.items() if value or type(value) is dict}
