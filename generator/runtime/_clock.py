"""The total deadline of a call, and the ways to hold its steps to it."""

from __future__ import annotations

import time
from _thread import start_new_thread
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from queue import Empty, SimpleQueue
from typing import TypeVar, cast

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


_DEADLINE: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def kept(deadline: Deadline) -> Generator[None]:
    """Let every step that asks how long it may take keep the deadline for as long as the block runs."""
    before = _DEADLINE.set(deadline)
    try:
        yield
    finally:
        _DEADLINE.reset(before)


def bounded(timeout: float | None) -> float | None:
    """Seconds that a step may take. Raises TimeoutError."""
    deadline = _DEADLINE.get()
    if deadline is None:  # A given transport is used for something else too.
        return timeout
    left = deadline.left()
    if not left:
        raise TimeoutError
    return left if timeout is None else min(timeout, left)


def within(seconds: float | None, function: Callable[[], _Result]) -> _Result:
    """What a function returns that may block. It runs in a thread, which is left to itself when the seconds are over.

    Raises TimeoutError, and what the function raises.
    """
    # Nothing here but what is written in C waits: of the rest, an interrupt would make a mess.
    came: SimpleQueue[tuple[_Result | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            came.put((function(), None))
        except BaseException as problem:  # noqa: BLE001  # it is raised where the result is waited for
            came.put((None, problem))

    start_new_thread(copy_context().run, (run,))
    try:
        result, problem = came.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if problem is not None:
        raise problem
    return cast("_Result", result)
