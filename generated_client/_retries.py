"""When a call is repeated, and after which delay.

Only a safe method is, or one of which nothing was sent, after an answer or a fault that may pass; with exponential
back-off and full jitter, or as the service asks; out of a budget that the calls of a client share, so that a dead
service is not hammered.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SAFE_METHODS = frozenset({"GET", "HEAD"})
PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})

_BASE = 0.2
"""Seconds: the first delay is drawn from zero to this, the bound doubles with each one."""

_CEILING = 20.0
"""Seconds: no drawn delay is longer."""

_CAPACITY = 100
_REFUND = 0.2


class Budget:
    """What the calls of one client may spend on being repeated: 100 repetitions, and one more for 5 successes.

    So 1,000 calls to a service that always fails send 1,100 requests at the most.
    """

    def __init__(self) -> None:
        self._left: float = _CAPACITY
        self._lock = threading.Lock()

    def spend(self) -> bool:
        """Take one repetition; False where none is left."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def restore(self) -> None:
        """Give a little back after a call that went well."""
        if self._left < _CAPACITY:
            with self._lock:
                self._left = min(_CAPACITY, self._left + _REFUND)


def delay_before(number: int, headers: Mapping[str, str]) -> float:
    """Seconds to wait before the repetition of that number, from 0: drawn, but no less than the service asks for."""
    drawn = random.uniform(0, min(_CEILING, _BASE * 2 ** min(number, 9)))  # noqa: S311  # nobody gains by guessing it
    return max(drawn, _retry_after(headers.get("retry-after", "")))


def _retry_after(value: str) -> float:
    """Seconds in a Retry-After, which has a number or a date; zero where it has neither."""
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
        return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, OverflowError):
        return 0.0
