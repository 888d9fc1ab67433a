# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Sources of tokens that expire: the protocol, its request and its result."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from attrs import field, frozen
from attrs.validators import lt

from ._call_record import one_line
from ._retries import PASSING_STATUSES
from ._secret import Secret, checked
from ._token_mistakes import mask_secrets
from .errors import CredentialsError

INVALID_JSON = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""The errors that reading JSON of any content can raise; each can hold the content, so none is chained."""


@frozen
class TokenRequest:
    """The HTTP request for a token."""

    name: str
    """The service in error messages."""
    method: str
    """HTTP method."""
    url: str
    """URL with its query."""
    headers: Mapping[str, str]
    """Headers beside those of HTTP itself."""
    content: bytes = field(default=b"", repr=False)
    """The body."""
    timeout: float = 10.0
    """Seconds that the response may take."""


@frozen
class AccessToken:
    """A token and its lifetime. Raises ValueError for an invalid token or number."""

    token: Secret = field(converter=checked)
    """The token, which its `repr` does not show."""
    lifetime: float = field(converter=float, validator=lt(math.inf))
    """Seconds that it lives from now."""


@runtime_checkable
class TokenSource(Protocol):
    """A source of tokens that expire. It does no I/O: the client sends its request and keeps the token.

    Errors are returned, so that no traceback shows a request or a response.
    """

    def build_request(self) -> TokenRequest | CredentialsError:
        """Return the request for a token, or why there cannot be one."""
        ...

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        """Return the token of a response; header names are case-insensitive."""
        ...


def response_fields(status_code: int, content: bytes) -> dict[str, Any]:
    """Return the JSON object of a success response. Raises one of INVALID_JSON."""
    if status_code != 200:
        raise ValueError
    return dict(json.loads(content))


def unusable_response(
    name: str, status_code: int, headers: Mapping[str, str], content: bytes, *, hint: str = ""
) -> CredentialsError:
    """Return the error for a response without a usable token, with the reason that the service gives."""
    code, message, request_id = _status(content) if status_code != 200 else (None, None, None)
    request_id = headers.get("x-request-id") or request_id
    parts = [
        f"{name} returned {status_code}",
        f" (code {code})" if code is not None else "",
        f": {_readable(message)}" if message else " without a usable token",
        f": {hint}" if hint else "",
        f" (request id {_readable(request_id)})" if request_id else "",
    ]
    return CredentialsError("".join(parts), retryable=status_code in PASSING_STATUSES)


def _status(content: bytes) -> tuple[int | None, str | None, str | None]:
    """Return code, message and request id of a `google.rpc.Status`, as far as it has them."""
    try:
        fields: dict[str, Any] = dict(json.loads(content))
        code, message = fields.get("code"), fields.get("message")
        request_ids: list[Any] = [detail.get("requestId") for detail in fields.get("details") or ()]
    except INVALID_JSON:
        return None, None, None
    return (
        code if isinstance(code, int) else None,
        message if isinstance(message, str) else None,
        next((request_id for request_id in request_ids if isinstance(request_id, str)), None),
    )


def _readable(text: str) -> str:
    return one_line(mask_secrets(text))
