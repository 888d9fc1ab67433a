"""Clients in virtual time: it passes only while a client sleeps or waits for the scripted network, and costs nothing.

    server = virtual.serve(lambda request: [(0, HEAD), *((1, byte) for byte in body)])
    with virtual.open(base_url=server.url, timeout=4.5) as caller, pytest.raises(Timeout):
        caller.get()
    assert virtual.now == 4.5

The client's deadlines, pools, retries and HTTP parsers run as they are. Only name look-ups, TCP and the clocks are
replaced. An event loop waits for no thread and no real socket here: time jumps to the next timer as soon as no task
can run.
"""

from __future__ import annotations

import asyncio
import math
import selectors
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from queue import SimpleQueue
from typing import Any, cast

import httpcore
import pytest
import trio
from anyio.from_thread import BlockingPortal, start_blocking_portal
from anyio.lowlevel import checkpoint
from attrs import define
from trio.testing import MockClock

from generated_client import _clock, _connection, _network, _sockets
from tests.client.callers import Caller, Error, open_async, open_sync
from tests.client.scripted_network import Clock, Network, Respond, ScriptedBackend, ScriptedServer

WALL_TIME = 1_767_225_600.0
"""Seconds since 1970 at which virtual time starts: 2026-01-01."""


class ManualClock:
    """The runtime's monotonic time: it stands still until a test moves it or the runtime sleeps."""

    def __init__(self) -> None:
        self._now = 1000.0
        self.sleeps: list[float] = []
        """The seconds of each sleep."""

    def monotonic(self) -> float:
        return self._now

    def move(self, seconds: float) -> None:
        self._now += seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.move(seconds)

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
        await checkpoint()


class VirtualClock:
    """A clock for one thread or for an event loop of asyncio."""

    def __init__(self) -> None:
        self._now = 0.0

    def current_time(self) -> float:
        return self._now

    def jump(self, seconds: float) -> None:
        assert seconds < math.inf, "nothing would ever end this wait"
        self._now += seconds


class JumpingSelector(selectors.SelectSelector):
    """Moves the clock to the next timer of the event loop instead of waiting for it."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout and 0)
        if not ready and timeout:
            self._clock.jump(timeout)
        return ready


class VirtualEventLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is the one of a clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(JumpingSelector(clock))
        self._virtual_clock = clock

    def time(self) -> float:
        return self._virtual_clock.current_time()


@define
class VirtualTime:
    """Virtual time for clients of one kind."""

    network: Network
    open: Callable[..., AbstractContextManager[Caller]]
    """Opens a client for a `with` block; takes its arguments."""

    def error_of(self, kind: type[Error], base_url: str, **arguments: Any) -> Error:
        """Return the error of the first call of a client, which must fail like this."""
        with self.open(base_url=base_url, **arguments) as caller:
            return caller.error_of(kind)

    @property
    def now(self) -> float:
        """Seconds since the test began."""
        return self.network.clock.current_time()

    def sleep(self, seconds: float) -> None:
        """Let time pass, as code that blocks its thread does."""
        self.network.clock.jump(seconds)

    def serve(self, respond: Respond) -> ScriptedServer:
        """Add a server to the network."""
        port = len(self.network.servers) + 1
        self.network.servers[port] = ScriptedServer(f"http://127.0.0.1:{port}", respond)
        return self.network.servers[port]

    def serve_responses(self, *responses: bytes) -> ScriptedServer:
        """Add a server that sends a response to each request at once, the last one to each later request too."""
        server = self.serve(lambda _: [(0, responses[min(len(server.requests), len(responses)) - 1])])
        return server


@contextmanager
def virtual_time(kind: str) -> Generator[VirtualTime]:
    """Run clients of a kind in virtual time: "sync", "asyncio" or "trio"."""
    clock: Clock = MockClock(autojump_threshold=0) if kind == "trio" else VirtualClock()
    network = Network(clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_clock, "monotonic", clock.current_time)
        patch.setattr(_clock, "wall_time", lambda: WALL_TIME + clock.current_time())
        patch.setattr(_clock, "sleep", clock.jump)
        patch.setattr(_clock, "wait_for_item", network.wait_for_item)
        patch.setattr(_connection, "_LARGE", sys.maxsize)  # An event loop that jumps would not wait for the thread.
        patch.setattr(_network, "resolve", network.resolve)
        patch.setattr(_network, "resolve_async", network.resolve_async)
        patch.setattr(httpcore, "SyncBackend", partial(ScriptedBackend, network))
        patch.setattr(_sockets.SocketWire, "connect", network.connect_async)
        if kind == "sync":
            yield VirtualTime(network, open_sync)
        else:
            with _trio_portal(clock) if kind == "trio" else _asyncio_portal(clock) as portal:
                yield VirtualTime(network, partial(open_async, portal))


def _asyncio_portal(clock: Clock) -> AbstractContextManager[BlockingPortal]:
    return start_blocking_portal("asyncio", {"loop_factory": partial(VirtualEventLoop, clock)})


@contextmanager
def _trio_portal(clock: Clock) -> Generator[BlockingPortal]:
    """Run trio with a clock in a thread, since older versions of anyio do not pass the clock on."""
    portals: SimpleQueue[BlockingPortal] = SimpleQueue()

    async def run() -> None:
        async with BlockingPortal() as portal:
            portals.put(portal)
            await portal.sleep_until_stopped()

    thread = threading.Thread(target=partial(trio.run, run, clock=cast("MockClock", clock)))
    thread.start()
    portal = portals.get()
    try:
        yield portal
    finally:
        portal.call(portal.stop)
        thread.join()
