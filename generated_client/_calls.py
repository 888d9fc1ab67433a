"""A call without its I/O: the request that it sends, what its answer means, whether it is repeated."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar
from uuid import uuid4

from attrs import define, field, frozen

from ._arguments import QueryValue, query_string
from ._clock import Deadline
from ._retries import PASSING_STATUSES, SAFE_METHODS, Budget, delay_before
from ._secret import Secret
from ._transport import LONGEST, Answer, NotSent, NotSentInTime
from ._wire import Message, read
from .errors import (
    ApiError,
    Attempt,
    Call,
    CallError,
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

_NONE: Answer = 0, {}, b""

_MASK = "[token]"
"""What an error shows in the place of one."""


class StatusMessage(Message, Status, Protocol):
    """The generated model of `google.rpc.Status`."""


@frozen
class Request(Generic[_Result]):
    """What one call sends, and the models that read its answer; knows neither host nor token.

    `path` is percent-encoded, `query` is not yet; `status_code` is the one of success; `content` is JSON, if any.
    """

    method: str
    path: str
    status_code: int
    result: type[_Result]
    error: type[StatusMessage]
    query: Mapping[str, QueryValue] = field(factory=dict[str, QueryValue])
    content: bytes = field(default=b"", repr=False)


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


@frozen
class Settings:
    """What the calls of a client have in common; `timeout` is in seconds, for a call as a whole."""

    base_url: str
    timeout: float
    retries: int
    user_agent: str


@define
class Course(Generic[_Result]):
    """The course of one call: its tries so far, and how much may still be spent on it."""

    request: Request[_Result]
    settings: Settings
    budget: Budget
    deadline: Deadline
    client_request_id: str = field(factory=lambda: str(uuid4()))
    attempts: tuple[Attempt, ...] = ()
    answer: Answer = field(default=_NONE, repr=False)
    """The last one."""
    sent: bool = False
    """Whether anything of the last try may have come to the service."""

    @property
    def url(self) -> str:
        """The URL of the call."""
        return self.settings.base_url + self.request.path + query_string(self.request.query)

    def headers(self, token: Secret) -> dict[str, str]:
        """The headers of the request."""
        content_type = {"content-type": "application/json"} if self.request.content else {}
        return {
            "accept": "application/json",
            "accept-encoding": "identity",
            "authorization": f"Bearer {token.reveal()}",
            "user-agent": self.settings.user_agent,
            "x-client-request-id": self.client_request_id,
            **content_type,
        }

    def answered(self, answer: Answer, token: Secret) -> Response[_Result] | ApiError:
        """What an answer means to the request with that token. An error is returned, for `delay_after` to decide on."""
        self.answer, self.sent = answer, True
        status_code, headers, content = answer
        if status_code != self.request.status_code:
            self.answer = _without(token, answer)
            return self._refused()
        try:
            parsed = _read(self.request.result, content)
        except ValueError as problem:
            if token.reveal().encode() in content:  # Read again, so that no problem shows it.
                return self.answered(_without(token, answer), token)
            return self._malformed(problem)
        self.budget.restore()
        if _LOGGER.isEnabledFor(logging.DEBUG):
            _LOGGER.debug("%s", self._call("").told(str(status_code)))
        return Response(parsed, status_code, headers, content, _request_id(headers))

    def failed(self, fault: Exception) -> ApiError:
        """What it means that no whole answer came, and why."""
        self.answer = _NONE  # There may be one of a try with an older token.
        self.sent = not isinstance(fault, NotSent | NotSentInTime)
        match fault:
            case ApiError():
                return fault
            case TimeoutError():
                reason = "no whole answer in time"
                return Timeout(reason, self._call(reason))
            case _:
                reason = f"no whole answer: {one_line(str(fault))}"
                return ConnectionFailed(reason, self._call(reason))

    def delay_after(self, error: ApiError) -> float:
        """Seconds to wait before the call is tried again after an error. Raises the error where it is not."""
        delay = delay_before(len(self.attempts), self.answer[1])
        if (
            not self._may_pass(error)
            or len(self.attempts) >= self.settings.retries
            or delay >= self.deadline.left()
            or not self.budget.spend()
        ):
            raise self.ended(error)
        self.attempts = (*self.attempts, Attempt(_reason(error), delay))
        self.answer = _NONE
        return delay

    def ended(self, error: ApiError) -> ApiError:
        """The error with which the call ends, once it is logged."""
        if _LOGGER.isEnabledFor(logging.DEBUG):
            call = error.call if isinstance(error, CallError) else self._call("")
            _LOGGER.debug("%s", call.told(_reason(error)))
        return error

    def _may_pass(self, error: ApiError) -> bool:
        if isinstance(error, CredentialsError):  # Nothing has been sent to the service yet.
            return error.may_pass
        passing = isinstance(error, TransportError) or self.answer[0] in PASSING_STATUSES
        return passing and (self.request.method in SAFE_METHODS or not self.sent)

    def _malformed(self, problem: ValueError) -> MalformedResponse:
        status_code, _, content = self.answer
        problems = problem.problems if isinstance(problem, MalformedMessage) else ()
        said = str(problem) if problems else f"{problem}: {_start(content)}"
        reason = f"{status_code}, but malformed: {said}"
        return MalformedResponse(reason, self._call(reason), problems)

    def _refused(self) -> StatusError:
        status_code, _, content = self.answer
        try:
            status = _read(self.request.error, content)
        except ValueError:  # A proxy's page, or nothing at all: the HTTP status says what there is to say.
            status = None
        kind = status_error(status_code, status.code if status is not None else None)
        said = one_line(status.message) if status is not None and status.message else _start(content)
        reason = f"{status_code} {kind.code_name or ''}".rstrip() + f": {said}"
        return kind(reason, self._call(reason, status), status)

    def _call(self, reason: str, status: Status | None = None) -> Call:
        """The call as far as it came."""
        status_code, headers, content = self.answer
        return Call(
            self.request.method,
            self.url,
            self.client_request_id,
            status_code,
            content[:_KEPT],
            _request_id(headers, status),
            headers.get("x-server-trace-id"),
            (*self.attempts, Attempt(reason, 0.0)),
            self.deadline.elapsed(),
        )


def content_of(body: Message) -> bytes:
    """A message as the content of a request."""
    return json.dumps(body.to_dict(), ensure_ascii=False, allow_nan=False).encode()


def _without(token: Secret, answer: Answer) -> Answer:
    """An answer of which an error may show anything: there are servers that repeat the headers of a request."""
    status_code, headers, content = answer
    shown = token.reveal()
    safe = {name.lower(): value.replace(shown, _MASK) for name, value in headers.items()}
    return status_code, safe, content.replace(shown.encode(), _MASK.encode())


def _start(content: bytes) -> str:
    return repr(content[:60]) if content else "no body"


def _reason(error: ApiError) -> str:
    return error.reason if isinstance(error, CallError) else str(error)


def _request_id(headers: Mapping[str, str], status: Status | None = None) -> str | None:
    """The service's identifier of a request: in the headers, or in the details of an error."""
    details = status.details if status is not None else ()
    told = [one.get("requestId") for one in details if str(one.get("@type")).endswith("/google.rpc.RequestInfo")]
    return next((one for one in (headers.get("x-request-id"), *told) if one and isinstance(one, str)), None)


def _read(model: type[_Result], content: bytes) -> _Result:
    """The message in a body. Raises ValueError, with the reason."""
    if len(content) > LONGEST:
        raise ValueError(f"longer than {LONGEST} bytes")
    try:
        return read(model, json.loads(content))
    except MalformedMessage:
        raise
    except RecursionError:
        raise ValueError("nested too deep") from None
    except (json.JSONDecodeError, UnicodeError):
        raise ValueError("not JSON") from None
    except ValueError:  # Python's limit, since reading them takes the square of their number.
        raise ValueError("a number of too many digits") from None
