# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The certificates that a client trusts."""

from __future__ import annotations

import os
import ssl
from functools import cache

from . import _http
from .errors import InvalidParameter

Verify = ssl.SSLContext | str | os.PathLike[str] | None
"""The TLS settings of a client, the path of a file of CA certificates in PEM, or the defaults."""

_ENVIRONMENT = {"SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"}
"""The variables that change the default settings; the files that they name can change too."""


def ssl_context(verify: Verify) -> ssl.SSLContext:
    """Return the TLS settings of an argument: a context, or the path of a file of CA certificates in PEM.

    Without it, SSL_CERT_FILE or SSL_CERT_DIR count, or else what the HTTP library trusts. Raises InvalidParameter.
    """
    try:
        match verify:
            case ssl.SSLContext():
                return verify
            case None:
                return _http.httpx.create_ssl_context() if _ENVIRONMENT & os.environ.keys() else _shared_context()
            case str() | os.PathLike() if verify:  # An empty path would be taken for the defaults.
                return ssl.create_default_context(cafile=os.fspath(verify))
            case _:
                pass
    except (OSError, ValueError) as error:
        name = "SSL_CERT_FILE" if verify is None else "verify"
        source = "of the environment (or SSL_CERT_DIR or SSLKEYLOGFILE) " if verify is None else ""
        reason = error.strerror if isinstance(error, OSError) else None
        raise InvalidParameter(name, f"{source}cannot be used: {reason or error}") from None
    raise InvalidParameter("verify", "must be an ssl.SSLContext or the path of a file of CA certificates")


@cache
def _shared_context() -> ssl.SSLContext:
    """Return the TLS settings that all clients share: loading the certificates takes longer than a call."""
    return _http.httpx.create_ssl_context()
