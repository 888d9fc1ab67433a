"""A client is shared by threads, closed once, and survives a fork."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import pytest

from generated_client import AsyncClient, Client
from generated_client.errors import ClientClosed
from tests.client.faults.callers import TOKEN, Opening
from tests.client.faults.server import OK, Exchange, saying, serving, status

ROOT = Path(__file__).parents[3]


def echoing(exchange: Exchange) -> bool:
    """An image with the identifier that was asked for; a request in ten is refused, or its answer cut."""
    kind = exchange.number % 20
    body = b'{"id":"%s"}' % exchange.request.split()[1].rpartition(b"/")[2]
    exchange.send(status(503) if kind == 7 else status(200, body=body)[: -5 if kind == 17 else None])
    return kind != 17


@pytest.mark.usefixtures("hasty")
def test_64_threads_get_each_its_own_answer() -> None:
    def call(number: int) -> bool:
        return client.images.get(f"crp{number}").id == f"crp{number}"

    with serving(echoing) as server:
        with Client(TOKEN, base_url=server.url, retries=20) as client, ThreadPoolExecutor(64) as pool:
            assert all(pool.map(call, range(1000)))
        assert len(server.requests) > 1000
        assert server.accepted < 64 + len(server.requests) / 10, "a connection that is not cut is used again"


def test_calls_one_after_another_share_a_connection(opening: Opening) -> None:
    with serving(saying(OK)) as server, opening(base_url=server.url) as caller:
        for _ in range(5):
            caller.get()
        assert server.accepted == 1


def test_a_hundred_calls_are_under_way_at_once_on_connections_that_are_used_again() -> None:
    together = threading.Barrier(100)

    def behave(exchange: Exchange) -> None:
        together.wait(30)
        exchange.send(OK)

    async def call_all(url: str) -> None:
        async with AsyncClient(TOKEN, base_url=url) as client:
            for _ in range(3):
                async with anyio.create_task_group() as group:
                    for _ in range(100):
                        group.start_soon(client.images.get, "crp1")

    with serving(behave) as server:
        anyio.run(call_all, server.url)
        assert server.accepted == 100


def test_a_closed_client_says_so(opening: Opening) -> None:
    with serving(saying(OK)) as server:
        with opening(base_url=server.url) as caller:
            caller.get()
        for _ in range(2):
            with pytest.raises(ClientClosed, match="the client is closed"):
                caller.get()
            caller.close()
        with opening(base_url=server.url) as unused:
            unused.close()
            with pytest.raises(ClientClosed):
                unused.get()
        assert len(server.requests) == 1


@pytest.mark.usefixtures("hasty")
def test_closing_ends_the_calls_that_are_under_way(opening: Opening) -> None:
    asked = threading.Event()

    def behave(exchange: Exchange) -> None:
        asked.set()
        exchange.wait(30)

    with serving(behave) as server, opening(base_url=server.url, timeout=30) as caller, ThreadPoolExecutor() as pool:
        call = pool.submit(caller.get)
        assert asked.wait(20)
        caller.close()
        with pytest.raises(ClientClosed):
            call.result(20)


LOOPS = """
import asyncio, sys
from generated_client import AsyncClient

client = AsyncClient("t1.made-up", base_url=sys.argv[1])
for _ in range(3):
    print(asyncio.run(client.images.get("crp1")).id)
"""


def test_a_client_goes_on_in_the_next_event_loop() -> None:
    """In a process of its own: asyncio complains about the connections of the loops that have ended."""
    with serving(saying(OK)) as server:
        command = [sys.executable, "-W", "ignore", "-c", LOOPS, server.url]
        shown = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=60).stdout
    assert shown.split() == ["crp1"] * 3


FORKED = """
import os, sys, threading
import httpx
from generated_client import Client

transport = httpx.HTTPTransport() if sys.argv[2] == "given" else None
with Client("t1.made-up", base_url=sys.argv[1], transport=transport) as client:
    def call():
        for _ in range(20):
            assert client.images.get("crp1").id == "crp1"

    client.images.get("crp1")
    busy = [threading.Thread(target=call) for _ in range(3)]
    for thread in busy:
        thread.start()
    children = []
    for _ in range(5):
        child = os.fork()
        if child == 0:
            call()
            client.close()
            os._exit(0)
        children.append(child)
    for thread in busy:
        thread.join()
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 5
    call()
"""


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="the system has no fork")
@pytest.mark.parametrize("transport", ["own", "given"])
def test_parent_and_children_share_no_connection(transport: str) -> None:
    def behave(exchange: Exchange) -> None:
        exchange.wait(0.001)
        exchange.send(OK)

    with serving(behave) as server:
        command = [sys.executable, "-W", "ignore", "-c", FORKED, server.url, transport]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert len(server.requests) == 1 + 3 * 20 + 5 * 20 + 20
