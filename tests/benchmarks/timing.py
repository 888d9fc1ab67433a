"""Measure the ratio of two workloads that run in turn, so that a busy machine slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from attrs import frozen


@frozen
class Ratio:
    """The median of the ratios of the rounds, and the lowest and highest quarter's bounds."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f}–{self.high:.2f})"


def ratio(pairs: list[tuple[float, float]]) -> Ratio:
    """The ratio of the first figure of each pair to the second."""
    low, median, high = statistics.quantiles([client_time / baseline_time for client_time, baseline_time in pairs], n=4)
    return Ratio(median, low, high)


def interleaved(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int, clock: Callable[[], float]
) -> Ratio:
    """Measure our time as a multiple of theirs, round by round, in alternating order."""
    pairs: list[tuple[float, float]] = []
    for number in range(-1, rounds):
        order = (ours, theirs) if number % 2 else (theirs, ours)
        spent = {work: timed(work, clock) for work in order}
        if number >= 0:  # The first round warms up.
            pairs.append((spent[ours], spent[theirs]))
    return ratio(pairs)


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of one run by the clock."""
    start = clock()
    work()
    return clock() - start
