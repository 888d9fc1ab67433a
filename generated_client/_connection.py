# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The I/O of a call, sync and async: gets a token, sends, waits and retries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

import anyio

from . import _clock
from ._call_state import CallState
from ._calls import CallOptions, Request, Response, Settings
from ._clock import Deadline
from ._exchange import RawResponse
from ._retries import Budget
from ._secret import Secret
from ._tokens import call_function, call_function_async
from ._wire import Message
from .errors import ApiError, ClientClosed, CredentialsError, Unauthenticated

if TYPE_CHECKING:
    from ._token_cache import AsyncTokenCache, TokenCache
    from ._token_sources import Source
    from ._transport import AsyncTransport, Transport

_Result = TypeVar("_Result", bound=Message)

_EXPECTED_ERRORS = (CredentialsError, TimeoutError, ConnectionError)
"""The errors of an attempt; any other is a bug, or the caller's."""

_LARGE = 65536
"""Bytes: a longer response is decoded in a thread, so that the event loop runs on meanwhile."""


class Connection:
    """Sends requests and decodes their responses, for threads."""

    def __init__(self, token: Source | Callable[[], str], settings: Settings, transport: Transport) -> None:
        self._settings = settings
        self._budget = Budget()
        self._transport = transport
        self._token: Secret | Callable[[], str] | TokenCache
        if isinstance(token, Secret):
            self._token = token
        else:
            from ._token_sources import cache  # noqa: PLC0415  # most clients get a token

            self._token = cache(token, transport)
        self._closed = False

    def send(self, request: Request[_Result], options: CallOptions) -> Response[_Result]:
        """Return the response to a request. Raises ApiError."""
        state = _begin(request, self._settings, self._budget, options)
        outcome = self._attempt(state)
        while isinstance(outcome, ApiError):
            delay = state.next_delay(outcome)
            if delay is None:
                raise state.finish(outcome)
            _clock.sleep(delay)
            outcome = self._attempt(state)
        return outcome

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        self._transport.close()

    def _attempt(self, state: CallState[_Result]) -> Response[_Result] | ApiError:
        if self._closed:
            return _closed()
        try:
            token = self._get_token(state.deadline)
            outcome = self._exchange(state, token)
            if isinstance(outcome, Unauthenticated) and (renewed := self._get_token(state.deadline, token)) != token:
                outcome = self._exchange(state, renewed)
        except _EXPECTED_ERRORS as error:
            return state.on_error(error)
        return outcome

    def _exchange(self, state: CallState[_Result], token: Secret) -> Response[_Result] | ApiError:
        return state.on_response(self._transport.exchange(state.begin_attempt(token), state.deadline))

    def _get_token(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        if isinstance(self._token, Secret):
            return self._token
        if callable(self._token):
            token = call_function(self._token)
            deadline.check()
            return token
        return self._token.get(deadline, rejected)


class AsyncConnection:
    """Sends requests and decodes their responses, for the tasks of one event loop at a time."""

    def __init__(
        self,
        token: Source | Callable[[], str | Awaitable[str]],
        settings: Settings,
        transport: AsyncTransport,
    ) -> None:
        self._settings = settings
        self._budget = Budget()
        self._transport = transport
        self._token: Secret | Callable[[], str | Awaitable[str]] | AsyncTokenCache
        if isinstance(token, Secret):
            self._token = token
        else:
            from ._token_sources import cache_async  # noqa: PLC0415  # most clients get a token

            self._token = cache_async(token, transport)
        self._closed = False

    async def send(self, request: Request[_Result], options: CallOptions) -> Response[_Result]:
        """Return the response to a request. Raises ApiError."""
        state = _begin(request, self._settings, self._budget, options)
        with anyio.move_on_after(state.deadline.remaining()):
            outcome = await self._attempt(state)
            while isinstance(outcome, ApiError):
                delay = state.next_delay(outcome)
                if delay is None:
                    raise state.finish(outcome)
                await _clock.sleep_async(delay)
                outcome = await self._attempt(state)
            return outcome
        raise state.finish(state.on_error(TimeoutError()))

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        await self._transport.close()

    async def _attempt(self, state: CallState[_Result]) -> Response[_Result] | ApiError:
        if self._closed:
            return _closed()
        try:
            token = await self._get_token(state.deadline)
            outcome = await self._exchange(state, token)
            if isinstance(outcome, Unauthenticated):
                renewed = await self._get_token(state.deadline, token)
                if renewed != token:
                    outcome = await self._exchange(state, renewed)
        except _EXPECTED_ERRORS as error:
            return state.on_error(error)
        return outcome

    async def _exchange(self, state: CallState[_Result], token: Secret) -> Response[_Result] | ApiError:
        response = await self._transport.exchange(state.begin_attempt(token), state.deadline)
        if len(response.content) <= _LARGE:
            return state.on_response(response)
        return await _in_thread(state, response)

    async def _get_token(self, deadline: Deadline, rejected: Secret | None = None) -> Secret:
        if isinstance(self._token, Secret):
            return self._token
        if callable(self._token):
            return await call_function_async(self._token)
        return await self._token.get(deadline, rejected)


def _begin(request: Request[_Result], settings: Settings, budget: Budget, options: CallOptions) -> CallState[_Result]:
    timeout = settings.timeout if options.timeout is None else options.timeout
    retries = settings.retries if options.retries is None else options.retries
    return CallState(request, settings, budget, Deadline(timeout), retries, options.client_request_id or str(uuid4()))


async def _in_thread(state: CallState[_Result], response: RawResponse) -> Response[_Result] | ApiError:
    from anyio import to_thread  # noqa: PLC0415  # large responses are rare

    try:
        return await to_thread.run_sync(state.on_response, response, abandon_on_cancel=True)
    except RuntimeError:  # The system has no thread left.
        return state.on_response(response)


def _closed() -> ClientClosed:
    return ClientClosed("the client is closed; make a new one")
