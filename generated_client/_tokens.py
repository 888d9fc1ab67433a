# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The token of a client: a str, or the result of a function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, TypeVar

from ._secret import Secret, checked
from .errors import CredentialsError, InvalidParameter

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


def secret(token: object) -> Secret:
    """Return a token of the caller. Raises InvalidParameter, which does not show it."""
    try:
        return checked(token)
    except ValueError as problem:
        reason = str(problem)
        if isinstance(token, Coroutine):
            token.close()
            reason = "must be no async function, which only an AsyncClient awaits"
    finally:
        del token  # Tracebacks can show what a function was called with.
    raise InvalidParameter("token", reason)


def call_function(function: Callable[[], str]) -> Secret:
    """Return the token of a function. Raises InvalidParameter for another value, CredentialsError for its error."""
    try:
        return secret(function())
    except InvalidParameter:
        raise
    except Exception as error:
        raise _failed(error) from error


async def call_function_async(function: Callable[[], str | Awaitable[str]]) -> Secret:
    """Like `call_function`; the function may be async."""
    value = None
    try:
        value = function()
        return secret(await value if isinstance(value, Awaitable) else value)
    except InvalidParameter:
        raise
    except Exception as error:
        raise _failed(error) from error
    finally:
        del value  # Tracebacks can show the variables of a function.


def _failed(error: Exception) -> CredentialsError:
    return CredentialsError(f"the function that gives the token raised {type(error).__name__}")
