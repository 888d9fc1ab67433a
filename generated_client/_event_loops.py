# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The identity of an event loop, and a lock for each."""

from __future__ import annotations

import anyio
from anyio.lowlevel import RunVar

_EVENT_LOOP: RunVar[object] = RunVar("event_loop")
"""A value of its own in each event loop."""


class EventLoopLock:
    """A lock for the tasks of one event loop, free at the start of another."""

    def __init__(self) -> None:
        self._lock: tuple[object, anyio.Lock] | None = None

    def of_this_loop(self) -> anyio.Lock:
        """Return the lock of the running event loop."""
        loop, lock = event_loop(), self._lock
        if lock is None or lock[0] is not loop:
            lock = self._lock = loop, anyio.Lock()
        return lock[1]


def event_loop() -> object:
    """Return a value that identifies the running event loop."""
    loop = _EVENT_LOOP.get(None)
    if loop is None:
        loop = object()
        _EVENT_LOOP.set(loop)
    return loop
