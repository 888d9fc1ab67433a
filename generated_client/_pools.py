# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The connections of a client.

Each is used by one call at a time. A call that is cancelled or interrupted takes only its own connection with it, and
the cost of a call does not grow with the number of connections.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager, suppress
from functools import partial
from itertools import starmap
from typing import Any, Generic, TypeVar

from attrs import define

from . import _clock
from ._http import httpcore
from ._limits import PerProcess
from ._network import AsyncBackend, Backend
from ._routes import Route, Routes

MAX_CONNECTIONS = 100
"""Connections to one host at a time; further calls wait."""

KEEPALIVE_SECONDS = 5.0
"""Seconds after which an idle connection is not used again."""

_SyncHttp = httpcore.HTTPConnection | httpcore.ConnectionPool
_AsyncHttp = httpcore.AsyncHTTPConnection | httpcore.AsyncConnectionPool

_Http = TypeVar("_Http", _SyncHttp, _AsyncHttp)
_AnyBackend = TypeVar("_AnyBackend", Backend, AsyncBackend)
_Connection = TypeVar("_Connection", bound="PooledConnection[Any, Any]")
_Limit = TypeVar("_Limit")


@define(eq=False)
class PooledConnection(Generic[_Http, _AnyBackend]):
    """A connection to a host, opened with the first request and again whenever it was closed."""

    backend: _AnyBackend
    _open: Callable[[], _Http]
    _http: _Http | None = None
    idle_since: float = 0.0

    def http(self) -> _Http:
        """Return what sends the next request."""
        http = self._http
        if isinstance(http, httpcore.HTTPConnection | httpcore.AsyncHTTPConnection) and (
            http.is_closed() or http.has_expired()
        ):
            self.backend.close()
            http = None
        if http is None:
            http = self._http = self._open()
        return http


SyncConnection = PooledConnection[_SyncHttp, Backend]
AsyncConnection = PooledConnection[_AsyncHttp, AsyncBackend]


def sync_connection(route: Route) -> SyncConnection:
    """Return a connection for threads; nothing is sent yet."""
    backend = Backend(to_proxy=route.proxy is not None)
    return PooledConnection(backend, _opener(route, backend, httpcore.HTTPConnection, httpcore.ConnectionPool))


def async_connection(route: Route) -> AsyncConnection:
    """Return a connection for tasks; nothing is sent yet."""
    backend = AsyncBackend(to_proxy=route.proxy is not None)
    return PooledConnection(
        backend, _opener(route, backend, httpcore.AsyncHTTPConnection, httpcore.AsyncConnectionPool)
    )


def _opener(
    route: Route, backend: Backend | AsyncBackend, connection: Callable[..., _Http], pool: Callable[..., _Http]
) -> Callable[[], _Http]:
    """Return what opens a connection of httpcore.

    Without a proxy, that is no pool: it costs more, and an interrupt in it can make it wait for its own lock forever.
    """
    if route.proxy is None:
        open_http = partial(connection, route.origin)
    else:
        open_http = partial(pool, proxy=route.proxy, max_connections=1)
    return partial(open_http, ssl_context=route.context, network_backend=backend)


class HostPool(Generic[_Connection, _Limit]):
    """The connections to one host: the one that was used last is used next, and none is kept idle for long."""

    def __init__(self, open_connection: Callable[[], _Connection], limit: _Limit) -> None:
        self.limit = limit
        """The limit at which a caller waits while all connections are busy."""
        self._open = open_connection
        self._idle: deque[_Connection] = deque()
        self._connections: set[_Connection] = set()

    @contextmanager
    def lease(self) -> Generator[_Connection]:
        """Lend an unused connection; the caller keeps the limit.

        After an interrupt or a cancellation, which can leave anything half done, the connection is closed.
        """
        lease: list[_Connection] = []
        try:
            self._take(lease)
            yield lease[0]
            self._give_back(lease)
        except Exception:
            self._give_back(lease)  # httpcore has closed what cannot be used again.
            raise
        finally:
            for connection in lease:
                self.drop(connection)

    def _take(self, lease: list[_Connection]) -> None:
        self._close_expired()
        with suppress(IndexError):
            # One step for the interpreter: an interrupt finds the connection in one of the two places.
            lease.extend(starmap(self._idle.pop, [()]))
        if not lease:
            lease.append(self._open())
            self._connections.update(lease)

    def _give_back(self, lease: list[_Connection]) -> None:
        for connection in lease:
            connection.idle_since = _clock.monotonic()
            self._idle.extend(starmap(lease.pop, [()]))
        self._close_expired()

    def drop(self, connection: _Connection) -> None:
        """Close a connection that is not used again."""
        self._connections.discard(connection)
        connection.backend.close()

    def close_idle(self) -> None:
        """Close the connections that no call uses."""
        while self._idle:
            self.drop(self._idle.pop())

    def close(self) -> None:
        """Close every connection; calls that use one fail."""
        self._idle.clear()
        for connection in [*self._connections]:
            self.drop(connection)

    def _close_expired(self) -> None:
        before = _clock.monotonic() - KEEPALIVE_SECONDS
        expired: list[_Connection] = []
        try:
            while self._idle[0].idle_since <= before:
                expired.extend(starmap(self._idle.popleft, [()]))  # If another thread was faster, it is the next one.
        except IndexError:
            pass
        finally:
            for connection in expired:
                self.drop(connection)


_PoolMap = dict[tuple[Hashable, str], HostPool[_Connection, _Limit]]
"""An event loop and the origin of a host -> the connections to it."""


class Pools(Generic[_Connection, _Limit]):
    """The connections of a client to every host, in one process and one event loop at a time."""

    def __init__(
        self, routes: Routes, open_connection: Callable[[Route], _Connection], make_limit: Callable[[], _Limit]
    ) -> None:
        self._routes = routes
        self._open = open_connection
        self._make_limit: Callable[[], _Limit] = make_limit
        self._pools: PerProcess[_PoolMap[_Connection, _Limit]] = PerProcess(dict)

    def get(self, origin: httpcore.Origin, event_loop: Hashable = None) -> HostPool[_Connection, _Limit]:
        """Return the connections to a host. Raises InvalidParameter for settings that cannot be used."""
        pools, key = self._pools.get(), (event_loop, str(origin))
        if key not in pools:
            self._close_other_loops(event_loop)
            route = self._routes.find(origin)
            pools.setdefault(key, HostPool(lambda: self._open(route), self._make_limit()))
        return pools[key]

    def close(self) -> None:
        """Close every connection of this process; those that a fork copied belong to the parent."""
        for pool in [*self._pools.get().values()]:
            pool.close()

    def _close_other_loops(self, event_loop: Hashable) -> None:
        pools = self._pools.get()
        for key, pool in [*pools.items()]:
            if key[0] != event_loop:
                del pools[key]
                pool.close_idle()
