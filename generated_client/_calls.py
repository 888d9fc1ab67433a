"""A call without its I/O: the request that it sends, what its answer means, whether it is repeated."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Generic, Protocol, TypeVar
from uuid import uuid4

from attrs import define, evolve, field, frozen

from ._clock import Deadline
from ._retries import PASSING_STATUSES, SAFE_METHODS, Budget, delay_before
from ._wire import Message, read
from .errors import (
    ApiError,
    Attempt,
    Call,
    ConnectionFailed,
    CredentialsError,
    MalformedMessage,
    MalformedResponse,
    Status,
    StatusError,
    Timeout,
    TransportError,
    one_line,
    status_error,
)

_Result = TypeVar("_Result", bound=Message)

_LOGGER = logging.getLogger(__package__)

_KEPT = 2000
"""How many bytes of an answer an error keeps."""


class StatusMessage(Message, Status, Protocol):
    """The generated model of `google.rpc.Status`."""


@frozen
class Request(Generic[_Result]):
    """What one call sends, and the models that read its answer; knows neither host nor token.

    `path` is percent-encoded; `status_code` is the one of success.
    """

    method: str
    path: str
    status_code: int
    result: type[_Result]
    error: type[StatusMessage]


@frozen
class Response(Generic[_Result]):
    """The answer of a call that went well: what was read, and what it was read from."""

    parsed: _Result
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    """Names are found in any case."""
    content: bytes = field(repr=False)
    request_id: str | None
    """The service's identifier of the request, where it gave one."""


@define
class Course(Generic[_Result]):
    """The course of one call: its tries so far, and how much may still be spent on it."""

    request: Request[_Result]
    base_url: str
    deadline: Deadline
    retries: int
    budget: Budget
    client_request_id: str = field(factory=lambda: str(uuid4()))
    attempts: tuple[Attempt, ...] = ()
    headers: Mapping[str, str] = field(factory=dict[str, str])
    """The headers of the last answer."""

    @property
    def url(self) -> str:
        """The URL of the call."""
        return self.base_url + self.request.path

    def answered(self, status_code: int, headers: Mapping[str, str], content: bytes) -> Response[_Result] | ApiError:
        """What a whole answer means. An error is returned, for `delay_after` to decide on."""
        self.headers = headers
        call = evolve(
            self.call(),
            status_code=status_code,
            body=content[:_KEPT],
            request_id=headers.get("x-request-id"),
            server_trace_id=headers.get("x-server-trace-id"),
        )
        if status_code != self.request.status_code:
            return _status_error(self.request.error, call, content)
        try:
            parsed = read(self.request.result, _json(content))
        except MalformedMessage as malformed:
            return MalformedResponse(f"malformed answer: {malformed}", call, malformed.problems)
        except ValueError as problem:
            return MalformedResponse(f"malformed answer: {problem}, starts {content[:60]!r}", call)
        self.budget.restore()
        self._log(str(status_code), call)
        return Response(parsed, status_code, headers, content, call.request_id)

    def malformed(self, reason: str) -> ApiError:
        """An answer that cannot be taken as a whole."""
        return MalformedResponse(f"malformed answer: {reason}", self.call())

    def timed_out(self, reason: str = "") -> ApiError:
        """No whole answer within the deadline, or within one step of the call."""
        seconds = self.deadline.elapsed()
        return Timeout(f"no answer after {seconds:.1f} s{reason}", self.call())

    def disconnected(self, reason: str) -> ApiError:
        """No whole answer, because the connection failed."""
        return ConnectionFailed(f"no answer: {reason}", self.call())

    def delay_after(self, error: ApiError) -> float:
        """Seconds to wait before the call is tried again after an error. Raises the error where it is not."""
        delay = delay_before(len(self.attempts), self.headers)
        if (
            not self._may_pass(error)
            or len(self.attempts) >= self.retries
            or delay >= self.deadline.left()
            or not self.budget.spend()
        ):
            self._log(type(error).__name__, self.call())
            raise error
        reason = error.reason if isinstance(error, TransportError | StatusError) else str(error)
        self.attempts = (*self.attempts, Attempt(reason, delay))
        self.headers = {}
        return delay

    def _may_pass(self, error: ApiError) -> bool:
        if isinstance(error, CredentialsError):  # Nothing has been sent to the service yet.
            return error.may_pass
        if self.request.method not in SAFE_METHODS:
            return False
        return isinstance(error, TransportError) or (
            isinstance(error, StatusError) and error.status_code in PASSING_STATUSES
        )

    def call(self) -> Call:
        """The call as far as it came."""
        return Call(
            self.request.method,
            self.url,
            self.client_request_id,
            attempts=self.attempts,
            elapsed=self.deadline.elapsed(),
        )

    def _log(self, outcome: str, call: Call) -> None:
        _LOGGER.debug(
            "%s %s: %s after %.3f s, %d repeated, client request id %s, request id %s",
            call.method,
            call.url,
            outcome,
            call.elapsed,
            len(call.attempts),
            call.client_request_id,
            call.request_id,
        )


def _status_error(model: type[StatusMessage], call: Call, content: bytes) -> StatusError:
    try:
        status = read(model, _json(content))
    except ValueError:  # A proxy's page, or nothing at all: the HTTP status says what there is to say.
        status = None
    said = f"{one_line(status.message)} (gRPC code {status.code})" if status is not None else repr(content[:60])
    kind = status_error(call.status_code or 0, status.code if status is not None else None)
    return kind(f"{call.status_code} {kind.__name__}: {said}", call, status)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError:
        raise ValueError("not JSON") from None
