"""The exceptions of the client: one tree, drawn here.

ApiError
├── InvalidParameter (ValueError)        refused before anything was sent
├── ClientClosed (RuntimeError)          the client was closed before
├── CredentialsError                     no token could be had
├── MalformedMessage (ValueError)        a JSON object is not what the contract says
├── TransportError                       no complete answer came
│   ├── Timeout (TimeoutError)
│   └── ConnectionFailed (ConnectionError)
└── AnswerError                          an answer came
    ├── MalformedResponse (ValueError)   it succeeded, but its content is not what the contract says
    └── StatusError                      it did not succeed
        ├── Cancelled, Unknown, InvalidArgument, DeadlineExceeded, NotFound, AlreadyExists,
        │   PermissionDenied, ResourceExhausted, FailedPrecondition, Aborted, OutOfRange,
        │   Unimplemented, Internal, Unavailable, DataLoss, Unauthenticated
        └── UnexpectedStatus             a status that no gRPC code has
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from attrs import frozen

_LISTED = 10
"""How many bad fields a text names; the error has them all."""

_SHOWN = 300
"""How many characters of what a server says stand in the text of an error."""


class Status(Protocol):
    """`google.rpc.Status`: why a call failed, as the service says it."""

    @property
    def code(self) -> int:
        """GRPC status code."""
        ...

    @property
    def message(self) -> str:
        """What went wrong, for a developer to read."""
        ...

    @property
    def details(self) -> Sequence[Mapping[str, Any]]:
        """Machine-readable details, each naming its message type under `@type`."""
        ...


@frozen
class Attempt:
    """One try of a call that was repeated: why it failed, and the seconds that were waited after it."""

    reason: str
    delay: float


@frozen
class Call:
    """One call as far as it came; never holds the token.

    `body` has at most the first 2,000 bytes of the answer. `client_request_id` was sent with the request;
    `request_id` and `server_trace_id` are the service's, where it gave them. `attempts` are the tries before
    the last one, `elapsed` counts seconds.
    """

    method: str
    url: str
    client_request_id: str
    status_code: int | None = None
    body: bytes = b""
    request_id: str | None = None
    server_trace_id: str | None = None
    attempts: tuple[Attempt, ...] = ()
    elapsed: float = 0.0


@frozen
class Problem:
    """One field of an answer that is not what the contract says: `layers[3].size` is not an int64."""

    path: str
    expected: str
    value: str

    def __str__(self) -> str:
        return f"{self.path or 'the body'}: expected {self.expected}, got {self.value}"


class ApiError(Exception):
    """The root of every exception that the client raises on purpose."""


class InvalidParameter(ApiError, ValueError):
    """A parameter or setting that the contract forbids; nothing was sent."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.name} {self.reason}"


class ClientClosed(ApiError, RuntimeError):
    """The client was closed before the call."""


