# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Permits and locks that survive interrupts and a fork."""

from __future__ import annotations

import os
import threading
from queue import SimpleQueue


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


class ProcessLock:
    """A lock that is free at the start of a child process, even if a thread of its parent held it at the fork."""

    def __init__(self) -> None:
        self._locks = {os.getpid(): threading.Lock()}

    def of_this_process(self) -> threading.Lock:
        """Return the lock of the running process, which is the same for all its threads."""
        process = os.getpid()
        return self._locks.get(process) or self._locks.setdefault(process, threading.Lock())
