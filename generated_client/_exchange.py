# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""One exchange over HTTP: its request, its response, and the errors that can come instead."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import anyio
from attrs import Factory, field, frozen

from . import _http
from ._clock import Deadline
from ._retries import SAFE_METHODS
from .errors import InvalidParameter

CONNECT_SECONDS = 10.0
"""Seconds that connecting may take, so that there is time for another attempt."""

MAX_RESPONSE_BYTES = 4 * 2**20
"""The longest body that is read. gRPC limits a message to 4 MiB by default; an image with 127 layers takes 30 KiB."""


@frozen
class HttpRequest:
    """A request to be sent. Raises InvalidParameter for a URL without a host."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    target: _http.httpcore.URL = field(
        init=False, repr=False, default=Factory(lambda request: parse_url(request.url), takes_self=True)
    )
    """The parsed URL."""

    def all_headers(self) -> list[tuple[bytes | str, bytes | str]]:
        """Return the headers and the host that is called, which httpcore would write without brackets for IPv6."""
        return [("host", urlsplit(self.url).netloc), *self.headers.items()]

    def body(self) -> bytes | None:
        """Return the content to send; empty content has a length only if the method usually has content."""
        return self.content or (None if self.method in SAFE_METHODS else b"")


class Headers(Mapping[str, str]):
    """The headers of a response. Names are case-insensitive; the values of a repeated name are joined by commas."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, str] = {}
        for raw_name, raw_value in pairs:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            self._values[name] = f"{self._values[name]}, {value}" if name in self._values else value

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class RawResponse(NamedTuple):
    """A response as it was received; header names are case-insensitive."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    """All of the body, or its start if it is longer than MAX_RESPONSE_BYTES."""


def parse_url(url: str) -> _http.httpcore.URL:
    """Parse a URL. Raises InvalidParameter if it names no host."""
    try:
        return _http.httpcore.URL(url)
    except (TypeError, ValueError):
        raise InvalidParameter("base_url", "must name a host") from None


def read_body(chunks: Iterable[bytes], deadline: Deadline) -> bytes:
    """Read a body, or its start if it is longer than MAX_RESPONSE_BYTES. Raises TimeoutError."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_RESPONSE_BYTES:
            break
        deadline.check()
    return bytes(content)


async def read_body_async(chunks: AsyncIterable[bytes], deadline: Deadline) -> bytes:
    """Like `read_body`, for tasks."""
    content = bytearray()
    with anyio.CancelScope() as scope:
        async for chunk in chunks:
            content += chunk
            if len(content) > MAX_RESPONSE_BYTES or not deadline.remaining():
                scope.cancel()  # To leave the loop would leave the generators of the HTTP library suspended.
    deadline.check()
    return bytes(content)


class ConnectFailed(ConnectionError):
    """No connection could be made, so nothing of the request was sent."""


class CertificateRejected(ConnectFailed):
    """The certificate of the server cannot be verified; another attempt would end in the same way."""


class ConnectTimedOut(TimeoutError):
    """No connection could be made in time, so nothing of the request was sent."""


class ProtocolError(ConnectionError):
    """The response is not HTTP, or not complete."""
