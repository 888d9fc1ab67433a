# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The base of every client: its settings, its connections, opening and closing."""

from __future__ import annotations

import platform
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Generic, NoReturn, Self, TypeVar

from . import _http
from ._arguments import check_agent, check_count, check_seconds, check_url
from ._calls import Settings
from ._connection import AsyncConnection, Connection
from ._tokens import resolve_token

if TYPE_CHECKING:
    from ._cached_source import CachedSource
    from ._routes import Verify
    from ._sources import TokenSource
    from ._token_sources import Source

TIMEOUT = 30.0
RETRIES = 3

_Function = TypeVar("_Function", bound=Callable[[], str | Awaitable[str]])
_Transport = TypeVar("_Transport", bound="_http.httpx.BaseTransport | _http.httpx.AsyncBaseTransport")


class _Client(Generic[_Function, _Transport]):
    """The common part of sync and async clients: settings, and a `repr` and a pickle that show no token."""

    _default_base_url: ClassVar[str]
    _product: ClassVar[str]
    """Name and version, for the user agent."""

    def __init__(  # noqa: PLR0913  # each argument is one setting that people look for
        self,
        token: str | _Function | TokenSource | CachedSource | None = None,
        *,
        base_url: str | None = None,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        application: str = "",
        proxy: str | None = None,
        verify: Verify = None,
        transport: _Transport | None = None,
    ) -> None:
        """Check the settings; nothing is sent.

        Each call is one line at DEBUG in the log that is named like this package.

        Args:
            token: An IAM token, a function that returns one for each call and may be async for an AsyncClient,
                a source of `credentials`, or the result of `credentials.cached` for a function or a command. Without
                it, the first source that the environment sets, in the order that `credentials` describes. The function
                runs in the thread, or the event loop, of the call.
            base_url: The URL of the service, instead of its public endpoint. The key of a service account is exchanged
                in the installation of that host.
            timeout: Seconds that a call may take as a whole: token, connection, retries and their delays included.
            retries: The most retries of a call, after a response or an error that may pass.
            application: The start of the user agent, such as `myapp/1.0`.
            proxy: The URL of a proxy, such as `http://user:password@host:3128`. Without it, HTTPS_PROXY counts,
                unless NO_PROXY exempts the host.
            verify: The certificates to trust: an `ssl.SSLContext`, or the path of a file of CA certificates in PEM.
                Without it, SSL_CERT_FILE or SSL_CERT_DIR, or else the certificates that the HTTP library trusts.
            transport: An httpx transport to send through instead, for tests or speed. It is used as it is, and closed
                with the client. The deadline of a sync call is then checked only when the headers of the response
                have come and after each chunk of its body; each step of the transport gets the time left as its
                timeout, which a transport of another kind may ignore.

        Raises:
            InvalidParameter: A setting is invalid, or the token would travel unencrypted.
            CredentialsError: The environment holds credentials that cannot be used.
        """
        try:
            url = check_url("base_url", self._default_base_url if base_url is None else base_url)
            source: Source | _Function = resolve_token(token, url)
        finally:
            del token  # Tracebacks can show what a function was called with.
        agent = check_agent("application", application)
        ours = (self._product, f"python/{platform.python_version()}", f"httpcore/{_http.httpcore.__version__}")
        self._settings = Settings(
            base_url=url,
            timeout=check_seconds("timeout", timeout),
            retries=check_count("retries", retries),
            user_agent=" ".join(filter(None, (agent, *ours))),
        )
        self._connect(source, transport, proxy, verify)

    def _connect(
        self, source: Source | _Function, transport: _Transport | None, proxy: str | None, verify: Verify
    ) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        settings = vars(self).get("_settings")  # Not set yet if an argument is rejected.
        return f"<{type(self).__name__} {settings.base_url}>" if settings else f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client is not pickled: it holds connections and a token")


class BaseClient(_Client[Callable[[], str], "_http.httpx.BaseTransport"]):
    """A client that makes calls with a token; use it in a `with` block, or close it. Threads may share it."""

    def _connect(
        self,
        source: Source | Callable[[], str],
        transport: _http.httpx.BaseTransport | None,
        proxy: str | None,
        verify: Verify,
    ) -> None:
        from ._transport import Transport  # noqa: PLC0415  # see _http

        sender = Transport(self._settings.base_url, transport, proxy, verify)
        self._connection = Connection(source, self._settings, sender)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()


class BaseAsyncClient(_Client[Callable[[], str | Awaitable[str]], "_http.httpx.AsyncBaseTransport"]):
    """A client for `async` code, on asyncio or trio; use it in an `async with` block, or close it."""

    def _connect(
        self,
        source: Source | Callable[[], str | Awaitable[str]],
        transport: _http.httpx.AsyncBaseTransport | None,
        proxy: str | None,
        verify: Verify,
    ) -> None:
        from ._transport import AsyncTransport  # noqa: PLC0415  # see _http

        sender = AsyncTransport(self._settings.base_url, transport, proxy, verify)
        self._connection = AsyncConnection(source, self._settings, sender)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._connection.close()
