"""Where tokens come from: sources that know how to ask for one, and the chain that `Client()` follows.

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
import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from attrs import field, frozen

from ._arguments import check_url
from ._secret import Secret
from .errors import CredentialsError

IAM_URL = "https://iam.api.cloud.yandex.net/iam/v1/tokens"
METADATA_ADDRESS = "169.254.169.254"

_IAM_TOKEN = re.compile(r"t1\.[\w=-]+\.[\w=-]+", re.ASCII)
_JWT_SECONDS = 3600


@frozen
class Question:
    """The HTTP request by which a source asks for a token."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)
    patience: float = 10.0
    """Seconds that connecting may take."""


@frozen
class Issued:
    """A token, and the seconds that it lives from now."""

    token: Secret
    lifetime: float


@runtime_checkable
class TokenSource(Protocol):
    """What tokens come from that live for a while. Does no I/O: the client asks the question and keeps the answer."""

    def question(self) -> Question:
        """What to send. Raises CredentialsError where it cannot be made."""
        ...

    def answer(self, status_code: int, headers: Mapping[str, str], content: bytes, /) -> Issued | CredentialsError:
        """The token in an answer. An error is returned, so that no traceback holds the answer."""
        ...


@frozen
class ServiceAccountKey:
    """The authorized key of a service account: signs a JWT, which is exchanged for an IAM token at `url`.

    Needs PyJWT with its `crypto` extra, imported when the first token is asked for.
    """

    key_id: str
    service_account_id: str
    private_key: Secret
    url: str = IAM_URL

    @classmethod
    def parse(cls, key: str | Secret, url: str = IAM_URL) -> ServiceAccountKey:
        """The key in its JSON, or in the file of that path. Raises CredentialsError and InvalidParameter."""
        found = _parse_key(key.reveal() if isinstance(key, Secret) else key, check_url("url", url))
        del key  # Tracebacks can show what a function was called with.
        if isinstance(found, str):
            raise CredentialsError(found)
        return found

    def question(self) -> Question:
        """The exchange of a fresh JWT. Raises CredentialsError without PyJWT, or for a key that cannot sign."""
        signed = self._sign()
        if isinstance(signed, str):
            raise CredentialsError(signed)
        return Question("POST", self.url, {"content-type": "application/json"}, signed)

    def _sign(self) -> bytes | str:
        try:
            import jwt  # noqa: PLC0415  # only who has such a key needs it
        except ImportError:
            return "a service account key needs PyJWT: pip install 'pyjwt[crypto]'"
        now = int(time.time())
        claims = {"aud": self.url, "iss": self.service_account_id, "iat": now, "exp": now + _JWT_SECONDS}
        try:
            signed = jwt.encode(claims, self.private_key.reveal(), algorithm="PS256", headers={"kid": self.key_id})
        except (ValueError, TypeError, NotImplementedError, jwt.PyJWTError):
            return "the private key of the service account is no RSA key in PEM"
        return json.dumps({"jwt": signed}).encode()

    def answer(self, status_code: int, headers: Mapping[str, str], content: bytes, /) -> Issued | CredentialsError:
        """`iamToken`, which lives until `expiresAt` by the clock of the service, whose date stands in the headers."""
        try:
            fields = _fields(status_code, content)
            until = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", fields["expiresAt"])).timestamp()
            now = parsedate_to_datetime(headers["date"]).timestamp() if "date" in headers else time.time()
            return Issued(checked(fields["iamToken"]), until - now)
        except (LookupError, TypeError, ValueError):
            return CredentialsError(f"the token service answered {status_code} without a usable token")


@frozen
class MetadataService:
    """The service account of the virtual machine that the program runs on, asked at the metadata service.

    `passed_over` says why the chain came so far; errors repeat it.
    """

    address: str = METADATA_ADDRESS
    passed_over: tuple[str, ...] = ()

    def question(self) -> Question:
        """The request for the token of the default service account."""
        path = "/computeMetadata/v1/instance/service-accounts/default/token"
        return Question("GET", f"http://{self.address}{path}", {"metadata-flavor": "Google"}, patience=2.0)

    def answer(self, status_code: int, _headers: Mapping[str, str], content: bytes, /) -> Issued | CredentialsError:
        """`access_token`, which lives for `expires_in` seconds."""
        try:
            fields = _fields(status_code, content)
            return Issued(checked(fields["access_token"]), float(fields["expires_in"]))
        except (LookupError, TypeError, ValueError):
            said = "there is no service account" if status_code == 404 else "no usable token"
        reason = f"the metadata service at {self.address} answered {status_code}: {said}"
        return CredentialsError("; ".join([reason, *self.passed_over]))


