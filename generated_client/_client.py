"""What every client is, whatever the specification: its settings, its connection, its life."""

from __future__ import annotations

import platform
from types import TracebackType
from typing import ClassVar, NoReturn, Self

import httpx

from ._arguments import check_agent, check_count, check_seconds, check_url
from ._connection import AsyncConnection, Connection, Settings
from ._tokens import AsyncToken, Token, given

TIMEOUT = 30.0
RETRIES = 3


class _Client:
    """What sync and async clients have in common: where they call, and that they show and pickle no token."""

    _default_base_url: ClassVar[str]
    _product: ClassVar[str]
    """Name and version, for the user agent."""

    _settings: Settings

    def __repr__(self) -> str:
        settings = vars(self).get("_settings")  # There are none yet where an argument is refused.
        return f"<{type(self).__name__} {settings.base_url}>" if settings else f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client is not pickled: it holds connections and a token")

    def _check(self, base_url: str | None, timeout: float, retries: int, application: str) -> Settings:
        agent = check_agent("application", application)
        ours = (self._product, f"python/{platform.python_version()}", f"httpx/{httpx.__version__}")
        return Settings(
            base_url=check_url("base_url", self._default_base_url if base_url is None else base_url),
            timeout=check_seconds("timeout", timeout),
            retries=check_count("retries", retries),
            user_agent=" ".join(filter(None, (agent, *ours))),
        )


class BaseClient(_Client):
    """A client that makes calls with a token; use it in a `with` block, or close it. Threads may share it.

    Args:
        token: An IAM token, a function that returns one for each call, or a source of `credentials`; without it,
            what the environment gives, by the chain that `credentials` describes.
        base_url: Where the service is, instead of its public endpoint.
        timeout: Seconds that a call may take as a whole: token, connection, repetitions and their delays included.
        retries: How often a call is repeated at the most, after an answer or a fault that may pass.
        application: What the user agent starts with, such as `myapp/1.0`.
        transport: An httpx transport to send through, for a proxy, certificates, or tests.

    Raises:
        InvalidParameter: A setting is none, or the base URL would carry the token unencrypted.
        CredentialsError: The environment holds credentials that cannot be used.
    """

    def __init__(  # noqa: PLR0913  # each argument is one setting that people look for
        self,
        token: Token | None = None,
        *,
        base_url: str | None = None,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        application: str = "",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        try:
            source = given(token)
        finally:
            del token  # Tracebacks can show what a function was called with.
        self._settings = self._check(base_url, timeout, retries, application)
        self._connection = Connection(source, self._settings, transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()


class BaseAsyncClient(_Client):
    """A client for `async` code, on asyncio or trio; use it in an `async with` block, or close it.

    Args:
        token: An IAM token, a function, async or not, that returns one for each call, or a source of `credentials`;
            without it, what the environment gives, by the chain that `credentials` describes.
        base_url: Where the service is, instead of its public endpoint.
        timeout: Seconds that a call may take as a whole: token, connection, repetitions and their delays included.
        retries: How often a call is repeated at the most, after an answer or a fault that may pass.
        application: What the user agent starts with, such as `myapp/1.0`.
        transport: An httpx transport to send through, for a proxy, certificates, speed, or tests.

    Raises:
        InvalidParameter: A setting is none, or the base URL would carry the token unencrypted.
        CredentialsError: The environment holds credentials that cannot be used.
    """

    def __init__(  # noqa: PLR0913  # each argument is one setting that people look for
        self,
        token: AsyncToken | None = None,
        *,
        base_url: str | None = None,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        application: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        try:
            source = given(token)
        finally:
            del token  # Tracebacks can show what a function was called with.
        self._settings = self._check(base_url, timeout, retries, application)
        self._connection = AsyncConnection(source, self._settings, transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._connection.close()
