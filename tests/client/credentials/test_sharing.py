"""Concurrent calls share a token: one of them renews it, and none waits longer than it must."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio import to_thread

from generated_client import AsyncClient
from generated_client._token_cache import CachedToken
from generated_client.errors import CredentialsError, Timeout
from tests.client.callers import ClientFactory
from tests.client.credentials.services import HANG, Gate, Reply, Services, metadata
from tests.client.virtual_time import ManualClock

ROOT = Path(__file__).parents[3]
MANY = 150  # More than there are connections to one host.
HOUR = 3600.0

WaitForCalls = Callable[[int], None]


@pytest.fixture
def wait_for_calls(monkeypatch: pytest.MonkeyPatch) -> WaitForCalls:
    """Wait until so many calls have asked the cache for a token."""
    came = threading.Semaphore(0)
    is_current = CachedToken.is_current

    def counted(*arguments: Any) -> bool:
        came.release()
        return is_current(*arguments)

    def wait_for_calls(number: int) -> None:
        for _ in range(number):
            assert came.acquire(timeout=HANG)

    monkeypatch.setattr(CachedToken, "is_current", counted)
    return wait_for_calls


@pytest.fixture
def threads() -> Generator[ThreadPoolExecutor]:
    """Threads that wait for calls of a client of either kind."""
    with ThreadPoolExecutor(MANY) as threads:
        yield threads


def test_many_calls_ask_for_one_token(
    connect: ClientFactory, services: Services, gate: Gate, threads: ThreadPoolExecutor, wait_for_calls: WaitForCalls
) -> None:
    services.metadata.respond(gate.before(metadata("t1.minted")))
    with connect(token=services.source) as caller:
        calls = [threads.submit(caller.get) for _ in range(MANY)]
        wait_for_calls(MANY)
        gate.open()
        assert all(call.result() for call in calls)
    assert services.tokens == ["t1.minted"] * MANY
    assert len(services.metadata.requests) == 1


def test_calls_that_waited_for_a_request_that_failed_do_not_repeat_it(
    connect: ClientFactory, services: Services, gate: Gate, threads: ThreadPoolExecutor, wait_for_calls: WaitForCalls
) -> None:
    services.metadata.respond(gate.before(Reply(503)))
    with connect(token=services.source) as caller:
        calls = [threads.submit(caller.get) for _ in range(20)]
        wait_for_calls(20)
        gate.open()
        failures = [call.exception() for call in calls]
    assert {type(failure) for failure in failures} == {CredentialsError}
    assert len({id(failure) for failure in failures}) == 20
    assert len(services.metadata.requests) == 1


def test_no_call_waits_for_a_renewal_that_is_advised(
    connect: ClientFactory, services: Services, clock: ManualClock, gate: Gate, threads: ThreadPoolExecutor
) -> None:
    services.metadata.respond(metadata("t1.old", HOUR), gate.before(metadata("t1.new", HOUR)))
    with connect(token=services.source) as caller:
        caller.get()
        clock.move(HOUR * 0.95)
        renewing = threads.submit(caller.get)
        assert gate.reached.wait(HANG)
        for _ in range(5):
            caller.get()
        assert not renewing.done()
        gate.open()
        renewing.result()
        caller.get()
    assert services.tokens == ["t1.old"] * 6 + ["t1.new"] * 2
    assert len(services.metadata.requests) == 2


def test_a_call_waits_for_a_token_no_longer_than_its_deadline(
    connect: ClientFactory, services: Services, gate: Gate
) -> None:
    """It says nothing about the source: the next call asks it as if nothing had happened."""
    services.metadata.respond(gate.before(Reply(503)))
    with connect(token=services.source) as caller:
        caller.error_of(Timeout, timeout=0.1)
        assert not services.tokens
        services.metadata.respond(metadata("t1.minted"))
        caller.get()
    assert services.tokens == ["t1.minted"]


def test_a_call_that_waits_for_the_request_of_another_keeps_to_its_own_deadline(
    connect: ClientFactory, services: Services, gate: Gate, threads: ThreadPoolExecutor
) -> None:
    services.metadata.respond(gate.before(metadata("t1.minted")))
    with connect(token=services.source) as caller:
        patient = threads.submit(caller.get, timeout=2 * HANG)
        assert gate.reached.wait(HANG)
        caller.error_of(Timeout, timeout=0.1)
        assert not patient.done()
        gate.open()
        patient.result()
    assert services.tokens == ["t1.minted"]


async def _cancel_at(gate: Gate, scope: anyio.CancelScope) -> None:
    assert await to_thread.run_sync(gate.reached.wait, HANG)
    scope.cancel()


@pytest.mark.anyio
async def test_a_task_that_is_cancelled_while_it_asks_leaves_it_to_the_next(services: Services, gate: Gate) -> None:
    services.metadata.respond(gate.before(metadata("t1.unheard")), metadata("t1.minted"))
    async with (
        AsyncClient(token=services.source, base_url=services.url) as client,
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
    services.metadata.respond(gate.before(metadata("t1.unheard")), metadata("t1.minted"))
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
