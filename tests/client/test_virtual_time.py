"""Virtual time and the scripted network, which other tests rely on."""

from __future__ import annotations

from collections.abc import Generator

import anyio
import pytest

from generated_client import AsyncClient, _clock
from generated_client.errors import ConnectionFailed, Timeout
from tests.client.faults.server import OK
from tests.client.scripted_network import HANG_UP
from tests.client.virtual_time import WALL_TIME, VirtualTime, virtual_time


@pytest.fixture(params=["sync", "asyncio", "trio"])
def virtual(request: pytest.FixtureRequest) -> Generator[VirtualTime]:
    with virtual_time(request.param) as virtual:
        yield virtual


def test_a_call_takes_the_time_of_its_steps(virtual: VirtualTime) -> None:
    virtual.network.lookup_seconds, virtual.network.connect_seconds = 3, 2
    server = virtual.serve(lambda _: [(1, OK[index : index + 1]) for index in range(len(OK))])
    with virtual.open(base_url=server.url, timeout=1000) as caller:
        assert caller.get().id == "crp1"
    assert virtual.now == 5 + len(OK)
    assert _clock.monotonic() == virtual.now
    assert _clock.wall_time() == WALL_TIME + virtual.now


def test_a_connection_serves_one_request_after_another(virtual: VirtualTime) -> None:
    server = virtual.serve(lambda _: [(1, OK)])
    with virtual.open(base_url=server.url) as caller:
        for _ in range(3):
            caller.get()
        assert (server.accepted, len(server.open), len(server.requests)) == (1, 1, 3)
    assert not server.open
    assert virtual.now == 3


def test_silence_lasts_until_the_timeout_and_a_hang_up_is_noticed_at_once(virtual: VirtualTime) -> None:
    events = iter([[], [(1.0, OK[:20]), HANG_UP]])
    server = virtual.serve(lambda _: next(events))
    with virtual.open(base_url=server.url, retries=0) as caller:
        with pytest.raises(Timeout):
            caller.get(timeout=4)
        assert virtual.now == 4
        with pytest.raises(ConnectionFailed, match="Server disconnected"):
            caller.get()
        assert virtual.now == 5
    assert server.accepted == 2


def test_a_port_without_a_server_refuses_at_once(virtual: VirtualTime) -> None:
    with virtual.open(base_url="http://127.0.0.1:9", retries=0) as caller, pytest.raises(ConnectionFailed):
        caller.get()
    assert virtual.now == 0


@pytest.mark.parametrize("virtual", ["asyncio", "trio"], indirect=True)
def test_tasks_wait_at_the_same_time(virtual: VirtualTime) -> None:
    async def call_at_once() -> None:
        assert isinstance(caller.client, AsyncClient)
        async with anyio.create_task_group() as group:
            for _ in range(9):
                group.start_soon(caller.client.images.get, "crp1")

    server = virtual.serve(lambda _: [(5, OK)])
    with virtual.open(base_url=server.url) as caller:
        caller.run(call_at_once)
    assert virtual.now == 5
    assert server.accepted == 9


def test_the_clocks_are_real_again_afterwards() -> None:
    with virtual_time("sync") as virtual:
        virtual.sleep(1)
        assert _clock.monotonic() == 1
    assert _clock.monotonic() != 1
    assert _clock.wall_time() > WALL_TIME
