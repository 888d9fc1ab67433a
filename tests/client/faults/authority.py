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
        self.client = ssl.create_default_context(cadata=self._authority.cert_pem.bytes().decode())
        """What a client trusts."""

    def write(self, file: Path) -> None:
        """Write the certificate that a client is to trust."""
        self._authority.cert_pem.write_to_path(file)
