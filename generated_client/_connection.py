"""The I/O of a call, sync and async: gets a token, sends, waits and repeats."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import anyio

from ._arguments import check_seconds
from ._calls import Course, Request, Response, Settings
from ._clock import Deadline, within
from ._retries import Budget
from ._secret import Secret
from ._tokens import AsyncTokens, Tokens, awaited, called
from ._transport import AsyncBaseTransport, AsyncTransport, BaseTransport, BrokenAnswer, Transport, outgoing
from ._wire import Message
from .credentials import Issued, Question, TokenSource
from .errors import ApiError, ClientClosed, CredentialsError, Unauthenticated, one_line

_Result = TypeVar("_Result", bound=Message)

_FAULTS = (CredentialsError, TimeoutError, ConnectionError)
"""What can come of a try; everything else is an error of the program."""


class Connection:
    """Sends requests and reads their responses, for threads."""

    def __init__(
        self, token: Secret | Callable[[], str] | TokenSource, settings: Settings, transport: BaseTransport | None
    ) -> None:
        self._settings = settings
        self._budget = Budget()
        self._transport = Transport(settings.base_url, transport)
        self._token = Tokens(token, self._ask) if isinstance(token, TokenSource) else token
        self._closed = False

    def send(self, request: Request[_Result], timeout: float | None) -> Response[_Result]:
        """The response to a request. Raises ApiError."""
        course = _course(request, self._settings, self._budget, timeout)
        outcome = self._try(course)
        while isinstance(outcome, ApiError):
            time.sleep(course.delay_after(outcome))
            outcome = self._try(course)
        return outcome

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        self._transport.close()

    def _try(self, course: Course[_Result]) -> Response[_Result] | ApiError:
        if self._closed:
            return _closed()
        try:
            token = self._get_token(course.deadline)
            outcome = self._exchange(course, token)
            if isinstance(outcome, Unauthenticated) and (renewed := self._get_token(course.deadline, token)) != token:
                outcome = self._exchange(course, renewed)
        except _FAULTS as fault:
            return course.failed(fault)
        return outcome

    def _exchange(self, course: Course[_Result], token: Secret) -> Response[_Result] | ApiError:
        request = outgoing(course.request.method, course.url, course.headers(token), course.request.content)
        return course.answered(self._transport.exchange(request, course.deadline), token)

    def _get_token(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        if isinstance(self._token, Secret):
            return self._token
        if isinstance(self._token, Tokens):
            return self._token.get(deadline, rejected)
        return within(deadline.left(), partial(called, self._token))

    def _ask(self, source: TokenSource, seconds: float) -> Issued | CredentialsError:
        question = source.question()
        if isinstance(question, CredentialsError):
            return question
        try:
            request = outgoing(question.method, question.url, question.headers, question.content)
            answer = self._transport.exchange(request, Deadline(min(seconds, question.patience)))
        except (TimeoutError, ConnectionError) as fault:
            return _unanswered(question, fault)
        return source.answer(*answer)


class AsyncConnection:
    """Like Connection, for the tasks of one event loop."""

    def __init__(
        self,
        token: Secret | Callable[[], str | Awaitable[str]] | TokenSource,
        settings: Settings,
        transport: AsyncBaseTransport | None,
    ) -> None:
        self._settings = settings
        self._budget = Budget()
        self._transport = AsyncTransport(settings.base_url, transport)
        self._token = AsyncTokens(token, self._ask) if isinstance(token, TokenSource) else token
        self._closed = False

    async def send(self, request: Request[_Result], timeout: float | None) -> Response[_Result]:  # noqa: ASYNC109  # the call's
        """The response to a request. Raises ApiError."""
        course = _course(request, self._settings, self._budget, timeout)
        with anyio.move_on_after(course.deadline.left()):
            outcome = await self._try(course)
            while isinstance(outcome, ApiError):
                await anyio.sleep(course.delay_after(outcome))
                outcome = await self._try(course)
            return outcome
        raise course.ended(course.failed(TimeoutError()))

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        await self._transport.close()

    async def _try(self, course: Course[_Result]) -> Response[_Result] | ApiError:
        if self._closed:
            return _closed()
        try:
            token = await self._get_token(course.deadline)
            outcome = await self._exchange(course, token)
            if isinstance(outcome, Unauthenticated):
                renewed = await self._get_token(course.deadline, token)
                if renewed != token:
                    outcome = await self._exchange(course, renewed)
        except _FAULTS as fault:
            return course.failed(fault)
        return outcome

    async def _exchange(self, course: Course[_Result], token: Secret) -> Response[_Result] | ApiError:
        request = outgoing(course.request.method, course.url, course.headers(token), course.request.content)
        return course.answered(await self._transport.exchange(request, course.deadline), token)

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
            request = outgoing(question.method, question.url, question.headers, question.content)
            with anyio.fail_after(deadline.left()):
                answer = await self._transport.exchange(request, deadline)
        except (TimeoutError, ConnectionError) as fault:
            return _unanswered(question, fault)
        return source.answer(*answer)


def _course(request: Request[_Result], settings: Settings, budget: Budget, timeout: float | None) -> Course[_Result]:
    seconds = settings.timeout if timeout is None else check_seconds("timeout", timeout)
    return Course(request, settings, budget, Deadline(seconds))


def _closed() -> ClientClosed:
    return ClientClosed("the client is closed; make a new one")


def _unanswered(question: Question, fault: Exception) -> CredentialsError:
    # What is told of a broken answer quotes it, so that it can hold a token.
    reason = "its answer is broken" if isinstance(fault, BrokenAnswer) else one_line(str(fault)) or "no answer in time"
    return CredentialsError(f"{question.name} gave no token: {reason}", may_pass=True)
