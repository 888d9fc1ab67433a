"""What every client is, whatever the specification: settings, a connection, its life."""

from __future__ import annotations

from types import TracebackType
from typing import ClassVar, Self

import httpx

from ._connection import AsyncConnection, AsyncToken, Connection, Token

_TIMEOUT = 30.0


class BaseClient:
    """A client that makes calls with a token; use it in a `with` block, or close it.

    Args:
        token: An IAM token, or a function that returns one for each call.
        base_url: Where the service is, instead of its public endpoint.
        timeout: Seconds that each step of a call may take: connecting, sending, waiting for the next bytes.
        transport: An httpx transport to send through, for proxies, certificates or tests.

    Raises:
        InvalidParameter: The base URL is none, or would carry the token unencrypted.
    """

    _default_base_url: ClassVar[str]

    def __init__(
        self,
        token: Token,
        *,
        base_url: str | None = None,
        timeout: float = _TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._connection = Connection(token, base_url or self._default_base_url, timeout, transport)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._connection.base_url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()


class BaseAsyncClient:
    """A client for `async` code; use it in an `async with` block, or close it.

    Args:
        token: An IAM token, or a function, async or not, that returns one for each call.
        base_url: Where the service is, instead of its public endpoint.
        timeout: Seconds that each step of a call may take: connecting, sending, waiting for the next bytes.
        transport: An httpx transport to send through, for proxies, certificates or tests.

    Raises:
        InvalidParameter: The base URL is none, or would carry the token unencrypted.
    """

    _default_base_url: ClassVar[str]

    def __init__(
        self,
        token: AsyncToken,
        *,
        base_url: str | None = None,
        timeout: float = _TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._connection = AsyncConnection(token, base_url or self._default_base_url, timeout, transport)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._connection.base_url}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._connection.close()
