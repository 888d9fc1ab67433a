"""The connections of a client.

Each is a pool of httpcore with one connection, used by one call at a time. A call that is cancelled or interrupted
takes only its own connection with it, and the cost of a call does not grow with the number of connections.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager, suppress
from itertools import starmap
from typing import Generic, TypeVar

from attrs import define

from . import _clock
from ._http import httpcore
from ._network import AsyncBackend, Backend
from ._routes import Route, Routes

MAX_CONNECTIONS = 100
"""Connections to one host at a time; further calls wait."""

KEEPALIVE_SECONDS = 5.0
"""Seconds after which an idle connection is not used again."""

_Connection = TypeVar("_Connection", bound="PooledConnection | AsyncPooledConnection")
_Limit = TypeVar("_Limit")


@define(eq=False)
class PooledConnection:
    """A connection for threads, opened with the first request and again whenever it was closed."""

    route: Route
    backend: Backend
    idle_since: float = 0.0
    _http: httpcore.HTTPConnection | httpcore.ConnectionPool | None = None

    @classmethod
    def open(cls, route: Route) -> PooledConnection:
        """Prepare a connection; nothing is sent."""
        return cls(route, Backend(to_proxy=route.proxy is not None))

    def http(self) -> httpcore.HTTPConnection | httpcore.ConnectionPool:
        """Return the connection or the pool for the next request.

        Without a proxy, that is no pool: an interrupt in httpcore's pool can make it wait for its own lock forever.
        """
        http = self._http
        if isinstance(http, httpcore.HTTPConnection) and (http.is_closed() or http.has_expired()):
            http.close()
            http = None
        if http is None:
            http = self._http = self._make()
        return http

    def _make(self) -> httpcore.HTTPConnection | httpcore.ConnectionPool:
        context = self.route.context
        if self.route.proxy is None:
            return httpcore.HTTPConnection(self.route.origin, context, network_backend=self.backend)
        return httpcore.ConnectionPool(
            ssl_context=context, proxy=self.route.proxy, max_connections=1, network_backend=self.backend
        )


@define(eq=False)
class AsyncPooledConnection:
    """Like PooledConnection, for tasks."""

    pool: httpcore.AsyncConnectionPool
    backend: AsyncBackend
    idle_since: float = 0.0

    @classmethod
    def open(cls, route: Route) -> AsyncPooledConnection:
        """Prepare a connection; nothing is sent."""
        backend = AsyncBackend(to_proxy=route.proxy is not None)
        return cls(
            httpcore.AsyncConnectionPool(
                ssl_context=route.context,
                proxy=route.proxy,
                max_connections=1,
                network_backend=backend,
            ),
            backend,
        )


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


class Pools(Generic[_Connection, _Limit]):
    """The connections of a client to every host, in one process and one event loop at a time."""

    def __init__(
        self, routes: Routes, open_connection: Callable[[Route], _Connection], make_limit: Callable[[], _Limit]
    ) -> None:
        self._routes = routes
        self._open = open_connection
        self._make_limit: Callable[[], _Limit] = make_limit
        self._pools: dict[tuple[int, Hashable, str], HostPool[_Connection, _Limit]] = {}

    def get(self, origin: httpcore.Origin, event_loop: Hashable = None) -> HostPool[_Connection, _Limit]:
        """Return the connections to a host. Raises InvalidParameter for settings that cannot be used."""
        key = os.getpid(), event_loop, str(origin)
        if key not in self._pools:
            self._close_other_loops(event_loop)
            route = self._routes.find(origin)
            self._pools.setdefault(key, HostPool(lambda: self._open(route), self._make_limit()))
        return self._pools[key]

    def close(self) -> None:
        """Close every connection of this process; those that a fork copied belong to the parent."""
        for (process, _, _), pool in [*self._pools.items()]:
            if process == os.getpid():
                pool.close()

    def _close_other_loops(self, event_loop: Hashable) -> None:
        for key, pool in [*self._pools.items()]:
            process, other_loop, _ = key
            if process == os.getpid() and other_loop != event_loop:
                del self._pools[key]
                pool.close_idle()
