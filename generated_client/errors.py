# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The exceptions of the client, in one hierarchy.

ApiError
├── InvalidParameter (ValueError)        rejected before anything was sent
├── ClientClosed (RuntimeError)          the client was closed before
├── CredentialsError                     no token is available
├── DecodeError (ValueError)             a JSON object violates the contract
└── CallError                            a call failed
    ├── TransportError                   no complete response
    │   ├── Timeout (TimeoutError)
    │   └── ConnectionFailed (ConnectionError)
    └── ResponseError                    a response, but not a valid one
        ├── MalformedResponse (ValueError)   a success response that violates the contract
        └── StatusError                      an error response
            ├── Cancelled, Unknown, InvalidArgument, DeadlineExceeded, NotFound, AlreadyExists,
            │   PermissionDenied, ResourceExhausted, FailedPrecondition, Aborted, OutOfRange,
            │   Unimplemented, Internal, Unavailable, DataLoss, Unauthenticated
            └── UnexpectedStatus             a status that no gRPC code has
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from ._call_record import Attempt, Call, Problem, RpcStatus

__all__ = [
    "Aborted",
    "AlreadyExists",
    "ApiError",
    "Attempt",
    "Call",
    "CallError",
    "Cancelled",
    "ClientClosed",
    "ConnectionFailed",
    "CredentialsError",
    "DataLoss",
    "DeadlineExceeded",
    "DecodeError",
    "FailedPrecondition",
    "Internal",
    "InvalidArgument",
    "InvalidParameter",
    "MalformedResponse",
    "NotFound",
    "OutOfRange",
    "PermissionDenied",
    "Problem",
    "ResourceExhausted",
    "ResponseError",
    "RpcStatus",
    "StatusError",
    "Timeout",
    "TransportError",
    "Unauthenticated",
    "Unavailable",
    "UnexpectedStatus",
    "Unimplemented",
    "Unknown",
]
__dir__ = __all__.copy

_LISTED = 10
"""The most bad fields that a text names; the error has them all."""


class ApiError(Exception):
    """The base of all exceptions that the client raises on purpose."""


class InvalidParameter(ApiError, ValueError):
    """A parameter or setting is invalid; nothing was sent."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name: str = name
        """The parameter or setting."""
        self.reason: str = reason
        """The reason, to be read after the name."""

    def __str__(self) -> str:
        return f"{self.name} {self.reason}"


class ClientClosed(ApiError, RuntimeError):
    """The client was closed before the call."""


class CredentialsError(ApiError):
    """No token is available."""

    def __init__(self, reason: str, *, retryable: bool = False) -> None:
        super().__init__(reason)
        self.reason: str = reason
        """The reason in one line."""
        self.retryable: bool = retryable
        """True if another attempt can succeed."""

    def again(self) -> CredentialsError:
        """Return an equal error for another caller."""
        error = CredentialsError(self.reason, retryable=self.retryable)
        error.__cause__ = self.__cause__
        return error


class DecodeError(ApiError, ValueError):
    """A JSON object that violates the contract."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems: tuple[Problem, ...] = problems
        """Every wrong field."""

    def __str__(self) -> str:
        listed = "; ".join(str(problem) for problem in self.problems[:_LISTED])
        more = len(self.problems) - _LISTED
        return f"{listed}; and {more} more" if more > 0 else listed


class CallError(ApiError):
    """A call failed. Pickling and copying keep the arguments and the attributes."""

    def __init__(self, reason: str, call: Call) -> None:
        # Not by super(): OSError, a base of some classes below, has a meaning of its own for two arguments.
        Exception.__init__(self, reason, call)
        self.reason: str = reason
        """The reason in one line."""
        self.call: Call = call
        """All that is known of the call; the attributes below are its parts."""
        self.method: str = call.method
        """HTTP method."""
        self.url: str = call.url
        """URL, which never holds a secret."""
        self.client_request_id: str = call.client_request_id
        """The identifier that was sent with the request, a UUID."""
        self.attempts: tuple[Attempt, ...] = call.attempts
        """Every attempt, the last one included."""
        self.elapsed: float = call.elapsed
        """Seconds that the call took."""

    def __str__(self) -> str:
        return self.call.summary(self.reason)


class TransportError(CallError):
    """No complete response."""


class Timeout(TransportError, TimeoutError):
    """The call timed out."""


