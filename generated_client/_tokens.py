"""The token of each call: given once, asked of a function, or kept and renewed ahead of its end.

However many calls there are, a source is asked by one of them at a time, and every five seconds at the most; sooner
only once after the service has refused a token, and where it fails while there is none: nine times in twelve seconds.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

from attrs import evolve, field, frozen

from . import _clock
from ._clock import Deadline
from ._limits import EventLoopLock, ProcessLock
from ._secret import Secret, checked
from .credentials import AccessToken, TokenSource, default
from .errors import CredentialsError, InvalidParameter

Token = str | Callable[[], str] | TokenSource
"""An IAM token, a function that returns one for each call, or a source of `credentials`."""

AsyncToken = Token | Callable[[], Awaitable[str]]
"""Like Token; the function may be async."""

_Function = TypeVar("_Function", bound=Callable[[], str | Awaitable[str]])

_ADVISED = 120.0
"""Seconds before its end, or a tenth of its life, whichever is more, from which a token is renewed ahead."""
_MANDATORY = 30.0
"""Seconds before its end from which a token is not relied on any more."""
_PAUSE = 5.0
"""Seconds until the next question to a source that has brought nothing better, or that keeps failing."""
_FIRST_PAUSE = 0.1
"""Seconds until the next question after a second failure without a token; each further one doubles them to _PAUSE."""


def resolve_token(token: str | TokenSource | _Function | None) -> Secret | TokenSource | _Function:
    """Return the source of a client's tokens: its argument, or what the chain of `credentials` finds.

    Raises InvalidParameter for what is no token and gives none, and CredentialsError; neither shows it.
    """
    try:
        if token is None:
            return default()
        if isinstance(token, str):
            return secret(token)
        if isinstance(token, TokenSource) or callable(token):
            return token
    finally:
        del token  # Tracebacks can show what a function was called with.
    raise InvalidParameter("token", "must be a str, a function that returns one, or a source of credentials")


def secret(token: object) -> Secret:
    """Return a token of the caller. Raises InvalidParameter, which does not show it."""
    try:
        return checked(token)
    except ValueError as problem:
        reason = str(problem)
        if isinstance(token, Coroutine):
            token.close()
            reason = "must be no async function, which only an AsyncClient awaits"
    finally:
        del token  # Tracebacks can show what a function was called with.
    raise InvalidParameter("token", reason)


def call_function(function: Callable[[], str]) -> Secret:
    """Return the token of a function. Raises InvalidParameter for another value, CredentialsError for its error."""
    try:
        return secret(function())
    except InvalidParameter:
        raise
    except Exception as fault:
        raise _failed(fault) from fault


async def call_function_async(function: Callable[[], str | Awaitable[str]]) -> Secret:
    """Like `call_function`; the function may be async."""
    try:
        return secret(await _value(function))
    except InvalidParameter:
        raise
    except Exception as error:
        raise _failed(error) from error


async def _value(function: Callable[[], str | Awaitable[str]]) -> str:
    returned = function()
    try:
        return await returned if isinstance(returned, Awaitable) else returned
    finally:
        del returned  # Tracebacks can show the variables of a function.


def _failed(fault: Exception) -> CredentialsError:
    return CredentialsError(f"the function that gives the token raised {type(fault).__name__}")


@frozen
class CachedToken:
    """A token that is kept, and what may be done with it at a moment of monotonic time.

    It is a value, so that threads see the old one or the new one and nothing between.
    """

    token: Secret = field(factory=lambda: Secret(""))
    ends: float = -math.inf
    due: float = -math.inf
    """When a new one is asked for at the earliest; only a refusal of the service is quicker."""
    reject_after: float = -math.inf
    """From when on a refusal counts: a new token that is refused as well would be followed by one more, and so on."""
    pause: float = 0.0
    """Seconds until the next question, should the next one fail: none at first, for the sake of a call that repeats."""
    failure: CredentialsError | None = None
    """Why the last question brought nothing."""

    def usable(self, now: float, rejected: Secret | None) -> bool:
        """Return True if a call may use the token. A new token is used however soon it ends."""
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


class TokenCache:
    """The tokens of a source, for threads: one of them renews, the others wait only if they must.

    `ask` puts the question of the source, and takes no more than so many seconds.
    """

    def __init__(
        self, source: TokenSource, ask: Callable[[TokenSource, float], AccessToken | CredentialsError]
    ) -> None:
        self._source = source
        self._ask = ask
        self._cached = CachedToken()
        self._lock = ProcessLock()

    def get(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        """Return a token, not the rejected one if there is another. Raises CredentialsError and TimeoutError."""
        cached, now = self._cached, _clock.monotonic()
        if cached.is_current(now, rejected):
            return cached.best(now, rejected)
        usable, lock = cached.usable(now, rejected), self._lock.of_this_process()
        if lock.acquire(timeout=0 if usable else min(deadline.remaining(), threading.TIMEOUT_MAX)):
            try:
                if self._cached is cached:  # Nobody has renewed it while we waited.
                    outcome = self._ask(self._source, _share(deadline, usable=usable))
                    self._cached = cached.after(_in_time(outcome, deadline), _clock.monotonic(), rejected)
            finally:
                lock.release()
        elif not usable:
            raise TimeoutError
        return self._cached.best(_clock.monotonic(), rejected)


class AsyncTokenCache:
    """Like Tokens, for tasks."""

    def __init__(
        self, source: TokenSource, ask: Callable[[TokenSource, float], Awaitable[AccessToken | CredentialsError]]
    ) -> None:
        self._source = source
        self._ask = ask
        self._cached = CachedToken()
        self._lock = EventLoopLock()

    async def get(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        """Return a token, not the rejected one if there is another. Raises CredentialsError and TimeoutError."""
        cached, now = self._cached, _clock.monotonic()
        if cached.is_current(now, rejected):
            return cached.best(now, rejected)
        usable, lock = cached.usable(now, rejected), self._lock.of_this_loop()
        if not (usable and lock.locked()):
            async with lock:
                if self._cached is cached:  # Nobody has renewed it while we waited.
                    outcome = await self._ask(self._source, _share(deadline, usable=usable))
                    self._cached = cached.after(_in_time(outcome, deadline), _clock.monotonic(), rejected)
        return self._cached.best(_clock.monotonic(), rejected)


def _share(deadline: Deadline, *, usable: bool) -> float:
    """Return the seconds that a request may take: half of those left if the call can do without its result."""
    return deadline.remaining() / 2 if usable else deadline.remaining()


def _in_time(outcome: AccessToken | CredentialsError, deadline: Deadline) -> AccessToken | CredentialsError:
    """Return the outcome. Raises TimeoutError if the caller ran out of time, which says nothing about the source."""
    if isinstance(outcome, CredentialsError) and not deadline.remaining():
        raise TimeoutError
    return outcome
