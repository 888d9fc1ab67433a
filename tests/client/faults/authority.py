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
        """What a server encrypts with."""
        with self._authority.issue_cert(
            "127.0.0.1", "registry.test"
        ).private_key_and_cert_chain_pem.tempfile() as chain:
            self.server.load_cert_chain(chain)
        self.demanding = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """What a server encrypts with that wants a certificate of its clients."""
        self.demanding.verify_mode = ssl.CERT_REQUIRED
        self.demanding.load_verify_locations(cadata=self._authority.cert_pem.bytes().decode())
        with self._authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.tempfile() as chain:
            self.demanding.load_cert_chain(chain)
        self.client = ssl.create_default_context(cadata=self._authority.cert_pem.bytes().decode())
        """What a client trusts."""

    def known_client(self) -> ssl.SSLContext:
        """What a client trusts and shows."""
        context = ssl.create_default_context(cadata=self._authority.cert_pem.bytes().decode())
        with self._authority.issue_cert("client@registry.test").private_key_and_cert_chain_pem.tempfile() as chain:
            context.load_cert_chain(chain)
        return context

    def write(self, file: Path) -> None:
        """Write the certificate that a client is to trust."""
        self._authority.cert_pem.write_to_path(str(file))
