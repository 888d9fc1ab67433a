"""The settings, the options, the request and the response of a call, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen

from ._arguments import QueryValue, check_count, check_seconds, check_uuid
from ._call_record import RpcStatus
from ._clock import Deadline
from ._exchange import MAX_RESPONSE_BYTES
from ._wire import Message, read
from .errors import DecodeError

_Result = TypeVar("_Result", bound=Message)


class StatusMessage(Message, RpcStatus, Protocol):
    """The generated model of `google.rpc.Status`."""


@frozen
class Settings:
    """The settings that the calls of a client share; `timeout` is in seconds, for a call as a whole."""

    base_url: str
    timeout: float
    retries: int
    user_agent: str


@frozen
class CallOptions:
    """The options of one call; None stands for the client's setting, or for a random UUID.

    Raises InvalidParameter.
    """

    timeout: float | None
    retries: int | None
    client_request_id: str | None

    def __attrs_post_init__(self) -> None:
        if self.timeout is not None:
            check_seconds("timeout", self.timeout)
        if self.retries is not None:
            check_count("retries", self.retries)
        if self.client_request_id is not None:
            check_uuid("client_request_id", self.client_request_id)


@frozen
class Request(Generic[_Result]):
    """The request of one call, and the models that decode its response; it names neither host nor token.

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
    """The response of a successful call: the decoded message, and the HTTP response."""

    parsed: _Result
    """The decoded message."""
    status_code: int
    """HTTP status."""
    headers: Mapping[str, str] = field(repr=False)
    """Names are case-insensitive."""
    content: bytes = field(repr=False)
    """The body as it came."""
    request_id: str | None
    """The service's identifier of the request, if it sent one."""
    attempts: int
    """The number of attempts, the successful one included."""
    elapsed: float
    """Seconds that the call took: token, failed attempts and the delays after them included."""


def encode_body(body: Message) -> bytes:
    """Return a message as the content of a request."""
    return json.dumps(body.to_dict(), ensure_ascii=False, allow_nan=False).encode()


def decode_body(model: type[_Result], content: bytes, deadline: Deadline) -> _Result:
    """Return the message in a body. Raises ValueError with the reason, and TimeoutError."""
    if len(content) > MAX_RESPONSE_BYTES:
        raise ValueError(f"longer than {MAX_RESPONSE_BYTES} bytes")
    try:
        return read(model, json.loads(content), deadline)
    except DecodeError:
        raise
    except RecursionError:
        raise ValueError("nested too deep") from None
    except (json.JSONDecodeError, UnicodeError):
        raise ValueError("not JSON") from None
    except ValueError:  # Python's limit, since reading them takes the square of their number.
        raise ValueError("a number of too many digits") from None
