"""HTTP: sends a request and reads its whole answer within a deadline. The one module that knows httpx."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import AsyncIterable, Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar, cast
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from ._arguments import is_loopback
from ._clock import Deadline, within
from .errors import InvalidParameter

BaseTransport = httpx.BaseTransport
AsyncBaseTransport = httpx.AsyncBaseTransport

LIBRARY = f"httpx/{httpx.__version__}"
"""What sends, for the user agent."""

LONGEST = 16 * 2**20
"""Bytes: an answer is read no further, so that an endless one does not fill the memory."""

Answer = tuple[int, Mapping[str, str], bytes]
"""Status; headers, whose names are found in any case; body, whole unless it is longer than LONGEST."""

_CONNECT = 10.0
"""Seconds that connecting may take, so that there is time for another try."""

_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100)
"""Every connection is kept for the next call; httpx itself keeps 20 of 100."""

_DEADLINE: ContextVar[Deadline | None] = ContextVar("deadline", default=None)
"""What the sockets keep to."""

_Pool = TypeVar("_Pool", bound=BaseTransport | AsyncBaseTransport)


def outgoing(method: str, url: str, headers: Mapping[str, str], content: bytes = b"") -> httpx.Request:
    """A request to be sent. Raises ConnectionError for a URL that is none."""
    with _translated():
        return httpx.Request(method, url, headers=headers, content=content)


class Transport:
    """Sends requests, for threads. Raises TimeoutError and ConnectionError, with the reason."""

    def __init__(self, base_url: str, given: BaseTransport | None) -> None:
        self._pools = _Pools(
            base_url,
            given and _bounded(given),
            lambda tls, proxy: _bounded(httpx.HTTPTransport(verify=tls, proxy=proxy, limits=_LIMITS)),
        )

    def exchange(self, request: httpx.Request, deadline: Deadline) -> Answer:
        """The answer to a request."""
        request.extensions = _steps(deadline)
        before = _DEADLINE.set(deadline)
        try:
            with _translated(), closing(self._pools.of(request.url).handle_request(request)) as response:
                content = bytearray()
                for chunk in cast("Iterable[bytes]", response.stream):
                    content += chunk
                    if len(content) > LONGEST:
                        break
                    _left(None)  # A given transport may not keep to the deadline by itself.
                return response.status_code, response.headers, bytes(content)
        finally:
            _DEADLINE.reset(before)

    def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.all():
            pool.close()


class AsyncTransport:
    """Sends requests, for tasks. Raises ConnectionError, with the reason; who calls holds it to the deadline."""

    def __init__(self, base_url: str, given: AsyncBaseTransport | None) -> None:
        self._pools = _Pools(
            base_url,
            given,
            lambda tls, proxy: httpx.AsyncHTTPTransport(verify=tls, proxy=proxy, limits=_LIMITS),
        )

    async def exchange(self, request: httpx.Request, deadline: Deadline) -> Answer:
        """The answer to a request."""
        request.extensions = _steps(deadline)
        with _translated():
            response = await self._pools.of(request.url).handle_async_request(request)
            try:
                content = bytearray()
                async for chunk in cast("AsyncIterable[bytes]", response.stream):
                    content += chunk
                    if len(content) > LONGEST:
                        break
                return response.status_code, response.headers, bytes(content)
            finally:
                await response.aclose()

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.all():
            await pool.aclose()


class _Pools(Generic[_Pool]):
    """The pools of a client: a given one, or one for each host, since the environment can exempt hosts from a proxy."""

    def __init__(self, base_url: str, given: _Pool | None, make: Callable[[bool, httpx.Proxy | None], _Pool]) -> None:
        self._given = given
        self._make = make
        self._made: dict[tuple[int, str, str], _Pool] = {}
        try:
            self.of(httpx.URL(base_url))
        except httpx.InvalidURL:
            raise InvalidParameter("base_url", "must name a host") from None

    def of(self, url: httpx.URL) -> _Pool:
        """The pool for a URL."""
        # The metadata service, the one host that is called in the open, is asked without any detour.
        if self._given is not None and (url.scheme == "https" or is_loopback(url.host)):
            return self._given
        key = os.getpid(), url.scheme, url.host  # After a fork, the connections belong to the parent.
        if key not in self._made:
            # Plain http needs no certificates, which take a while to load.
            self._made.setdefault(key, self._make(url.scheme == "https", _proxy(url)))
        return self._made[key]

    def all(self) -> Iterator[_Pool]:
        """Every pool."""
        yield from self._made.values()
        if self._given is not None:
            yield self._given


def _proxy(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy that the environment names; none for plain http, so that nothing secret passes it in the open.

    Raises InvalidParameter.
    """
    proxies = {} if url.scheme == "http" or proxy_bypass(url.host) else getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if not proxy:
        return None
    try:
        return httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
    except (ValueError, httpx.InvalidURL):
        raise InvalidParameter("HTTPS_PROXY", "of the environment is no URL of a proxy") from None


def _steps(deadline: Deadline) -> dict[str, Any]:
    left = deadline.left()
    return {"timeout": {"connect": min(left, _CONNECT), "read": left, "write": left, "pool": left}}


@contextmanager
def _translated() -> Generator[None]:
    """Turns what httpx, or a socket that it forgot about, raises into errors of Python."""
    try:
        yield
    except (httpx.TimeoutException, TimeoutError) as fault:
        raise TimeoutError(str(fault)) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as fault:
        raise ConnectionError(str(fault) or type(fault).__name__) from None


def _bounded(transport: BaseTransport) -> BaseTransport:
    """The same transport, over sockets that keep the deadline, where it is one of httpx's own over sockets.

    httpx bounds each read alone, so that a byte a second would go on for ever; no public setting changes that.
    """
    pool: Any = getattr(transport, "_pool", None)
    if isinstance(getattr(pool, "_network_backend", None), httpcore.SyncBackend):
        pool._network_backend = _Backend(httpcore.SyncBackend())  # noqa: SLF001  # see above
    return transport


def _left(timeout: float | None) -> float | None:
    """Seconds that a step may take. Raises TimeoutError."""
    deadline = _DEADLINE.get()
    if deadline is None:  # A given transport is used for something else too.
        return timeout
    left = deadline.left()
    if not left:
        raise TimeoutError
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._process = os.getpid()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        # An idle connection that has something to read is taken for closed, as one of the parent is after a fork.
        return (info == "is_readable" and self._process != os.getpid()) or self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception = httpcore.ConnectError(f"{host} has no address")
        # The system's look-up of a name knows no timeout, and each address that it finds would get one of its own.
        for *_, address in within(_left(timeout), lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            try:
                where = str(address[0])
                return _Stream(self._backend.connect_tcp(where, port, _left(timeout), local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                fault = problem
        raise fault

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._backend.connect_unix_socket(path, _left(timeout), socket_options))
