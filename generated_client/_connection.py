"""The I/O of a call, sync and async: the one module that knows httpx."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from ._arguments import check_string
from ._calls import Request, Response, read_response
from ._wire import Message
from .errors import ApiError, Call, ConnectionFailed, InvalidParameter, MalformedResponse, Timeout

_Result = TypeVar("_Result", bound=Message)

Token = str | Callable[[], str]
"""An IAM token, or what gives one."""

AsyncToken = Token | Callable[[], Awaitable[str]]
"""An IAM token, or what gives one, at once or when awaited."""


class _Endpoint:
    """Where calls go and what each of them sends; shows no token."""

    def __init__(self, base_url: str) -> None:
        self.base_url = _checked_url(base_url)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def call(self, request: Request[_Result]) -> Call:
        return Call(request.method, self.base_url + request.path, request.client_request_id)


class Connection(_Endpoint):
    """Sends requests and reads their responses.

    `timeout` is in seconds, for each step of a call. Raises InvalidParameter for a base URL that would carry
    the token unencrypted.
    """

    def __init__(self, token: Token, base_url: str, timeout: float, transport: httpx.BaseTransport | None) -> None:
        super().__init__(base_url)
        self._token = token
        self._http = httpx.Client(timeout=timeout, transport=transport)

    def send(self, request: Request[_Result]) -> Response[_Result]:
        """The response to a request. Raises ApiError."""
        call = self.call(request)
        token = self._token if isinstance(self._token, str) else self._token()
        headers = _headers(request.client_request_id, token)
        try:
            answer = self._http.request(call.method, call.url, headers=headers)
        except httpx.HTTPError as problem:
            raise _error(problem, call) from problem
        return read_response(request, call, answer.status_code, answer.headers, answer.content)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()


class AsyncConnection(_Endpoint):
    """Like Connection, for `async` code."""

    def __init__(
        self, token: AsyncToken, base_url: str, timeout: float, transport: httpx.AsyncBaseTransport | None
    ) -> None:
        super().__init__(base_url)
        self._token = token
        self._http = httpx.AsyncClient(timeout=timeout, transport=transport)

    async def send(self, request: Request[_Result]) -> Response[_Result]:
        """The response to a request. Raises ApiError."""
        call = self.call(request)
        token = self._token if isinstance(self._token, str) else self._token()
        if not isinstance(token, str):
            token = await token
        headers = _headers(request.client_request_id, token)
        try:
            answer = await self._http.request(call.method, call.url, headers=headers)
        except httpx.HTTPError as problem:
            raise _error(problem, call) from problem
        return read_response(request, call, answer.status_code, answer.headers, answer.content)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()


def _headers(client_request_id: str, token: object) -> dict[str, str]:
    # Whoever reads a message or a traceback must not find the token there, so no check shows it.
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable() or " " in token:
        raise InvalidParameter("token", "must be a non-empty str of visible ASCII characters")
    return {
        "accept": "application/json",
        "authorization": f"Bearer {token}",
        "x-client-request-id": client_request_id,
    }


def _checked_url(base_url: str) -> str:
    parts = urlsplit(check_string("base_url", base_url))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise InvalidParameter("base_url", "must be https://host, with a path at the most")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise InvalidParameter(
            "base_url", "must be https, since a token would travel in the open; http is for loopback"
        )
    return base_url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _error(problem: httpx.HTTPError, call: Call) -> ApiError:
    match problem:
        case httpx.TimeoutException():
            return Timeout(f"no answer in time ({type(problem).__name__})", call)
        case httpx.DecodingError():
            return MalformedResponse(f"malformed answer: {problem}", call)
        case _:
            return ConnectionFailed(f"no answer ({problem})", call)
