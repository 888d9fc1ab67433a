"""The I/O of a call, sync and async: the one module that knows how httpx sends."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from typing import TypeVar, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx
from attrs import frozen

from ._arguments import check_seconds
from ._calls import Course, Request, Response
from ._clock import Deadline, bounded, kept
from ._retries import Budget
from ._secret import Secret
from ._tokens import AsyncTokens, Tokens, awaited, called
from ._wire import Message
from .credentials import Issued, Question, TokenSource
from .errors import ApiError, ClientClosed, CredentialsError, Unauthenticated

_Result = TypeVar("_Result", bound=Message)
_Answer = tuple[int, Mapping[str, str], bytes]

LONGEST = 16 * 2**20
"""Bytes: a longer answer is given up, so that an endless one does not fill the memory."""

_CONNECT = 10.0
"""Seconds that connecting may take, so that there is time for another try."""


@frozen
class Settings:
    """What the calls of a client have in common; `timeout` is in seconds, for a call as a whole."""

    base_url: str
    timeout: float
    retries: int
    user_agent: str

    def course(self, request: Request[_Result], timeout: float | None, budget: Budget) -> Course[_Result]:
        """The course of a call that begins now."""
        deadline = Deadline(self.timeout if timeout is None else check_seconds("timeout", timeout))
        return Course(request, self.base_url, deadline, self.retries, budget)

    def request(self, course: Course[_Result], token: Secret) -> httpx.Request:
        """The request of the next try."""
        headers = {
            "accept": "application/json",
            "accept-encoding": "identity",
            "authorization": f"Bearer {token.reveal()}",
            "user-agent": self.user_agent,
            "x-client-request-id": course.client_request_id,
        }
        return httpx.Request(course.request.method, course.url, headers=headers, extensions=_steps(course.deadline))


class _TooLong(Exception):
    """An answer is longer than LONGEST."""


_UNANSWERED = (TimeoutError, httpx.HTTPError, httpx.InvalidURL, UnicodeError, _TooLong)
_FAULTS = (CredentialsError, *_UNANSWERED)
"""What can come of sending a request; everything else is an error of the program."""


class Connection:
    """Sends requests and reads their responses, for threads."""

    def __init__(
        self, token: Secret | Callable[[], str] | TokenSource, settings: Settings, transport: httpx.BaseTransport | None
    ) -> None:
        self.settings = settings
        self._budget = Budget()
        self._given = transport
        self._opened = os.getpid(), self._open()
        self._token = token if isinstance(token, Secret) or callable(token) else Tokens(token, self._ask)
        self._closed = False

    def send(self, request: Request[_Result], timeout: float | None) -> Response[_Result]:
        """The response to a request. Raises ApiError."""
        if self._closed:
            raise ClientClosed("the client is closed; make a new one")
        course = self.settings.course(request, timeout, self._budget)
        with kept(course.deadline):
            while True:
                outcome = self._try(course)
                if isinstance(outcome, Response):
                    return outcome
                time.sleep(course.delay_after(outcome))

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        self._opened[1].close()

    def _try(self, course: Course[_Result]) -> Response[_Result] | ApiError:
        try:
            token = self._get_token(course.deadline)
            outcome = course.answered(*self._exchange(self.settings.request(course, token), course.deadline))
            if isinstance(outcome, Unauthenticated):
                renewed = self._get_token(course.deadline, token)
                if renewed != token:
                    answer = self._exchange(self.settings.request(course, renewed), course.deadline)
                    outcome = course.answered(*answer)
        except _FAULTS as fault:
            return _meaning(fault, course)
        return outcome

    def _get_token(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        if isinstance(self._token, Secret):
            return self._token
        return self._token.get(deadline, rejected) if isinstance(self._token, Tokens) else called(self._token)

    def _ask(self, source: TokenSource, seconds: float) -> Issued | CredentialsError:
        question = source.question()
        if isinstance(question, CredentialsError):
            return question
        deadline = Deadline(min(seconds, question.patience))
        try:
            with kept(deadline):
                answer = self._exchange(_question(question, deadline), deadline)
        except _UNANSWERED as fault:
            return _unanswered(question, fault)
        return source.answer(*answer)

    def _exchange(self, request: httpx.Request, deadline: Deadline) -> _Answer:
        if self._opened[0] != os.getpid():  # After a fork, the sockets belong to the parent.
            self._opened = os.getpid(), self._open()
        response = self._opened[1].handle_request(request)
        try:
            return response.status_code, response.headers, _whole(cast(Iterable[bytes], response.stream), deadline)
        finally:
            response.close()

    def _open(self) -> httpx.BaseTransport:
        return bounded(self._given or httpx.HTTPTransport(proxy=_proxy(self.settings.base_url)))


class AsyncConnection:
    """Like Connection, for the tasks of one event loop."""

    def __init__(
        self,
        token: Secret | Callable[[], str | Awaitable[str]] | TokenSource,
        settings: Settings,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self.settings = settings
        self._budget = Budget()
        self._transport = transport or httpx.AsyncHTTPTransport(proxy=_proxy(settings.base_url))
        self._token = token if isinstance(token, Secret) or callable(token) else AsyncTokens(token, self._ask)
        self._closed = False

    async def send(self, request: Request[_Result], timeout: float | None) -> Response[_Result]:  # noqa: ASYNC109  # the call's
        """The response to a request. Raises ApiError."""
        if self._closed:
            raise ClientClosed("the client is closed; make a new one")
        course = self.settings.course(request, timeout, self._budget)
        with anyio.move_on_after(course.deadline.left()):
            while True:
                outcome = await self._try(course)
                if isinstance(outcome, Response):
                    return outcome
                await anyio.sleep(course.delay_after(outcome))
        raise course.timed_out()

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        await self._transport.aclose()

    async def _try(self, course: Course[_Result]) -> Response[_Result] | ApiError:
        try:
            token = await self._get_token(course.deadline)
            outcome = course.answered(*await self._exchange(self.settings.request(course, token)))
            if isinstance(outcome, Unauthenticated):
                renewed = await self._get_token(course.deadline, token)
                if renewed != token:
                    outcome = course.answered(*await self._exchange(self.settings.request(course, renewed)))
        except _FAULTS as fault:
            return _meaning(fault, course)
        return outcome

    async def _get_token(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        if isinstance(self._token, Secret):
            return self._token
        if isinstance(self._token, AsyncTokens):
            return await self._token.get(deadline, rejected)
        return await awaited(self._token)

    async def _ask(self, source: TokenSource, seconds: float) -> Issued | CredentialsError:
        question = source.question()
        if isinstance(question, CredentialsError):
            return question
        deadline = Deadline(min(seconds, question.patience))
        try:
            with anyio.fail_after(deadline.left()):
                answer = await self._exchange(_question(question, deadline))
        except _UNANSWERED as fault:
            return _unanswered(question, fault)
        return source.answer(*answer)

    async def _exchange(self, request: httpx.Request) -> _Answer:
        response = await self._transport.handle_async_request(request)
        try:
            chunks: list[bytes] = []
            size = 0
            async for chunk in cast(AsyncIterable[bytes], response.stream):
                size = _checked_size(size + len(chunk))
                chunks.append(chunk)
            return response.status_code, response.headers, b"".join(chunks)
        finally:
            await response.aclose()


def _steps(deadline: Deadline, connect: float = _CONNECT) -> dict[str, dict[str, float]]:
    left = deadline.left()
    return {"timeout": {"connect": min(left, connect), "read": left, "write": left, "pool": left}}


def _question(question: Question, deadline: Deadline) -> httpx.Request:
    extensions = _steps(deadline, question.patience)
    return httpx.Request(
        question.method, question.url, headers=question.headers, content=question.content, extensions=extensions
    )


def _unanswered(question: Question, fault: Exception) -> CredentialsError:
    return CredentialsError(f"{question.name} gave no token: {type(fault).__name__}", may_pass=True)


def _meaning(fault: Exception, course: Course[_Result]) -> ApiError:
    """What a fault is for the caller. It is returned, so that no traceback holds what was being sent."""
    match fault:
        case CredentialsError():
            return fault
        case _TooLong():
            return course.malformed(f"longer than {LONGEST} bytes")
        case TimeoutError() | httpx.TimeoutException():
            return course.timed_out()
        case _:
            return course.disconnected(str(fault) or type(fault).__name__)


def _whole(stream: Iterable[bytes], deadline: Deadline) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in stream:
        size = _checked_size(size + len(chunk))
        chunks.append(chunk)
        if not deadline.left():
            raise TimeoutError
    return b"".join(chunks)


def _checked_size(size: int) -> int:
    if size > LONGEST:
        raise _TooLong
    return size


def _proxy(base_url: str) -> str | None:
    """The proxy that the environment names; none for plain http, since a token would travel to it in the open."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get("https") or getproxies().get("all")
