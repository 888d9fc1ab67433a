# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Time: the clocks that the client reads, its sleeps, and the deadline of a call. No other module reads a clock."""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue
from typing import TypeVar

import anyio

_Item = TypeVar("_Item")


def monotonic() -> float:
    """Return seconds on a clock that nobody sets."""
    return time.monotonic()


def wall_time() -> float:
    """Return seconds since 1970 by the clock of this machine."""
    return time.time()


def sleep(seconds: float) -> None:
    """Block the calling thread."""
    time.sleep(seconds)


async def sleep_async(seconds: float) -> None:
    """Suspend the calling task."""
    await anyio.sleep(seconds)


def wait_for_item(queue: SimpleQueue[_Item], seconds: float) -> _Item:
    """Block the calling thread until a queue has an item, and return it. Raises TimeoutError."""
    try:
        return queue.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None


class Deadline:
    """The end of a call in monotonic time, which a change of the system's clock does not move."""

    __slots__ = ("_end", "_start")

    def __init__(self, seconds: float) -> None:
        self._start = monotonic()
        self._end = self._start + seconds

    def remaining(self) -> float:
        """Return the seconds left; zero once the deadline has passed."""
        return max(0.0, self._end - monotonic())

    def elapsed(self) -> float:
        """Return the seconds since the call began."""
        return monotonic() - self._start

    def check(self) -> None:
        """Raise TimeoutError once the deadline has passed."""
        if not self.remaining():
            raise TimeoutError

    def clamp(self, timeout: float | None) -> float:
        """Return the timeout of a step, cut to the time left. Raises TimeoutError if none is left."""
        remaining = self.remaining()
        if not remaining:
            raise TimeoutError
        return remaining if timeout is None else min(timeout, remaining)
