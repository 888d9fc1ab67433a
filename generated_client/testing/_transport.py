# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The fake server without a socket: an httpx transport, sync and async, that fails as a connection would."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from attrs import frozen

from .. import _clock
from .._http import httpx
from ._messages import Disconnect, FakeResponse, ReceivedRequest, Respond


class FakeTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Responds to each request of a sync or async client without a socket."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to a request, after its delay."""
        request.read()
        body = self._body(request)
        _wait(body.planned.delay, body.timeout)
        return body.response()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to a request, after its delay."""
        await request.aread()
        body = self._body(request)
        await _wait_async(body.planned.delay, body.timeout)
        return body.response()

    def _body(self, request: httpx.Request) -> _Body:
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        headers = tuple(request.headers.multi_items())
        planned = self._respond(ReceivedRequest(request.method, path, query, headers, request.content))
        return _Body(planned, request.method, request.extensions.get("timeout", {}).get("read"))


@frozen
class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a response; its reader waits at most `timeout` seconds for each piece."""

    planned: FakeResponse
    method: str
    timeout: float | None

    def response(self) -> httpx.Response:
        if self.planned.cut is Disconnect.BEFORE_HEADERS:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        headers = [*self.planned.headers, ("content-length", str(len(self.planned.body)))]
        return httpx.Response(self.planned.status, headers=headers, stream=self)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces():
            yield piece
            _wait(self.planned.pause, self.timeout)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces():
            yield piece
            await _wait_async(self.planned.pause, self.timeout)

    def _pieces(self) -> Iterator[bytes]:
        if self.method == "HEAD":
            return
        yield from self.planned.pieces
        if self.planned.cut is Disconnect.IN_BODY:
            came = f"received {len(self.planned.body) // 2} bytes, expected {len(self.planned.body)}"
            raise httpx.RemoteProtocolError(f"peer closed connection without sending complete message body ({came})")


def _wait(seconds: float, timeout: float | None) -> None:
    """Sleep, but not longer than the timeout. Raises ReadTimeout if it is over."""
    _clock.sleep(seconds if timeout is None else min(seconds, timeout))
    _check(seconds, timeout)


async def _wait_async(seconds: float, limit: float | None) -> None:
    await _clock.sleep_async(seconds if limit is None else min(seconds, limit))
    _check(seconds, limit)


def _check(seconds: float, timeout: float | None) -> None:
    if timeout is not None and seconds > timeout:
        raise httpx.ReadTimeout("The read operation timed out")
