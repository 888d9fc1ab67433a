"""A call needs no new thread, and look-ups of names take a few at most."""

from __future__ import annotations

import socket
import threading
from functools import partial
from typing import Any

import pytest

from generated_client import _resolver
from generated_client._limits import PerProcess, permits
from generated_client.errors import ConnectionFailed, Timeout
from tests.client.programs import run_program
from tests.client.server import OK, Exchange, sending, serving
from tests.client.transport.conftest import GetImages

AT_EXIT = """
import atexit, sys, threading
from generated_client import Client

client = Client("t1.made-up", base_url=sys.argv[1])

@atexit.register
def call_at_exit():
    with client:
        print(client.images.get("crp1").id)

def call_after_main():
    threading.main_thread().join()
    with Client("t1.made-up", base_url=sys.argv[1]) as other:
        print(other.images.get("crp1").id)

threading.Thread(target=call_after_main).start()
"""

NO_THREADS = """
import _thread, asyncio, sys

def refuse(*_, **__):
    raise RuntimeError("can't start new thread")

_thread.start_new_thread = refuse
from generated_client import AsyncClient, Client

async def call():
    async with AsyncClient(lambda: "t1.made-up", base_url=sys.argv[1]) as client:
        print((await client.images.get("crp1")).id)

with Client(lambda: "t1.made-up", base_url=sys.argv[1]) as client:
    print(client.images.get("crp1").id)
asyncio.run(call())
"""

GREENLETS = """
from gevent import monkey; monkey.patch_all()
import gevent, sys
from generated_client import Client

def call_slowly():
    with gevent.Timeout(0.01, False):
        client.images.get("slow")

with Client("t1.made-up", base_url=sys.argv[1], retries=0) as client:
    calls = [gevent.spawn(client.images.get, "crp1") for _ in range(50)]
    gevent.joinall(calls + [gevent.spawn(call_slowly) for _ in range(50)], raise_error=True)
    print(*{call.value.id for call in calls})
"""


def respond_slowly_to_some(exchange: Exchange) -> None:
    if b"slow" in exchange.request:
        exchange.wait(1)
    exchange.send(OK)


@pytest.mark.parametrize("program", [AT_EXIT, NO_THREADS], ids=["at exit", "no threads"])
def test_a_call_needs_no_new_thread(program: str) -> None:
    with serving(sending(OK)) as server:
        assert run_program(program, server.url.replace("127.0.0.1", "localhost")) == ["crp1", "crp1"]


@pytest.mark.slow
def test_a_timeout_of_gevent_harms_no_other_call() -> None:
    with serving(respond_slowly_to_some) as server:
        assert run_program(GREENLETS, server.url) == ["crp1"]


def test_a_permit_returns_even_if_its_holder_forgets_it() -> None:
    free = permits(1)
    free.get_nowait()
    permit = free.get_nowait()
    assert free.empty()
    permit.release()
    permit.release()
    del permit
    assert free.qsize() == 1


def test_look_ups_that_hang_end_at_the_deadline_and_take_a_few_threads(
    get_images: GetImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any other one waits until its deadline for one of these threads, and starts none of its own."""
    started: list[object] = []
    released = threading.Event()

    def hang(*arguments: object, **_: object) -> Any:
        started.append(arguments)
        released.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(_resolver, "_permits", PerProcess(partial(permits, _resolver.MAX_THREADS)))
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        for _ in range(_resolver.MAX_THREADS + 2):
            with pytest.raises(Timeout):
                get_images(base_url="https://registry.test", timeout=0.05)
        assert len(started) <= _resolver.MAX_THREADS
    finally:
        released.set()


def test_a_look_up_that_ends_gives_its_thread_back(get_images: GetImages) -> None:
    with serving(sending(OK)) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        for _ in range(2 * _resolver.MAX_THREADS):
            assert get_images(base_url=url)[0].id == "crp1"


class LookUpFailed(Exception):
    """An error that no look-up of a name is known to raise."""


@pytest.mark.usefixtures("no_backoff")
@pytest.mark.parametrize(
    ("error", "raised", "message"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name not known"), ConnectionFailed, r"Name not known \(3 attempts"),
        (UnicodeError("label too long"), ConnectionFailed, r"label too long \(3 attempts"),
        (LookUpFailed("of another kind"), LookUpFailed, "^of another kind$"),
    ],
    ids=["unknown", "not a name", "anything else"],
)
def test_a_look_up_that_fails_is_tried_again(
    get_images: GetImages, monkeypatch: pytest.MonkeyPatch, error: Exception, raised: type[Exception], message: str
) -> None:
    """Nothing was sent, so it may be tried again whatever the method."""

    def getaddrinfo(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(raised, match=message):
        get_images(base_url="https://registry.test", retries=2)
