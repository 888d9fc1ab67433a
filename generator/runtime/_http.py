"""The HTTP library that carries requests. No other module imports it; `vendor --http` renames it in a copy.

Each of its two packages is imported when it is first used: `httpcore` by the first client, `httpx` only for a transport
of the caller, for the certificates of https and for an error.
"""

from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpcore
    import httpx

__all__ = ["httpcore", "httpx"]


def __getattr__(name: str) -> ModuleType:
    if name == "httpcore":
        import httpcore  # noqa: PLC0415  # see above

        return httpcore
    if name == "httpx":
        import httpx  # noqa: PLC0415  # see above

        return httpx
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
