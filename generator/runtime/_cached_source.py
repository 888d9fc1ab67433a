"""Cached tokens of a function or a command, for all clients that share them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NoReturn, Protocol

import anyio

from ._arguments import check_seconds
from ._secret import Secret
from ._sources import AccessToken
from ._token_cache import AsyncTokenCache, TokenCache, TokenStore
from ._tokens import call_function, call_function_async
from .errors import CredentialsError, InvalidParameter

_EXAMPLE = '["yc", "iam", "create-token"]'


class _Runnable(Protocol):
    def run(self, seconds: float) -> Secret | CredentialsError: ...
    async def run_async(self, seconds: float) -> Secret | CredentialsError: ...


class CachedSource:
    """The tokens of a function or a command, as `credentials.cached` keeps them."""

    def __init__(self, runnable: _Runnable, lifetime: float) -> None:
        self._runnable = runnable
        self._lifetime = lifetime
        store = TokenStore()
        self.tokens = TokenCache(self._ask, store)
        """For threads."""
        self.async_tokens = AsyncTokenCache(self._ask_async, store)
        """For tasks."""

    def __repr__(self) -> str:
        return f"<a token cached for {self._lifetime:g} s>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a cached token is not pickled")

    def _ask(self, seconds: float) -> AccessToken | CredentialsError:
        return self._issued(self._runnable.run(seconds))

    async def _ask_async(self, seconds: float) -> AccessToken | CredentialsError:
        return self._issued(await self._runnable.run_async(seconds))

    def _issued(self, outcome: Secret | CredentialsError) -> AccessToken | CredentialsError:
        return outcome if isinstance(outcome, CredentialsError) else AccessToken(outcome, self._lifetime)


class _RunnableFunction:
    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def run(self, seconds: float) -> Secret | CredentialsError:
        """Return the token. A sync function is not interrupted."""
        del seconds
        try:
            return call_function(self._function)
        except CredentialsError as error:
            return error

    async def run_async(self, seconds: float) -> Secret | CredentialsError:
        try:
            with anyio.fail_after(seconds):
                return await call_function_async(self._function)
        except TimeoutError:
            return CredentialsError("the function that gives the token timed out", retryable=True)
        except CredentialsError as error:
            return error


def cached(function_or_command: Callable[[], str | Awaitable[str]] | Sequence[str], lifetime: float) -> CachedSource:
    """Keep the token of a function, sync or async, or of a command, for so many seconds.

    One call at a time asks for it. It is renewed like the tokens of other sources: before it expires, or after the
    service has rejected it. All clients with the same object share its token. A command is a list such as
    `["yc", "iam", "create-token"]`: no shell runs it, and it may take 30 seconds. Raises InvalidParameter.
    """
    seconds = check_seconds("lifetime", lifetime)
    if callable(function_or_command):
        return CachedSource(_RunnableFunction(function_or_command), seconds)
    if not isinstance(function_or_command, list | tuple) or not function_or_command:
        raise InvalidParameter("function_or_command", f"must be a function, or a list of str such as {_EXAMPLE}")
    from ._command import Command  # noqa: PLC0415  # it takes a while to import, and few need it

    return CachedSource(Command([*function_or_command]), seconds)
