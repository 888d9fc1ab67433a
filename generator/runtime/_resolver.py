"""Look-ups of host names within a time limit.

The system's look-up knows no timeout, so it runs in a thread that is abandoned when the time is over. A process has at
most MAX_THREADS such threads, however many of them hang. If no thread can be started, as when the interpreter shuts
down, the look-up runs in the calling thread, without a limit.
"""

from __future__ import annotations

import socket
from _thread import start_new_thread
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue

import anyio

from . import _clock
from ._arguments import parse_address
from ._clock import Deadline
from ._limits import Permit, PerProcess, permits

MAX_THREADS = 4

Lookup = Sequence[str] | Exception
"""The addresses of a host, or the error of its look-up."""

_permits = PerProcess(partial(permits, MAX_THREADS))
"""The permits to run a look-up in a thread."""


def resolve(host: str, port: int, deadline: Deadline) -> Sequence[str]:
    """Return the addresses of a host. Raises OSError, UnicodeError and TimeoutError."""
    if parse_address(host):
        return [host]
    results: SimpleQueue[Lookup] = SimpleQueue()
    permit = _clock.wait_for_item(_permits.get(), deadline.clamp(None))
    _start(permit, host, port, results.put)
    return _addresses(_clock.wait_for_item(results, deadline.clamp(None)))


async def resolve_async(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host; the caller's cancel scope limits the time. Raises OSError and UnicodeError."""
    if parse_address(host):
        return [host]
    results: SimpleQueue[Lookup] = SimpleQueue()
    here, there = socket.socketpair()  # Closing one end wakes a task of any event loop, which a queue does not.

    def deliver(lookup: Lookup) -> None:
        results.put(lookup)
        there.close()

    with here, there:
        _start(await _permit(), host, port, deliver)
        await anyio.wait_readable(here)
    return _addresses(results.get())


async def _permit() -> Permit:
    while True:
        try:
            return _permits.get().get_nowait()
        except Empty:  # Several look-ups hang: rare enough to look again now and then.
            await anyio.sleep(0.01)


def _start(permit: Permit, host: str, port: int, deliver: Callable[[Lookup], None]) -> None:
    def run() -> None:
        try:
            deliver(_look_up(host, port))
        finally:
            permit.release()

    try:
        start_new_thread(run, ())
    except RuntimeError:  # The interpreter shuts down, or the system has no thread left.
        run()


def _look_up(host: str, port: int) -> Lookup:
    try:
        return [str(address[0]) for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except Exception as error:  # noqa: BLE001  # it is raised in the caller, who waits for it
        return error


def _addresses(lookup: Lookup) -> Sequence[str]:
    if isinstance(lookup, Exception):
        raise lookup
    return lookup
