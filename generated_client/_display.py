"""How values are shown where there is little room."""

from __future__ import annotations

_SHOWN = 3
_SHOWN_BYTES = 24


def brief(values: list[object]) -> str:
    """A list as `repr` shows it; of a long one the first three elements and how many more there are."""
    first = ", ".join(map(repr, values[:_SHOWN]))
    return f"[{first}, … {len(values) - _SHOWN} more]" if len(values) > _SHOWN else f"[{first}]"


def counted(content: bytes) -> str:
    """Bytes as `repr` shows them; of many their number."""
    return repr(content) if len(content) <= _SHOWN_BYTES else f"<{len(content)} bytes>"
