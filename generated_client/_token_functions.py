# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Tokens that a function of the caller gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine

from ._secret import Secret, checked
from .errors import CredentialsError, InvalidParameter


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
    except Exception as fault:
        raise _failed(fault) from fault


async def call_function_async(function: Callable[[], str | Awaitable[str]]) -> Secret:
    """Like `call_function`; the function may be async."""
    try:
        return secret(await _value(function))
    except InvalidParameter:
        raise
    except Exception as error:
        raise _failed(error) from error


async def _value(function: Callable[[], str | Awaitable[str]]) -> str:
    returned = function()
    try:
        return await returned if isinstance(returned, Awaitable) else returned
    finally:
        del returned  # Tracebacks can show the variables of a function.


def _failed(fault: Exception) -> CredentialsError:
    return CredentialsError(f"the function that gives the token raised {type(fault).__name__}")
