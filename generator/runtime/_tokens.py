"""Resolves the `token=` of a client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from ._token_functions import secret

if TYPE_CHECKING:
    from ._cached_source import CachedSource
    from ._sources import TokenSource
    from ._token_sources import Source

_Function = TypeVar("_Function", bound=Callable[[], str | Awaitable[str]])


def resolve_token(token: str | TokenSource | CachedSource | _Function | None, base_url: str) -> Source | _Function:
    """Return the source of a client's tokens. Raises InvalidParameter and CredentialsError, which do not show it."""
    try:
        if isinstance(token, str):
            return secret(token)
        from ._token_sources import resolve_source  # noqa: PLC0415  # most clients get a token

        return resolve_source(token, base_url)
    finally:
        del token  # Tracebacks can show what a function was called with.
