"""Threads share a client safely, even if the interpreter switches threads after each bytecode."""

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import pytest

from generated_client import Client, Image
from generated_client._limits import ProcessLock
from generated_client._retries import Budget
from generated_client.testing import FakeServer, faults
from tests.client.callers import TOKEN

THREADS = 8
Value = TypeVar("Value")


@pytest.fixture(autouse=True)
def frequent_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def run(call: Callable[[int], Value]) -> list[Value]:
    """Call a function in threads that start at once, with the number of the thread; return the results."""
    results, start = list[Value](), threading.Barrier(THREADS)

    def work(number: int) -> None:
        start.wait()
        results.append(call(number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == THREADS, "a thread failed"
    return results


def test_each_call_gets_its_own_response() -> None:
    """Through connections and through a given transport, with retries."""
    ids = [f"crp{number}" for number in range(THREADS)]
    with FakeServer() as fake_server:
        for image_id in ids:
            fake_server.add(Image(id=image_id, name=image_id))
        fake_server.enqueue(*[faults.cut_before_headers] * 3)
        for transport in (None, fake_server.transport):
            with Client(TOKEN, base_url=fake_server.url, transport=transport) as client:
                names = run(lambda number: [client.images.get(ids[number]).name for _ in range(5)])
            assert Counter(name for of_thread in names for name in of_thread) == dict.fromkeys(ids, 5)
        fake_server.assert_faults_consumed()


def test_a_budget_is_spent_once() -> None:
    budget = Budget()
    spent = run(lambda _: sum(budget.spend() for _ in range(50)))
    assert sum(spent) == 100


def test_threads_of_a_forked_process_get_one_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    process, lock = os.getpid(), ProcessLock()
    for child in range(process + 1, process + 101):
        monkeypatch.setattr(os, "getpid", partial(int, child))
        locks = run(partial(_lock_of_process, lock))
        assert len({*map(id, locks)}) == 1


def _lock_of_process(lock: ProcessLock, _: int) -> threading.Lock:
    return lock.of_this_process()
