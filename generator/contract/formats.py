"""The formats of a value, which every reader and the writer of the client know by the same names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INTEGER_LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1), "uint32": (0, 2**32 - 1), "uint64": (0, 2**64 - 1)}
)
"""Format of an integer -> its least and its greatest value."""

WIDE = frozenset({"int64", "uint64"})
"""Formats of integers that are strings in JSON."""

FORMATS = frozenset(
    {*INTEGER_LIMITS, "byte", "date", "date-time", "double", "duration", "field-mask", "float", "uri", "uuid"}
)
"""Every format that a specification can have."""
