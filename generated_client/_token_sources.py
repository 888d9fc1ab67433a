# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A `token=` that is not a str: finds the source, and requests its tokens through the transport of the client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import anyio

from ._cached_source import CachedSource
from ._call_record import one_line
from ._clock import Deadline
from ._exchange import HttpRequest
from ._installations import check_metadata_token
from ._metadata_service import MetadataService
from ._secret import Secret
from ._service_account_key import ServiceAccountKey
from ._sources import AccessToken, TokenRequest, TokenSource
from ._token_cache import AsyncTokenCache, TokenCache, TokenStore
from ._token_mistakes import find_mistake
from .credentials import default
from .errors import CredentialsError, InvalidParameter

if TYPE_CHECKING:
    from ._transport import AsyncTransport, Transport

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


def cache(
    source: TokenSource | CachedSource | Callable[[], str], transport: Transport
) -> TokenCache | Callable[[], str]:
    """Return the cached tokens of a source; a function is called for each attempt."""
    if isinstance(source, TokenSource):
        return TokenCache(partial(_request_token, source, transport), TokenStore())
    return source.tokens if isinstance(source, CachedSource) else source


def cache_async(
    source: TokenSource | CachedSource | Callable[[], str | Awaitable[str]], transport: AsyncTransport
) -> AsyncTokenCache | Callable[[], str | Awaitable[str]]:
    """Like `cache`, for tasks."""
    if isinstance(source, TokenSource):
        return AsyncTokenCache(partial(_request_token_async, source, transport), TokenStore())
    return source.async_tokens if isinstance(source, CachedSource) else source


def _request_token(source: TokenSource, transport: Transport, seconds: float) -> AccessToken | CredentialsError:
    request = source.build_request()
    if isinstance(request, CredentialsError):
        return request
    try:
        response = transport.exchange(_http_request(request), Deadline(min(seconds, request.timeout)))
    except (TimeoutError, ConnectionError) as error:
        return _no_token(request, error)
    return source.parse_response(*response)


async def _request_token_async(
    source: TokenSource, transport: AsyncTransport, seconds: float
) -> AccessToken | CredentialsError:
    request = source.build_request()
    if isinstance(request, CredentialsError):
        return request
    deadline = Deadline(min(seconds, request.timeout))
    try:
        with anyio.fail_after(deadline.remaining()):
            response = await transport.exchange(_http_request(request), deadline)
    except (TimeoutError, ConnectionError) as error:
        return _no_token(request, error)
    return source.parse_response(*response)


def _http_request(request: TokenRequest) -> HttpRequest:
    return HttpRequest(request.method, request.url, request.headers, request.content)


def _no_token(request: TokenRequest, error: Exception) -> CredentialsError:
    reason = "timed out" if isinstance(error, TimeoutError) else one_line(str(error))
    return CredentialsError(f"{request.name} gave no token: {reason}", retryable=True)
