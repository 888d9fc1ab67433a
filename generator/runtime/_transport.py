"""HTTP: sends a request and reads its whole answer in time. The one module, with `_sockets`, that knows httpx."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar, cast
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx

from ._arguments import is_loopback
from ._clock import Deadline, kept
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

_POOLS = 20
_LIMITS = httpx.Limits(max_connections=5, max_keepalive_connections=5)
"""As many connections as httpx has by default, each kept for the next call; httpx itself keeps 20 of 100."""

_Pool = TypeVar("_Pool", bound=BaseTransport | AsyncBaseTransport)
_Turns = TypeVar("_Turns", "SimpleQueue[None]", anyio.Semaphore)


class NotSent(ConnectionError):
    """No connection could be had, so that nothing of the request was sent."""


class NotSentInTime(TimeoutError):
    """Likewise, for it took too long."""


class BrokenAnswer(ConnectionError):
    """What came is no HTTP, or not all of it; the text quotes it."""


def outgoing(method: str, url: str, headers: Mapping[str, str], content: bytes = b"") -> httpx.Request:
    """A request to be sent. Raises ConnectionError for a URL that is none."""
    with _Translating():
        return httpx.Request(method, url, headers=headers, content=content)


class Transport:
    """Sends requests, for threads. Raises TimeoutError and ConnectionError, with the reason."""

    def __init__(self, base_url: str, given: BaseTransport | None) -> None:
        _hold_kind(given, BaseTransport, "handle_request")
        self._pools = _Pools(base_url, given, httpx.HTTPTransport, _turns)

    def exchange(self, request: httpx.Request, deadline: Deadline) -> Answer:
        """The answer to a request."""
        request.extensions = _steps(deadline)
        free, turns = self._pools.of(request.url)
        _take(turns, deadline)
        pool = free.pop()
        try:
            with _Translating(), kept(deadline), closing(pool.handle_request(request)) as response:
                return response.status_code, response.headers, _whole(response, deadline)
        except Exception:
            raise
        except BaseException:  # An interrupt comes anywhere: nothing that it leaves half done is used again.
            pool.close()
            raise
        finally:
            free.append(pool)
            turns.put(None)

    def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.all():
            pool.close()


def _hold_kind(given: object, kind: type, method: str) -> None:
    if given is not None and not hasattr(given, method):
        raise InvalidParameter("transport", f"must be an httpx.{kind.__name__}, not {type(given).__name__}")


def _turns(number: int) -> SimpleQueue[None]:
    # No semaphore, which is written in Python, so that an interrupt could leave it locked.
    turns: SimpleQueue[None] = SimpleQueue()
    for _ in range(number):
        turns.put(None)
    return turns


def _take(turns: SimpleQueue[None], deadline: Deadline) -> None:
    try:
        turns.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError from None


def _whole(response: httpx.Response, deadline: Deadline) -> bytes:
    content = bytearray()
    for chunk in cast("Iterable[bytes]", response.stream):
        content += chunk
        if len(content) > LONGEST:
            break
        if not deadline.left():  # A given transport may not keep to it by itself.
            raise TimeoutError
    return bytes(content)


class AsyncTransport:
    """Sends requests, for tasks. Raises ConnectionError, with the reason; who calls holds it to the deadline."""

    def __init__(self, base_url: str, given: AsyncBaseTransport | None) -> None:
        _hold_kind(given, AsyncBaseTransport, "handle_async_request")
        self._pools = _Pools(base_url, given, httpx.AsyncHTTPTransport, partial(anyio.Semaphore, fast_acquire=True))

    async def exchange(self, request: httpx.Request, deadline: Deadline) -> Answer:
        """The answer to a request."""
        request.extensions = _steps(deadline)
        free, turns = self._pools.of(request.url)
        async with turns:
            pool = free.pop()
            try:
                with _Translating():
                    return await _answer(pool, request)
            except Exception:
                raise
            except BaseException:
                await self._pools.sockets.mend(pool)
                raise
            finally:
                free.append(pool)

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.all():
            await pool.aclose()


async def _answer(pool: AsyncBaseTransport, request: httpx.Request) -> Answer:
    response = await pool.handle_async_request(request)
    try:
        content = bytearray()
        with anyio.CancelScope() as scope:
            async for chunk in cast("AsyncIterable[bytes]", response.stream):
                content += chunk
                if len(content) > LONGEST:
                    scope.cancel()  # To leave the loop would leave generators of httpx behind.
        return response.status_code, response.headers, bytes(content)
    finally:
        await response.aclose()


class _Pools(Generic[_Pool, _Turns]):
    """The pools of a client: a given one, or some for each host, since the environment can exempt hosts from a proxy.

    With them go as many turns as they have connections, since a call that ends in the queue of httpx, cancelled or
    out of time, can take a connection of the pool with it for ever. Who has a turn takes the pool that was used
    last of those that are free, and gives it back. The pools are small: what a call costs in one of httpx grows with
    the square of its connections.
    """

    def __init__(
        self, base_url: str, given: _Pool | None, make: Callable[..., _Pool], turns: Callable[[int], _Turns]
    ) -> None:
        from . import _sockets  # noqa: PLC0415  # imports httpcore: twice as much as all else

        self.sockets = _sockets
        self._given = given
        self._make = make
        self._turns: Callable[[int], _Turns] = turns
        self._made: dict[tuple[int, str], tuple[list[_Pool], _Turns]] = {}
        self._all: list[tuple[int, _Pool]] = []
        try:
            self.of(httpx.URL(base_url))
        except httpx.InvalidURL:
            raise InvalidParameter("base_url", "must name a host") from None

    def of(self, url: httpx.URL) -> tuple[list[_Pool], _Turns]:
        """The free pools for a URL, each as often as it has free connections, and the turns to take."""
        host = url.raw_host.decode()  # As it is sent; httpx raises errors of its own where it cannot decode it further.
        # The metadata service, the one host that is called in the open, is asked without any detour.
        given = self._given if url.scheme == "https" or is_loopback(host) else None
        # After a fork, the connections belong to the parent.
        key = os.getpid(), "" if given is not None else f"{url.scheme}://{host}"
        if key not in self._made:
            pools = [self.sockets.equipped(pool) for pool in (self._open(url) if given is None else [given])]
            free = [pool for pool in pools for _ in range(self.sockets.connections(pool))]
            made = free[::-1], self._turns(len(free))
            if self._made.setdefault(key, made) is made:
                self._all += [(os.getpid(), pool) for pool in pools]
        return self._made[key]

    def _open(self, url: httpx.URL) -> list[_Pool]:
        encrypted = url.scheme == "https"  # Plain http needs no certificates, which take a while to load.
        try:
            verify = httpx.create_ssl_context() if encrypted else False
            proxy = _proxy(url.raw_host.decode()) if encrypted else None
            return [self._make(verify=verify, proxy=proxy, limits=_LIMITS) for _ in range(_POOLS)]
        except OSError as problem:
            reason = f"of the environment (or SSLKEYLOGFILE) cannot be used: {problem.strerror or problem}"
            raise InvalidParameter("SSL_CERT_FILE", reason) from None
        except ImportError as problem:
            raise InvalidParameter("HTTPS_PROXY", f"of the environment cannot be used: {problem}") from None
        except (ValueError, httpx.InvalidURL):  # Whose text can show a password.
            raise InvalidParameter("HTTPS_PROXY", "of the environment is no proxy such as http://host:port") from None

    def all(self) -> Iterator[_Pool]:
        """Every pool of this process; a given one is for the base URL, so it is there from the start."""
        yield from [pool for process, pool in self._all if process == os.getpid()]


def _proxy(host: str) -> httpx.Proxy | None:
    """The proxy that the environment names for a host. That for plain http is none: secrets would pass it openly."""
    proxies = {} if proxy_bypass(host) else getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    return httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}") if proxy else None


def _steps(deadline: Deadline) -> dict[str, Any]:
    left = deadline.left()
    return {"timeout": {"connect": min(left, _CONNECT), "read": left, "write": left, "pool": left}}


class _Translating:
    """Turns what httpx, or a socket that it forgot about, raises into errors of Python.

    An interrupt or a cancellation loses the frames of httpx, whose local variables show the headers.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: BaseException | None, traceback: object) -> None:
        match fault:
            case httpx.ConnectTimeout():
                raise NotSentInTime(str(fault)) from None
            case httpx.ConnectError():
                raise NotSent(_said(fault)) from None
            case httpx.TimeoutException() | TimeoutError():
                raise TimeoutError(str(fault)) from None
            case httpx.RemoteProtocolError():
                raise BrokenAnswer(str(fault)) from None
            case httpx.HTTPError() | httpx.InvalidURL() | OSError() | UnicodeError():
                raise ConnectionError(_said(fault)) from None
            case RuntimeError(args=("Event loop is closed",)):  # Another loop than that of an idle connection.
                raise ConnectionError(str(fault)) from None
            case None | Exception():
                pass
            case _:
                fault.__traceback__ = None


def _said(fault: BaseException) -> str:
    """What an exception says, or else the one that it came from."""
    before: BaseException | None = fault
    while before is not None and not str(before):
        before = before.__cause__ or before.__context__
    return str(before) if before is not None else type(fault).__name__
