# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Resolves a `token=` that is not a str: a source, a function, or None for the environment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from ._cached_source import CachedSource
from ._installations import check_metadata_token
from ._metadata_service import MetadataService
from ._secret import Secret
from ._service_account_key import ServiceAccountKey
from ._sources import TokenSource
from ._token_mistakes import find_mistake
from .credentials import default
from .errors import InvalidParameter

_Function = TypeVar("_Function", bound=Callable[[], str | Awaitable[str]])

Source = Secret | TokenSource | CachedSource
"""The source of a token, if it is not a function."""


def resolve_source(token: TokenSource | CachedSource | _Function | None, base_url: str) -> Source | _Function:
    """Return the source of a client's tokens: its argument, or what the chain of `credentials` finds.

    Raises InvalidParameter for an invalid function, and CredentialsError; neither shows it.
    """
    try:
        if token is None:
            source = default()
            if isinstance(source, MetadataService):
                check_metadata_token(base_url)
            return _bound(source, base_url)
        if isinstance(token, TokenSource):
            return _bound(token, base_url)
        if not (isinstance(token, CachedSource) or callable(token)):
            raise InvalidParameter("token", f"{find_mistake(token)}; or pass a function, or a source of credentials")
        return token
    finally:
        del token  # Tracebacks can show what a function was called with.


def _bound(source: Secret | TokenSource, base_url: str) -> Secret | TokenSource:
    return source.for_base_url(base_url) if isinstance(source, ServiceAccountKey) else source
