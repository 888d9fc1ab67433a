# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The errors of the HTTP library, turned into those of an exchange."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from types import TracebackType

from . import _http
from ._exchange import CertificateRejected, ConnectFailed, ConnectTimedOut, ProtocolError
from ._http import httpcore

_CLOSED_EARLY = ("Server disconnected", "peer closed connection")
"""Beginnings of the library's texts about a response that ended early. Its other texts quote the response."""


class map_errors:  # noqa: N801  # used like a function, as contextlib's own
    """Turn the errors of the HTTP library into TimeoutError, ConnectionError and the errors of an exchange.

    The errors of the HTTP library are not chained: the variables of their frames show the headers of the request.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            _raise_mapped(error)


def _raise_mapped(error: BaseException) -> None:
    httpx = _http.httpx
    match error:
        case httpcore.ConnectTimeout() | httpx.ConnectTimeout() | httpcore.PoolTimeout() | httpx.PoolTimeout():
            raise _connect_timeout(error) from None
        case httpcore.ConnectError() | httpx.ConnectError():
            raise _connect_failure(error) from None
        case httpcore.ProxyError() | httpx.ProxyError():
            raise ConnectFailed(f"the proxy refused the connection: {_reason(error)}") from None
        case httpcore.TimeoutException() | httpx.TimeoutException() | TimeoutError():
            raise TimeoutError(str(error)) from None
        case httpcore.ProtocolError() | httpx.ProtocolError() | httpx.DecodingError():
            text = str(error)
            raise ProtocolError(text if text.startswith(_CLOSED_EARLY) else "it is not valid HTTP") from None
        case httpcore.NetworkError() | httpcore.UnsupportedProtocol() | httpx.HTTPError() | httpx.InvalidURL():
            raise ConnectionError(_reason(error)) from None
        case OSError() | UnicodeError():
            raise ConnectionError(_reason(error)) from None
        case RuntimeError(args=("Event loop is closed",)):  # A given transport that another loop has used.
            raise ConnectionError(str(error)) from None
        case Exception():
            pass
        case _:
            error.__traceback__ = None


def _connect_timeout(error: Exception) -> ConnectFailed | ConnectTimedOut:
    causes = [*_causes(error)]
    if len(causes) > 1 and not any(isinstance(cause, TimeoutError | httpcore.TimeoutException) for cause in causes):
        return _connect_failure(error)  # httpx-aiohttp calls every error of connecting a timeout.
    return ConnectTimedOut(str(error))


def _connect_failure(error: Exception) -> ConnectFailed:
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return CertificateRejected(_reason(error))
    return ConnectFailed(_reason(error))


def _reason(error: BaseException) -> str:
    """Return the text of an error, or the one of its nearest cause that has a text."""
    return next((str(cause) for cause in _causes(error) if str(cause)), type(error).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
