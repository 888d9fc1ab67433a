"""A certificate authority that nobody knows but the tests."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme


class Authority:
    """Vouches for this host and for `registry.test`."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """The TLS settings of a server."""
        with self._authority.issue_cert(
            "127.0.0.1", "registry.test"
        ).private_key_and_cert_chain_pem.tempfile() as chain:
            self.server.load_cert_chain(chain)
        self.demanding = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """The TLS settings of a server that requires a client certificate."""
        self.demanding.verify_mode = ssl.CERT_REQUIRED
        self.demanding.load_verify_locations(cadata=self._authority.cert_pem.bytes().decode())
        with self._authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.tempfile() as chain:
            self.demanding.load_cert_chain(chain)
        self.client = ssl.create_default_context(cadata=self._authority.cert_pem.bytes().decode())
        """The TLS settings of a client that trusts this authority."""

    def known_client(self) -> ssl.SSLContext:
        """Return the TLS settings of a client that also presents a certificate."""
        context = ssl.create_default_context(cadata=self._authority.cert_pem.bytes().decode())
        with self._authority.issue_cert("client@registry.test").private_key_and_cert_chain_pem.tempfile() as chain:
            context.load_cert_chain(chain)
        return context

    def write(self, file: Path) -> None:
        """Write the certificate that a client is to trust."""
        self._authority.cert_pem.write_to_path(str(file))
