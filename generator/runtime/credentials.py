"""Sources of tokens, and the chain of them that `Client()` follows.

The chain, first found first taken:

1. `YC_IAM_TOKEN`: an IAM token.
2. `YC_TOKEN`, when it has the form of an IAM token; another one is refused, since tools disagree about it.
3. `YC_SERVICE_ACCOUNT_KEY_FILE`: the path of a service account's key, or the key itself, as JSON.
4. The metadata service of the virtual machine; `YC_METADATA_ADDR` is its address where it has another.

Sources: https://yandex.cloud/en/docs/iam/operations/iam-token/create-for-sa and
https://yandex.cloud/en/docs/compute/operations/vm-metadata/get-vm-metadata.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from attrs import field, frozen
from attrs.validators import lt

from . import _clock
from ._arguments import check_url
from ._retries import PASSING_STATUSES
from ._secret import Secret, checked
from ._timestamp import Timestamp
from .errors import CredentialsError, InvalidParameter

IAM_URL = "https://iam.api.cloud.yandex.net/iam/v1/tokens"
METADATA_ADDRESS = "169.254.169.254"

_IAM_TOKEN = re.compile(r"t1\.[\w=-]+\.[\w=-]+", re.ASCII)
_JWT_SECONDS = 3600
_KEY_FIELDS = ("id", "service_account_id", "private_key")

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading JSON of any content can raise; each error can hold the content, so none is chained."""


@frozen
class TokenRequest:
    """The HTTP request by which a source asks for a token; errors call who is asked by the `name`."""

    name: str
    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)
    timeout: float = 10.0
    """Seconds that the response may take."""


@frozen
class AccessToken:
    """A token, and the seconds that it lives from now. Raises ValueError for an invalid token or number."""

    token: Secret = field(converter=checked)
    lifetime: float = field(converter=float, validator=lt(math.inf))


@runtime_checkable
class TokenSource(Protocol):
    """A source of tokens that expire. It does no I/O: the client sends its request and keeps the token.

    Errors are returned, so that no traceback shows a request or a response.
    """

    def build_request(self) -> TokenRequest | CredentialsError:
        """Return the request for a token, or why there cannot be one."""
        ...

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        """Return the token of a response; names of headers are found in any case."""
        ...


def _safe(url: str) -> str:
    return check_url("url", url)


def _host(address: str) -> str:
    try:
        check_url("address", f"https://{address}")
        good = "/" not in address
    except InvalidParameter:
        good = False
    if not good:
        raise InvalidParameter("address", "must be a host, with a port at the most")
    return address


@frozen
class ServiceAccountKey:
    """The authorized key of a service account: signs a JWT, which is exchanged for an IAM token at `url`.

    Needs PyJWT with its `crypto` extra, imported when the first token is asked for.
    """

    key_id: str
    service_account_id: str
    private_key: Secret
    url: str = field(default=IAM_URL, converter=_safe)

    @classmethod
    def parse(cls, key: str, url: str = IAM_URL) -> ServiceAccountKey:
        """Return the key in a JSON text, or in the file of that path. Raises CredentialsError and InvalidParameter."""
        secret = Secret(key)
        del key  # Tracebacks can show what a function was called with.
        parsed = _parse_key(secret, check_url("url", url))
        if isinstance(parsed, CredentialsError):
            raise parsed
        return parsed

    def build_request(self) -> TokenRequest | CredentialsError:
        """Return the request that exchanges a new JWT; an error without PyJWT, or if the key cannot sign."""
        signed = self._sign()
        if isinstance(signed, CredentialsError):
            return signed
        content = json.dumps({"jwt": signed.reveal()}).encode()
        return TokenRequest(self._name, "POST", self.url, {"content-type": "application/json"}, content)

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        """Return the token of a response; names of headers are found in any case."""
        try:
            fields = _fields(status_code, content)
            return AccessToken(fields["iamToken"], Timestamp.parse(fields["expiresAt"]).timestamp() - _now(headers))
        except _UNREADABLE:
            return _unusable(self._name, status_code)

    @property
    def _name(self) -> str:
        return f"the token service at {self.url}"

    def _sign(self) -> Secret | CredentialsError:
        now = int(_clock.wall_time())
        claims = {"aud": self.url, "iss": self.service_account_id, "iat": now, "exp": now + _JWT_SECONDS}
        try:
            jwt = import_module("jwt")  # by its name, so that type checkers pass where nobody has such a key
            return Secret(jwt.encode(claims, self.private_key.reveal(), "PS256", {"kid": self.key_id}))
        except (ImportError, NotImplementedError):
            return CredentialsError("a service account key needs PyJWT: pip install 'pyjwt[crypto]'")
        except Exception:  # noqa: BLE001  # the libraries raise what they like for a broken key, and may show it
            return CredentialsError("the private key of the service account is not an RSA key in PEM")


