"""Retries: which calls are retried, after which delay, and how many.

A call is retried if its method is safe or nothing of it was sent, and the response or the error is a passing one. The
delay grows exponentially with full jitter, or is what the service asks for. The calls of a client share a budget of
retries, so that a dead service is not hammered.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from datetime import UTC

from . import _clock
from ._limits import PerProcess

SAFE_METHODS = frozenset({"GET", "HEAD"})
PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})

_BASE = 0.2
"""Seconds: the first delay is drawn from zero to this, the bound doubles with each one."""

_CEILING = 20.0
"""Seconds: no drawn delay is longer."""

_CAPACITY = 100
_REFUND = 0.2


class Budget:
    """The retries that the calls of one client share: 100, and one more for every 5 successful calls.

    So 1,000 calls to a service that always fails send 1,100 requests at the most.
    """

    def __init__(self) -> None:
        self._left: float = _CAPACITY
        self._lock = PerProcess(threading.Lock)

    def spend(self) -> bool:
        """Take one retry; return False if none is left."""
        with self._lock.get():
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def restore(self) -> None:
        """Give a fifth of a retry back after a successful call."""
        if self._left < _CAPACITY:
            with self._lock.get():
                self._left = min(_CAPACITY, self._left + _REFUND)


def delay_before(number: int, headers: Mapping[str, str]) -> float:
    """Return the seconds to wait before a retry, counted from 0: drawn, but no less than the service asks for."""
    drawn = random.uniform(0, min(_CEILING, _BASE * 2 ** min(number, 9)))  # noqa: S311  # nobody gains by guessing it
    return max(drawn, _retry_after(headers.get("retry-after", "")))


def _retry_after(value: str) -> float:
    """Return the seconds of a Retry-After header, a number or a date; zero if it is neither."""
    if value.isascii() and value.isdecimal():
        return float(value)
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # dates are rare, and it takes a while to import

    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - _clock.wall_time()
    except (ValueError, OverflowError):
        return 0.0
