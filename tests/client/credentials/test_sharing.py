"""Concurrent calls share a token: one of them renews it, and none waits longer than it must."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio import to_thread

from generated_client import AsyncClient, Client
from generated_client.credentials import MetadataService
from generated_client.errors import CredentialsError, Timeout
from tests.client.callers import ClientFactory
from tests.client.credentials.services import HANG, METADATA, Gate, Reply, Services, always, in_turn, metadata
from tests.client.virtual_time import ManualClock

ROOT = Path(__file__).parents[3]
MANY = 150  # More than there are connections to one host.
HOUR = 3600.0


class CountedLock:
    """The lock of a cache of tokens, which counts the threads that have come for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._came = threading.Semaphore(0)

    def of_this_process(self) -> CountedLock:
        return self

    def acquire(self, timeout: float) -> bool:
        self._came.release()
        return self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        self._lock.release()

    def wait_for(self, threads: int) -> None:
        """Wait until so many threads have come."""
        for _ in range(threads):
            assert self._came.acquire(timeout=HANG)


def counted_lock(client: Any) -> CountedLock:
    """Give the cache of a client a lock that is counted."""
    client._connection._token._lock = counted = CountedLock()
    return counted


def test_many_threads_ask_for_one_token(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = gate.before(metadata("t1.minted"))
    with (
        Client(token=MetadataService(services.address), base_url=services.url) as client,
        ThreadPoolExecutor(MANY) as threads,
    ):
        counted = counted_lock(client)
        images = threads.map(client.images.get, ["crp1"] * MANY)
        counted.wait_for(MANY)
        gate.open()
        assert len([*images]) == MANY
    assert services.tokens == ["t1.minted"] * MANY
    assert len(services.at(METADATA)) == 1


@pytest.mark.anyio
async def test_many_tasks_ask_for_one_token(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = gate.before(metadata("t1.minted"))
    async with (
        AsyncClient(token=MetadataService(services.address), base_url=services.url) as client,
        anyio.create_task_group() as tasks,
    ):
        for _ in range(MANY):
            tasks.start_soon(client.images.get, "crp1")
        await anyio.wait_all_tasks_blocked()
        gate.open()
    assert services.tokens == ["t1.minted"] * MANY
    assert len(services.at(METADATA)) == 1


def test_who_waited_for_a_question_that_failed_does_not_ask_again(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = gate.before(Reply(503))
    with (
        Client(token=MetadataService(services.address), base_url=services.url, retries=0) as client,
        ThreadPoolExecutor(20) as threads,
    ):
        counted = counted_lock(client)
        calls = [threads.submit(client.images.get, "crp1") for _ in range(20)]
        counted.wait_for(20)
        gate.open()
        failures = [call.exception() for call in calls]
    assert {type(failure) for failure in failures} == {CredentialsError}
    assert len({id(failure) for failure in failures}) == 20
    assert len(services.at(METADATA)) == 1


@pytest.mark.anyio
async def test_a_task_that_waited_for_one_does_not_either(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = gate.before(Reply(503))
    failed: list[CredentialsError] = []
    client = AsyncClient(token=MetadataService(services.address), base_url=services.url, retries=0)

    async def call() -> None:
        try:
            await client.images.get("crp1")
        except CredentialsError as error:
            failed.append(error)

    async with client, anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(call)
        await anyio.wait_all_tasks_blocked()
        gate.open()
    assert len({id(error) for error in failed}) == 20
    assert len(services.at(METADATA)) == 1


def test_nobody_waits_for_a_renewal_that_is_advised(services: Services, clock: ManualClock, gate: Gate) -> None:
    services.paths[METADATA] = in_turn(metadata("t1.old", HOUR), gate.before(metadata("t1.new", HOUR)))
    with (
        Client(token=MetadataService(services.address), base_url=services.url) as client,
        ThreadPoolExecutor(1) as threads,
    ):
        client.images.get("crp1")
        clock.move(HOUR * 0.95)
        renewing = threads.submit(client.images.get, "crp1")
        assert gate.reached.wait(HANG)
        for _ in range(5):
            client.images.get("crp1")
        assert not renewing.done()
        gate.open()
        renewing.result()
        client.images.get("crp1")
    assert services.tokens == ["t1.old"] * 6 + ["t1.new"] * 2
    assert len(services.at(METADATA)) == 2


@pytest.mark.anyio
async def test_no_task_waits_for_one_either(services: Services, clock: ManualClock, gate: Gate) -> None:
    services.paths[METADATA] = in_turn(metadata("t1.old", HOUR), gate.before(metadata("t1.new", HOUR)))
    async with AsyncClient(token=MetadataService(services.address), base_url=services.url) as client:
        await client.images.get("crp1")
        clock.move(HOUR * 0.95)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.images.get, "crp1")
            assert await to_thread.run_sync(gate.reached.wait, HANG)
            for _ in range(5):
                await client.images.get("crp1")
            gate.open()
        await client.images.get("crp1")
    assert services.tokens == ["t1.old"] * 6 + ["t1.new"] * 2
    assert len(services.at(METADATA)) == 2


def test_a_call_waits_for_a_token_no_longer_than_its_deadline(
    client_factory: ClientFactory, services: Services, gate: Gate
) -> None:
    """It says nothing about the source: the next call asks it as if nothing had happened."""
    services.paths[METADATA] = gate.before(Reply(503))
    with client_factory(base_url=services.url, token=MetadataService(services.address), retries=0) as caller:
        with pytest.raises(Timeout):
            caller.get("crp1", timeout=0.1)
        assert not services.tokens
        services.paths[METADATA] = always(metadata("t1.minted"))
        caller.get("crp1")
    assert services.tokens == ["t1.minted"]


def test_who_waits_for_the_question_of_another_keeps_to_its_own_deadline(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = gate.before(metadata("t1.minted"))
    with (
        Client(token=MetadataService(services.address), base_url=services.url) as client,
        ThreadPoolExecutor(1) as threads,
    ):
        patient = threads.submit(client.images.get, "crp1", timeout=2 * HANG)
        assert gate.reached.wait(HANG)
        with pytest.raises(Timeout):
            client.images.get("crp1", timeout=0.1)
        assert not patient.done()
        gate.open()
        patient.result()
    assert services.tokens == ["t1.minted"]


async def _cancel_at(gate: Gate, scope: anyio.CancelScope) -> None:
    assert await to_thread.run_sync(gate.reached.wait, HANG)
    scope.cancel()


@pytest.mark.anyio
async def test_a_task_that_is_cancelled_while_it_asks_leaves_it_to_the_next(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = in_turn(gate.before(metadata("t1.unheard")), metadata("t1.minted"))
    async with (
        AsyncClient(token=MetadataService(services.address), base_url=services.url) as client,
        anyio.create_task_group() as tasks,
    ):
        with anyio.CancelScope() as scope:
            tasks.start_soon(client.images.get, "crp1", name="waits for the one that is cancelled")
            tasks.start_soon(_cancel_at, gate, scope)
            await client.images.get("crp1")
    assert services.tokens == ["t1.minted"]


FORK = """
import os, sys, threading
from generated_client import Client
from generated_client.credentials import MetadataService
Client(token="t1.first", base_url={url!r}).images.get("crp1")  # Imports what would be half imported in the child.
client = Client(token=MetadataService({address!r}), base_url={url!r})
threading.Thread(target=client.images.get, args=("crp1",), daemon=True).start()
sys.stdin.readline()
child = os.fork()
if not child:
    print(client.images.get("crp1").id, flush=True)
    os._exit(0)
os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_fork_while_another_thread_asks_leaves_the_child_usable(services: Services, gate: Gate) -> None:
    services.paths[METADATA] = in_turn(gate.before(metadata("t1.unheard")), metadata("t1.minted"))
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", FORK.format(address=services.address, url=services.url)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert gate.reached.wait(HANG)
        output, problems = program.communicate("fork\n")
    assert (output, problems, program.returncode) == ("crp1\n", "", 0)
    assert services.tokens == ["t1.first", "t1.minted"]