class ConnectionFailed(TransportError, ConnectionError):
    """No connection, or it broke before the response was complete."""


class ResponseError(CallError):
    """A response that is an error or violates the contract."""

    code: ClassVar[int | None] = None
    """gRPC code, such as 5."""
    code_name: ClassVar[str | None] = None
    """gRPC's name of the code, such as `NOT_FOUND`."""

    def __init__(self, reason: str, call: Call) -> None:
        super().__init__(reason, call)
        self.status_code: int = call.status_code
        """HTTP status; a plain int, since the service uses 499."""
        self.body: bytes = call.body
        """The first bytes of the response, 2,000 at most."""
        self.request_id: str | None = call.request_id
        """The service's identifier of the request, if it sent one."""
        self.server_trace_id: str | None = call.server_trace_id
        """The service's identifier of its own trace of the request, if it sent one."""
        self.message: str = ""
        """The message of the service; empty if it sent none."""
        self.details: Sequence[Mapping[str, object]] = ()
        """Machine-readable details, each naming its message type under `@type`."""


class MalformedResponse(ResponseError, ValueError):
    """A success response that violates the contract."""

    def __init__(self, reason: str, call: Call, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(reason, call)
        self.problems: tuple[Problem, ...] = problems
        """Every wrong field."""


class StatusError(ResponseError):
    """An error response."""

    def __init_subclass__(cls, code: int | None = None) -> None:
        cls.code = code
        if code is not None:
            cls.code_name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).upper()

    def __init__(self, reason: str, call: Call, status: RpcStatus | None = None) -> None:
        super().__init__(reason, call)
        self.status: RpcStatus | None = status
        """Its decoded body, if it has one."""
        if status is not None:
            self.message = status.message
            self.details = status.details


class UnexpectedStatus(StatusError):
    """A status without a gRPC code: a proxy's 502, a redirect."""


class Cancelled(StatusError, code=1):
    """The call was cancelled (HTTP 499)."""


class Unknown(StatusError, code=2):
    """The service does not know what went wrong (HTTP 500)."""


class InvalidArgument(StatusError, code=3):
    """The service rejects an argument (HTTP 400)."""


class DeadlineExceeded(StatusError, code=4):
    """The service ran out of time (HTTP 504)."""


class NotFound(StatusError, code=5):
    """The resource does not exist (HTTP 404)."""


class AlreadyExists(StatusError, code=6):
    """The resource already exists (HTTP 409)."""


class PermissionDenied(StatusError, code=7):
    """The caller may not do this (HTTP 403)."""


class ResourceExhausted(StatusError, code=8):
    """A quota is used up or calls come too fast (HTTP 429)."""


class FailedPrecondition(StatusError, code=9):
    """The resource is not in the state that the call needs (HTTP 400)."""


class Aborted(StatusError, code=10):
    """The call conflicts with another call (HTTP 409)."""


class OutOfRange(StatusError, code=11):
    """A value lies outside the range that is valid now (HTTP 400)."""


class Unimplemented(StatusError, code=12):
    """The service does not offer this (HTTP 501)."""


class Internal(StatusError, code=13):
    """The service has an internal error (HTTP 500)."""


class Unavailable(StatusError, code=14):
    """The service cannot be reached at the moment (HTTP 503)."""


class DataLoss(StatusError, code=15):
    """Data was lost permanently (HTTP 500)."""


class Unauthenticated(StatusError, code=16):
    """The token is missing, invalid or expired (HTTP 401)."""


STATUS_ERRORS: Mapping[int, Sequence[type[StatusError]]] = {
    400: (InvalidArgument, FailedPrecondition, OutOfRange),
    401: (Unauthenticated,),
    403: (PermissionDenied,),
    404: (NotFound,),
    409: (Aborted, AlreadyExists),
    429: (ResourceExhausted,),
    499: (Cancelled,),
    500: (Internal, Unknown, DataLoss),
    501: (Unimplemented,),
    503: (Unavailable,),
    504: (DeadlineExceeded,),
}
"""HTTP status -> the errors that it can mean; the first one unless the body names another."""


def status_error(status_code: int, code: int | None) -> type[StatusError]:
    """Return the class for an HTTP status and, if the body names one that fits, a gRPC code."""
    kinds = STATUS_ERRORS.get(status_code, (UnexpectedStatus,))
    return next((kind for kind in kinds if kind.code == code), kinds[0])
