"""The cached token of a source, renewed before it expires.

One call at a time asks the source for a token, at most every five seconds. It is asked sooner only once after the
service has rejected a token, and if it fails while there is no token: nine times in twelve seconds.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Awaitable, Callable

from attrs import evolve, field, frozen

from . import _clock
from ._clock import Deadline
from ._event_loops import EventLoopLock
from ._limits import PerProcess
from ._secret import Secret
from ._sources import AccessToken
from .errors import CredentialsError

_ADVISED = 120.0
"""Seconds before a token expires, or a tenth of its lifetime if that is more: it is renewed ahead."""
_MANDATORY = 30.0
"""Seconds before a token expires: it is not used any more."""
_PAUSE = 5.0
"""Seconds until the next request to a source that gave no better token, or that keeps failing."""
_FIRST_PAUSE = 0.1
"""Seconds until the next request after a second failure without a token; doubled by each further one, up to _PAUSE."""


@frozen
class CachedToken:
    """A cached token, and its use at a moment of monotonic time.

    It is a value: threads see either the old one or the new one.
    """

    token: Secret = field(factory=lambda: Secret(""))
    ends: float = -math.inf
    due: float = -math.inf
    """The earliest time of the next request; only a rejection by the service is quicker."""
    reject_after: float = -math.inf
    """The time from which a rejection counts: otherwise a new token that is rejected too would be renewed again."""
    pause: float = 0.0
    """Seconds until the next request if this one fails; zero at first, so that a retried call need not wait."""
    failure: CredentialsError | None = None
    """The error of the last request, if it failed."""

    def usable(self, now: float, rejected: Secret | None) -> bool:
        """Return True if a call may use the token; a new token always, however soon it expires."""
        just_come = self.failure is None and now < self.due
        return (just_come or now < self.ends - _MANDATORY) and not (self.token == rejected and now >= self.reject_after)

    def is_current(self, now: float, rejected: Secret | None) -> bool:
        """Return True if no request is due: the token lasts for a while, or the source has just failed."""
        return now < self.due and (self.failure is not None or self.usable(now, rejected))

    def best(self, now: float, rejected: Secret | None) -> Secret:
        """Return the token. Raises CredentialsError if the last request failed and the token is not usable."""
        if self.failure is None or self.usable(now, rejected):
            return self.token
        raise self.failure.again()

    def after(self, outcome: AccessToken | CredentialsError, now: float, rejected: Secret | None) -> CachedToken:
        """Return the token to keep after a request by a caller whose token may have been rejected."""
        if isinstance(outcome, CredentialsError):
            if self.usable(now, rejected):
                return evolve(self, due=min(now + _PAUSE, self.ends - _MANDATORY), failure=outcome)
            pause = min(2 * self.pause or _FIRST_PAUSE, _PAUSE)
            return evolve(self, due=now + self.pause, pause=pause, failure=outcome)
        soon, ends = now + _PAUSE, now + outcome.lifetime
        again = rejected is not None or outcome.token == self.token
        return CachedToken(
            token=outcome.token,
            ends=ends,
            due=max(soon, ends - max(_ADVISED, outcome.lifetime / 10)),
            reject_after=soon if again else now,
        )


class TokenStore:
    """The cached token of a source, shared by its caches for threads and for tasks."""

    def __init__(self) -> None:
        self.cached = CachedToken()


class TokenCache:
    """The tokens of a source, for threads: one thread renews, the others wait only if they have no usable token.

    `ask` requests a token within a number of seconds.
    """

    def __init__(self, ask: Callable[[float], AccessToken | CredentialsError], store: TokenStore) -> None:
        self._ask = ask
        self._store = store
        self._lock = PerProcess(threading.Lock)

    def get(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        """Return a token, not the rejected one if there is another. Raises CredentialsError and TimeoutError."""
        cached, now = self._store.cached, _clock.monotonic()
        if cached.is_current(now, rejected):
            return cached.best(now, rejected)
        usable, lock = cached.usable(now, rejected), self._lock.get()
        if lock.acquire(timeout=0 if usable else min(deadline.remaining(), threading.TIMEOUT_MAX)):
            try:
                if self._store.cached is cached:  # Nobody has renewed it while we waited.
                    outcome = self._ask(_share(deadline, usable=usable))
                    self._store.cached = cached.after(_in_time(outcome, deadline), _clock.monotonic(), rejected)
            finally:
                lock.release()
        elif not usable:
            raise TimeoutError
        return self._store.cached.best(_clock.monotonic(), rejected)


class AsyncTokenCache:
    """Like TokenCache, for tasks."""

    def __init__(self, ask: Callable[[float], Awaitable[AccessToken | CredentialsError]], store: TokenStore) -> None:
        self._ask = ask
        self._store = store
        self._lock = EventLoopLock()

    async def get(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        """Return a token, not the rejected one if there is another. Raises CredentialsError and TimeoutError."""
        cached, now = self._store.cached, _clock.monotonic()
        if cached.is_current(now, rejected):
            return cached.best(now, rejected)
        usable, lock = cached.usable(now, rejected), self._lock.of_this_loop()
        if not (usable and lock.locked()):
            async with lock:
                if self._store.cached is cached:  # Nobody has renewed it while we waited.
                    outcome = await self._ask(_share(deadline, usable=usable))
                    self._store.cached = cached.after(_in_time(outcome, deadline), _clock.monotonic(), rejected)
        return self._store.cached.best(_clock.monotonic(), rejected)


def _share(deadline: Deadline, *, usable: bool) -> float:
    """Return the seconds that a request may take: half of those left if the call can do without its result."""
    return deadline.remaining() / 2 if usable else deadline.remaining()


def _in_time(outcome: AccessToken | CredentialsError, deadline: Deadline) -> AccessToken | CredentialsError:
    """Return the outcome. Raises TimeoutError if the caller ran out of time, which says nothing about the source."""
    if isinstance(outcome, CredentialsError) and not deadline.remaining():
        raise TimeoutError
    return outcome