class CredentialsError(ApiError):
    """No token could be had; `reason` says why and shows none, `may_pass` whether it could go better next time."""

    def __init__(self, reason: str, *, may_pass: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass

    def again(self) -> CredentialsError:
        """The same error, to be raised for another caller."""
        return CredentialsError(self.reason, may_pass=self.may_pass)


class MalformedMessage(ApiError, ValueError):
    """A JSON object that is not what the contract says; `problems` names every bad field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        listed = "; ".join(str(problem) for problem in self.problems[:_LISTED])
        more = len(self.problems) - _LISTED
        return f"{listed}; and {more} more" if more > 0 else listed


class _CallError(ApiError):
    """What every failed call tells: its parts are its arguments, so that it can be copied and pickled."""

    def __init__(self, reason: str, call: Call) -> None:
        super().__init__(reason, call)
        self.reason = reason
        self.call = call

    @property
    def method(self) -> str:
        """HTTP method of the call."""
        return self.call.method

    @property
    def url(self) -> str:
        """URL of the call."""
        return self.call.url

    @property
    def client_request_id(self) -> str:
        """The identifier that was sent with the request, a UUID."""
        return self.call.client_request_id

    def __str__(self) -> str:
        ids = f"client request id {self.client_request_id}"
        if self.call.request_id is not None:
            ids = f"request id {one_line(self.call.request_id)}, {ids}"
        return f"{self.method} {self.url}: {self.reason} ({ids})"


class TransportError(_CallError):
    """No complete answer came."""


class Timeout(TransportError, TimeoutError):
    """The answer did not come in time."""


class ConnectionFailed(TransportError, ConnectionError):
    """No connection, or it broke before the answer was whole."""


class AnswerError(_CallError):
    """An answer came, and it is an error or not what the contract says."""

    @property
    def status_code(self) -> int:
        """HTTP status of the answer; a plain int, since the service uses 499."""
        return self.call.status_code or 0

    @property
    def request_id(self) -> str | None:
        """The service's identifier of the request, where it gave one."""
        return self.call.request_id

    @property
    def body(self) -> bytes:
        """The first bytes of the answer, 2,000 at the most."""
        return self.call.body


class MalformedResponse(AnswerError, ValueError):
    """An answer of success whose content is not what the contract says; `problems` names every bad field."""

    def __init__(self, reason: str, call: Call, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(reason, call)
        self.args = (reason, call, problems)
        self.problems = problems


class StatusError(AnswerError):
    """An answer whose status is an error; `status` is its decoded body where that was one."""

    code: ClassVar[int | None] = None
    """The gRPC code that the class stands for."""

    def __init__(self, reason: str, call: Call, status: Status | None = None) -> None:
        super().__init__(reason, call)
        self.args = (reason, call, status)
        self.status = status

    @property
    def message(self) -> str:
        """What the service says went wrong; empty where it did not say."""
        return self.status.message if self.status is not None else ""

    @property
    def details(self) -> Sequence[Mapping[str, Any]]:
        """Machine-readable details, each naming its message type under `@type`."""
        return self.status.details if self.status is not None else ()


class UnexpectedStatus(StatusError):
    """A status that stands for no gRPC code: a proxy's 502, a redirect."""


class Cancelled(StatusError):
    """The call was cancelled (gRPC 1, HTTP 499)."""

    code = 1


class Unknown(StatusError):
    """The service does not know what went wrong (gRPC 2, HTTP 500)."""

    code = 2


class InvalidArgument(StatusError):
    """The service refuses an argument (gRPC 3, HTTP 400)."""

    code = 3


class DeadlineExceeded(StatusError):
    """The service ran out of time (gRPC 4, HTTP 504)."""

    code = 4


class NotFound(StatusError):
    """There is no such resource (gRPC 5, HTTP 404)."""

    code = 5


class AlreadyExists(StatusError):
    """The resource is there already (gRPC 6, HTTP 409)."""

    code = 6


class PermissionDenied(StatusError):
    """The caller may not do this (gRPC 7, HTTP 403)."""

    code = 7


class ResourceExhausted(StatusError):
    """A quota is used up or calls come too fast (gRPC 8, HTTP 429)."""

    code = 8


class FailedPrecondition(StatusError):
    """The resource is not in the state that the call needs (gRPC 9, HTTP 400)."""

    code = 9


class Aborted(StatusError):
    """Another call was in the way (gRPC 10, HTTP 409)."""

    code = 10


class OutOfRange(StatusError):
    """A value lies outside the range that is valid now (gRPC 11, HTTP 400)."""

    code = 11


class Unimplemented(StatusError):
    """The service does not offer this (gRPC 12, HTTP 501)."""

    code = 12


class Internal(StatusError):
    """The service broke (gRPC 13, HTTP 500)."""

    code = 13


class Unavailable(StatusError):
    """The service cannot be reached at the moment (gRPC 14, HTTP 503)."""

    code = 14


class DataLoss(StatusError):
    """Data was lost for good (gRPC 15, HTTP 500)."""

    code = 15


class Unauthenticated(StatusError):
    """The token is missing, wrong or out of date (gRPC 16, HTTP 401)."""

    code = 16


_BY_CODE: Mapping[int, type[StatusError]] = {kind.code: kind for kind in StatusError.__subclasses__() if kind.code}

_CODES: Mapping[int, tuple[int, ...]] = {
    400: (3, 9, 11),
    401: (16,),
    403: (7,),
    404: (5,),
    409: (10, 6),
    429: (8,),
    499: (1,),
    500: (13, 2, 15),
    501: (12,),
    503: (14,),
    504: (4,),
}
"""HTTP status -> the gRPC codes that it can stand for; the first is meant where the body does not say."""


def status_error(status_code: int, code: int | None) -> type[StatusError]:
    """The class for an HTTP status and, where the body gave one that goes with it, a gRPC code."""
    codes = _CODES.get(status_code)
    if codes is None:
        return UnexpectedStatus
    return _BY_CODE[code if code in codes else codes[0]]


def one_line(said: str) -> str:
    """What a server says, for a terminal: its start, with escapes for what would not be printed as it is."""
    line = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in said[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
