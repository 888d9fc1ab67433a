"""A client is shared by threads, closed once, and survives a fork."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace

import pytest

from generated_client import AsyncClient, Client, _limits, _pools
from generated_client.errors import ClientClosed
from tests.client.callers import TOKEN, ClientFactory, call_at_once
from tests.client.programs import run_program
from tests.client.server import OK, Exchange, serving, status
from tests.client.virtual_time import VirtualTime


def test_threads_of_a_forked_process_get_one_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if each of them makes one before any has got one."""
    start = threading.Barrier(1)

    def make() -> threading.Lock:
        start.wait()
        return threading.Lock()

    lock, start = _limits.PerProcess(make), threading.Barrier(8)
    monkeypatch.setattr(_limits, "os", SimpleNamespace(getpid=partial(int, os.getpid() + 1)))
    with ThreadPoolExecutor(8) as pool:
        tasks = [pool.submit(lock.get) for _ in range(8)]
        assert len({task.result() for task in tasks}) == 1


def echo(exchange: Exchange) -> bool:
    """Send an image with the ID of the request; refuse a request in twenty, and cut the response to another one."""
    kind = exchange.number % 20
    body = b'{"id":"%s"}' % exchange.request.split()[1].rpartition(b"/")[2]
    exchange.send(status(503) if kind == 7 else status(200, body=body)[: -5 if kind == 17 else None])
    return kind != 17


@pytest.mark.usefixtures("no_backoff")
def test_64_threads_get_each_its_own_response(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle connections are kept, however slow the machine is."""
    monkeypatch.setattr(_pools, "KEEPALIVE_SECONDS", 1e9)

    def call(number: int) -> bool:
        return client.images.get(f"crp{number}").id == f"crp{number}"

    with serving(echo) as server:
        with Client(TOKEN, base_url=server.url, retries=20) as client, ThreadPoolExecutor(64) as pool:
            assert all(pool.map(call, range(1000)))
        assert len(server.requests) > 1000
        assert server.accepted < 64 + len(server.requests) / 10, "a connection that is not cut is used again"


def test_a_connection_that_was_idle_for_five_seconds_is_not_used_again(virtual: VirtualTime) -> None:
    server = virtual.serve_responses(OK)
    with virtual.open(base_url=server.url) as caller:
        for seconds, accepted in [(0, 1), (4.9, 1), (5, 2), (4.9, 2)]:
            virtual.sleep(seconds)
            caller.get()
            assert server.accepted == accepted


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
def test_a_hundred_calls_are_made_at_once_on_connections_that_are_used_again(virtual: VirtualTime) -> None:
    server = virtual.serve(lambda _: [(1, OK)])
    with virtual.open(base_url=server.url) as caller:
        assert isinstance(caller.client, AsyncClient)
        for number, seconds in [(100, 1), (100, 2), (101, 4)]:
            caller.run(partial(call_at_once, caller.client, number))
            assert virtual.now == pytest.approx(seconds)
    assert server.accepted == 100


def test_a_closed_client_says_so(virtual: VirtualTime) -> None:
    server = virtual.serve_responses(OK)
    with virtual.open(base_url=server.url) as caller:
        caller.get()
    for _ in range(2):
        assert str(caller.error_of(ClientClosed)) == "the client is closed; make a new one"
        caller.close()
    with virtual.open(base_url=server.url) as unused:
        unused.close()
        unused.error_of(ClientClosed)
    assert len(server.requests) == 1


@pytest.mark.usefixtures("no_backoff")
def test_closing_ends_the_calls_that_are_under_way(client_factory: ClientFactory) -> None:
    requested = threading.Event()

    def respond(exchange: Exchange) -> bool:
        requested.set()
        return exchange.wait_for_hang_up()

    with (
        serving(respond) as server,
        client_factory(base_url=server.url, retries=3) as caller,
        ThreadPoolExecutor() as pool,
    ):
        call = pool.submit(caller.get)
        requested.wait()
        caller.close()
        with pytest.raises(ClientClosed):
            call.result()


FORKED = """
import os, sys, threading
from generated_client import Client

with Client("t1.made-up", base_url=sys.argv[1]) as client:
    def call():
        for _ in range(20):
            assert client.images.get("crp1").id == "crp1"

    client.images.get("crp1")
    busy = [threading.Thread(target=call) for _ in range(3)]
    for thread in busy:
        thread.start()
    children = []
    for _ in range(5):
        with client._connection._budget._lock.get():
            child = os.fork()
            if child == 0:
                client._connection._budget.spend()
                call()
                client.close()
                os._exit(0)
        children.append(child)
    for thread in busy:
        thread.join()
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 5
    call()
"""
"""The retry budget is locked at each fork."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_parent_and_children_share_no_connection_and_no_lock() -> None:
    with serving(lambda exchange: exchange.send(OK)) as server:
        assert run_program(f"import warnings; warnings.simplefilter('ignore')\n{FORKED}", server.url) == []
        assert len(server.requests) == 1 + 3 * 20 + 5 * 20 + 20
