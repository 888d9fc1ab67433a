"""Values as proto3 JSON writes them, where that is another form than Python's own."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta

from ._duration import seconds

_GREATEST_FLOAT = (2 - 2**-23) * 2.0**127


def span(value: timedelta | None) -> str:
    """A span of time, empty where there is none."""
    return "" if value is None else seconds(value)


def encoded(content: bytes) -> str:
    """Bytes as base64."""
    return b64encode(content).decode()


def number(value: float) -> float | str:
    """A number, with a name for the three that JSON has no digits for."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def fits_float(value: float) -> bool:
    """Whether a number lies in the range of 32 bits; three special ones have their place there."""
    return not math.isfinite(value) or abs(value) <= _GREATEST_FLOAT


def mask(paths: Sequence[str]) -> str:
    """A field mask: the paths of Python's attributes as those of JSON; `class_` is `class` there."""
    return ",".join(re.sub(r"_([a-z0-9]?)", lambda found: found[1].upper(), path) for path in paths)


def unmasked(text: str) -> list[str]:
    """The paths in a field mask, as those of Python's attributes."""
    paths = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", text)
    return paths.split(",") if paths else []
