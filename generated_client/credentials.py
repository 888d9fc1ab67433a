# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Sources of tokens, and the chain of them that `Client()` follows.

The chain; the first source that is set is used:

1. `YC_IAM_TOKEN`: an IAM token.
2. `YC_TOKEN`, if it looks like an IAM token; another one is rejected, since tools disagree about it.
3. `YC_SERVICE_ACCOUNT_KEY_FILE`: the path of a service account's key, or the key itself, as JSON or its base64.
4. The metadata service of the virtual machine; `YC_METADATA_ADDR` is its address if it has another.

A key is exchanged for tokens in the installation of the client's base URL; `YC_IAM_ENDPOINT` names another token
service.

Sources: https://yandex.cloud/en/docs/iam/operations/iam-token/create-for-sa and
https://yandex.cloud/en/docs/compute/operations/vm-metadata/get-vm-metadata.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from ._cached_source import CachedSource, cached
from ._installations import IAM_URL, endpoint_of_environment
from ._metadata_service import METADATA_ADDRESS, MetadataService
from ._secret import Secret, checked
from ._service_account_key import ServiceAccountKey
from ._sources import AccessToken, TokenRequest, TokenSource
from ._token_mistakes import IAM_TOKEN
from .errors import CredentialsError, InvalidParameter

__all__ = [
    "IAM_URL",
    "METADATA_ADDRESS",
    "AccessToken",
    "CachedSource",
    "MetadataService",
    "ServiceAccountKey",
    "TokenRequest",
    "TokenSource",
    "cached",
    "default",
    "explain",
]
__dir__ = __all__.copy

_METADATA = "the metadata service"

_OTHER_VARIABLES: Mapping[str, str] = {
    **dict.fromkeys(("IAM_TOKEN", "YANDEX_CLOUD_IAM_TOKEN", "YC_IAM_TOKEN_FILE"), "YC_IAM_TOKEN takes an IAM token"),
    **dict.fromkeys(("YC_OAUTH_TOKEN", "OAUTH_TOKEN", "YC_API_KEY"), "the API takes neither OAuth tokens nor API keys"),
    **dict.fromkeys(
        ("YC_SA_JSON_CREDENTIALS", "YC_SERVICE_ACCOUNT_KEY", "YC_SA_KEY_FILE", "SA_KEY_FILE"),
        "YC_SERVICE_ACCOUNT_KEY_FILE takes a key or its path",
    ),
    "YC_ENDPOINT": "base_url= and YC_IAM_ENDPOINT choose the installation",
}
"""Variable that other tools read -> what to use instead."""


def default() -> Secret | TokenSource:
    """Return the first source of the chain that is set. Raises CredentialsError if it is invalid."""
    _, _, source = _follow()
    if isinstance(source, CredentialsError):
        raise source
    return source


def explain() -> str:
    """Return a line per source of the chain: used or not, and why. Sends nothing, shows no secret.

    A line says "usable" only of a key that can sign.
    """
    unused, name, source = _follow()
    lines = [*(f"not used: {reason}" for reason in unused), _verdict(name, source)]
    return "\n".join([*lines, *(f"not used: {reason}" for reason in _after(name))])


def _follow() -> tuple[list[str], str, Secret | TokenSource | CredentialsError]:
    """Return why the first sources are unused, the name of the used one, and that source."""
    unused: list[str] = []
    for name, read in _CHAIN.items():
        value = os.environ.get(name)
        if value and not value.isspace():
            try:
                return unused, name, read(Secret(value))
            except CredentialsError as problem:
                return unused, name, CredentialsError(f"{name}: {problem.reason}")
        unused.append(f"{name} is {'not set' if value is None else 'empty'}")
    address = os.environ.get("YC_METADATA_ADDR") or METADATA_ADDRESS
    try:
        return unused, _METADATA, MetadataService(address, tuple(unused))
    except InvalidParameter as problem:
        return unused, _METADATA, CredentialsError(f"YC_METADATA_ADDR: {problem.reason}")


def _after(name: str) -> Iterator[str]:
    """Yield why each source behind the used one is unused, and each variable of other tools that is set."""
    names = [*_CHAIN, _METADATA]
    for later in names[names.index(name) + 1 :]:
        yield (
            f"{later}, since {name} comes first"
            if later == _METADATA or os.environ.get(later)
            else f"{later} is not set"
        )
    for variable, advice in _OTHER_VARIABLES.items():
        if os.environ.get(variable):
            yield f"{variable} is set, but only other tools read it; {advice}"


def _verdict(name: str, source: Secret | TokenSource | CredentialsError) -> str:
    if isinstance(source, CredentialsError):
        return f"rejected: {source}"
    if isinstance(source, MetadataService):
        return f"used: {name} at {source.address}, not asked yet"
    if not isinstance(source, ServiceAccountKey):
        return f"used: {name}, {source!r}"
    try:
        url = endpoint_of_environment()
    except InvalidParameter as error:
        return f"rejected: {error}"
    problem = source.find_problem()
    if problem is not None:
        return f"not usable: {name}, {problem}"
    where = url or "the token service beside the client's base URL"
    return f"used: {name}, a usable key: {source.key_id!r} of {source.service_account_id!r}, exchanged at {where}"


def _iam_token(value: Secret) -> Secret:
    try:
        return checked(value.reveal())
    except ValueError as problem:
        raise CredentialsError(str(problem)) from None


def _disputed_token(value: Secret) -> Secret:
    token = _iam_token(value)
    if IAM_TOKEN.fullmatch(token.reveal()):
        return token
    raise CredentialsError(
        "does not look like an IAM token (t1.….…); some tools take it for an OAuth token, this client does not,"
        " so put an IAM token into YC_IAM_TOKEN, or unset it"
    )


_CHAIN: Mapping[str, Callable[[Secret], Secret | TokenSource]] = {
    "YC_IAM_TOKEN": _iam_token,
    "YC_TOKEN": _disputed_token,
    "YC_SERVICE_ACCOUNT_KEY_FILE": lambda value: ServiceAccountKey.parse(value.reveal()),
}
"""Environment variable -> a function of its value that returns the source. Raises CredentialsError."""
