"""A call without its I/O: the request that it sends, and what its answer means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Generic, Protocol, TypeVar
from uuid import uuid4

from attrs import evolve, field, frozen

from ._wire import Message, read_owned
from .errors import Call, MalformedMessage, MalformedResponse, Status, status_error

_Result = TypeVar("_Result", bound=Message)

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
    client_request_id: str = field(factory=lambda: str(uuid4()))


@frozen
class Response(Generic[_Result]):
    """The answer of a call that went well: what was read, and what it was read from."""

    parsed: _Result
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    request_id: str | None
    """The service's identifier of the request, where it gave one."""


def read_response(
    request: Request[_Result], call: Call, status_code: int, headers: Mapping[str, str], content: bytes
) -> Response[_Result]:
    """The response in an answer.

    `headers` takes names in any case. Raises StatusError for a status other than the one of success,
    MalformedResponse for a content that is not what the contract says.
    """
    call = evolve(
        call,
        status_code=status_code,
        body=content[:_KEPT],
        request_id=headers.get("x-request-id"),
        server_trace_id=headers.get("x-server-trace-id"),
    )
    if status_code != request.status_code:
        raise _status_error(request.error, call, content)
    try:
        parsed = read_owned(request.result, _json(content))
    except MalformedMessage as malformed:
        raise MalformedResponse(f"malformed answer: {malformed}", call, malformed.problems) from None
    except ValueError as problem:
        raise MalformedResponse(f"malformed answer: {problem}, starts {content[:60]!r}", call) from None
    return Response(parsed, status_code, headers, content, call.request_id)


def _status_error(model: type[StatusMessage], call: Call, content: bytes) -> Exception:
    try:
        status = read_owned(model, _json(content))
    except ValueError:  # A proxy's page, or nothing at all: the error is the HTTP status then.
        status = None
    said = f"{status.message} (code {status.code})" if status is not None else f"{content[:60]!r}"
    kind = status_error(call.status_code or 0, status.code if status is not None else None)
    return kind(f"{call.status_code} {kind.__name__}: {said}", call, status)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError:
        raise ValueError("not JSON") from None
