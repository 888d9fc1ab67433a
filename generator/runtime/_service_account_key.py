"""The key of a service account, as a source of tokens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib import import_module
from os import PathLike

from attrs import evolve, field, frozen
from attrs.converters import optional

from . import _clock
from ._arguments import check_url
from ._installations import IAM_ENDPOINT, IAM_URL, token_service
from ._key_files import read_key
from ._secret import Secret
from ._sources import INVALID_JSON, AccessToken, TokenRequest, response_fields, unusable_response
from ._timestamp import Timestamp
from .errors import CredentialsError

_JWT_SECONDS = 3600


def _checked_url(url: str) -> str:
    return check_url("url", url)


@frozen
class ServiceAccountKey:
    """The authorized key of a service account: signs a JWT, which is exchanged for an IAM token at `url`.

    Without `url`, a client uses YC_IAM_ENDPOINT, or the token service of the installation that its base URL belongs
    to. Needs PyJWT with its `crypto` extra, imported for the first token.
    """

    key_id: str
    """Identifier of the key."""
    service_account_id: str
    """Identifier of the service account."""
    private_key: Secret
    """The private key in PEM, which its `repr` does not show."""
    url: str | None = field(default=None, converter=optional(_checked_url))
    """URL of the token service; None until a client or the caller sets it."""

    @classmethod
    def parse(cls, key: str | PathLike[str] | Mapping[str, object], url: str | None = None) -> ServiceAccountKey:
        """Return the key of a JSON text, of its base64, of a dict, or of the file at a path.

        Raises CredentialsError and InvalidParameter.
        """
        secret = Secret(key) if isinstance(key, str) else key
        del key  # Tracebacks can show what a function was called with.
        parsed = read_key(secret)
        del secret
        if isinstance(parsed, CredentialsError):
            raise parsed
        return cls(*parsed, url)

    def for_base_url(self, base_url: str) -> ServiceAccountKey:
        """Return the key with the token service for calls to a base URL. Raises InvalidParameter if it is unknown."""
        return evolve(self, url=token_service(base_url, self.url))

    def build_request(self) -> TokenRequest | CredentialsError:
        """Return the request that exchanges a new JWT; an error without PyJWT, or if the key cannot sign."""
        if self.url is None:
            return CredentialsError(f"the token service of the key is unknown; pass url= or set {IAM_ENDPOINT}")
        signed = self._sign(self.url)
        if isinstance(signed, CredentialsError):
            return signed
        content = json.dumps({"jwt": signed.reveal()}).encode()
        return TokenRequest(self._name, "POST", self.url, {"content-type": "application/json"}, content)

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        """Return the token of a response; header names are case-insensitive."""
        try:
            fields = response_fields(status_code, content)
            return AccessToken(fields["iamToken"], Timestamp.parse(fields["expiresAt"]).timestamp() - _now(headers))
        except INVALID_JSON:
            return unusable_response(self._name, status_code, headers, content)

    def find_problem(self) -> CredentialsError | None:
        """Return why the key cannot sign, None if it can. Sends nothing."""
        signed = self._sign(self.url or IAM_URL)
        return signed if isinstance(signed, CredentialsError) else None

    @property
    def _name(self) -> str:
        return f"the token service at {self.url}"

    def _sign(self, audience: str) -> Secret | CredentialsError:
        now = int(_clock.wall_time())
        claims = {"aud": audience, "iss": self.service_account_id, "iat": now, "exp": now + _JWT_SECONDS}
        try:
            jwt = import_module("jwt")  # by its name: type checkers need no PyJWT
            return Secret(jwt.encode(claims, self.private_key.reveal(), "PS256", {"kid": self.key_id}))
        except (ImportError, NotImplementedError):
            return CredentialsError("a service account key needs PyJWT: pip install 'pyjwt[crypto]'")
        except Exception:  # noqa: BLE001  # the libraries raise many kinds for a broken key, which may show it
            return CredentialsError("the private key of the service account is not an RSA key in PEM")


def _now(headers: Mapping[str, str]) -> float:
    """Return seconds since 1970 by the clock of the service, or of this machine if it sends no date."""
    try:
        date = parsedate_to_datetime(headers["date"])
    except (LookupError, ValueError):
        return _clock.wall_time()
    return date.replace(tzinfo=date.tzinfo or UTC).timestamp()
