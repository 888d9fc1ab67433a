"""A monotonic clock that a test moves."""

from __future__ import annotations


class Clock:
    """Stands for the module `time`; it moves only where a test says so."""

    def __init__(self) -> None:
        self._now = 1000.0

    def monotonic(self) -> float:
        return self._now

    def move(self, seconds: float) -> None:
        self._now += seconds
