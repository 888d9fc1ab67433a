# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The state of a call, without its I/O: the next request, the meaning of a response, and whether to retry."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Generic, TypeVar

from attrs import define, field

from ._arguments import query_string
from ._call_record import Attempt, Call, RpcStatus, one_line
from ._calls import Request, Response, Settings, decode_body
from ._clock import Deadline
from ._exchange import CertificateRejected, ConnectFailed, ConnectTimedOut, HttpRequest, RawResponse
from ._retries import PASSING_STATUSES, SAFE_METHODS, Budget, delay_before
from ._secret import Secret
from ._wire import Message
from .errors import (
    ApiError,
    CallError,
    ConnectionFailed,
    CredentialsError,
    DecodeError,
    MalformedResponse,
    StatusError,
    Timeout,
    status_error,
)

_Result = TypeVar("_Result", bound=Message)

_LOGGER = logging.getLogger(__package__)

_KEPT = 2000
"""The most bytes of a response that an error keeps."""

_NO_RESPONSE = RawResponse(0, {}, b"")
_NO_TOKEN = Secret("")


@define
class CallState(Generic[_Result]):
    """The state of one call: its attempts, and the time and retries that are left."""

    request: Request[_Result]
    settings: Settings
    budget: Budget
    deadline: Deadline
    retries: int
    client_request_id: str
    attempts: tuple[Attempt, ...] = ()
    response: RawResponse = field(default=_NO_RESPONSE, repr=False)
    """The last response with the token masked, so that an error can show it."""
    token: Secret = _NO_TOKEN
    """The token of the last attempt."""
    may_have_arrived: bool = False
    """True if the service may have received anything of the last attempt."""
    can_pass: bool = False
    """True if another attempt may succeed."""

    @property
    def url(self) -> str:
        """The URL of the call."""
        return self.settings.base_url + self.request.path + query_string(self.request.query)

    def begin_attempt(self, token: Secret) -> HttpRequest:
        """Return the request to send with a token."""
        self.token = token
        headers = {
            "accept": "application/json",
            "accept-encoding": "identity",
            "authorization": f"Bearer {token.reveal()}",
            "user-agent": self.settings.user_agent,
            "x-client-request-id": self.client_request_id,
        }
        if self.request.content:
            headers["content-type"] = "application/json"
        return HttpRequest(self.request.method, self.url, headers, self.request.content)

    def on_response(self, response: RawResponse) -> Response[_Result] | ApiError:
        """Return the result or the error of a response; `next_delay` decides on an error. Raises TimeoutError."""
        self.may_have_arrived = True
        self.can_pass = response.status_code in PASSING_STATUSES
        if response.status_code != self.request.status_code:
            self.response = self._masked(response)
            return self._status_error()
        try:
            parsed = decode_body(self.request.result, response.content, self.deadline)
        except ValueError as problem:
            self.response = self._masked(response)
            return self._malformed(self._masked_problem(problem, response))
        self.budget.restore()
        if _LOGGER.isEnabledFor(logging.DEBUG):
            self.response = self._masked(RawResponse(response.status_code, response.headers, b""))
            _LOGGER.debug("%s", self._call("").summary(str(response.status_code)))
        return Response(
            parsed,
            response.status_code,
            response.headers,
            response.content,
            self._request_id(response.headers),
            len(self.attempts) + 1,
            self.deadline.elapsed(),
        )

    def on_error(self, error: Exception) -> ApiError:
        """Return the error of a call that got no response."""
        self.response = _NO_RESPONSE  # There may be one of an attempt with an older token.
        self.may_have_arrived = not isinstance(error, ConnectFailed | ConnectTimedOut)
        self.can_pass = not isinstance(error, CertificateRejected)
        match error:
            case ApiError():
                self.can_pass = isinstance(error, CredentialsError) and error.retryable
                return error
            case TimeoutError():
                reason = f"timed out after {self.deadline.elapsed():.1f} s"
                return Timeout(reason, self._call(reason))
            case _:
                reason = f"no complete response: {one_line(self.token.mask(str(error)))}"
                return ConnectionFailed(reason, self._call(reason))

    def next_delay(self, error: ApiError) -> float | None:
        """Return the seconds to wait before the next attempt; None if there is none."""
        delay = delay_before(len(self.attempts), self.response.headers)
        if (
            not self._may_retry(error)
            or len(self.attempts) >= self.retries
            or delay >= self.deadline.remaining()
            or not self.budget.spend()
        ):
            return None
        self.attempts = (*self.attempts, Attempt(_reason(error), delay))
        self.response = _NO_RESPONSE
        return delay

    def finish(self, error: ApiError) -> ApiError:
        """Log and return the error with which the call ends."""
        if _LOGGER.isEnabledFor(logging.DEBUG):
            call = error.call if isinstance(error, CallError) else self._call("")
            _LOGGER.debug("%s", call.summary(_reason(error)))
        return error

    def _may_retry(self, error: ApiError) -> bool:
        if isinstance(error, CredentialsError):  # Nothing has been sent to the service yet.
            return self.can_pass
        return self.can_pass and (self.request.method in SAFE_METHODS or not self.may_have_arrived)

    def _masked(self, response: RawResponse) -> RawResponse:
        """Return a response with the token masked: some servers repeat the headers of a request."""
        headers = {name.lower(): self.token.mask(value) for name, value in response.headers.items()}
        return RawResponse(response.status_code, headers, self.token.mask_bytes(response.content))

    def _masked_problem(self, problem: ValueError, response: RawResponse) -> ValueError:
        """Return the problem of the masked response, so that its quotations show no part of the token."""
        if self.response.content == response.content:
            return problem
        try:
            decode_body(self.request.result, self.response.content, self.deadline)
        except ValueError as masked_problem:
            return masked_problem
        return ValueError("malformed")

    def _malformed(self, problem: ValueError) -> MalformedResponse:
        problems = problem.problems if isinstance(problem, DecodeError) else ()
        text = str(problem) if problems else f"{problem}: {_start(self.response.content)}"
        reason = f"{self.response.status_code}, but malformed: {text}"
        return MalformedResponse(reason, self._call(reason), problems)

    def _status_error(self) -> StatusError:
        status_code, _, content = self.response
        try:
            status = decode_body(self.request.error, content, self.deadline)
        except ValueError:  # A proxy's page or no body: only the HTTP status is known.
            status = None
        kind = status_error(status_code, status.code if status is not None else None)
        text = one_line(status.message) if status is not None and status.message else _start(content)
        reason = f"{status_code} {kind.code_name or ''}".rstrip() + f": {text}"
        return kind(reason, self._call(reason, status), status)

    def _call(self, reason: str, status: RpcStatus | None = None) -> Call:
        """Return the record of the call."""
        status_code, headers, content = self.response
        return Call(
            self.request.method,
            self.url,
            self.client_request_id,
            status_code,
            content[:_KEPT],
            self._request_id(headers, status),
            headers.get("x-server-trace-id"),
            (*self.attempts, Attempt(reason, 0.0)),
            self.deadline.elapsed(),
        )

    def _request_id(self, headers: Mapping[str, str], status: RpcStatus | None = None) -> str | None:
        """Return the service's identifier of the request: in the headers, or in the details of an error."""
        details = status.details if status is not None else ()
        infos = [detail for detail in details if str(detail.get("@type")).endswith("/google.rpc.RequestInfo")]
        values = (headers.get("x-request-id"), *(info.get("requestId") for info in infos))
        ids = (value for value in values if value and isinstance(value, str))
        return next((self.token.mask(value) for value in ids), None)


def _start(content: bytes) -> str:
    return repr(content[:60]) if content else "no body"


def _reason(error: ApiError) -> str:
    return error.reason if isinstance(error, CallError) else str(error)