def default(environment: Mapping[str, str] = os.environ) -> Secret | TokenSource:
    """What the chain finds in the environment. Raises CredentialsError for what it finds and refuses."""
    passed_over: list[str] = []
    for name, look in _CHAIN:
        found = look(environment)
        if not isinstance(found, str):
            return found
        passed_over.append(f"{name} {found}")
    return MetadataService(environment.get("YC_METADATA_ADDR") or METADATA_ADDRESS, tuple(passed_over))


def explain(environment: Mapping[str, str] = os.environ) -> str:
    """A line for each source of the chain: passed over, refused or taken, and why. Asks nobody, shows no secret."""
    lines: list[str] = []
    for name, look in _CHAIN:
        try:
            found = look(environment)
        except CredentialsError as refused:
            return "\n".join([*lines, f"{name}: refused, {refused}"])
        if not isinstance(found, str):
            return "\n".join([*lines, f"{name}: taken, {found}"])
        lines.append(f"{name}: passed over, {found}")
    address = environment.get("YC_METADATA_ADDR") or METADATA_ADDRESS
    return "\n".join([*lines, f"metadata service at {address}: taken, to be asked when a token is needed"])


def checked(token: object) -> Secret:
    """The token, when it can stand in a header. Raises ValueError, which does not show it."""
    good = isinstance(token, str) and token.isascii() and token.isprintable() and token and " " not in token
    secret = Secret(token) if isinstance(token, str) and good else None
    del token  # Tracebacks can show what a function was called with.
    if secret is None:
        raise ValueError("must be a non-empty str of visible ASCII characters")
    return secret


def _iam_token(environment: Mapping[str, str]) -> Secret | str:
    value = environment.get("YC_IAM_TOKEN")
    return Secret(value) if value else "is not set"


def _token(environment: Mapping[str, str]) -> Secret | str:
    value = environment.get("YC_TOKEN")
    if not value:
        return "is not set"
    if _IAM_TOKEN.fullmatch(value):
        return Secret(value)
    del value
    raise CredentialsError(
        "YC_TOKEN has not the form of an IAM token (t1.….…); for some tools it is an OAuth token, so put the IAM token"
        " into YC_IAM_TOKEN, or unset it"
    )


def _key_file(environment: Mapping[str, str]) -> TokenSource | str:
    value = environment.get("YC_SERVICE_ACCOUNT_KEY_FILE")
    return ServiceAccountKey.parse(Secret(value)) if value else "is not set"


_CHAIN: tuple[tuple[str, Callable[[Mapping[str, str]], Secret | TokenSource | str]], ...] = (
    ("YC_IAM_TOKEN", _iam_token),
    ("YC_TOKEN", _token),
    ("YC_SERVICE_ACCOUNT_KEY_FILE", _key_file),
)
"""Environment variable -> what it gives, or why it is passed over."""


def _parse_key(key: str, url: str) -> ServiceAccountKey | str:
    try:
        fields = json.loads(key if key.lstrip().startswith("{") else Path(key).read_text(encoding="utf-8"))
        # A line of prose stands before the PEM in the files that the provider gives out.
        pem = "-----BEGIN" + fields["private_key"].partition("-----BEGIN")[2]
        return ServiceAccountKey(str(fields["id"]), str(fields["service_account_id"]), Secret(pem), url)
    except OSError as problem:
        return f"the service account key cannot be read: {problem.strerror}"
    except (AttributeError, LookupError, TypeError, ValueError):
        return "the service account key is not the JSON of an authorized key"


def _fields(status_code: int, content: bytes) -> dict[str, Any]:
    if status_code != 200:
        raise ValueError
    return dict(json.loads(content))