@frozen
class MetadataService:
    """The service account of the virtual machine that the program runs on, asked at the metadata service.

    `passed_over` says why the chain came so far; errors repeat it.
    """

    address: str = field(default=METADATA_ADDRESS, converter=_host)
    passed_over: tuple[str, ...] = field(default=(), repr=False)

    def build_request(self) -> TokenRequest:
        """Return the request for the token of the default service account."""
        url = f"http://{self.address}/computeMetadata/v1/instance/service-accounts/default/token"
        return TokenRequest(self._name, "GET", url, {"metadata-flavor": "Google"}, timeout=3.0)

    def parse_response(
        self, status_code: int, _headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        """Return the token of a response; names of headers are found in any case."""
        try:
            fields = _fields(status_code, content)
            return AccessToken(fields["access_token"], fields["expires_in"])
        except _UNREADABLE:
            return _unusable(
                self._name, status_code, ": the machine has no service account" if status_code == 404 else ""
            )

    @property
    def _name(self) -> str:
        passed_over = f" ({', '.join(self.passed_over)})" if self.passed_over else ""
        return f"the metadata service at {self.address}{passed_over}"


def default() -> Secret | TokenSource:
    """Return what the chain finds in the environment. Raises CredentialsError if that is invalid."""
    *_, source = _follow()
    if isinstance(source, CredentialsError):
        raise source
    return source


def explain() -> str:
    """Return a line per source of the chain: skipped, rejected or used, and why. Sends nothing, shows no secret."""
    passed_over, name, source = _follow()
    last = f"refused: {source}" if isinstance(source, CredentialsError) else f"taken: {name}, {source}"
    return "\n".join([*(f"passed over: {why}" for why in passed_over), last])


def _follow() -> tuple[tuple[str, ...], str, Secret | TokenSource | CredentialsError]:
    """Why sources were passed over; the name of the first that was not; what it gives."""
    passed_over: tuple[str, ...] = ()
    for name, read in _CHAIN.items():
        value = os.environ.get(name)
        if value:
            source = read(Secret(value))
            if isinstance(source, CredentialsError):
                source = CredentialsError(f"{name}: {source.reason}")
            return passed_over, name, source
        passed_over = (*passed_over, f"{name} is {'not set' if value is None else 'empty'}")
    address = os.environ.get("YC_METADATA_ADDR") or METADATA_ADDRESS
    try:
        return passed_over, "the metadata service", MetadataService(address, passed_over)
    except InvalidParameter as problem:
        return passed_over, "", CredentialsError(f"YC_METADATA_ADDR: {problem.reason}")


def _iam_token(value: Secret) -> Secret | CredentialsError:
    try:
        return checked(value.reveal())
    except ValueError as problem:
        return CredentialsError(str(problem))


def _disputed_token(value: Secret) -> Secret | CredentialsError:
    if _IAM_TOKEN.fullmatch(value.reveal()):
        return value
    return CredentialsError(
        "does not look like an IAM token (t1.….…); some tools take it for an OAuth token, this client does not,"
        " so put an IAM token into YC_IAM_TOKEN, or unset it"
    )


def _key(value: Secret) -> ServiceAccountKey | CredentialsError:
    return _parse_key(value, IAM_URL)


_CHAIN: Mapping[str, Callable[[Secret], Secret | TokenSource | CredentialsError]] = {
    "YC_IAM_TOKEN": _iam_token,
    "YC_TOKEN": _disputed_token,
    "YC_SERVICE_ACCOUNT_KEY_FILE": _key,
}
"""Environment variable -> what its value gives, or why it is refused."""


def _parse_key(key: Secret, url: str) -> ServiceAccountKey | CredentialsError:
    try:
        text = key.reveal()
        fields = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
        missing = [name for name in _KEY_FIELDS if not isinstance(fields.get(name), str)]
    except OSError as problem:
        return CredentialsError(f"the service account key cannot be read: {problem.strerror}")
    except _UNREADABLE:
        return CredentialsError("the service account key is not a JSON object")
    if missing:
        return CredentialsError(f"the service account key has no {' and no '.join(missing)}")
    # A line of prose stands before the PEM in the files that the provider gives out.
    _, begin, pem = fields["private_key"].partition("-----BEGIN")
    return ServiceAccountKey(fields["id"], fields["service_account_id"], Secret(begin + pem), url)


def _fields(status_code: int, content: bytes) -> dict[str, Any]:
    if status_code != 200:
        raise ValueError
    return dict(json.loads(content))


def _now(headers: Mapping[str, str]) -> float:
    """Return seconds since 1970 by the clock of the service, or of this machine if it sends no date."""
    try:
        date = parsedate_to_datetime(headers["date"])
    except (LookupError, ValueError):
        return _clock.wall_time()
    return date.replace(tzinfo=date.tzinfo or UTC).timestamp()


def _unusable(name: str, status_code: int, why: str = "") -> CredentialsError:
    return CredentialsError(
        f"{name} returned {status_code} without a usable token{why}", retryable=status_code in PASSING_STATUSES
    )
