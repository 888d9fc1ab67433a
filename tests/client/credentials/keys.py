"""Authorized keys of a service account, as their files hold them."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PROSE = "PLEASE DO NOT REMOVE THIS LINE! Made up for these tests.\n"


@frozen
class Key:
    """A key pair, and the JSON that carries its private half."""

    private: RSAPrivateKey

    @property
    def pem(self) -> str:
        """The private half."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def json(self, **changes: Any) -> str:
        """The key in its JSON; a change to None leaves the field out."""
        fields = {
            "id": "key-1",
            "service_account_id": "account-1",
            "created_at": "2026-01-01T00:00:00Z",
            "key_algorithm": "RSA_2048",
            "public_key": "not used",
            "private_key": PROSE + self.pem,
        }
        return json.dumps({name: value for name, value in (fields | changes).items() if value is not None})
