"""Short representations of long values."""

from __future__ import annotations

_SHOWN = 3
_SHOWN_BYTES = 24


def brief(values: list[object]) -> str:
    """Return a list as `repr` shows it, or its first three elements and the number of the others."""
    first = ", ".join(map(repr, values[:_SHOWN]))
    return f"[{first}, … {len(values) - _SHOWN} more]" if len(values) > _SHOWN else f"[{first}]"


def brief_bytes(content: bytes) -> str:
    """Return bytes as `repr` shows them, or their number if there are many."""
    return repr(content) if len(content) <= _SHOWN_BYTES else f"<{len(content)} bytes>"
