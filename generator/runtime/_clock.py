"""The total deadline of a call, and a way to hold a function to it that blocks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

_Result = TypeVar("_Result")


class Deadline:
    """The end of a call, in monotonic time: a step of the system's clock moves nothing."""

    __slots__ = ("_end", "_start")

    def __init__(self, seconds: float) -> None:
        self._start = time.monotonic()
        self._end = self._start + seconds

    def left(self) -> float:
        """Seconds left; zero when it has passed."""
        return max(0.0, self._end - time.monotonic())

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self._start


def within(seconds: float | None, function: Callable[[], _Result]) -> _Result:
    """What a function returns that may block. It runs in a thread, which is left to itself when the seconds are over.

    Raises TimeoutError, and what the function raises.
    """
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as problem:  # noqa: BLE001  # it is raised where the result is waited for
            future.set_exception(problem)

    threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
    return future.result(seconds)
