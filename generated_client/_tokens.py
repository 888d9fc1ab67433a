"""The token of each call: given once, asked of a function, or kept and renewed ahead of its end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Awaitable, Callable

import anyio
from attrs import define

from ._clock import Deadline
from ._secret import Secret
from .credentials import Issued, TokenSource, checked
from .errors import CredentialsError, InvalidParameter

Token = str | Callable[[], str] | TokenSource
"""An IAM token, a function that returns one for each call, or a source of `credentials`."""

AsyncToken = Token | Callable[[], Awaitable[str]]
"""Like Token; the function may be async."""

_ADVISED = 120.0
"""Seconds before its end, or a tenth of its life, whichever is more, from which a token is renewed ahead."""
_MANDATORY = 30.0
"""Seconds before its end from which a token is not relied on any more."""
_PAUSE = 5.0
"""Seconds until a renewal is tried again that failed, or brought nothing better, while there still is a token."""


def check_kind(token: object) -> None:
    """Raises InvalidParameter for what neither is a token nor gives one, without showing it."""
    good = token is None or isinstance(token, str | TokenSource) or callable(token)
    del token  # Tracebacks can show what a function was called with.
    if not good:
        raise InvalidParameter("token", "must be a str, a function that returns one, or a source of credentials")


def secret(token: object) -> Secret:
    """A token that the caller gives. Raises InvalidParameter, which does not show it."""
    try:
        return checked(token)
    except ValueError as problem:
        reason = str(problem)
    finally:
        del token  # Tracebacks can show what a function was called with.
    raise InvalidParameter("token", reason)


@define
class Kept:
    """A token that is kept, in monotonic time: what may be done with it now. Does no I/O and takes no lock."""

    _token: Secret | None = None
    _since: float = 0.0
    _ends: float = 0.0
    _renew_from: float = 0.0
    _failure: CredentialsError | None = None

    def fresh(self, rejected: Secret | None) -> Secret | None:
        """The token, where nothing needs to be done about it."""
        now = time.monotonic()
        due = now >= self._renew_from or (self._failure is not None and now >= self._ends - _MANDATORY)
        return None if due or self._is_refused(rejected) else self._token

    def usable(self, rejected: Secret | None) -> Secret | None:
        """The token, where a call may go out with it."""
        return self._token if time.monotonic() < self._ends - _MANDATORY and not self._is_refused(rejected) else None

    def failed_since(self, moment: float) -> bool:
        """Whether a renewal has failed after the moment: who waited for it need not try again."""
        return self._failure is not None and self._since >= moment

    def store(self, outcome: Issued | CredentialsError) -> None:
        """Keep what a renewal brought."""
        self._since = time.monotonic()
        self._renew_from = self._since + _PAUSE
        if isinstance(outcome, CredentialsError):
            self._failure = outcome
        else:
            self._token, self._failure = outcome.token, None
            self._ends = self._since + outcome.lifetime
            self._renew_from = max(self._ends - max(_ADVISED, outcome.lifetime / 10), self._renew_from)

    def after_renewal(self, rejected: Secret | None) -> Secret:
        """The token to use once a renewal was tried: the old one, where it failed. Raises CredentialsError."""
        token = self._token if self._failure is None else self.usable(rejected)
        if token is None:
            raise self._failure.again() if self._failure else CredentialsError("there is no token")
        return token

    def _is_refused(self, rejected: Secret | None) -> bool:
        # A service that refuses the token it has just been given would refuse the next one too.
        return self._token == rejected and time.monotonic() - self._since > _PAUSE


class Tokens:
    """The tokens of a source, for threads: one of them renews, the others wait only if they must.

    `ask` puts the question of the source to whom it is for.
    """

    def __init__(self, source: TokenSource, ask: Callable[[TokenSource, Deadline], Issued | CredentialsError]) -> None:
        self._source = source
        self._ask = ask
        self._kept = Kept()
        self._renewal = os.getpid(), threading.Lock()

    def get(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        """A token other than the rejected one, if there is one. Raises CredentialsError and TimeoutError."""
        fresh = self._kept.fresh(rejected)
        if fresh is not None:
            return fresh
        asked_at, usable, lock = time.monotonic(), self._kept.usable(rejected), self._lock()
        if not lock.acquire(timeout=0 if usable else deadline.left()):
            if usable:
                return usable
            raise TimeoutError
        try:
            if self._kept.fresh(rejected) is None and not self._kept.failed_since(asked_at):
                self._kept.store(self._ask(self._source, deadline))
            return self._kept.after_renewal(rejected)
        finally:
            lock.release()

    def _lock(self) -> threading.Lock:
        # A fork copies a lock that another thread holds, and nobody there will ever release it.
        if self._renewal[0] != os.getpid():
            self._renewal = os.getpid(), threading.Lock()
        return self._renewal[1]


class AsyncTokens:
    """Like Tokens, for tasks."""

    def __init__(
        self, source: TokenSource, ask: Callable[[TokenSource, Deadline], Awaitable[Issued | CredentialsError]]
    ) -> None:
        self._source = source
        self._ask = ask
        self._kept = Kept()
        self._lock = anyio.Lock()

    async def get(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        """A token other than the rejected one, if there is one. Raises CredentialsError."""
        fresh = self._kept.fresh(rejected)
        if fresh is not None:
            return fresh
        asked_at, usable = time.monotonic(), self._kept.usable(rejected)
        if usable and self._lock.locked():
            return usable
        async with self._lock:
            if self._kept.fresh(rejected) is None and not self._kept.failed_since(asked_at):
                self._kept.store(await self._ask(self._source, deadline))
            return self._kept.after_renewal(rejected)
