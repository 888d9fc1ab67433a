"""A call that is cancelled or interrupted leaves no connection behind, and the next one works."""

from __future__ import annotations

import random
import re
import ssl
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count, takewhile
from types import FrameType
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from generated_client import AsyncClient, Client, _transport
from generated_client.errors import Timeout
from tests.client.authority import Authority
from tests.client.callers import EVENT_LOOPS, TOKEN, call_at_once
from tests.client.programs import run_program
from tests.client.server import OK, Exchange, Server, sending, serving, status
from tests.client.virtual_time import VirtualTime

CONNECTIONS = 5


@pytest.fixture
def few_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client opens five connections at most."""
    monkeypatch.setattr(_transport, "MAX_CONNECTIONS", CONNECTIONS)


def respond_in_parts(exchange: Exchange) -> None:
    """Send a response in two parts, each after a short while."""
    for part in (OK[:30], OK[30:]):
        exchange.wait(random.random() / 200)
        exchange.send(part)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("event_loop", EVENT_LOOPS)
@pytest.mark.usefixtures("few_connections")
def test_cancelled_calls_leave_the_pool_usable(event_loop: str, scheme: str, authority: Authority) -> None:
    """More tasks than connections are cancelled at any moment: connecting, shaking hands, waiting, reading."""
    context = authority.server if scheme == "https" else None
    with serving(respond_in_parts, context) as server:
        anyio.run(cancel_many, server, authority.client, **EVENT_LOOPS[event_loop])
        server.wait_for_hang_ups(0)


async def cancel_many(server: Server, trusted: ssl.SSLContext) -> None:
    async def call(client: AsyncClient, within: float) -> None:
        for _ in range(10):
            with anyio.move_on_after(random.random() * within):
                await client.images.get("crp1")

    async with AsyncClient(TOKEN, base_url=server.url, verify=trusted) as client:
        for within in (0.01, 0):
            async with anyio.create_task_group() as group:
                for _ in range(3 * CONNECTIONS):
                    group.start_soon(call, client, within)
        await call_at_once(client, 2 * CONNECTIONS)
        await anyio.to_thread.run_sync(server.wait_for_hang_ups, CONNECTIONS)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("event_loop", EVENT_LOOPS)
def test_a_call_that_is_cancelled_at_any_step_leaves_the_one_connection_to_the_next(
    event_loop: str, scheme: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cancel_each(url: str) -> None:
        async with AsyncClient(TOKEN, base_url=url, verify=authority.client) as client:
            for steps in range(25):
                async with anyio.create_task_group() as group:
                    group.start_soon(client.images.get, "crp1")
                    for _ in range(steps):
                        await anyio.lowlevel.checkpoint()
                    group.cancel_scope.cancel()
                assert (await client.images.get("crp1")).id == "crp1"

    monkeypatch.setattr(_transport, "MAX_CONNECTIONS", 1)
    response = status(200, "connection: close", body=b'{"id":"crp1"}')
    with serving(sending(response), authority.server if scheme == "https" else None) as server:
        anyio.run(cancel_each, server.url, **EVENT_LOOPS[event_loop])


@pytest.mark.parametrize("event_loop", EVENT_LOOPS)
def test_a_call_that_is_cancelled_in_a_handshake_closes_its_connection(event_loop: str) -> None:
    async def call(url: str) -> None:
        async with AsyncClient(TOKEN, base_url=url) as client:
            for number in range(5):
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(client.images.get, "crp1")
                    while server.accepted == number:  # noqa: ASYNC110  # the server runs in a thread
                        await anyio.sleep(0.01)
                    tasks.cancel_scope.cancel()
            await anyio.to_thread.run_sync(server.wait_for_hang_ups, 0)

    with serving(Exchange.wait_for_hang_up) as server:
        anyio.run(call, f"https://127.0.0.1:{server.port}", **EVENT_LOOPS[event_loop])
        assert server.accepted == 5


@pytest.mark.usefixtures("few_connections")
def test_calls_of_threads_that_run_out_of_time_leave_the_pool_usable() -> None:
    """More threads than connections wait for one when their time is up."""

    def call(client: Client) -> None:
        for _ in range(5):
            with pytest.raises(Timeout):
                client.images.get("crp1", timeout=0.05)

    with serving(Exchange.wait_for_hang_up) as server, Client(TOKEN, base_url=server.url, retries=0) as client:
        with ThreadPoolExecutor(5 * CONNECTIONS) as pool:
            list(pool.map(call, [client] * 5 * CONNECTIONS))
        server.behave = sending(OK)
        with ThreadPoolExecutor(2 * CONNECTIONS) as pool:
            list(pool.map(client.images.get, ["crp1"] * 2 * CONNECTIONS))
        server.wait_for_hang_ups(CONNECTIONS)


class Interrupt(BaseException):
    """Raised where nobody expects it."""


def interrupt_at(call: Callable[[], object], number: int) -> str:
    """Interrupt a call at the n-th line that it runs of the client and of httpcore.

    Return where that is, or "" if there are fewer lines.
    """
    line, place = 0, ""

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal line, place
        if not re.search(r"generated_client|httpcore", frame.f_code.co_filename):
            return None
        if event == "line":
            line += 1
            if line == number:
                place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
                raise Interrupt
        return trace

    outer = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except Interrupt:
        pass
    finally:
        sys.settrace(outer)
    return place


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of an interrupt in a finalizer
@pytest.mark.parametrize("kind", ["sync"], indirect=True)
@pytest.mark.parametrize("is_kept", [False, True])
def test_a_call_that_is_interrupted_at_any_line_leaves_no_connection_behind(
    virtual: VirtualTime, *, is_kept: bool
) -> None:
    server = virtual.serve_responses(OK if is_kept else status(200, "connection: close", body=b'{"id":"crp1"}'))
    with virtual.open(base_url=server.url, retries=0) as caller:
        caller.get()
        places = takewhile(bool, (interrupt_at(caller.get, number) for number in count(1)))
        for number, place in enumerate(places):
            assert caller.get().id == "crp1", place
            assert len(server.open) == is_kept, (number, place)
        assert interrupt_at(caller.get, 500)
    assert not server.open


INTERRUPTED = """
import os, random, signal, sys
from generated_client import Client

def interrupt(*_):
    raise KeyboardInterrupt

sys.unraisablehook = lambda _: None  # Else Python reports an interrupt that comes in a finalizer.
signal.signal(signal.SIGALRM, interrupt)
with Client("t1.made-up", base_url=sys.argv[1]) as client:
    client.images.get("crp1")
    before, interrupted = len(os.listdir("/dev/fd")), 0
    while interrupted < 300:
        try:
            try:
                signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-4, float(sys.argv[2])))
                client.images.get("crp1")
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except KeyboardInterrupt:
            interrupted += 1
    for _ in range(3):
        client.images.get("crp1")
    print(len(os.listdir("/dev/fd")) - before)
"""


def test_interrupted_calls_leave_the_pool_usable_and_no_connection_behind() -> None:
    """Interrupted wherever it is, unmeasured: an interrupt leaves the lock locked with which coverage counts lines."""
    with serving(respond_in_parts) as server:
        assert run_program(INTERRUPTED, server.url, "0.01", measured=False) == ["0"]
