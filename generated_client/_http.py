# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The HTTP library that carries requests. No other module imports it; `vendor --http` renames it in a copy.

`httpcore` is imported when the first client is made: that takes longer than all the rest of the package.
"""

from types import ModuleType
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import httpcore

__all__ = ["LIBRARY", "AsyncBaseTransport", "BaseTransport", "httpcore", "httpx"]

BaseTransport = httpx.BaseTransport
AsyncBaseTransport = httpx.AsyncBaseTransport

LIBRARY = f"httpx/{httpx.__version__}"
"""Name and version of the library, for the user agent."""


def __getattr__(name: str) -> ModuleType:
    if name != "httpcore":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import httpcore as library  # noqa: PLC0415  # see above

    return library
