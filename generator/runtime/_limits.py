"""Permits that survive an interrupt, and values that survive a fork."""

from __future__ import annotations

import os
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Permit:
    """The right to use one of a limited number of things; it returns to its limit even if its holder is interrupted."""

    _released = True
    """An interrupt can keep `__init__` from being run."""

    def __init__(self, free: SimpleQueue[Permit]) -> None:
        self._free = free
        self._released = False

    def release(self) -> None:
        """Give the permit back; a second time changes nothing."""
        if not self._released:
            self._released = True
            self._free.put(Permit(self._free))

    def __del__(self) -> None:
        self.release()


def permits(number: int) -> SimpleQueue[Permit]:
    """Return a queue of permits, whose methods are written in C, so that an interrupt cannot leave it locked."""
    free: SimpleQueue[Permit] = SimpleQueue()
    for _ in range(number):
        free.put(Permit(free))
    return free


class PerProcess(Generic[_Value]):
    """A value of which each process makes its own: a fork copies a lock that a thread of the parent holds, held."""

    def __init__(self, make: Callable[[], _Value]) -> None:
        self._make: Callable[[], _Value] = make
        self._values = {os.getpid(): make()}

    def get(self) -> _Value:
        """Return the value of the running process, which is the same for all its threads."""
        process = os.getpid()
        return self._values.get(process) or self._values.setdefault(process, self._make())
