"""A certificate authority that nobody knows but the tests."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import trustme


class Authority:
    """Vouches for this host and for `registry.test`."""

    def __init__(self) -> None:
        self._authority: Any = trustme.CA()  # Its methods are typed with pyOpenSSL, which is not installed.
        certificate = self._authority.issue_cert("127.0.0.1", "registry.test")
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """The TLS settings of a server."""
        certificate.configure_cert(self.server)
        self.demanding = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """The TLS settings of a server that requires a client certificate."""
        certificate.configure_cert(self.demanding)
        self._authority.configure_trust(self.demanding)
        self.demanding.verify_mode = ssl.CERT_REQUIRED
        self.client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        """The TLS settings of a client that trusts this authority."""
        self._authority.configure_trust(self.client)
        self.known_client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        """The TLS settings of a client that also presents a certificate."""
        self._authority.configure_trust(self.known_client)
        self._authority.issue_cert("client@registry.test").configure_cert(self.known_client)

    def write(self, file: Path) -> None:
        """Write the certificate that a client is to trust."""
        self._authority.cert_pem.write_to_path(str(file))
